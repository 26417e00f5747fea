"""What two knowledge bases conclude differently: proved for all answers that both accept, on every day of both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from advisor.inference.formula import Atom
from advisor.inference.program import Row
from advisor.knowledge_base import Knowledge
from advisor.verify.difference.form import Names, differing_questions, differing_rules
from advisor.verify.difference.side_by_side import SideBySide
from advisor.verify.proof.answers import case_codes
from advisor.verify.proof.example import Example
from advisor.verify.proof.full_case import followed, values_in

Span = tuple[date, date | None]
"""The first and the last day of a stretch (None: it is open)."""

Part = Literal["value", "contested"]

NOTHING: Final = Names((), (), ())


@dataclass(frozen=True, slots=True)
class FactDifference:
    """A fact that can come out otherwise (`part` "value") or can be contested otherwise, and when.

    `case` are the fewest answers on a day that tell the two apart, whatever the other answers are. `old` and `new`
    are what each of the two concludes in one completion of it: the values of the fact, or whether it is contested
    ("yes", "no").
    """

    fact: str
    part: Part
    days: tuple[Span, ...]
    case: Example
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnowledgeDifference:
    """What differs in form (rules, questions with their options) and in what is concluded.

    `same` are the facts that are proved to come out alike; `days` are those that both cover.
    """

    days: Span
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
    found = tuple(_Comparison(old, new, spans).differences(facts))
    differing = {difference.fact for difference in found}
    return KnowledgeDifference(
        days=days,
        rules=differing_rules(old.rulebase, new.rulebase),
        questions=differing_questions(old.library, new.library),
        differences=found,
        same=tuple(fact for fact in facts if fact not in differing),
    )


def _spans(old: Knowledge, new: Knowledge) -> Iterator[Span]:
    """Yield the days that both cover, cut wherever the law of one of them changes."""
    begin = max(old.library.manifest.covered_from, new.library.manifest.covered_from)
    firsts = sorted({max(first, begin) for knowledge in (old, new) for first, _ in knowledge.stretches()})
    for first, following in zip(firsts, [*firsts[1:], None], strict=True):
        yield first, None if following is None else following - timedelta(days=1)


class _Comparison:
    """Both knowledge bases, side by side on each day on which the law of one of them changes."""

    def __init__(self, old: Knowledge, new: Knowledge, spans: Sequence[Span]) -> None:
        self.old = old
        self.new = new
        self.views = [(SideBySide(old, new, first), (first, last)) for first, last in reversed(spans)]
        self.near = case_codes(new).get(next(iter(new.library.cases), ""), {})

    def differences(self, facts: Iterable[str]) -> Iterator[FactDifference]:
        """Yield how the values of each fact differ, and how it is contested."""
        for fact in facts:
            yield from self._found(fact, "value")
            if fact in self.old.library.conclusions and fact in self.new.library.conclusions:
                yield from self._found(fact, "contested")

    def _found(self, fact: str, part: Part) -> Iterator[FactDifference]:
        """Yield the difference, with a case on the newest days on which there is one."""
        days: list[Span] = []
        told: tuple[Example, tuple[str, ...], tuple[str, ...]] | None = None
        for view, span in self.views:
            with view.new.program.deciding([(fact, part)]):
                literal = view.differing(fact, self._atoms(fact, part, view))
                # On older days only whether there is a difference counts, not which case is nearest to a known one.
                rows = None if literal is None else view.rows(literal, {} if told else self.near)
                if literal is None or rows is None:
                    continue
                days.append(span)
                if told is None:
                    old = _outcome(self.old, view.day, rows[0], fact, part)
                    new = _outcome(self.new, view.day, rows[1], fact, part)
                    told = (view.example(literal, rows), old, new)
        if told is not None:
            yield FactDifference(fact, part, tuple(_joined(days)), *told)

    def _atoms(self, fact: str, part: Part, view: SideBySide) -> list[tuple[Atom, Atom]]:
        """Return the atoms, old and new, that say what a fact is, or whether it is contested."""
        if part == "contested":
            return [((self.old.library.roles.contested, fact), (self.new.library.roles.contested, fact))]
        sides = (view.old.program.values, view.new.program.values)
        values = dict.fromkeys(value for side in sides for value in side.get(fact, ()))
        return [((fact, value), (fact, value)) for value in values]


def _outcome(knowledge: Knowledge, day: date, row: Row, fact: str, part: Part) -> tuple[str, ...]:
    """Return the values of a fact in a case; yes or no, where it is asked whether the fact is contested."""
    columns = followed(knowledge, day, row)
    if part == "contested":
        return ("yes",) if columns.atom((knowledge.library.roles.contested, fact)) else ("no",)
    return values_in(knowledge, columns, fact)


def _joined(days: list[Span]) -> Iterator[Span]:
    """Yield the days, newest first, with those joined that follow on each other."""
    joined: list[Span] = []
    for first, last in days:
        if joined and last is not None and joined[-1][0] == last + timedelta(days=1):
            joined[-1] = (first, joined[-1][1])
        else:
            joined.append((first, last))
    yield from joined
