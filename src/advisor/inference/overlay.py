"""A changed rule base as clauses, beside a program and over the same answers: only what differs is encoded anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from advisor.inference.encoding import Copy
from advisor.inference.formula import IN_FORCE, AllOf, Atom, Formula, Literal, atoms, resolved
from advisor.inference.ground import GroundRule


class Overlay:
    """The changed rules where exactly the references with a true value in `alive` are in force.

    What means the same as in the program has the very literals of its copy. New clauses, which only define new
    variables, are appended to those of the copy.
    """

    def __init__(
        self,
        copy: Copy,
        original: Mapping[str, GroundRule],
        rules: Sequence[GroundRule],
        alive: Mapping[str, bool],
    ) -> None:
        """`original` are all ground rules, by id, from which the program of the copy was made."""
        self.copy = copy
        self._never = -copy.true
        self._alive = alive
        self._bodies: dict[Atom, list[int]] = {}
        self._before: dict[Atom, list[int]] = {}
        self._atoms: dict[Atom, int] = {}
        self.rules: dict[str, int] = {}
        for rule in original.values():
            for head in rule.heads:
                self._before.setdefault(head, []).append(copy.rules.get(rule.id, self._never))
        for rule in rules:
            fires = self._fires(rule, original.get(rule.id))
            self.rules[rule.id] = fires
            for head in rule.heads:
                self._bodies.setdefault(head, []).append(fires)

    def atom(self, atom: Atom) -> int:
        """Return the literal of an atom under the changed rules."""
        if self.copy.program.is_question(atom):
            return self.copy.atom(atom)
        if atom not in self._atoms:
            kept = self._kept(self._bodies.get(atom, ()))
            same = kept == self._kept(self._before.get(atom, ()))
            self._atoms[atom] = self.copy.atom(atom) if same else self.copy.either(sorted(kept))
        return self._atoms[atom]

    def _kept(self, literals: Sequence[int]) -> frozenset[int]:
        return frozenset(literal for literal in literals if literal != self._never)

    def _fires(self, rule: GroundRule, original: GroundRule | None) -> int:
        if not all(self._alive.get(reference, False) for reference in rule.law):
            return self._never
        if original is not None and original.body == rule.body and rule.id in self.copy.rules:
            derived = (atom for atom in atoms(rule.body) if atom[0] != IN_FORCE)
            if all(self.atom(atom) == self.copy.atom(atom) for atom in derived):
                return self.copy.rules[rule.id]
        return self._formula(resolved(rule.body, self._calendar))

    def _calendar(self, atom: Atom) -> bool | None:
        return self._alive.get(atom[1], False) if atom[0] == IN_FORCE else None

    def _formula(self, formula: Formula) -> int:
        if isinstance(formula, Literal):
            literal = self.atom(formula.atom)
            return literal if formula.positive else -literal
        parts = [self._formula(part) for part in formula.parts]
        if isinstance(formula, AllOf):
            return -self.copy.either([-part for part in parts])
        return self.copy.either(parts)
