"""The gate: of most facts something is said only where the cooperation is admissible."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.inference.formula import Atom
from advisor.knowledge_base import Knowledge


@dataclass(frozen=True, slots=True)
class Gate:
    """`atom` must hold for most facts to be spoken of; the gate and what it rests on are spoken of everywhere."""

    atom: Atom
    contested: Atom
    before: frozenset[str]

    @classmethod
    def of(cls, knowledge: Knowledge) -> Gate:
        """Return the gate of a knowledge base."""
        roles = knowledge.library.roles
        before = knowledge.rulebase.dependence.below(roles.gate)
        return cls((roles.gate, "yes"), (roles.contested, roles.gate), before)

    def stands_before(self, atom: Atom) -> bool:
        """Whether an atom is spoken of only where the gate holds."""
        return atom[0] not in self.before and atom != self.contested
