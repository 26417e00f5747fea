"""Completions: the ways to answer every open question in which some literals hold, and what is true in all.

The generated program answers for a full case. Else a sample of completions shows what is possible, and the SAT
solver decides what the sample leaves open. Every answer is exact.
"""

from __future__ import annotations

from functools import cached_property
from typing import Final

from advisor.inference.cnf import Lit, denied
from advisor.inference.formula import AllOf, Formula, Literal, holds
from advisor.inference.ground import GroundRule
from advisor.inference.program import Row
from advisor.reasoning.readers import Readers
from advisor.reasoning.simulation import Sample, Simulation

Scope = tuple[Literal, ...]
"""What holds in all completions that are looked at."""

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
            if found is None:
                columns = [simulation.where(formula) for simulation, _ in self.samples]
                found = self._decided(columns, self.readers.encoding.formula(formula))
            self._truths[formula] = found
        return self._truths[formula]

    def fires(self, rule: GroundRule) -> bool | None:
        """Return whether a rule fires in all of them, or in none; else None."""
        if self.readers.full:
            return rule.id in self.readers.fired
        if rule.id not in self._fires:
            found = self._wider.fires(rule) if self._wider is not None else None
            if found is None:
                columns = [simulation.rules[rule.id] for simulation, _ in self.samples]
                found = self._decided(columns, self.readers.encoding.fires(rule.id))
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

    def _decided(self, columns: list[Sample], literal: Lit) -> bool | None:
        """Return the truth of what is true in `columns` of the samples, and has a literal of its own."""
        true = any(column & sample for column, (_, sample) in zip(columns, self.samples, strict=True))
        false = any(sample & ~column for column, (_, sample) in zip(columns, self.samples, strict=True))
        solver = self.readers.solver
        if not true and not solver.satisfiable([*self.literals, literal]):
            return False
        if not false and not solver.satisfiable([*self.literals, denied(literal)]):
            return True
        return None


def within(simulation: Simulation, sample: Sample, scope: Scope) -> Sample:
    """Return the completions of a sample in which a scope holds."""
    for literal in scope:
        sample &= simulation.where(literal)
    return sample
