"""Twins: two sets of answers on the same day that differ in a few answers and in something that is shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from advisor.inference.encoding import Copy, Variables, differing
from advisor.inference.formula import Atom
from advisor.inference.program import Program
from advisor.inference.sat_reader import new_solver


class Twins:
    """One day's rules twice, side by side, with a solver."""

    def __init__(self, program: Program, gate: Atom, shown: Iterable[Atom]) -> None:
        """Watch what is shown: the gate, and the atoms `shown` where the gate holds on both sides."""
        variables = Variables()
        first, second = Copy(program, variables), Copy(program, variables)
        clauses = [*first.clauses, *second.clauses]
        self._same: dict[Atom, int] = {}
        for domain in program.domains:
            pairs = zip(first.literals_of(domain.id), second.literals_of(domain.id), strict=True)
            for atom, (one, other) in zip(domain.atoms, pairs, strict=True):
                self._same[atom] = same = variables.new()
                clauses += [[-same, -one, other], [-same, one, -other]]
        by_gate, of_gate = differing(first, second, [gate], variables)
        by_shown, of_shown = differing(first, second, shown, variables)
        self._differ = variables.new()
        clauses += [*of_gate, *of_shown, [-self._differ, by_gate, by_shown]]
        clauses += [[-by_shown, copy.atom(gate)] for copy in (first, second)]
        self._solver = new_solver(clauses)

    def told_apart(self, free: Collection[Atom]) -> bool:
        """Whether answers that differ at most in the atoms `free` can differ in something that is shown."""
        same = [literal for atom, literal in self._same.items() if atom not in free]
        return bool(self._solver.solve(assumptions=[*same, self._differ]))
