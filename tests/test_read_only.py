"""What is known cannot be changed by whoever gets hold of it."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from operator import attrgetter

import pytest

from advisor.inference.case import CaseReader
from advisor.knowledge_base import Knowledge
from conftest import DAYS

HANDED_OUT = (
    "library.instruments", "library.term_files", "library.factors", "library.steps", "library.doubts",
    "library.cases", "library.questions", "library.conclusions", "library.articles", "library.all_facts",
    "library.tables", "rulebase.by_id", "rulebase.by_source",
)  # fmt: skip


@pytest.mark.parametrize("name", HANDED_OUT)
def test_a_mapping_that_is_handed_out_cannot_be_changed(name: str, knowledge: Knowledge) -> None:
    mapping: Mapping[str, object] = attrgetter(name)(knowledge)

    assert mapping
    assert not hasattr(mapping, "pop")
    with pytest.raises(TypeError):
        mapping["x"] = None  # type: ignore[index]


def test_neither_can_the_answers_of_a_case_or_the_program_of_a_day(knowledge: Knowledge) -> None:
    case = CaseReader(knowledge.library, knowledge.rulebase).data({"answers": {"sector": "roads"}})
    program = knowledge.on(DAYS[0]).program

    for mapping in (case.answers, case.codes, program.facts, program.constants, program.producers):
        with pytest.raises(TypeError):
            mapping["x"] = None  # type: ignore[index]


def test_a_copy_from_another_process_knows_the_same(knowledge: Knowledge) -> None:
    copy = pickle.loads(pickle.dumps(knowledge))  # noqa: S301

    assert (knowledge.library, knowledge.rulebase) == (copy.library, copy.rulebase)
