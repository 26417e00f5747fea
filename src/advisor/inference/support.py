"""What a firing stood on, down to the answers."""

from __future__ import annotations

from collections.abc import Callable, Container

from advisor.inference.firing import Firing, Result
from advisor.inference.formula import AllOf, Atom, Formula, Literal, holds
from advisor.inference.ground import GroundRule
from advisor.inference.program import Program, Row


class Support:
    """Traces facts of one result back to the answers that bring them about.

    A fact that is there rests on a rule that fired for it; one that is absent on a reason for each rule that
    could have concluded it. Where there is a choice, what rests on `known` answers comes first.
    """

    def __init__(self, program: Program, result: Result, row: Row, known: Container[str]) -> None:
        self.program = program
        self.known = known
        self.row = row
        self.result = result
        self.firings: dict[str, Firing] = {firing.rule: firing for firing in result.firings}
        self._true = {atom for firing in result.firings for atom in firing.concluded}
        self._questions: dict[Atom, frozenset[str]] = {}

    def fired_for(self, atom: Atom) -> tuple[GroundRule, ...]:
        """Return the rules that fired and concluded `atom`, in running order."""
        return tuple(rule for rule in self.program.producers.get(atom, ()) if rule.id in self.firings)

    def questions(self, rule: GroundRule, passing: Callable[[Atom], bool] = lambda _: True) -> frozenset[str]:
        """Return the questions whose answers made a fired rule fire.

        Of the facts that the rule itself asked for only those are followed for which `passing` is true.
        """
        firing = self.firings[rule.id]
        found: set[str] = set()
        for atom in (*firing.matched, *firing.absent):
            if passing(atom):
                found |= self._of_atom(atom)
        return frozenset(found)

    def derived(self, rule: GroundRule) -> tuple[Atom, ...]:
        """Return the derived facts that a fired rule matched."""
        return tuple(atom for atom in self.firings[rule.id].matched if atom[0] not in self.program.position)

    def _of_atom(self, atom: Atom) -> frozenset[str]:
        if atom[0] in self.program.position:
            return frozenset([atom[0]])
        if atom not in self._questions:
            self._questions[atom] = frozenset()  # rules have no cycles; this only guards the recursion
            if atom in self._true:
                found = self._simplest([self.questions(rule) for rule in self.fired_for(atom)])
            else:
                producers = self.program.producers.get(atom, ())
                found = frozenset().union(*(self._why_false(rule.body) for rule in producers))
            self._questions[atom] = found
        return self._questions[atom]

    def _why_false(self, formula: Formula) -> frozenset[str]:
        """Return questions whose answers make the formula false (one false part of a conjunction is enough)."""
        if isinstance(formula, Literal):
            return self._of_atom(formula.atom)
        false = [part for part in formula.parts if not holds(part, self._truth)]
        found = [self._why_false(part) for part in false]
        if isinstance(formula, AllOf):
            return self._simplest(found)
        return frozenset().union(*found)

    def best_for(self, atom: Atom) -> GroundRule:
        """Return, of the rules that fired for a fact, the one that rests on the fewest unknown answers."""
        return min(self.fired_for(atom), key=lambda rule: self._unknown(self.questions(rule)))

    def _unknown(self, questions: frozenset[str]) -> int:
        return sum(question not in self.known for question in questions)

    def _simplest(self, found: list[frozenset[str]]) -> frozenset[str]:
        return min(found, key=lambda questions: (self._unknown(questions), len(questions), sorted(questions)))

    def _truth(self, atom: Atom) -> bool:
        if atom[0] in self.program.position:
            return self.program.answer_holds(atom, self.row)
        return atom in self._true or self.program.constants.get(atom, False)
