"""The conditions of drafts: when a clause, or a paragraph of one, stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from advisor.inference.condition import Condition, formula_of
from advisor.inference.condition_reader import ConditionReader
from advisor.inference.formula import IN_FORCE, Formula, resolved
from advisor.inference.vocabulary import Vocabulary
from advisor.knowledge.document import Document, Key
from advisor.knowledge.library import Library
from advisor.problem import Problem

WHEN: Final = "when"


def check_draft_conditions(library: Library, documents: Iterable[Document], problems: list[Problem]) -> None:
    """Note in `problems` what is wrong with the conditions in files of kbase/drafts."""
    vocabulary = Vocabulary(library)
    for document in documents:
        reader = ConditionReader(vocabulary, document, problems)
        for key, raw in _conditions(document.data, ()):
            reader.read(raw, key)


def draft_condition(library: Library, raw: Any) -> Condition:
    """Return a condition that stands in a draft, which was checked when it was read; None means always."""
    return ConditionReader(Vocabulary(library), Document(Path("kbase"), {}, {}), []).read(raw, ())


def draft_formula(library: Library, raw: Any, day: date) -> Formula:
    """Return a condition that stands in a draft as the readers run it on a day."""

    def in_force(atom: tuple[str, str]) -> bool | None:
        return library.status(atom[1], day) == "in_force" if atom[0] == IN_FORCE else None

    return resolved(formula_of(draft_condition(library, raw)), in_force)


def _conditions(data: Any, key: Key) -> Iterator[tuple[Key, Any]]:
    """Yield every condition in the data of a file with its path."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in items:
        if step == WHEN:
            yield (*key, step), value
        else:
            yield from _conditions(value, (*key, step))
