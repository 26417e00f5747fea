"""The rule base: all rules, spelt out, in an order in which they can run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from advisor.inference.authored import Source, SourceDecision, sources_of
from advisor.inference.condition import Condition, Test, formula_of, tests_of
from advisor.inference.dependence import Dependence
from advisor.inference.domain import Domain
from advisor.inference.formula import IN_FORCE, Formula, atoms
from advisor.inference.ground import GroundRule
from advisor.knowledge.rule import Contradiction, DecisionFile
from advisor.problem import Place
from advisor.read_only import ReadOnly


@dataclass(frozen=True)
class Exclusion:
    """Answers that contradict each other: a condition that must not become true."""

    shape: Contradiction
    condition: Condition
    place: Place

    @cached_property
    def formula(self) -> Formula:
        """The condition as the readers run it."""
        return formula_of(self.condition)


@dataclass(frozen=True)
class RuleBase(ReadOnly):
    """All rules, in an order in which every fact is concluded before it is asked about."""

    rules: tuple[GroundRule, ...]
    exclusions: tuple[Exclusion, ...]
    domains: tuple[Domain, ...]
    sources: tuple[SourceDecision, ...]

    @cached_property
    def decisions(self) -> tuple[DecisionFile, ...]:
        """The files of rules/, as they were read."""
        return tuple(source.shape for source in self.sources)

    @cached_property
    def authored(self) -> tuple[Source, ...]:
        """All rules, rankings and shortfalls as they stand in rules/, file by file."""
        return tuple(source for decision in self.sources for source in sources_of(decision))

    def tests(self) -> Iterator[Test]:
        """Yield every test in the conditions of all that stands in rules/, contradictions last."""
        for item in (*self.authored, *self.exclusions):
            yield from tests_of(item.condition)

    @cached_property
    def by_id(self) -> Mapping[str, GroundRule]:
        """All ground rules by id."""
        return MappingProxyType({rule.id: rule for rule in self.rules})

    @cached_property
    def by_source(self) -> Mapping[str, tuple[GroundRule, ...]]:
        """By the id of what stands in rules/: the ground rules by which it speaks, in running order.

        Those that only say that it fits are left out, and silent ones where there are others.
        """
        found: dict[str, list[GroundRule]] = {}
        for rule in self.rules:
            if not rule.only_fits:
                found.setdefault(rule.source, []).append(rule)
        spoken = {name: tuple([r for r in rules if not r.silent] or rules) for name, rules in found.items()}
        return MappingProxyType(spoken)

    @cached_property
    def dependence(self) -> Dependence:
        """Which facts can depend on which, on whatever day."""
        return Dependence(self.rules)

    @cached_property
    def references(self) -> frozenset[str]:
        """The instruments and articles on whose being in force a rule depends."""
        asked = (value for rule in self.rules for name, value in atoms(rule.body) if name == IN_FORCE)
        return frozenset([*asked, *(reference for rule in self.rules for reference in rule.law)])
