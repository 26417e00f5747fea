"""Why a value did not come out: what its rules lack, what beat it, what the law of the day excludes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, islice
from typing import Literal as Word

from advisor.advice.advice import Conclusion
from advisor.advice.conclusions import bare_conclusion
from advisor.explain.form_comparison import FormComparison, form_comparison
from advisor.explain.infeasibility import Barrier, barriers, nearest_stretch
from advisor.explain.minimal_changes import (
    MOST,
    Changes,
    MinimalChanges,
    change_search,
    changes_of,
    easiest_first,
    minimal_changes,
    movable,
)
from advisor.explain.target import Target
from advisor.inference.case import Case
from advisor.inference.formula import AllOf, AnyOf, AtLeast, Atom, Formula, Literal, negation
from advisor.inference.ground import GroundRule
from advisor.knowledge.library import Library
from advisor.knowledge.shape import Authority
from advisor.knowledge_base import Knowledge
from advisor.reasoning.circumstance import Circumstance
from advisor.reasoning.confirmation import confirmed
from advisor.reasoning.counterfactual import Counterfactual
from advisor.reasoning.derivation import Derivation
from advisor.reasoning.entailment import Entailment, entailment_of
from advisor.reasoning.sufficiency import circumstances, parts_behind
from advisor.text import Text

Verdict = Word["is", "possible", "excluded", "inadmissible", "impossible"]
ObstacleKind = Word["answer", "excluded_by", "together"]
MOST_WAYS = 3
NEVER = 10**6
MOST_CHANGES = 5


@dataclass(frozen=True, slots=True)
class Needed:
    """A fact or answer that must hold, or must not."""

    fact: Atom
    holds: bool


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that keeps a rule from firing.

    answer: the answers `given` rule out what the rule `needs`. excluded_by: the rule demands that what it `needs`
    does not hold, and it does, by the rule whose sentence is `text` (an earlier rule, a better candidate).
    together: each condition could hold, but not all of them at once. `through` are the facts on the way from the
    rule that would give the value. `cure` is a smallest change of answers by which the obstacle is gone; None
    where no answers remove it on that day.
    """

    kind: ObstacleKind
    rule: str
    text: Text
    cites: tuple[str, ...]
    authority: Authority
    needs: Needed
    through: tuple[Atom, ...]
    given: tuple[Circumstance, ...]
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

    `verdict`: is: it did. possible: open answers decide; `when` holds sets of circumstances that suffice, and
    `when_more` says that there are others. excluded: the answers rule it out; `ways` says how. inadmissible: the
    cooperation is not admissible; `ways` is then about that. impossible: no answers give it on the day; `barriers`
    says why, and `days` on which days nearest to it some answers do. `reach` says what would have to change, and
    `comparison` sets two institutional forms side by side.
    """

    target: Target
    verdict: Verdict
    conclusion: Conclusion
    ways: tuple[Way, ...] = ()
    when: tuple[tuple[Circumstance, ...], ...] | None = None
    when_more: bool = False
    reach: MinimalChanges | None = None
    barriers: tuple[Barrier, ...] = ()
    days: tuple[date, date | None] | None = None
    comparison: FormComparison | None = None


def why_not(knowledge: Knowledge, case: Case, target: Target) -> WhyNot:
    """Return why a case does not have the value `target`.

    Raises `ContradictionError` where the answers contradict each other, and `DisagreementError` where the readers
    differ.
    """
    entailment = entailment_of(knowledge, case)
    confirmed(entailment.day, entailment.example)
    conclusion = bare_conclusion(entailment, target.conclusion)
    gate = entailment.gate
    if conclusion.reason is not None:
        ways = _Ways(entailment, case, gate[0]).of(gate)
        need = minimal_changes(knowledge, case, Target(*gate), MOST_CHANGES)
        return WhyNot(target, "inadmissible", conclusion, ways, reach=need)
    scope = entailment.scope(target.conclusion)
    unanswered = Entailment(knowledge.library, entailment.day, {})
    if unanswered.truth(Literal(target.atom), scope) is False:
        days = nearest_stretch(knowledge, case.as_of, target)
        return WhyNot(target, "impossible", conclusion, barriers=barriers(knowledge, case, target), days=days)
    truth = entailment.truth(Literal(target.atom), scope)
    if truth:
        return WhyNot(target, "is", conclusion)
    need = minimal_changes(knowledge, case, target, MOST_CHANGES)
    compared = form_comparison(entailment, conclusion, target)
    if truth is None:
        when = circumstances(entailment, target.atom, scope)
        return WhyNot(target, "possible", conclusion, (), when.sets, when.more, reach=need, comparison=compared)
    ways = _Ways(entailment, case, target.conclusion).of(target.atom)
    return WhyNot(target, "excluded", conclusion, ways, reach=need, comparison=compared)


@dataclass(frozen=True, slots=True)
class _Path:
    """The facts from the value down to where an obstacle is looked for, and the conditions of the rules between."""

    atoms: tuple[Atom, ...] = ()
    rules: tuple[Formula, ...] = ()

    def into(self, atom: Atom, rule: GroundRule) -> _Path:
        return _Path((*self.atoms, atom), (*self.rules, rule.body))


class _Ways:
    """Looks for what keeps the rules for a value from firing."""

    def __init__(self, entailment: Entailment, case: Case, fact: str) -> None:
        self.entailment = entailment
        self.library: Library = entailment.library
        self.case = case
        self.fact = fact
        self.program = entailment.program
        self.scope = entailment.scope(fact)
        self._derivation = Derivation(entailment, self.scope)
        self._counterfactual = Counterfactual(entailment.day, entailment.known, self.scope)
        self._distance: dict[tuple[Formula, ...], int] = {}

    def of(self, atom: Atom) -> tuple[Way, ...]:
        """Return the ways to an atom that the answers rule out, the nearest first."""
        producers = sorted(self.entailment.producers(atom), key=lambda rule: self._far(rule.body))
        found = [
            (rule, obstacles)
            for rule in producers
            if (obstacles := self._obstacles(rule, _Path().into(atom, rule))) is not None
        ]
        return tuple(self._way(rule, obstacles) for rule, obstacles in found[:MOST_WAYS])

    def _far(self, *formulas: Formula) -> int:
        """Return how many answers stand between the case and formulas of the rules."""
        if formulas not in self._distance:
            far = self._counterfactual.distance(*formulas)
            self._distance[formulas] = NEVER if far is None else far
        return self._distance[formulas]

    def _way(self, rule: GroundRule, obstacles: Sequence[Obstacle]) -> Way:
        grounds = rule.grounds
        cites = self.library.standing(grounds.cites, self.case.as_of)
        cured = tuple(replace(obstacle, cure=self._cure(obstacle)) for obstacle in obstacles)
        return Way(rule.id, grounds.because, cites, grounds.authority, cured)

    def _cure(self, obstacle: Obstacle) -> Changes | None:
        literal = Literal(obstacle.needs.fact, obstacle.needs.holds)
        search = change_search(self.entailment, self.fact, literal)
        _, found, _ = search.smallest(movable(self.library), MOST)
        return changes_of(self.entailment, easiest_first(self.entailment, found)[0]) if found else None

    def _obstacles(self, rule: GroundRule, path: _Path) -> list[Obstacle] | None:
        """Return what keeps a rule from firing; None where it can never fire on the day at all."""
        found = self._failing(rule.body, rule, path)
        if found is None:
            return None
        unique = list({obstacle.needs: obstacle for obstacle in found}.values())
        return unique or self._together(rule, path)

    def _together(self, rule: GroundRule, path: _Path) -> list[Obstacle]:
        given = parts_behind(self.entailment, negation(rule.body), self.scope)
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
        if isinstance(part, (AnyOf, AtLeast)):
            options = sorted(part.parts, key=lambda option: self._far(*path.rules, option))
            found_for = (self._failing(option, rule, path) for option in options)
            ways = list(islice((found for found in found_for if found is not None), part.enough))
            return list(chain.from_iterable(ways)) if len(ways) == part.enough else None
        if self.entailment.truth(part, self.scope) is not False:
            return []
        if self.program.is_question(part.atom):
            return [self._obstacle("answer", rule, part, self._given(part), path)]
        return self._derived(part, path)

    def _derived(self, part: Literal, path: _Path) -> list[Obstacle] | None:
        if not part.positive:
            blocking = self._derivation.concluding(part.atom) or self._derivation.alternatives(part.atom)
            # Where no rule is in the way, the calendar is.
            return [self._obstacle("excluded_by", blocking[0], part, self._given(part), path)] if blocking else None
        if part.atom in path.atoms:
            return None
        producers = self.entailment.producers(part.atom)
        nearest = sorted(producers, key=lambda producer: self._far(*path.rules, producer.body))
        ways = (self._obstacles(producer, path.into(part.atom, producer)) for producer in nearest)
        return next((way for way in ways if way is not None), None)

    def _given(self, literal: Literal) -> tuple[Circumstance, ...]:
        return parts_behind(self.entailment, negation(literal), self.scope)

    def _obstacle(
        self,
        kind: ObstacleKind,
        rule: GroundRule,
        literal: Literal,
        given: tuple[Circumstance, ...],
        path: _Path,
    ) -> Obstacle:
        grounds = rule.grounds
        cites = self.library.standing(grounds.cites, self.case.as_of)
        # Internal facts of policies and rankings say nothing to a reader.
        through = tuple(atom for atom in path.atoms[1:] if atom[0] in self.program.facts)
        needs = Needed(literal.atom, literal.positive)
        return Obstacle(kind, rule.id, grounds.because, cites, grounds.authority, needs, through, given)
