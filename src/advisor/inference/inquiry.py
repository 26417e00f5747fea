"""What can still come out: exact answers about one set of known answers.

A completion fills every unanswered question without contradiction. The gate (admissible) ranges over all
completions, every other conclusion over those in which the gate holds. Completions that are at hand are tried
first, with the bulk reader; SAT decides whatever they leave open, so the answers are exact either way.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from advisor.inference.compiled import CompiledReader, Evaluation
from advisor.inference.domain import Domain
from advisor.inference.formula import Atom
from advisor.inference.program import Program, Row
from advisor.inference.sat_reader import Known, SatReader

Value = tuple[str, ...]
MOST_LISTS = 64
SAMPLES = 12


@dataclass(frozen=True, slots=True)
class Readers:
    """The bulk reader and the SAT reader of one program."""

    program: Program
    compiled: CompiledReader
    sat: SatReader

    @classmethod
    def of(cls, program: Program) -> Readers:
        """Build both readers."""
        return cls(program, CompiledReader(program), SatReader.of(program))

    def fresh(self) -> Readers:
        """Return the same readers with a SAT reader that was asked nothing yet."""
        return Readers(self.program, self.compiled, self.sat.fresh())


@dataclass(frozen=True, slots=True)
class Range:
    """The values that a fact has over all completions.

    `values` lists them (each a tuple: one value, or a list) with a completion for each; where there are more
    than the limit it is None, and `certain` and `uncertain` say which elements are always or sometimes there.
    """

    values: dict[Value, Row] | None
    certain: tuple[str, ...] = ()
    uncertain: tuple[str, ...] = ()

    @property
    def settled(self) -> Value | None:
        """The value, if there is only one."""
        return next(iter(self.values)) if self.values is not None and len(self.values) == 1 else None


class Inquiry:
    """Answers about one set of known answers (question -> code); each is worked out once."""

    def __init__(
        self, readers: Readers, known: Known, gate: str, watched: Iterable[str], before: Inquiry | None = None
    ) -> None:
        """`watched` are the facts whose dependence on open questions may be asked for.

        `before` may be an inquiry about the same program with fewer known answers. What it found is used where
        it still holds (what could not matter cannot now; an example that fits the new answer is one still), so
        that the answers are the same and come sooner.
        """
        self.readers = readers
        self.program = readers.program
        self.known = dict(known)
        self.gate: Atom = (gate, "yes")
        self.open = tuple(d.id for d in self.program.domains if d.id not in self.known)
        self._before_gate = self.program.dependence.below(gate)
        self._gate_index = readers.compiled.index.get(self.gate)
        self._watched = {fact: self._getter(fact) for fact in watched}
        self._values: dict[str, dict[tuple[bool, ...], Value]] = {}
        self._ranges: dict[str, Range] = {}
        self._relevant: dict[str, set[str]] = {}
        self._irrelevant: set[tuple[str, str]] = set()
        self._examples: dict[tuple[str, str], tuple[Row, Row]] = {}
        self._random = random.Random(0)  # noqa: S311 - the same completions each time, nothing secret
        self._seen: dict[Row, Evaluation] = {}

        if before is not None:
            self._take_over(before)

    def _take_over(self, before: Inquiry) -> None:
        if before.program is not self.program or not before.known.items() <= self.known.items():
            raise ValueError("an inquiry can only follow one about fewer answers of the same program")
        self._irrelevant = set(before._irrelevant)
        self._explored = True
        new = [
            (self.program.position[question], code)
            for question, code in self.known.items()
            if question not in before.known
        ]
        for row, evaluation in before._seen.items():
            if all(row[position] == code for position, code in new):
                self._seen[row] = evaluation
        for (_, question), (row, other) in before._examples.items():
            if question not in self.known and row in self._seen and other in self._seen:
                self._compare(question, row, other)

    @cached_property
    def consistent(self) -> bool:
        """Whether there is any completion at all."""
        return self._any_completion is not None

    @cached_property
    def passable(self) -> bool:
        """Whether the gate holds in some completion."""
        return self.base is not None

    @cached_property
    def _any_completion(self) -> Row | None:
        return next(iter(self._pool), None) or self.readers.sat.completion(self.known)

    @cached_property
    def base(self) -> Row | None:
        """A completion in which the gate holds, or None."""
        for row in self._pool:
            if self.passes(row):
                return row
        return self.readers.sat.completion(self.known, [self.readers.sat.literal(self.gate)])

    def scope(self, fact: str) -> tuple[Atom, ...]:
        """Return the atoms that must hold in the completions over which a fact ranges."""
        # What the gate itself rests on is spoken of also where the gate does not hold.
        return () if fact in self._before_gate else (self.gate,)

    def range(self, fact: str, most: int = MOST_LISTS) -> Range:
        """Return the values of `fact` over its completions, up to `most` of them."""
        if fact not in self._ranges:
            self._ranges[fact] = self._range(fact, most)
        return self._ranges[fact]

    def depends_on(self, fact: str) -> tuple[str, ...]:
        """Return the open questions that, alone, can change the value of `fact` in some completion."""
        found = self.range(fact)
        if found.settled is not None or found.values == {}:
            return ()
        return tuple(q for q in self.open if self._matters(fact, q))

    def holds_always(self, literal: int, fact: str) -> bool:
        """Return whether a literal of the SAT reader holds in every completion over which `fact` ranges."""
        where = [self.readers.sat.literal(atom) for atom in self.scope(fact)]
        return self.readers.sat.completion(self.known, [*where, -literal]) is None

    def always(self, atom: Atom, fact: str) -> bool | None:
        """Return whether an atom is true, or false, in every completion over which `fact` ranges; else None."""
        literal = self.readers.sat.literal(atom)
        if self.holds_always(literal, fact):
            return True
        return False if self.holds_always(-literal, fact) else None

    def value(self, fact: str, row: Row) -> Value:
        """Return the value of a fact in a completion (by the bulk reader)."""
        return self._value(fact, self._evaluate(row))

    def elements(self, fact: str) -> dict[str, tuple[bool, Row]]:
        """Return the elements that a list-valued fact can have, each with whether it always does, and where.

        Ranges over the completions in which the gate holds.
        """
        found: dict[str, tuple[bool, Row]] = {}
        base = self.base
        if base is None:
            return found
        rows = [row for row in self._pool if self.passes(row)] or [base]
        for element in self.program.values[fact]:
            atom = (fact, element)
            if atom not in self.readers.compiled.index:
                continue
            literal = self.readers.sat.literal(atom)
            gate = self.readers.sat.literal(self.gate)
            row = next((r for r in rows if self._true(self._evaluate(r), atom)), None)
            if not self.open:
                if row is not None:
                    found[element] = (True, row)
                continue
            row = row or self.readers.sat.completion(self.known, [gate, literal], near=base)
            if row is not None:
                always = all(self._true(self._evaluate(r), atom) for r in rows)
                found[element] = (always and self.holds_always(literal, fact), row)
        return found

    # -- ranges ---------------------------------------------------------------------------------------------

    def _range(self, fact: str, most: int) -> Range:
        sat = self.readers.sat
        values: dict[Value, Row] = {}
        self._explore()
        for row, evaluation in self._seen.items():
            if not self.scope(fact) or self._passes(evaluation[1]):
                values.setdefault(self._value(fact, evaluation), row)
                if len(values) > most:
                    return self._elements(fact, values)
        where = [sat.literal(atom) for atom in self.scope(fact)]
        switches: list[int] = []
        try:
            for value in values:
                switches.append(self._other_than(fact, value))
            while len(values) <= most:
                found = sat.completion(self.known, [*where, *switches], near=self.base)
                if found is None:
                    return Range(self._ordered(fact, values))
                value = self.value(fact, found)
                values[value] = found
                switches.append(self._other_than(fact, value))
        finally:
            for switch in switches:
                sat.retire(switch)
        return self._elements(fact, values)

    def _elements(self, fact: str, values: dict[Value, Row]) -> Range:
        certain: list[str] = []
        uncertain: list[str] = []
        for element in self.program.values[fact]:
            present = {element in value for value in values}
            if present == {True, False}:
                uncertain.append(element)
                continue
            literal = self.readers.sat.literal((fact, element))
            expected = literal if present == {True} else -literal
            if self.holds_always(expected, fact):
                certain += [element] if present == {True} else []
            else:
                uncertain.append(element)
        return Range(None, tuple(certain), tuple(uncertain))

    def _other_than(self, fact: str, value: Value) -> int:
        """Return a switch that asks for a value of `fact` that is not `value`."""
        sat = self.readers.sat
        literals = []
        for element in self._elements_of(fact):
            literal = sat.literal((fact, element))
            literals.append(-literal if element in value else literal)
        return sat.clause(literals)

    def _elements_of(self, fact: str) -> tuple[str, ...]:
        kind = self.program.facts[fact].kind
        return ("yes",) if kind == "flag" else self.program.values[fact]

    def _ordered(self, fact: str, values: dict[Value, Row]) -> dict[Value, Row]:
        order = {element: index for index, element in enumerate(self.program.values[fact])}
        return dict(sorted(values.items(), key=lambda item: [order[element] for element in item[0]]))

    # -- dependence -----------------------------------------------------------------------------------------

    def _matters(self, fact: str, question: str) -> bool:
        if question in self._relevant.setdefault(fact, set()):
            return True
        if (fact, question) in self._irrelevant or question not in self.program.support_of(fact):
            return False
        pair = self.readers.sat.differing_pair(self.known, {question}, [fact], self.scope(fact))
        if pair is None:
            self._irrelevant.add((fact, question))
            return False
        self._compare(question, *pair)
        return True

    def _explore(self) -> None:
        """Flip single answers of the completions at hand and note which conclusions change."""
        if self._explored:
            return
        self._explored = True
        for row in self._pool:
            self._evaluate(row)
            for question in self.open:
                for flipped in self._neighbours(row, question):
                    self._compare(question, row, flipped)

    _explored = False

    def _neighbours(self, row: Row, question: str) -> Iterator[Row]:
        position = self.program.position[question]
        domain = self.program.domains[position]
        if domain.question.type == "choices":
            bits = len(domain.question.options)
            codes = [row[position] ^ (1 << self._random.randrange(bits)), self._random.randrange(1 << bits)]
        else:
            codes = [code for code in domain.cells if code != row[position]]
            if len(codes) > 3:
                codes = self._random.sample(codes, 3)
        for code in codes:
            flipped = (*row[:position], code, *row[position + 1 :])
            if not self.readers.compiled.contradictions(flipped):
                yield flipped

    def _compare(self, question: str, row: Row, other: Row) -> None:
        (_, first), (_, second) = self._evaluate(row), self._evaluate(other)
        if first == second:
            return
        gated = self._passes(first) and self._passes(second)
        for fact, get in self._watched.items():
            if (gated or not self.scope(fact)) and get(first) != get(second):
                self._relevant.setdefault(fact, set()).add(question)
                self._examples.setdefault((fact, question), (row, other))

    def _getter(self, fact: str) -> Callable[[tuple[bool, ...]], tuple[bool, ...]]:
        """Return what reads the truth of each value of a fact from the truth of all atoms."""
        index = self.readers.compiled.index
        places = [index[(fact, value)] for value in self.program.values[fact] if (fact, value) in index]
        # Twice the last one, so that there are always two and itemgetter gives a tuple.
        return itemgetter(*places, *places[-1:]) if places else lambda _: ()

    # -- completions at hand --------------------------------------------------------------------------------

    @cached_property
    def _pool(self) -> tuple[Row, ...]:
        """Some completions, drawn at random (always the same for the same answers)."""
        if not self.open:
            row = tuple(self.known[domain.id] for domain in self.program.domains)
            return () if self.readers.compiled.contradictions(row) else (row,)
        rows: dict[Row, None] = {}
        for _ in range(SAMPLES):
            row = tuple(self._drawn(domain) for domain in self.program.domains)
            if not self.readers.compiled.contradictions(row):
                rows[row] = None
        return tuple(rows)

    def _drawn(self, domain: Domain) -> int:
        """Return the known answer, or one drawn at random (of lists rather a short one)."""
        if domain.id in self.known:
            return self.known[domain.id]
        if domain.question.type == "choices":
            every = 1 << len(domain.question.options)
            return self._random.randrange(every) & self._random.randrange(every)
        return self._random.choice(domain.cells)

    def _evaluate(self, row: Row) -> Evaluation:
        if row not in self._seen:
            self._seen[row] = self.readers.compiled.evaluate(row)
        return self._seen[row]

    def _true(self, evaluation: Evaluation, atom: Atom) -> bool:
        index = self.readers.compiled.index.get(atom)
        return index is not None and evaluation[1][index]

    def passes(self, row: Row) -> bool:
        """Return whether the gate holds in a completion."""
        return self._passes(self._evaluate(row)[1])

    def _passes(self, truths: tuple[bool, ...]) -> bool:
        return self._gate_index is not None and truths[self._gate_index]

    def _value(self, fact: str, evaluation: Evaluation) -> Value:
        if fact not in self._watched:
            self._watched[fact] = self._getter(fact)
        known = self._values.setdefault(fact, {})
        key = self._watched[fact](evaluation[1])
        if key not in known:
            known[key] = self._spelt_out(fact, evaluation)
        return known[key]

    def _spelt_out(self, fact: str, evaluation: Evaluation) -> Value:
        if self.program.facts[fact].kind == "flag":
            return ("yes",) if self._true(evaluation, (fact, "yes")) else ("no",)
        return tuple(v for v in self.program.values[fact] if self._true(evaluation, (fact, v)))
