"""What people type means the same everywhere, as the table says it is meant."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from advisor.inference.case import CaseReader
from advisor.knowledge_base import Knowledge
from advisor.report.wording import Wording
from replies import (
    Heard,
    Remembering,
    heard_by_what_if,
    heard_in_a_file,
    heard_in_plain_mode,
    heard_on_the_screen,
    read_table,
)

ROWS = read_table()
UNLISTED = [row for row in ROWS if not row.listed]


@pytest.fixture(scope="module")
def interviewer(knowledge: Knowledge) -> Remembering:
    """An interviewer for all claims."""
    return Remembering(knowledge)


def _misheard(heard: Iterable[Heard], wording: Wording, *, by_id: bool = False) -> list[str]:
    """Return what became otherwise of rows than the table says; options are named by their labels, or `by_id`."""
    refusal = wording.say("interview.not_understood", given="").rpartition("  ")[2]
    found = []
    for one in heard:
        row = one.row
        names = [option if by_id else wording.option(row.question, option) for option in row.asks]
        unsaid = [name for name in names if name not in one.said]
        if one.stored != row.stored or unsaid:
            found.append(f"{row}: stored {one.stored!r}, said {one.said!r}")
        elif not (one.said or row.command or row.stored is not None):
            found.append(f"{row}: nothing was said")
    return found


def test_plain(interviewer, knowledge):
    assert [] == _misheard(heard_in_plain_mode(interviewer, ROWS), Wording(knowledge.library, "id"))


def test_file(knowledge):
    reader = CaseReader(knowledge.library, knowledge.rulebase)
    assert [] == _misheard(heard_in_a_file(reader, UNLISTED), Wording(knowledge.library, "id"), by_id=True)


def test_what_if(knowledge):
    assert [] == _misheard(heard_by_what_if(knowledge, UNLISTED), Wording(knowledge.library, "id"), by_id=True)


def test_screen(interviewer, knowledge):
    assert [] == _misheard(heard_on_the_screen(interviewer, ROWS), Wording(knowledge.library, "id"))
