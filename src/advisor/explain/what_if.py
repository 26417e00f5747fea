"""What if some questions were answered otherwise: the conclusions before and after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from advisor.advice.advice import Conclusion
from advisor.advice.advising import advise_on
from advisor.advice.as_data import answers_data
from advisor.advice.conclusions import conclude
from advisor.inference.case import Case, CaseReader
from advisor.knowledge_base import Knowledge
from advisor.problem import AnswersError, Problem, place_of
from advisor.understanding.reading import Answer

OPTION = "--what-if"


@dataclass(frozen=True, slots=True)
class Difference:
    """A conclusion that changes, before and after, with its reasons where it is settled."""

    before: Conclusion
    after: Conclusion


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What other answers change.

    `changed` names the questions with their answers before and after (None: not known); `differences` are the
    conclusions that change, `same` those that do not.
    """

    changed: Mapping[str, tuple[Answer | None, Answer | None]]
    after: Case
    differences: tuple[Difference, ...]
    same: tuple[Conclusion, ...]


def what_if(knowledge: Knowledge, case: Case, changes: Mapping[str, Any]) -> WhatIf:
    """Return what changes when some questions are answered otherwise.

    `changes` has the shape of `answers` in an answers file. Raises `AnswersError` where they cannot be used or
    contradict the other answers.
    """
    reader = CaseReader(knowledge.library, knowledge.rulebase)
    answers = {**answers_data(case.answers), **changes}
    after = reader.data({"as_of": case.as_of, "title": case.title, "answers": answers}, OPTION)
    changed = {
        question: (case.answers.get(question), after.answers.get(question))
        for question in knowledge.library.questions
        if case.answers.get(question) != after.answers.get(question)
    }
    now, then = conclude(knowledge, case), conclude(knowledge, after)
    moved = [name for name in now if now[name] != then[name]]
    sides = [advise_on(knowledge, side, moved, outcomes=False) for side in (case, after)]
    differences = tuple(Difference(*(side[name] for side in sides)) for name in moved)
    return WhatIf(changed, after, differences, tuple(c for name, c in now.items() if name not in moved))


def read_changes(words: Iterable[str], knowledge: Knowledge, option: str = OPTION) -> dict[str, Any]:
    """Return the answers that words like `sector=roads` or `activities=build_facility,operate_service` give.

    `option` is what messages call the option of the command line. Raises `AnswersError` where a word has another
    form or names no question.
    """
    reader = CaseReader(knowledge.library, knowledge.rulebase)
    found: dict[str, Any] = {}
    problems: list[Problem] = []
    for word in words:
        name, equals, value = (part.strip() for part in word.partition("="))
        question = reader.question(name, place_of(option))
        if not equals or not value:
            problems.append(Problem(place_of(option), "explain.not_a_change", {"given": word}))
        elif isinstance(question, Problem):
            problems.append(question)
        else:
            found[question] = value.strip("[]") or "[]" if value.startswith("[") else value
    if problems:
        raise AnswersError(problems)
    return found
