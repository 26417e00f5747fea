"""Looking through the facts that only the spelling-out of policies and rankings introduces."""

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

    def is_helper(self, atom: Atom) -> bool:
        """Whether the atom speaks of a fact that no file of the knowledge names."""
        return atom[0] not in self.program.facts and not self.program.is_question(atom)

    def heads(self, rule: GroundRule) -> tuple[Atom, ...]:
        """Return what a rule concludes of named facts."""
        return tuple(head for head in rule.heads if not self.is_helper(head))

    @cached_property
    def rules(self) -> tuple[GroundRule, ...]:
        """The rules that conclude something of a named fact, in running order."""
        return tuple(rule for rule in self.program.rules if self.heads(rule))

    def sources(self, formula: Formula) -> tuple[Atom, ...]:
        """Return the answers and named facts that a formula asks for, each once, also those behind helpers."""
        found: dict[Atom, None] = {}
        for atom in atoms(formula):
            found.update(dict.fromkeys(self._named(atom)))
        return tuple(found)

    def _named(self, atom: Atom) -> tuple[Atom, ...]:
        if not self.is_helper(atom):
            return (atom,)
        if atom not in self._behind:
            behind = (self.sources(rule.body) for rule in self.program.producers.get(atom, ()))
            self._behind[atom] = tuple(dict.fromkeys(named for sources in behind for named in sources))
        return self._behind[atom]
