"""Why a value did not come out: what its rules lack, what beat it, what the law of the day excludes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal as Word

from advisor.advice.advice import Circumstance, Circumstances, Conclusion
from advisor.advice.circumstances import circumstances
from advisor.explain.barrier import Barrier, barriers, nearest_stretch
from advisor.explain.duel import Duel, duel
from advisor.explain.reach import MOST, Changes, Reach, changes_of, easiest_first, movable, reach, search
from advisor.explain.situation import Situation
from advisor.explain.target import Target
from advisor.inference.case import Case
from advisor.inference.changes import Moves
from advisor.inference.formula import AllOf, AnyOf, Atom, Formula, Literal
from advisor.inference.ground import GroundRule
from advisor.knowledge.shape import Authority
from advisor.knowledge_base import Knowledge
from advisor.text import Text

Verdict = Word["is", "possible", "excluded", "inadmissible", "impossible"]
ObstacleKind = Word["answer", "excluded_by", "together"]
MOST_WAYS = 3
NEVER = 10**6
MOST_CHANGES = 5


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that keeps a rule from firing.

    answer: the answers `given` rule out what the rule asks (`literal`). excluded_by: the rule demands that the
    atom of `literal` does not hold, and it does, by the rule whose sentence is `text` (an earlier rule, a better
    candidate). together: each condition could hold, but not all of them at once. `through` are the facts on the
    way from the rule that would give the value. `cure` is a smallest change of answers by which the obstacle is
    gone; None where no answers remove it on that day.
    """

    kind: ObstacleKind
    rule: str
    text: Text
    cites: tuple[str, ...]
    authority: Authority
    literal: Literal
    given: tuple[Circumstance, ...]
    through: tuple[Atom, ...]
    cure: Changes | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """A rule that would give the value, and what keeps it from firing."""

    rule: str
    text: Text
    cites: tuple[str, ...]
    authority: Authority
    obstacles: tuple[Obstacle, ...]


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why a target did not come out.

    `verdict`: is: it did. possible: open answers decide; `when` says what suffices. excluded: the answers rule it
    out; `ways` says how. inadmissible: the cooperation is not admissible; `ways` is then about that. impossible: no
    answers give it on the day; `barriers` says why, and `stretch` on which days nearest to it some answers do.
    `reach` says what would have to change, and `duel` sets two institutional forms side by side.
    """

    target: Target
    verdict: Verdict
    conclusion: Conclusion
    ways: tuple[Way, ...] = ()
    when: Circumstances | None = None
    barriers: tuple[Barrier, ...] = ()
    stretch: tuple[date, date | None] | None = None
    reach: Reach | None = None
    duel: Duel | None = None


def why_not(knowledge: Knowledge, case: Case, target: Target) -> WhyNot:
    """Return why a case does not have the value `target`. Raises `ContradictionError`."""
    situation = Situation(knowledge, case)
    conclusion = situation.conclusion(target.conclusion)
    gate = situation.inquiry.gate
    if conclusion.reason is not None:
        ways = _Ways(situation, gate[0]).of(gate)
        need = reach(knowledge, case, Target(*gate), MOST_CHANGES)
        return WhyNot(target, "inadmissible", conclusion, ways, reach=need)
    if not situation.possible(target.atom, target.conclusion, {}):
        stretch = nearest_stretch(situation, target.atom, target.conclusion)
        return WhyNot(target, "impossible", conclusion, barriers=barriers(situation, target), stretch=stretch)
    certain = not situation.possible(target.atom, target.conclusion, truth=False)
    if certain:
        return WhyNot(target, "is", conclusion)
    need = reach(knowledge, case, target, MOST_CHANGES)
    compared = duel(situation, conclusion, target)
    if situation.possible(target.atom, target.conclusion):
        return WhyNot(target, "possible", conclusion, when=_when(situation, target), reach=need, duel=compared)
    ways = _Ways(situation, target.conclusion).of(target.atom)
    return WhyNot(target, "excluded", conclusion, ways, reach=need, duel=compared)


def _when(situation: Situation, target: Target) -> Circumstances | None:
    sat = situation.sat
    where = [*situation.scope(target.conclusion), sat.literal(target.atom)]
    row = sat.completion(situation.case.codes, where)
    return None if row is None else circumstances(situation.inquiry, target.conclusion, target.atom, row)


@dataclass(frozen=True, slots=True)
class _Path:
    """The facts from the value down to where an obstacle is looked for, and the conditions of the rules between."""

    atoms: tuple[Atom, ...] = ()
    rules: tuple[Formula, ...] = ()

    def into(self, atom: Atom, rule: GroundRule) -> _Path:
        return _Path((*self.atoms, atom), (*self.rules, rule.body))


class _Ways:
    """Looks for what keeps the rules for a value from firing."""

    def __init__(self, situation: Situation, fact: str) -> None:
        self.situation = situation
        self.fact = fact
        self.program = situation.program
        gate = situation.inquiry.gate
        scope = None if fact == gate[0] else gate
        self._moves = Moves(situation.readers, situation.case.codes, scope)
        self._distance: dict[tuple[Formula, ...], int] = {}

    def of(self, atom: Atom) -> tuple[Way, ...]:
        """Return the ways to an atom that the answers rule out, the nearest first."""
        producers = sorted(self.program.producers.get(atom, ()), key=lambda rule: self._far(rule.body))
        found = [
            (rule, obstacles)
            for rule in producers
            if (obstacles := self._obstacles(rule, _Path().into(atom, rule))) is not None
        ]
        return tuple(self._way(rule, obstacles) for rule, obstacles in found[:MOST_WAYS])

    def _far(self, *formulas: Formula) -> int:
        """Return how many answers stand between the case and formulas of the rules."""
        if formulas not in self._distance:
            far = self._moves.distance(*formulas)
            self._distance[formulas] = NEVER if far is None else far
        return self._distance[formulas]

    def _way(self, rule: GroundRule, obstacles: Sequence[Obstacle]) -> Way:
        grounds = rule.grounds
        cites = self.situation.standing(grounds.cites)
        cured = tuple(replace(obstacle, cure=self._cure(obstacle)) for obstacle in obstacles)
        return Way(rule.id, grounds.because, cites, grounds.authority, cured)

    def _cure(self, obstacle: Obstacle) -> Changes | None:
        changes = search(self.situation, self.fact, obstacle.literal)
        _, found, _ = changes.smallest(movable(self.situation.library), MOST)
        return changes_of(self.situation, easiest_first(self.situation, found)[0]) if found else None

    def _obstacles(self, rule: GroundRule, path: _Path) -> list[Obstacle] | None:
        """Return what keeps a rule from firing; None where it can never fire on the day at all."""
        found: list[Obstacle] = []
        for part in _parts(rule.body):
            below = self._failing(part, rule, path)
            if below is None:
                return None
            found += below
        unique = list({obstacle.literal: obstacle for obstacle in found}.values())
        return unique or self._together(rule, path)

    def _together(self, rule: GroundRule, path: _Path) -> list[Obstacle]:
        fires = self.situation.sat.rule(rule.id)
        given = self.situation.parts_behind([fires], self.fact, self.situation.case.codes)
        return [self._obstacle("together", rule, Literal(rule.heads[0]), given, path)]

    def _failing(self, part: Formula, rule: GroundRule, path: _Path) -> list[Obstacle] | None:
        """Return what keeps a part of a rule's condition from holding: [] where it can hold, None where never."""
        if isinstance(part, AllOf):
            found: list[Obstacle] = []
            for inner in part.parts:
                below = self._failing(inner, rule, path)
                if below is None:
                    return None
                found += below
            return found
        if isinstance(part, AnyOf):
            options = sorted(part.parts, key=lambda option: self._far(*path.rules, option))
            found_for = (self._failing(option, rule, path) for option in options)
            return next((found for found in found_for if found is not None), None)
        if self.situation.possible(part.atom, self.fact, truth=part.positive):
            return []
        if self.program.is_question(part.atom):
            return [self._obstacle("answer", rule, part, self._given(part), path)]
        return self._derived(part, path)

    def _derived(self, part: Literal, path: _Path) -> list[Obstacle] | None:
        producers = self.program.producers.get(part.atom, ())
        if not part.positive:
            blocking = next(self._firing(producers), None)
            if blocking is None:
                return None  # the calendar says so
            return [self._obstacle("excluded_by", blocking, part, self._given(part), path)]
        if part.atom in path.atoms:
            return None
        nearest = sorted(producers, key=lambda producer: self._far(*path.rules, producer.body))
        ways = (self._obstacles(producer, path.into(part.atom, producer)) for producer in nearest)
        return next((way for way in ways if way is not None), None)

    def _firing(self, rules: Sequence[GroundRule]) -> Iterator[GroundRule]:
        """Yield the rules that certainly fire, then those that may."""
        sat, codes = self.situation.sat, self.situation.case.codes
        scope = self.situation.scope(self.fact)
        for rule in rules:
            if sat.completion(codes, [*scope, -sat.rule(rule.id)]) is None:
                yield rule
        for rule in rules:
            if sat.completion(codes, [*scope, sat.rule(rule.id)]) is not None:
                yield rule

    def _given(self, literal: Literal) -> tuple[Circumstance, ...]:
        number = self.situation.sat.literal(literal.atom)
        wanted = number if literal.positive else -number
        return self.situation.parts_behind([wanted], self.fact, self.situation.case.codes)

    def _obstacle(
        self,
        kind: ObstacleKind,
        rule: GroundRule,
        literal: Literal,
        given: tuple[Circumstance, ...],
        path: _Path,
    ) -> Obstacle:
        grounds = rule.grounds
        cites = self.situation.standing(grounds.cites)
        # Internal facts of policies and rankings say nothing to a reader.
        through = tuple(atom for atom in path.atoms[1:] if atom[0] in self.program.facts)
        return Obstacle(kind, rule.id, grounds.because, cites, grounds.authority, literal, given, through)


def _parts(formula: Formula) -> tuple[Formula, ...]:
    return formula.parts if isinstance(formula, AllOf) else (formula,)
