"""The rules of a day without the helper facts by which policies and rankings are spelt out."""

from __future__ import annotations

from functools import cached_property

from advisor.inference.formula import Atom, Formula, atoms
from advisor.inference.ground import GroundRule
from advisor.inference.program import Program


class Contraction:
    """Reads a program as if its helper facts (it fits, it is beaten, it is best) were not there."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._behind: dict[Atom, tuple[Atom, ...]] = {}

    def heads(self, rule: GroundRule) -> tuple[Atom, ...]:
        """Return what a rule concludes of named facts."""
        return tuple(head for head in rule.heads if not self.program.is_helper(head))

    @cached_property
    def rules(self) -> tuple[GroundRule, ...]:
        """The rules that conclude something of a named fact, in running order."""
        return tuple(rule for rule in self.program.rules if self.heads(rule))

    def sources(self, formula: Formula) -> tuple[Atom, ...]:
        """Return the answers and named facts that a formula asks for, each once, also those behind helpers."""
        return tuple(dict.fromkeys(named for atom in atoms(formula) for named in self._named(atom)))

    def _named(self, atom: Atom) -> tuple[Atom, ...]:
        if not self.program.is_helper(atom):
            return (atom,)
        if atom not in self._behind:
            behind = (self.sources(rule.body) for rule in self.program.producers.get(atom, ()))
            self._behind[atom] = tuple(dict.fromkeys(named for sources in behind for named in sources))
        return self._behind[atom]
