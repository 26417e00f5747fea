"""Entailment: what follows from known answers on a day, whatever the open answers are. Every answer is exact.

A completion fills every open question without contradiction. What is said of a fact ranges over the completions of
its `Scope`: of the gate, and of what it rests on, over all of them; of everything else over those in which the gate
holds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Final

from advisor.inference.case import Case
from advisor.inference.cnf import Lit, denied
from advisor.inference.day import Day
from advisor.inference.encoding import PairEncoding
from advisor.inference.formula import Atom, Formula, Literal
from advisor.inference.ground import GroundRule
from advisor.inference.program import Program, Row
from advisor.knowledge.library import Library
from advisor.knowledge_base import Knowledge
from advisor.problem import ContradictionError, Problem, place_of
from advisor.reasoning.circumstance import Circumstance, literals_of
from advisor.reasoning.completions import EVERYWHERE, Completions, Scope, within
from advisor.reasoning.readers import Known, Readers

Value = tuple[str, ...]
"""The values of a fact in one completion, in the order of the vocabulary; of a flag ("yes",) or ("no",)."""

MOST_LISTS: Final = 64


@dataclass(frozen=True, slots=True)
class Range:
    """The values that a fact has over the completions of its scope.

    `values` lists them in the order of the vocabulary; None where there are more than `MOST_LISTS`. `certain` are
    the elements that are always there, `uncertain` those that are sometimes.
    """

    values: tuple[Value, ...] | None
    certain: tuple[str, ...]
    uncertain: tuple[str, ...]

    @property
    def settled(self) -> Value | None:
        """The value, if there is only one."""
        return self.values[0] if self.values is not None and len(self.values) == 1 else None


class Entailment:
    """What follows from one set of known answers; each answer is worked out once."""

    def __init__(self, library: Library, day: Day, known: Known, before: Entailment | None = None) -> None:
        """`known` are answers by question, as codes; questions that are not there are open.

        `before` may be about fewer of the same answers on the same day. What it found is used where it still holds
        (what could not matter cannot now, completions that have the new answers are completions still), so that
        the answers are the same and come sooner. Raises `ValueError` where it is about others.
        """
        if before is not None and (before.day is not day or not before.known.items() <= known.items()):
            raise ValueError("an entailment can only follow one about fewer answers on the same day")
        self.library = library
        self.day: Day = day
        self.program: Program = day.program
        self.gate: Atom = (library.conclusion_file.gate, "yes")
        self.readers: Readers = Readers(day, known, self.gate, before.readers if before is not None else None)
        self.known: Known = self.readers.known
        self.open = self.readers.open
        self._before_gate = self.program.dependence.below(self.gate[0])
        self._completions: dict[Scope, Completions] = {}
        self._ranges: dict[str, Range] = {}
        self._relevant: dict[str, set[str]] = {}
        self._irrelevant: set[tuple[str, str]] = set(before._irrelevant) if before is not None else set()
        self._varied: set[str] = set()

    # -- completions ----------------------------------------------------------------------------------------

    def completions(self, scope: Scope) -> Completions:
        """Return the completions in which a scope holds."""
        if scope not in self._completions:
            # What holds wherever the gate does holds under any further supposition.
            wider = scope[:1] if scope[:1] == (Literal(self.gate),) and len(scope) > 1 else EVERYWHERE
            self._completions[scope] = Completions(
                self.readers, scope, self.completions(wider) if scope != EVERYWHERE else None
            )
        return self._completions[scope]

    @cached_property
    def consistent(self) -> bool:
        """Whether there is any completion at all."""
        return self.completions(EVERYWHERE).first is not None

    @cached_property
    def passable(self) -> bool:
        """Whether the gate holds in some completion."""
        return self.completions((Literal(self.gate),)).first is not None

    @cached_property
    def example(self) -> Row:
        """The completion that is shown: one in which the gate holds, where it can.

        Raises `ValueError` where the answers contradict each other.
        """
        row = self.completions((Literal(self.gate),)).first or self.completions(EVERYWHERE).first
        if row is None:
            raise ValueError("contradictory answers have no completion")
        return row

    def scope(self, fact: str) -> Scope:
        """Return the scope of a fact."""
        return EVERYWHERE if fact in self._before_gate else (Literal(self.gate),)

    def scope_of_rule(self, rule: GroundRule) -> Scope:
        """Return the scope of what a rule concludes."""
        before = any(fact in self._before_gate for fact, _ in rule.heads)
        return EVERYWHERE if before else (Literal(self.gate),)

    def supposed(self, scope: Scope, circumstances: Iterable[Circumstance]) -> Scope:
        """Return the scope in which some circumstances hold besides."""
        literals = (literals_of(self.program.domain(part.question), part) for part in circumstances)
        return (*scope, *chain.from_iterable(literals))

    # -- truth ----------------------------------------------------------------------------------------------

    def truth(self, formula: Formula, scope: Scope) -> bool | None:
        """Return whether a formula is true, or false, in every completion of the scope; else None."""
        return self.completions(scope).truth(formula)

    def fires(self, rule: GroundRule) -> bool | None:
        """Return whether a rule fires in every completion of its scope, or in none; else None."""
        return self.completions(self.scope_of_rule(rule)).fires(rule)

    def producers(self, atom: Atom) -> tuple[GroundRule, ...]:
        """Return the rules of the day that conclude an atom, in running order."""
        return self.program.producers.get(atom, ())

    # -- facts ----------------------------------------------------------------------------------------------

    def range(self, fact: str) -> Range:
        """Return the values of a fact over the completions of its scope."""
        if fact not in self._ranges:
            self._ranges[fact] = self._range(fact)
        return self._ranges[fact]

    def always(self, atom: Atom, fact: str) -> bool | None:
        """Return whether an atom is true, or false, wherever `fact` is spoken of; else None."""
        return self.truth(Literal(atom), self.scope(fact))

    def elements(self, fact: str) -> dict[str, bool]:
        """Return the elements that a list-valued fact can have, each with whether it always has it."""
        scope = self.scope(fact)
        if self.completions(scope).first is None:
            return {}
        truths = {
            element: self.truth(Literal((fact, element)), scope)
            for element in self.program.values[fact]
            if (fact, element) in self.program.producers
        }
        return {element: truth is True for element, truth in truths.items() if truth is not False}

    def value(self, fact: str, row: Row) -> Value:
        """Return the value of a fact in a completion."""
        return self._as_value(fact, self.day.generated.run(row).values(fact))

    def _as_value(self, fact: str, values: Value) -> Value:
        return values or ("no",) if self.program.facts[fact].kind == "flag" else values

    def _range(self, fact: str) -> Range:
        scope = self.scope(fact)
        if self.readers.full:
            value = tuple(v for v in self.program.values[fact] if self.readers.is_true((fact, v)))
            there = self.completions(scope).first is not None
            values = (self._as_value(fact, value),) if there else ()
            return Range(values, value if there else (), ())
        lists = self._lists(fact, scope)
        if lists is None:
            elements = self.elements(fact)
            certain = tuple(element for element, always in elements.items() if always)
            return Range(None, certain, tuple(element for element in elements if element not in certain))
        order = {value: index for index, value in enumerate(self.program.values[fact])}
        ordered = sorted(lists, key=lambda found: [order[value] for value in found])
        certain = tuple(v for v in order if lists and all(v in found for found in lists))
        uncertain = tuple(v for v in order if v not in certain and any(v in found for found in lists))
        return Range(tuple(self._as_value(fact, found) for found in ordered), certain, uncertain)

    def _lists(self, fact: str, scope: Scope) -> list[Value] | None:
        """Return all values of a fact; None where there are more than `MOST_LISTS`."""
        atoms = [(fact, value) for value in self.program.values[fact] if (fact, value) in self.program.producers]
        # In the order in which they were found: what the solver gives next depends on it.
        found: dict[Value, None] = {}
        for simulation, sample in self.completions(scope).samples:
            parts = simulation.parted(atoms, sample, MOST_LISTS)
            if parts is None:
                return None
            for part in parts:
                found[tuple(atom[1] for atom in atoms if simulation.atom(atom) & part)] = None
        switches = [self._other_than(atoms, value) for value in found]
        fixed = self.completions(scope).literals
        while len(found) <= MOST_LISTS:
            model = self.readers.solver.model([*fixed, *switches])
            if model is None:
                break
            value = tuple(atom[1] for atom in atoms if model.holds(self.readers.encoding.atom(atom)))
            found[value] = None
            switches.append(self._other_than(atoms, value))
        for switch in switches:
            self.readers.solver.retire(switch)
        return list(found) if len(found) <= MOST_LISTS else None

    def _other_than(self, atoms: Sequence[Atom], value: Value) -> Lit:
        """Return a switch that asks for another value."""
        literals = [(self.readers.encoding.atom(atom), atom[1] in value) for atom in atoms]
        return self.readers.solver.switch([denied(literal) if there else literal for literal, there in literals])

    # -- dependence -----------------------------------------------------------------------------------------

    def depends_on(self, fact: str) -> tuple[str, ...]:
        """Return the open questions that, alone, can change the value of `fact` in some completion."""
        found = self.range(fact)
        if found.settled is not None or found.values == ():
            return ()
        return tuple(question for question in self.open if self.matters(fact, question))

    def matters(self, fact: str, question: str) -> bool:
        """Return whether one open question, alone, can change the value of `fact` in some completion."""
        if (fact, question) in self._irrelevant or question not in self.program.support_of(fact):
            return False
        self._vary(question)
        relevant = self._relevant.setdefault(fact, set())
        if question not in relevant:
            if not self.matters_among(fact, question, {}):
                self._irrelevant.add((fact, question))
                return False
            relevant.add(question)
        return True

    def matters_among(self, fact: str, question: str, among: Mapping[str, Collection[int]]) -> bool:
        """Return whether a question, alone, can change `fact` while those of `among` have one of these codes."""
        pair = self._pair
        literals = [*pair.first.answers(self.known), *pair.second.answers(self.known)]
        literals += [selector for other, selector in pair.alike.items() if other != question]
        for literal in self.scope(fact):
            literals += pair.both(literal.atom)
        for other, codes in among.items():
            for side in (pair.first, pair.second):
                options = (pair.cnf.all_of(side.answer(other, code)) for code in sorted(codes))
                literals.append(pair.cnf.any_of(options))
        literals.append(self._differing(fact))
        return pair.solver.satisfiable(literals)

    def _differing(self, fact: str) -> Lit:
        if fact not in self._differences:
            atoms = [(fact, value) for value in self.program.values[fact]]
            self._differences[fact] = self._pair.differ(atoms)
        return self._differences[fact]

    @cached_property
    def _differences(self) -> dict[str, Lit]:
        return {}

    def _vary(self, question: str) -> None:
        """Give one question other answers in the sample, and note which facts change."""
        if question in self._varied:
            return
        self._varied.add(question)
        for simulation, sample in self.readers.samples:
            other = simulation.varied(question, self.readers.chance)
            valid = sample & other.valid
            for scope, shown in self._shown_after(question).items():
                both = within(simulation, valid, scope) & within(other, valid, scope)
                for atom in shown:
                    if (simulation.atom(atom) ^ other.atom(atom)) & both:
                        self._relevant.setdefault(atom[0], set()).add(question)

    def _shown_after(self, question: str) -> dict[Scope, list[Atom]]:
        """Return the atoms of shown facts that a question can change, by scope."""
        found: dict[Scope, list[Atom]] = {}
        for fact in self.library.shown:
            values = self.program.values[fact]
            after = [(fact, v) for v in values if question in self.program.support.get((fact, v), ())]
            found.setdefault(self.scope(fact), []).extend(after)
        return found

    # -- pairs of completions -------------------------------------------------------------------------------

    @cached_property
    def _pair(self) -> PairEncoding:
        return self.day.pair()


def entailment_of(knowledge: Knowledge, case: Case) -> Entailment:
    """Return what follows from a case. Raises `ContradictionError` where its answers contradict each other."""
    entailment = Entailment(knowledge.library, knowledge.on(case.as_of), case.codes)
    if not entailment.consistent:
        raise ContradictionError([Problem(place_of("answers"), "answers.no_completion")], case.answers)
    return entailment
