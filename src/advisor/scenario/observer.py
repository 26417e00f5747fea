"""Observing a case: what one reader of the rule base says of its facts."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace
from functools import cached_property
from typing import Literal

from advisor.advice.advice import INADMISSIBLE
from advisor.advice.reasons import Reasons
from advisor.inference.case import Case
from advisor.inference.formula import Atom
from advisor.inference.ground import GroundRule
from advisor.inference.inquiry import Inquiry, Range
from advisor.inference.program import Row
from advisor.knowledge_base import Knowledge
from advisor.problem import ContradictionError, Problem, place_of
from advisor.scenario.expectation import Part, Written
from advisor.scenario.naming import is_truth
from advisor.scenario.observed import WHY_CONTESTED, Observed
from advisor.scenario.scenario import Wanted

MOST_SHOWN = 4
"""Of how many values of an open fact the rules are looked up."""

ReaderName = Literal["experta", "compiled"]
CITING: frozenset[Part] = frozenset(["cites", "does_not_cite"])
Values = tuple[str, ...]


class Observer(ABC):
    """Observes one case through one reader.

    A fact ranges over the completions in which the gate holds; the gate itself, and what it rests on, over all; the
    era of law follows from the day alone.
    """

    name: ReaderName

    def __init__(self, knowledge: Knowledge, case: Case) -> None:
        """Look at a case. Raises `ContradictionError` where its answers contradict each other."""
        self.library = knowledge.library
        self.day = knowledge.on(case.as_of)
        self._full = len(case.codes) == len(self.day.program.domains)
        # A solver that was asked nothing yet, so that the same answers always show the same completions.
        readers = self.day.readers if self._full else self.day.readers.fresh()
        self._gate = self.library.conclusion_file.gate
        self.inquiry = Inquiry(readers, case.codes, self._gate, ())
        if not self.inquiry.consistent:
            raise ContradictionError([Problem(place_of("answers"), "answers.no_completion")], case.answers)
        self.reasons = self.reasons_of(knowledge, case)
        self._ranges: dict[str, Range] = {}

    @abstractmethod
    def reasons_of(self, knowledge: Knowledge, case: Case) -> Reasons:
        """Return what reads the reasons of this reader."""

    @abstractmethod
    def values(self, fact: str, row: Row) -> Values:
        """Return the values of a fact in a completion, as this reader concludes them."""

    def observe(self, wanted: Wanted) -> dict[str, Observed]:
        """Return what is said of each fact of `wanted`; of its parts those that are wanted there."""
        found = {fact: self._observed(fact, parts) for fact, parts in wanted.items()}
        # Reasons last: what they ask the solver must not change which completions are found before.
        for fact, parts in wanted.items():
            if parts & CITING and not found[fact].open and found[fact].reason is None:
                found[fact] = self._with_articles(fact, found[fact])
        return found

    def rules(self, fact: str) -> tuple[tuple[GroundRule, bool], ...]:
        """Return the rules that fired for a fact, each with whether it concludes a value of the fact itself.

        Of an open fact those for its first few values; of one of which nothing can be said those for the gate.
        """
        values = self._range(fact).values
        if values == {}:
            return self.rules(self._gate)
        rows = values.values() if values is not None else filter(None, [self.inquiry.base])
        found: dict[str, tuple[GroundRule, bool]] = {}
        for row in list(rows)[:MOST_SHOWN]:
            for rule, direct in self.reasons.rules(row, self._atoms(fact, row)):
                found.setdefault(rule.id, (rule, direct))
        return tuple(found.values())

    def _observed(self, fact: str, parts: frozenset[Part]) -> Observed:
        found = self._range(fact)
        if found.values == {}:
            return Observed(reason=INADMISSIBLE)
        depends_on = self.inquiry.depends_on(fact) if "depends_on" in parts else ()
        contested = self._contested(fact) if "contested" in parts else None
        if found.values is None:
            return Observed(None, found.certain, found.uncertain, depends_on, contested)
        possible = tuple(self._written(fact, values) for values in found.values)
        return Observed(possible, depends_on=depends_on, contested=contested)

    # -- values ---------------------------------------------------------------------------------------------

    def _range(self, fact: str) -> Range:
        if fact not in self._ranges:
            self._ranges[fact] = self._found_range(fact)
        return self._ranges[fact]

    def _found_range(self, fact: str) -> Range:
        if fact == self.library.manifest.era:
            return Range(dict(zip([self.era], self._any_rows, strict=False)))
        if self._full:
            (row,) = self._any_rows
            passes = not self.inquiry.scope(fact) or self.values(self._gate, row) == ("yes",)
            return Range({self.values(fact, row): row} if passes else {})
        found = self.inquiry.range(fact)
        if found.values is None:
            return found
        return Range({self.values(fact, row): row for row in found.values.values()})

    @cached_property
    def _any_rows(self) -> tuple[Row, ...]:
        """One completion."""
        known, domains = self.inquiry.known, self.day.program.domains
        if self._full:
            return (tuple(known[domain.id] for domain in domains),)
        row = self.inquiry.readers.sat.completion(known)
        return () if row is None else (row,)

    @property
    def era(self) -> Values:
        """The era of law on the day; one, unless the rules are wrong."""
        era, constants = self.library.manifest.era, self.day.program.constants
        return tuple(value for value in self.library.values(era) if constants.get((era, value)))

    def _contested(self, fact: str) -> bool | None:
        if fact not in self.library.conclusions:
            return False
        contested = self.library.conclusion_file.contested
        if self._full:
            return fact in self.values(contested, self._any_rows[0])
        return self.inquiry.always((contested, fact), fact)

    def _written(self, fact: str, values: Values) -> Written:
        """Return values as scenarios write them; where there should be one and is not, all there are."""
        shape = self.library.all_facts[fact]
        if shape.kind == "many" or len(values) != 1:
            return values
        return values == ("yes",) if is_truth(self.library, shape) else values[0]

    # -- reasons --------------------------------------------------------------------------------------------

    def rules_by_element(self, fact: str, *, contested: bool) -> dict[str, tuple[tuple[GroundRule, bool], ...]]:
        """Return the rules behind each element of a settled fact, and of each whether it concludes the element.

        Where the fact is contested, those behind that stand under `WHY_CONTESTED`.
        """
        values, row = next(iter((self._range(fact).values or {}).items()))
        settled = None if fact == self.library.manifest.era else fact
        atoms = {element: (fact, element) for element in values}
        if contested:
            atoms[WHY_CONTESTED] = (self.library.conclusion_file.contested, fact)
        return {element: self.reasons.rules(row, [atom], settled) for element, atom in atoms.items()}

    def _with_articles(self, fact: str, observed: Observed) -> Observed:
        """Return what was observed with the articles that its reasons name."""
        cites: dict[str, frozenset[str]] = {}
        below: set[str] = set()
        rules = self.rules_by_element(fact, contested=self._contested(fact) is True)
        for element, found in rules.items():
            cites[element] = frozenset(c for rule, direct in found if direct for c in self.reasons.standing(rule))
            below.update(c for rule, direct in found if not direct for c in self.reasons.standing(rule))
        return replace(observed, cites=cites, below=frozenset(below))

    def _atoms(self, fact: str, row: Row) -> list[Atom]:
        """Return what the values of a fact, and its being contested, are in a completion."""
        contested = self.library.conclusion_file.contested
        atoms = [(fact, value) for value in self.values(fact, row)]
        return [*atoms, (contested, fact)] if fact in self.values(contested, row) else atoms
