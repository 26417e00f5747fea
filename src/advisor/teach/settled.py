"""What is settled in a lesson: the gate over all completions, everything else where the gate holds."""

from __future__ import annotations

from advisor.inference.formula import Formula, Literal
from advisor.inference.ground import GroundRule
from advisor.reasoning.completions import EVERYWHERE
from advisor.reasoning.derivation import Derivation
from advisor.reasoning.entailment import Entailment


class Settled(Derivation):
    """The derivation that a lesson tells. Where the gate can never hold, everything ranges over all completions."""

    def __init__(self, entailment: Entailment) -> None:
        super().__init__(entailment, (Literal(entailment.gate),) if entailment.passable else EVERYWHERE)
        self._everywhere = entailment.completions(EVERYWHERE)

    def truth(self, formula: Formula) -> bool | None:
        """Return whether a formula is true, or false, in every completion; else None."""
        if isinstance(formula, Literal) and formula.atom[0] == self.entailment.gate[0]:
            return self._everywhere.truth(formula)
        return super().truth(formula)

    def fires(self, rule: GroundRule) -> bool | None:
        """Return whether a rule fires in every completion, or in none; else None."""
        if any(name == self.entailment.gate[0] for name, _ in rule.heads):
            return self._everywhere.fires(rule)
        return super().fires(rule)
