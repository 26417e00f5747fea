"""What two knowledge bases conclude differently: proved for all answers that both accept, on every day of both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from advisor.inference.bit_parallel import Table, evaluated
from advisor.inference.cnf import Lit
from advisor.inference.domain import Answer
from advisor.inference.program import Row
from advisor.knowledge_base import Knowledge
from advisor.verify.difference.form import Names, differing_questions, differing_rules
from advisor.verify.difference.side_by_side import SideBySide
from advisor.verify.proof.case_codes import case_codes

Days = tuple[date, date | None]
"""The first and the last day of a stretch (None: it is open)."""

Part = Literal["value", "contested"]

NOTHING: Final = Names((), (), ())


@dataclass(frozen=True, slots=True)
class TellingCase:
    """The fewest answers on a day that tell the two apart, whatever the other answers are."""

    as_of: date
    answers: Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class FactDifference:
    """A fact that can come out otherwise (`part` "value") or can be contested otherwise, when, and an example.

    `old` and `new` are what each of the two concludes in one completion of the case: the values of the fact, or
    whether it is contested ("yes", "no").
    """

    fact: str
    part: Part
    days: tuple[Days, ...]
    case: TellingCase
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnowledgeDifference:
    """What differs in form (rules, questions with their options) and in what is concluded.

    `same` are the facts that are proved to come out alike; `days` are those that both cover.
    """

    days: Days
    rules: Names
    questions: Names
    differences: tuple[FactDifference, ...]
    same: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether anything is concluded differently."""
        return bool(self.differences)


def difference_of(old: Knowledge, new: Knowledge) -> KnowledgeDifference:
    """Return the difference between two knowledge bases; knowledge of one digest is the same without a proof."""
    spans = tuple(_spans(old, new))
    # That a conclusion is contested is said of the conclusion.
    contested = (old.library.roles.contested, new.library.roles.contested)
    shown = dict.fromkeys((*new.library.shown, *old.library.shown))
    facts = [fact for fact in shown if fact not in contested]
    days = (spans[0][0], spans[-1][1])
    if old.digest == new.digest:
        return KnowledgeDifference(days, NOTHING, NOTHING, (), tuple(facts))
    comparison = _Comparison(old, new, spans, contested)
    found = [difference for fact in facts for difference in comparison.of(fact)]
    differing = {difference.fact for difference in found}
    return KnowledgeDifference(
        days=days,
        rules=differing_rules(old.rulebase, new.rulebase),
        questions=differing_questions(old.library, new.library),
        differences=tuple(found),
        same=tuple(fact for fact in facts if fact not in differing),
    )


def _spans(old: Knowledge, new: Knowledge) -> Iterator[Days]:
    """Yield the days that both cover, cut wherever the law of one of them changes."""
    begin = max(old.library.manifest.covered_from, new.library.manifest.covered_from)
    firsts = sorted({max(first, begin) for knowledge in (old, new) for first, _ in knowledge.stretches()})
    for first, following in zip(firsts, [*firsts[1:], None], strict=True):
        yield first, None if following is None else following - timedelta(days=1)


class _Comparison:
    """Both knowledge bases, side by side on each day on which the law of one of them changes."""

    def __init__(self, old: Knowledge, new: Knowledge, spans: Sequence[Days], contested: tuple[str, str]) -> None:
        """`contested` are the facts, old and new, that say which conclusions are contested."""
        self.old = old
        self.new = new
        self.views = [(SideBySide(old, new, first), (first, last)) for first, last in reversed(spans)]
        self.contested = contested
        self.near = case_codes(new).get(next(iter(new.library.cases), ""), {})

    def of(self, fact: str) -> Iterator[FactDifference]:
        """Yield how the values of a fact differ, and how it is contested."""
        yield from self._found(fact, "value", lambda view: view.difference(fact))
        if fact in self.old.library.conclusions and fact in self.new.library.conclusions:
            yield from self._found(fact, "contested", lambda view: view.contested(fact, self.contested))

    def _found(self, fact: str, part: Part, ask: Callable[[SideBySide], Lit | None]) -> Iterator[FactDifference]:
        """Yield the difference, with a case on the newest days on which there is one."""
        days: list[Days] = []
        told: tuple[TellingCase, tuple[str, ...], tuple[str, ...]] | None = None
        for view, span in self.views:
            literal = ask(view)
            # On older days only whether there is a difference counts, not which case is nearest to a known one.
            rows = None if literal is None else view.row(literal, {} if told else self.near)
            if literal is not None and rows is not None:
                days.append(span)
                told = told or self._told(fact, part, view, literal, rows)
        if told is not None:
            yield FactDifference(fact, part, tuple(_joined(days)), *told)

    def _told(
        self, fact: str, part: Part, view: SideBySide, literal: Lit, rows: tuple[Row, Row]
    ) -> tuple[TellingCase, tuple[str, ...], tuple[str, ...]]:
        """Return a case in which a difference shows, and what the old and the new one conclude in it."""
        answers = {q: view.domain(q).decode(code) for q, code in view.fewest(literal, rows).items()}
        names = self.contested if part == "contested" else (None, None)
        old = _values(self.old, view.day, rows[0], fact, names[0])
        return TellingCase(view.day, answers), old, _values(self.new, view.day, rows[1], fact, names[1])


def _values(knowledge: Knowledge, day: date, row: Row, fact: str, contested: str | None) -> tuple[str, ...]:
    """Return the values of a fact in a case; yes or no, where it is asked whether the fact is contested."""
    library = knowledge.library
    columns = evaluated(knowledge.rulebase, Table(library, knowledge.rulebase.domains, [(day, row)]))
    if contested is not None:
        return ("yes",) if columns.atom((contested, fact)) else ("no",)
    values = library.values(fact) if fact in library.all_facts else ()
    return tuple(value for value in values if columns.atom((fact, value)))


def _joined(days: list[Days]) -> Iterator[Days]:
    """Yield the days, newest first, with those joined that follow on each other."""
    joined: list[Days] = []
    for first, last in days:
        if joined and last is not None and joined[-1][0] == last + timedelta(days=1):
            joined[-1] = (first, joined[-1][1])
        else:
            joined.append((first, last))
    yield from joined
