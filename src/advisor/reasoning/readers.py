"""The readers of the rule base for one set of known answers: generated program, sample and SAT solver."""

from __future__ import annotations

import random
from collections.abc import Mapping
from functools import cached_property
from typing import Final

from advisor.inference.cnf import Lit
from advisor.inference.day import Clauses, Day
from advisor.inference.domain import Code
from advisor.inference.encoding import Encoding
from advisor.inference.formula import Atom
from advisor.inference.program import Program, Row
from advisor.inference.solver import Solver
from advisor.reasoning.simulation import Sample, Simulation

Known = Mapping[str, Code]
"""Known answers: question -> code."""

FEW: Final = 16
"""With fewer completions than this a sample is too thin, and another is drawn."""


class Readers:
    """Known answers on a day and what reads the rules for them, each made when it is first needed."""

    def __init__(
        self, day: Day, known: Known, gate: Atom, before: Readers | None = None, clauses: Clauses | None = None
    ) -> None:
        """`before` are readers of fewer of the same answers: their sample is used as far as it has the new ones."""
        self.day = day
        self.clauses = clauses if clauses is not None else Clauses(day)
        self.program: Program = day.program
        self.known = dict(known)
        self.open = tuple(domain.id for domain in self.program.domains if domain.id not in known)
        self.gate = gate
        self.chance = random.Random(0)  # noqa: S311 - the same completions each time, nothing secret
        self._taken_over = self._of(before) if before is not None else ()

    def _of(self, before: Readers) -> tuple[tuple[Simulation, Sample], ...]:
        kept = ((simulation, self._fitting(simulation, sample, before)) for simulation, sample in before.samples)
        return tuple((simulation, sample) for simulation, sample in kept if sample.bit_count() >= FEW)

    def _fitting(self, simulation: Simulation, sample: Sample, before: Readers) -> Sample:
        for question in self.known.keys() - before.known.keys():
            domain = self.program.domain(question)
            for atom in domain.atoms:
                column = simulation.atom(atom)
                sample &= column if domain.has(self.known[question], atom[1]) else ~column
        return sample

    # -- full cases -----------------------------------------------------------------------------------------

    @cached_property
    def full(self) -> bool:
        """Whether every question is answered."""
        return not self.open

    @cached_property
    def answers(self) -> Row:
        """The answers, where every question is answered; KeyError where one is not."""
        return tuple(self.known[domain.id] for domain in self.program.domains)

    @cached_property
    def contradictory(self) -> bool:
        """Whether the answers contradict each other, where every question is answered."""
        return bool(self.day.generated.contradictions(self.answers))

    @cached_property
    def _evaluated(self) -> tuple[frozenset[str], frozenset[Atom]]:
        generated = self.day.generated
        bodies, truths = generated.evaluate_row(self.answers)
        fired = frozenset(rule for rule, body in zip(generated.rule_ids, bodies, strict=True) if body)
        return fired, frozenset(atom for atom, true in zip(generated.atoms, truths, strict=True) if true)

    @property
    def fired(self) -> frozenset[str]:
        """The ids of the rules that fire, where every question is answered."""
        return self._evaluated[0]

    def is_true(self, atom: Atom) -> bool:
        """Return whether an atom is true, where every question is answered."""
        if atom[0] in self.program.position:
            return self.program.answer_holds(atom, self.answers)
        return atom in self._evaluated[1]

    # -- open cases -----------------------------------------------------------------------------------------

    @property
    def encoding(self) -> Encoding:
        """The rule base of the day as clauses."""
        return self.clauses.single

    @property
    def solver(self) -> Solver:
        """The solver over the clauses of `encoding`."""
        return self.encoding.solver

    @cached_property
    def assumed(self) -> list[Lit]:
        """The known answers, as literals of `encoding`."""
        return self.encoding.answers(self.known)

    @cached_property
    def drawn(self) -> Simulation:
        """Completions that were drawn for these very answers."""
        return Simulation.drawn(self.day.generated, self.known, self.chance)

    @cached_property
    def samples(self) -> tuple[tuple[Simulation, Sample], ...]:
        """Completions to look at before the solver is asked, some of them with the gate true where that can be."""
        samples = self._taken_over or ((self.drawn, self.drawn.valid),)
        if sum((sample & simulation.atom(self.gate)).bit_count() for simulation, sample in samples) >= FEW:
            return samples
        with self.program.deciding([self.gate]):
            model = self.solver.model([*self.assumed, self.encoding.atom(self.gate)])
        if model is None:
            return samples
        near = Simulation.drawn(self.day.generated, self.known, self.chance, self.encoding.row(model))
        return (*samples, (near, near.valid))
