"""Simulation: many random completions of known answers side by side, one bit each.

A sample shows what is possible and never what is certain. Whoever needs certainty asks the solver for the rest.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import accumulate
from operator import and_, or_
from typing import Final, assert_never

from advisor.inference.counting import where_enough
from advisor.inference.domain import Code, Domain
from advisor.inference.formula import AllOf, AnyOf, AtLeast, Atom, Formula, Literal, Threshold
from advisor.inference.generated import GeneratedProgram
from advisor.inference.program import Row

SIZE: Final = 1024
"""How many completions are drawn at once."""

Sample = int
"""A set of completions: the bit of each that is in it is 1."""


class Simulation:
    """Completions, and what follows from them: where each atom is true and where each rule (by id) fires.

    Contradictory draws are left out of `valid`.
    """

    def __init__(self, generated: GeneratedProgram, answers: Mapping[Atom, Sample]) -> None:
        """`answers` say where each answer is given."""
        self.generated = generated
        columns = [answers[atom] for atom in generated.answers]
        fires, truths = generated.evaluate(columns, EVERY)
        self.columns: dict[Atom, Sample] = {**answers, **dict(zip(generated.atoms, truths, strict=True))}
        self.rules: dict[str, Sample] = dict(zip(generated.rule_ids, fires, strict=True))
        self.valid: Sample = EVERY
        for clash in generated.clashes(columns, EVERY):
            self.valid &= ~clash

    @classmethod
    def drawn(
        cls, generated: GeneratedProgram, known: Mapping[str, Code], chance: random.Random, near: Row | None = None
    ) -> Simulation:
        """Draw completions of `known` (question -> code); with `near`, mostly with the answers of that row."""
        answers: dict[Atom, Sample] = {}
        for index, domain in enumerate(generated.program.domains):
            if domain.id in known:
                code = known[domain.id]
                answers |= {atom: EVERY if domain.has(code, atom[1]) else 0 for atom in domain.atoms}
            else:
                drawn = _drawn(domain, chance)
                if near is not None:
                    kept = chance.getrandbits(SIZE) | chance.getrandbits(SIZE) | chance.getrandbits(SIZE)
                    drawn = _kept(domain, near[index], kept, drawn)
                answers |= drawn
        return cls(generated, answers)

    def where(self, formula: Formula) -> Sample:
        """Return the completions in which a formula is true."""
        match formula:
            case Literal():
                found = self.atom(formula.atom)
                return found if formula.positive else EVERY ^ found
            case AllOf():
                return reduce(and_, map(self.where, formula.parts), EVERY)
            case AnyOf():
                return reduce(or_, map(self.where, formula.parts), 0)
            case AtLeast():
                return where_enough(formula.enough, map(self.where, formula.parts), EVERY)
            case _ as unreachable:
                assert_never(unreachable)

    def atom(self, atom: Atom) -> Sample:
        """Return the completions in which an atom is true."""
        return self.columns.get(atom, 0)

    def row(self, sample: Sample) -> Row:
        """Return the answers of the first completion of a sample that is not empty."""
        first = sample & -sample
        return tuple(
            domain.code_of([bool(self.columns[atom] & first) for atom in domain.atoms])
            for domain in self.generated.program.domains
        )

    @staticmethod
    def parted(columns: Iterable[Sample], sample: Sample, most: int) -> list[Sample] | None:
        """Return a sample parted by which of `columns` hold; None where that gives more than `most` parts."""
        parts = [sample] if sample else []
        for column in columns:
            parts = [piece for part in parts for piece in (part & column, part & ~column) if piece]
            if len(parts) > most:
                return None
        return parts


class Variations:
    """Completions, and what follows from them with other answers to one question, for each of several questions.

    They are run all at once, side by side. A sample of them is called wide: it has `SIZE` bits for each question.
    """

    def __init__(self, simulation: Simulation, questions: Sequence[str], chance: random.Random) -> None:
        """Draw other answers to each of `questions`."""
        self._before = simulation
        self._questions = questions
        self._everywhere: Sample = (1 << SIZE * len(questions)) - 1
        generated = simulation.generated
        answers = {atom: self._wide(simulation.columns[atom]) for atom in generated.answers}
        for index, question in enumerate(questions):
            for atom, drawn in _drawn(generated.program.domain(question), chance).items():
                answers[atom] = answers[atom] & ~(EVERY << SIZE * index) | drawn << SIZE * index
        columns = tuple(answers.values())
        _, truths = generated.evaluate(columns, self._everywhere)
        self._after = dict(zip(generated.atoms, truths, strict=True))
        self._valid = self._everywhere
        for clash in generated.clashes(columns, self._everywhere):
            self._valid &= ~clash

    def where(self, sample: Sample, derived: Iterable[Atom]) -> Sample:
        """Return (wide) the completions of a sample in which some derived atoms are true, before and after."""
        found = self._wide(sample) & self._valid
        for atom in derived:
            found &= self._wide(self._before.atom(atom)) & self._after.get(atom, 0)
        return found

    def changing(self, derived: Iterable[Atom], where: Sample) -> Iterator[str]:
        """Yield the questions to which another answer changed one of some derived atoms, in a wide sample."""
        changed = 0
        for atom in derived:
            changed |= self._wide(self._before.atom(atom)) ^ self._after.get(atom, 0)
        changed &= where
        width = SIZE // 8
        column = changed.to_bytes(width * len(self._questions), "little")
        for index, question in enumerate(self._questions):
            if any(column[width * index : width * (index + 1)]):
                yield question

    def _wide(self, sample: Sample) -> Sample:
        """Return the sample once for each question."""
        if sample in (0, EVERY):
            return sample and self._everywhere
        return int.from_bytes(sample.to_bytes(SIZE // 8, "little") * len(self._questions), "little")


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
            # Where the answer lies in this cell or in a higher one; above the last cell it never does.
            reached = [*accumulate([0, *reversed(shares)], or_)][::-1]
            return {(domain.id, Threshold(cut)): reached[bisect_right(cells, cut)] for cut in domain.cuts}


def _kept(domain: Domain, code: Code, kept: Sample, drawn: Mapping[Atom, Sample]) -> dict[Atom, Sample]:
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
