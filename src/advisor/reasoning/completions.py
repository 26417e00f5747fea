"""Completions: the ways to answer every open question in which some literals hold, and what is true in all.

The generated program answers for a full case. Else a sample of completions shows what is possible, and the SAT
solver decides what the sample leaves open. Every answer is exact.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from functools import cached_property
from itertools import chain
from typing import Final, TypeVar

from advisor.inference.cnf import Lit, denied
from advisor.inference.formula import AllOf, Formula, Literal, atoms, holds
from advisor.inference.ground import GroundRule
from advisor.inference.program import Row
from advisor.inference.time_limit import deciding
from advisor.reasoning.readers import Readers
from advisor.reasoning.simulation import Sample, Simulation

Scope = tuple[Literal, ...]
"""What holds in all completions that are looked at."""

T = TypeVar("T", bound=Hashable)

EVERYWHERE: Final[Scope] = ()


class Completions:
    """The completions of known answers in which the literals of a scope hold; each answer is worked out once."""

    def __init__(self, readers: Readers, scope: Scope, wider: Completions | None = None) -> None:
        """`wider` are completions among which these are: what is so in all of them is so here."""
        self.readers = readers
        self._wider = wider
        self.scope = scope
        self._truths: dict[Formula, bool | None] = {}
        self._fires: dict[str, bool | None] = {}

    @cached_property
    def first(self) -> Row | None:
        """One of them, the same each time; None where there is none."""
        readers = self.readers
        if readers.full:
            there = not readers.contradictory and holds(AllOf(self.scope), readers.is_true)
            return readers.answers if there else None
        found = within(readers.drawn, readers.drawn.valid, self.scope)
        if found:
            return readers.drawn.row(found)
        model = readers.solver.model(self.literals)
        return None if model is None else readers.encoding.row(model)

    def truth(self, formula: Formula) -> bool | None:
        """Return whether a formula is true, or false, in all of them; else None."""
        if self.readers.full:
            return holds(formula, self.readers.is_true)
        if formula not in self._truths:
            found = self._wider.truth(formula) if self._wider is not None else None
            self._truths[formula] = found
            if found is None:
                self.decide([formula])
        return self._truths[formula]

    def decide(self, formulas: Iterable[Formula]) -> None:
        """Find the truth of several formulas together, which is sooner than one by one; see `truth`."""
        if self.readers.full:
            return
        asked = {
            formula: (
                [simulation.where(formula) for simulation, _ in self.samples],
                self.readers.encoding.formula(formula),
            )
            for formula in formulas
        }
        with self.readers.program.deciding(chain.from_iterable(map(atoms, asked))):
            self._truths |= self._decided(asked)

    def fires(self, rule: GroundRule) -> bool | None:
        """Return whether a rule fires in all of them, or in none; else None."""
        if self.readers.full:
            return rule.id in self.readers.fired
        if rule.id not in self._fires:
            found = self._wider.fires(rule) if self._wider is not None else None
            if found is None:
                columns = [simulation.rules.get(rule.id, 0) for simulation, _ in self.samples]
                with deciding("rule", rule.place, rule.id):
                    found = self._decided({rule.id: (columns, self.readers.encoding.fires(rule.id))})[rule.id]
            self._fires[rule.id] = found
        return self._fires[rule.id]

    @cached_property
    def literals(self) -> list[Lit]:
        """What the solver assumes: the known answers and the scope."""
        encoding = self.readers.encoding
        return [*self.readers.assumed, *(encoding.formula(literal) for literal in self.scope)]

    @cached_property
    def samples(self) -> list[tuple[Simulation, Sample]]:
        """Some of them."""
        samples = ((s, within(s, sample, self.scope)) for s, sample in self.readers.samples)
        return [(simulation, sample) for simulation, sample in samples if sample]

    def _decided(self, asked: Mapping[T, tuple[list[Sample], Lit]]) -> dict[T, bool | None]:
        """Return the truth of things, given where in the samples each is true, and its literal."""
        seen_true, seen_false = set(), set()
        for thing, (columns, _) in asked.items():
            for column, (_, sample) in zip(columns, self.samples, strict=True):
                if column & sample:
                    seen_true.add(thing)
                if sample & ~column:
                    seen_false.add(thing)
        literals = {thing: literal for thing, (_, literal) in asked.items()}
        true = seen_true | self._possible({t: literal for t, literal in literals.items() if t not in seen_true})
        unseen = {t: denied(literal) for t, literal in literals.items() if t in true and t not in seen_false}
        false = seen_false | self._possible(unseen)
        return {thing: None if thing in true and thing in false else thing in true for thing in asked}

    def _possible(self, literals: Mapping[T, Lit]) -> set[T]:
        """Return the things whose literal is true in some of the completions."""
        solver, left = self.readers.solver, dict(literals)
        while left:
            one_of_them = next(iter(left.values())) if len(left) == 1 else solver.switch(list(left.values()))
            model = solver.model([*self.literals, one_of_them])
            if len(left) > 1:
                solver.retire(one_of_them)
            if model is None:
                break
            left = {thing: literal for thing, literal in left.items() if not model.holds(literal)}
        return literals.keys() - left.keys()


def within(simulation: Simulation, sample: Sample, scope: Scope) -> Sample:
    """Return the completions of a sample in which a scope holds."""
    for literal in scope:
        sample &= simulation.where(literal)
    return sample
