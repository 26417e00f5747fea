"""Several views of one cooperation side by side: where they differ, and which difference matters to what."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from advisor.advice.advice import Conclusion
from advisor.advice.conclusions import conclude
from advisor.inference.case import Case
from advisor.inference.domain import Code
from advisor.knowledge_base import Knowledge
from advisor.reasoning.entailment import Entailment
from advisor.understanding.reading import Answer


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """The answers of all views to one question (None: not known), and the conclusions to which it matters.

    A difference matters to a conclusion if it can change it while every other question has the answer of one of
    the views.
    """

    question: str
    answers: tuple[Answer | None, ...]
    matters: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether the views differ."""
        return len(set(self.answers)) > 1


@dataclass(frozen=True, slots=True)
class ConclusionRow:
    """What follows from each view for one conclusion."""

    conclusion: str
    views: tuple[Conclusion, ...]

    @property
    def differs(self) -> bool:
        """Whether something else follows from one of the views."""
        return len({(view.value, view.possible, view.certain, view.reason) for view in self.views}) > 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """Views of one cooperation side by side; `day_matters` names what the day of another view would change."""

    names: tuple[str, ...]
    days: tuple[date, ...]
    answers: tuple[AnswerRow, ...]
    conclusions: tuple[ConclusionRow, ...]
    day_matters: tuple[str, ...]


def compare(knowledge: Knowledge, cases: Sequence[Case], names: Sequence[str]) -> Comparison:
    """Return a comparison of two or more cases; `names` are what they are called. Raises `ContradictionError`."""
    views = [conclude(knowledge, case) for case in cases]
    conclusions = tuple(
        ConclusionRow(name, tuple(view[name] for view in views)) for name in knowledge.library.conclusions
    )
    matters: dict[str, dict[str, None]] = {}
    for day in dict.fromkeys(case.as_of for case in cases):
        for question, found in _mattering(knowledge, cases, day).items():
            matters.setdefault(question, {}).update(dict.fromkeys(found))
    rows = tuple(
        AnswerRow(question, tuple(case.answers.get(question) for case in cases), tuple(matters.get(question, ())))
        for question in knowledge.library.questions
        if any(question in case.answers for case in cases)
    )
    return Comparison(
        tuple(names), tuple(case.as_of for case in cases), rows, conclusions, _by_day(knowledge, cases, conclusions)
    )


def _mattering(knowledge: Knowledge, cases: Sequence[Case], day: date) -> dict[str, list[str]]:
    """Return, for each question that the views answer differently, what this can change under the law of a day."""
    common = {
        question: code
        for question, code in cases[0].codes.items()
        if all(case.codes.get(question) == code for case in cases)
    }
    differing = [
        question
        for question in knowledge.library.questions
        if question not in common and any(question in case.codes for case in cases)
    ]
    among: dict[str, Collection[Code]] = {
        question: {case.codes[question] for case in cases}
        for question in differing
        if all(question in case.codes for case in cases)
    }
    entailment = Entailment(knowledge.library, knowledge.on(day), common)
    return {
        question: [
            name
            for name in knowledge.library.conclusions
            if question in entailment.program.support_of[name] and entailment.matters_among(name, question, among)
        ]
        for question in differing
    }


def _by_day(knowledge: Knowledge, cases: Sequence[Case], conclusions: Sequence[ConclusionRow]) -> tuple[str, ...]:
    """Return the conclusions that change when a view is put on the day of another."""
    days = dict.fromkeys(case.as_of for case in cases)
    found: dict[str, None] = {}
    for index, case in enumerate(cases):
        for day in days:
            if day != case.as_of:
                moved: Mapping[str, Conclusion] = conclude(knowledge, replace(case, as_of=day))
                found |= {row.conclusion: None for row in conclusions if moved[row.conclusion] != row.views[index]}
    return tuple(row.conclusion for row in conclusions if row.conclusion in found)
