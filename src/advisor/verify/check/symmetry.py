"""Symmetry: answers that no rule tells apart by its form alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from advisor.inference.formula import AllOf, Atom, Formula, Literal, atoms
from advisor.inference.rulebase import RuleBase

Normal = tuple[str, object]


@dataclass(frozen=True, slots=True)
class _Rule:
    """What a rule asks, and what it is for: its conclusions (none: a contradiction) and the law it hangs on."""

    body: Formula
    heads: tuple[Atom, ...] = ()
    law: tuple[str, ...] = ()


class Symmetry:
    """The conditions of all rules and contradictions, by what they ask for."""

    def __init__(self, rulebase: RuleBase) -> None:
        self._asking: dict[Atom, list[_Rule]] = {}
        rules = [_Rule(rule.body, rule.heads, rule.law) for rule in rulebase.rules]
        for rule in (*rules, *(_Rule(exclusion.formula) for exclusion in rulebase.exclusions)):
            for atom in set(atoms(rule.body)):
                self._asking.setdefault(atom, []).append(rule)

    def unasked(self, free: Collection[Atom]) -> bool:
        """Whether nothing asks for any of these answers."""
        return not any(atom in self._asking for atom in free)

    def interchangeable(self, first: Atom, second: Atom) -> bool:
        """Whether two options, of which only one can be chosen, can change places in all conditions.

        The rules are then the same, and nothing follows from the one that does not follow from the other. Where it
        is false, they may still come to the same.
        """
        asking = (*self._asking.get(first, ()), *self._asking.get(second, ()))
        return _normal_forms(asking, {}) == _normal_forms(asking, {first: second, second: first})


def _normal_forms(rules: Collection[_Rule], places: Mapping[Atom, Atom]) -> set[tuple[object, ...]]:
    return {(rule.heads, rule.law, _normal(rule.body, places)) for rule in rules}


def _normal(formula: Formula, places: Mapping[Atom, Atom]) -> Normal:
    """Return a formula without the order of its parts, with some atoms in the places of others."""
    if isinstance(formula, Literal):
        return ("is" if formula.positive else "not", places.get(formula.atom, formula.atom))
    joint = "all" if isinstance(formula, AllOf) else "any"
    return joint, frozenset(_normal(part, places) for part in formula.parts)
