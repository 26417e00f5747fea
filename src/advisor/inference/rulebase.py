"""The rule base: all rules, spelt out, in an order in which they can run."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from advisor.inference.domain import Domain
from advisor.inference.formula import IN_FORCE, Formula, atoms
from advisor.inference.ground import GroundRule
from advisor.knowledge.rule import Contradiction, DecisionFile


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Answers that contradict each other: a formula that must not become true."""

    shape: Contradiction
    formula: Formula


@dataclass(frozen=True)
class RuleBase:
    """All rules, in an order in which every fact is concluded before it is asked about."""

    rules: tuple[GroundRule, ...]
    exclusions: tuple[Exclusion, ...]
    domains: tuple[Domain, ...]
    decisions: tuple[DecisionFile, ...]

    @cached_property
    def by_id(self) -> dict[str, GroundRule]:
        """All ground rules by id."""
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def references(self) -> frozenset[str]:
        """The instruments and articles on whose being in force a rule depends."""
        asked = (value for rule in self.rules for name, value in atoms(rule.body) if name == IN_FORCE)
        return frozenset([*asked, *(reference for rule in self.rules for reference in rule.law)])
