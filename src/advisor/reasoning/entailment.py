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

from advisor.inference.case import Case
from advisor.inference.cnf import Lit
from advisor.inference.day import Clauses, Day
from advisor.inference.domain import Code
from advisor.inference.formula import Atom, Formula, Literal
from advisor.inference.ground import GroundRule
from advisor.inference.program import Program, Row
from advisor.inference.time_limit import deciding
from advisor.knowledge.library import Library
from advisor.knowledge_base import Knowledge
from advisor.problem import ContradictionError, Problem, place_of
from advisor.reasoning.circumstance import Circumstance, literals_of
from advisor.reasoning.completions import EVERYWHERE, Completions, Scope
from advisor.reasoning.enumeration import Value, values_over
from advisor.reasoning.readers import Known, Readers
from advisor.reasoning.simulation import Sample, Variations


@dataclass(frozen=True, slots=True)
class Range:
    """The values that a fact has over the completions of its scope.

    `values` lists them in the order of the vocabulary, that of a flag as ("yes",) or ("no",); it is None where
    there are more than `MOST_VALUES`. `certain` are the elements that are always there, `uncertain` those that
    sometimes are.
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

    def __init__(
        self,
        library: Library,
        day: Day,
        known: Known,
        before: Entailment | None = None,
        clauses: Clauses | None = None,
    ) -> None:
        """`known` are answers by question, as codes; questions that are not there are open.

        `before` may be about fewer of the same answers on the same day. What it found is used where it still holds
        (what could not matter cannot now, completions that have the new answers are completions still), so that
        the answers are the same and come sooner. Raises `ValueError` where it is about others. `clauses` are those
        of the day, shared with other sets of answers; `example` then depends on what these asked.
        """
        if before is not None and (before.day is not day or not before.known.items() <= known.items()):
            raise ValueError("an entailment can only follow one about fewer answers on the same day")
        self.library = library
        self.day: Day = day
        self.program: Program = day.program
        self.gate: Atom = (library.roles.gate, "yes")
        self._gated: Scope = (Literal(self.gate),)
        earlier = before.readers if before is not None else None
        self.readers: Readers = Readers(day, known, self.gate, earlier, clauses)
        self.known: Known = self.readers.known
        self.open = self.readers.open
        self._before_gate = self.program.dependence.below(self.gate[0])
        self._completions: dict[Scope, Completions] = {}
        self._ranges: dict[str, Range] = {}
        self._contested: dict[str, bool | None] = {}
        self._relevant: dict[str, set[str]] = {}
        self._irrelevant: set[tuple[str, str]] = set(before._irrelevant) if before is not None else set()

    # -- completions ----------------------------------------------------------------------------------------

    def completions(self, scope: Scope) -> Completions:
        """Return the completions in which a scope holds."""
        if scope not in self._completions:
            # What holds wherever the gate does holds under any further supposition.
            wider = self._gated if scope[:1] == self._gated and len(scope) > 1 else EVERYWHERE
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
        return self.completions(self._gated).first is not None

    @cached_property
    def example(self) -> Row:
        """The completion that is shown: one in which the gate holds, where it can.

        Raises `ValueError` where the answers contradict each other.
        """
        row = self.completions(self._gated).first or self.completions(EVERYWHERE).first
        if row is None:
            raise ValueError("contradictory answers have no completion")
        return row

    def scope(self, fact: str) -> Scope:
        """Return the scope of a fact."""
        return EVERYWHERE if fact in self._before_gate else self._gated

    def scope_of_rule(self, rule: GroundRule) -> Scope:
        """Return the scope of what a rule concludes."""
        before = any(fact in self._before_gate for fact, _ in rule.heads)
        return EVERYWHERE if before else self._gated

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
            # Whoever asks for one conclusion mostly asks for all.
            together = self.library.conclusions if fact in self.library.conclusions else (fact,)
            self.find_ranges(name for name in together if self.scope(name) == self.scope(fact))
        return self._ranges[fact]

    def find_ranges(self, facts: Iterable[str]) -> None:
        """Find the values of several facts together, which is sooner than one by one; see `range`."""
        by_scope: dict[Scope, list[str]] = {}
        for fact in facts:
            if fact not in self._ranges:
                by_scope.setdefault(self.scope(fact), []).append(fact)
        for scope, together in by_scope.items():
            self._ranges |= self._ranges_in(scope, together)

    def contested(self, fact: str) -> bool | None:
        """Return whether a conclusion is contested, or is not, wherever it is spoken of; else None."""
        if fact not in self._contested:
            together = [name for name in self.library.conclusions if self.scope(name) == self.scope(fact)]
            found = self.completions(self.scope(fact))
            formulas = {name: Literal((self.library.roles.contested, name)) for name in together}
            found.decide(formulas.values())
            self._contested |= {name: found.truth(formula) for name, formula in formulas.items()}
        return self._contested[fact]

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

    def _ranges_in(self, scope: Scope, facts: Sequence[str]) -> dict[str, Range]:
        completions = self.completions(scope)
        if not self.readers.full:
            found = values_over(completions, facts)
            return {name: self._unlisted(name) if v is None else self._listed(name, v) for name, v in found.items()}
        if completions.first is None:
            return {fact: Range((), (), ()) for fact in facts}
        values = ((fact, self.program.values[fact]) for fact in facts)
        return {
            fact: self._listed(fact, [tuple(word for word in words if self.readers.is_true((fact, word)))])
            for fact, words in values
        }

    def _listed(self, fact: str, found: Collection[Value]) -> Range:
        order = {word: index for index, word in enumerate(self.program.values[fact])}
        ordered = sorted(found, key=lambda value: [order[word] for word in value])
        certain = tuple(word for word in order if found and all(word in value for value in found))
        uncertain = tuple(w for w in order if w not in certain and any(w in value for value in found))
        return Range(tuple(self._as_value(fact, value) for value in ordered), certain, uncertain)

    def _unlisted(self, fact: str) -> Range:
        elements = self.elements(fact)
        certain = tuple(element for element, always in elements.items() if always)
        return Range(None, certain, tuple(element for element in elements if element not in certain))

    # -- dependence -----------------------------------------------------------------------------------------

    def depends_on(self, fact: str) -> tuple[str, ...]:
        """Return the open questions that, alone, can change the value of `fact` in some completion."""
        found = self.range(fact)
        if found.settled is not None or found.values == ():
            return ()
        return tuple(question for question in self.open if self.matters(fact, question))

    def matters(self, fact: str, question: str) -> bool:
        """Return whether one open question, alone, can change the value of `fact` in some completion."""
        if (fact, question) in self._irrelevant or question not in self.program.support_of[fact]:
            return False
        if fact not in self._relevant:
            self._relevant[fact] = self._relevant_in_sample(fact)
        relevant = self._relevant[fact]
        if question not in relevant:
            if not self.matters_among(fact, question, {}):
                self._irrelevant.add((fact, question))
                return False
            relevant.add(question)
        return True

    def matters_among(self, fact: str, question: str, among: Mapping[str, Collection[Code]]) -> bool:
        """Return whether a question, alone, can change `fact` while those of `among` have one of these codes."""
        pair = self.readers.clauses.pair
        literals = list(self._known_to_both)
        literals += [selector for other, selector in pair.alike.items() if other != question]
        for literal in self.scope(fact):
            literals += pair.both(literal.atom)
        for other, codes in among.items():
            for side in (pair.first, pair.second):
                options = (pair.cnf.all_of(side.answer(other, code)) for code in sorted(codes))
                literals.append(pair.cnf.any_of(options))
        literals.append(pair.differ((fact, value) for value in self.program.values[fact]))
        with deciding("question", self.program.places.get(fact), question):
            return pair.solver.satisfiable(literals)

    @cached_property
    def _known_to_both(self) -> list[Lit]:
        pair = self.readers.clauses.pair
        return [*pair.first.answers(self.known), *pair.second.answers(self.known)]

    def _relevant_in_sample(self, fact: str) -> set[str]:
        """Return the open questions that change a fact in the sample when they alone are answered otherwise."""
        atoms = [(fact, word) for word in self.program.values[fact]]
        return {
            question
            for variations, where in self._variations
            for question in variations.changing(atoms, where[self.scope(fact)])
        }

    @cached_property
    def _variations(self) -> list[tuple[Variations, dict[Scope, Sample]]]:
        """The sample with other answers to each open question, and where each scope holds before and after."""
        found = []
        for simulation, sample in self.readers.samples:
            variations = Variations(simulation, self.open, self.readers.chance)
            gated = variations.where(sample, (self.gate,))
            found.append((variations, {EVERYWHERE: variations.where(sample, ()), self._gated: gated}))
        return found


def entailment_of(knowledge: Knowledge, case: Case, clauses: Clauses | None = None) -> Entailment:
    """Return what follows from a case; see `Entailment` for shared `clauses`.

    Raises `ContradictionError` where its answers contradict each other.
    """
    entailment = Entailment(knowledge.library, knowledge.on(case.as_of), case.codes, clauses=clauses)
    if not entailment.consistent:
        raise ContradictionError([Problem(place_of("answers"), "answers.no_completion")], case.answers)
    return entailment
