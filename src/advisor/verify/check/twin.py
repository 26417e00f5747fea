"""Twins: two sets of answers on the same day that differ in a few answers and in something that is shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from advisor.inference.day import Day
from advisor.inference.formula import Atom


class Twins:
    """One day's rules twice, side by side."""

    def __init__(self, day: Day, gate: Atom, shown: Iterable[Atom]) -> None:
        """Watch what is shown: the gate, and the atoms `shown` where the gate holds on both sides."""
        pair = day.pair()
        self._solver = pair.solver
        self._same = {atom: pair.same(atom) for domain in day.program.domains for atom in domain.atoms}
        both = pair.cnf.all_of([*pair.both(gate), pair.differ(shown)])
        self._differ = pair.cnf.any_of([pair.differ([gate]), both])

    def told_apart(self, free: Collection[Atom]) -> bool:
        """Whether answers that differ at most in the atoms `free` can differ in something that is shown."""
        same = [literal for atom, literal in self._same.items() if atom not in free]
        return self._solver.satisfiable([*same, self._differ])
