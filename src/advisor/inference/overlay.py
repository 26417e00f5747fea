"""A changed rule base as clauses, beside a program and over the same answers: only what differs is encoded anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from advisor.inference.cnf import Lit, denied
from advisor.inference.encoding import Encoding
from advisor.inference.formula import IN_FORCE, Atom, Formula, Literal, atoms, resolved
from advisor.inference.ground import GroundRule


class Overlay:
    """The changed rules where exactly the references with a true value in `alive` are in force.

    What means the same as in the program has the very literals of its encoding. New clauses, which only define
    new variables, are added to those of the encoding.
    """

    def __init__(
        self,
        encoding: Encoding,
        original: Mapping[str, GroundRule],
        rules: Sequence[GroundRule],
        alive: Mapping[str, bool],
    ) -> None:
        """`original` are all ground rules, by id, from which the program was made."""
        self.encoding = encoding
        self._never = encoding.cnf.false
        self._alive = alive
        self._bodies: dict[Atom, list[Lit]] = {}
        self._before: dict[Atom, list[Lit]] = {}
        self._atoms: dict[Atom, Lit] = {}
        self.rules: dict[str, Lit] = {}
        for rule in original.values():
            for head in rule.heads:
                self._before.setdefault(head, []).append(encoding.fires(rule.id))
        for rule in rules:
            fires = self._fires(rule, original.get(rule.id))
            self.rules[rule.id] = fires
            for head in rule.heads:
                self._bodies.setdefault(head, []).append(fires)

    def atom(self, atom: Atom) -> Lit:
        """Return the literal of an atom under the changed rules."""
        if self.encoding.program.is_question(atom):
            return self.encoding.atom(atom)
        if atom not in self._atoms:
            kept = self._kept(self._bodies.get(atom, ()))
            same = kept == self._kept(self._before.get(atom, ()))
            self._atoms[atom] = self.encoding.atom(atom) if same else self.encoding.cnf.any_of(sorted(kept))
        return self._atoms[atom]

    def _kept(self, literals: Sequence[Lit]) -> frozenset[Lit]:
        return frozenset(literal for literal in literals if literal != self._never)

    def _fires(self, rule: GroundRule, original: GroundRule | None) -> Lit:
        if not all(self._alive.get(reference, False) for reference in rule.law):
            return self._never
        if original is not None and original.body == rule.body and self.encoding.fires(rule.id) != self._never:
            derived = (atom for atom in atoms(rule.body) if atom[0] != IN_FORCE)
            if all(self.atom(atom) == self.encoding.atom(atom) for atom in derived):
                return self.encoding.fires(rule.id)
        return self._formula(resolved(rule.body, self._calendar))

    def _calendar(self, atom: Atom) -> bool | None:
        return self._alive.get(atom[1], False) if atom[0] == IN_FORCE else None

    def _formula(self, formula: Formula) -> Lit:
        if isinstance(formula, Literal):
            literal = self.atom(formula.atom)
            return literal if formula.positive else denied(literal)
        parts = [self._formula(part) for part in formula.parts]
        return self.encoding.cnf.at_least(formula.enough, parts)
