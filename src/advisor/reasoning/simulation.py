"""Simulation: many random completions of known answers side by side, one bit each.

A sample shows what is possible and never what is certain. Whoever needs certainty asks the solver for the rest.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from advisor.inference.domain import Domain
from advisor.inference.formula import AllOf, Atom, Formula, Literal, Threshold
from advisor.inference.program import Program, Row

SIZE: Final = 1024
"""How many completions are drawn at once."""

Sample = int
"""A set of completions: the bit of each that is in it is 1."""


@dataclass
class Simulation:
    """Completions, and what follows from them. Contradictory draws are left out of `valid`."""

    program: Program
    answers: Mapping[Atom, Sample]
    valid: Sample
    rules: dict[str, Sample] = field(default_factory=dict)
    derived: dict[Atom, Sample] = field(default_factory=dict)

    @classmethod
    def drawn(
        cls, program: Program, known: Mapping[str, int], chance: random.Random, near: Row | None = None
    ) -> Simulation:
        """Draw completions of `known` (question -> code); with `near`, mostly with the answers of that row."""
        answers: dict[Atom, Sample] = {}
        for index, domain in enumerate(program.domains):
            if domain.id in known:
                code = known[domain.id]
                answers |= {atom: EVERY if domain.has(code, atom[1]) else 0 for atom in domain.atoms}
            else:
                drawn = _drawn(domain, chance)
                if near is not None:
                    kept = chance.getrandbits(SIZE) | chance.getrandbits(SIZE) | chance.getrandbits(SIZE)
                    drawn = _kept(domain, near[index], kept, drawn)
                answers |= drawn
        simulation = cls(program, answers, EVERY)
        for exclusion in program.exclusions:
            simulation.valid &= ~simulation.where(exclusion.formula)
        simulation._run(range(len(program.rules)))
        return simulation

    def varied(self, question: str, chance: random.Random) -> Simulation:
        """Return the same completions with other answers to one question."""
        answers = {**self.answers, **_drawn(self.program.domain(question), chance)}
        other = Simulation(self.program, answers, EVERY, dict(self.rules), dict(self.derived))
        for exclusion in self.program.exclusions:
            other.valid &= ~other.where(exclusion.formula)
        other._run(self.program.rules_after[question])
        return other

    def where(self, formula: Formula) -> Sample:
        """Return the completions in which a formula is true."""
        if isinstance(formula, Literal):
            found = self.atom(formula.atom)
            return found if formula.positive else EVERY ^ found
        if isinstance(formula, AllOf):
            found = EVERY
            for part in formula.parts:
                found &= self.where(part)
                if not found:
                    break
            return found
        found = 0
        for part in formula.parts:
            found |= self.where(part)
        return found

    def atom(self, atom: Atom) -> Sample:
        """Return the completions in which an atom is true."""
        found = self.answers.get(atom)
        return self.derived.get(atom, 0) if found is None else found

    def row(self, sample: Sample) -> Row:
        """Return the answers of the first completion of a sample that is not empty."""
        first = sample & -sample
        return tuple(
            domain.code_of([bool(self.answers[atom] & first) for atom in domain.atoms])
            for domain in self.program.domains
        )

    def parted(self, atoms: Iterable[Atom], sample: Sample, most: int) -> list[Sample] | None:
        """Return a sample parted by which of `atoms` hold; None where that gives more than `most` parts."""
        parts = [sample] if sample else []
        for atom in atoms:
            column = self.atom(atom)
            parts = [piece for part in parts for piece in (part & column, part & ~column) if piece]
            if len(parts) > most:
                return None
        return parts

    def _run(self, rules: Iterable[int]) -> None:
        for index in rules:
            rule = self.program.rules[index]
            self.rules[rule.id] = self.where(rule.body)
            for head in rule.heads:
                found = 0
                for producer in self.program.producers[head]:
                    found |= self.rules.get(producer.id, 0)
                self.derived[head] = found


EVERY: Final[Sample] = (1 << SIZE) - 1


def _drawn(domain: Domain, chance: random.Random) -> dict[Atom, Sample]:
    """Return random answers to one question (of lists rather short ones)."""
    match domain.question.type:
        case "choices":
            return {atom: chance.getrandbits(SIZE) & chance.getrandbits(SIZE) for atom in domain.atoms}
        case "yes_no":
            return {atom: chance.getrandbits(SIZE) for atom in domain.atoms}
        case "choice":
            return dict(zip(domain.atoms, _split(len(domain.atoms), EVERY, chance), strict=True))
        case _:
            cells = domain.cells
            shares = list(_split(len(cells), EVERY, chance))
            return {
                (domain.id, Threshold(cut)): _union(s for c, s in zip(cells, shares, strict=True) if c > cut)
                for cut in domain.cuts
            }


def _kept(domain: Domain, code: int, kept: Sample, drawn: Mapping[Atom, Sample]) -> dict[Atom, Sample]:
    """Return `drawn`, but in the completions `kept` the answer with this code."""
    return {atom: (column & ~kept) | (kept if domain.has(code, atom[1]) else 0) for atom, column in drawn.items()}


def _split(count: int, sample: Sample, chance: random.Random) -> Iterator[Sample]:
    """Yield `count` parts of a sample, each completion in exactly one of them."""
    if count == 1:
        yield sample
        return
    half = count // 2
    left = chance.getrandbits(SIZE)
    yield from _split(half, sample & left, chance)
    yield from _split(count - half, sample & ~left, chance)


def _union(samples: Iterable[Sample]) -> Sample:
    found = 0
    for sample in samples:
        found |= sample
    return found
