"""How large a rule base may be: one that would fill memory, or nest deeper than can be followed, is refused."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from advisor.inference.formula import AtLeast, Atom, Formula, Literal, atoms
from advisor.inference.ground import GroundRule

MOST_TESTS: Final = 50_000
"""Tests and conclusions of all rules, policies and rankings spelt out; the built-in knowledge has 3,300."""

MOST_TESTS_OVER_TIME: Final = 1_000_000
"""Those on all stretches of days with the same law; the built-in knowledge has 125,000."""

MOST_STEPS: Final = 150
"""From an answer to what follows from it, a step for each rule and each level of its condition.

Explanations follow them one within another. The built-in knowledge has 55.
"""


def tests_in(formula: Formula) -> int:
    """Return how many tests the readers make of a formula; a cardinality compares each part with each other."""
    if isinstance(formula, Literal):
        return 1
    compared = len(formula.parts) * (len(formula.parts) + 1) // 2 if isinstance(formula, AtLeast) else 0
    return compared + sum(map(tests_in, formula.parts))


def size_of(rule: GroundRule) -> int:
    """Return the tests and conclusions of a rule."""
    return tests_in(rule.body) + len(rule.heads)


def too_deep(rules: Iterable[GroundRule]) -> GroundRule | None:
    """Return the first of the rules, in running order, that is more than `MOST_STEPS` steps from the answers."""
    steps: dict[Atom, int] = {}
    for rule in rules:
        before = max((steps.get(atom, 0) for atom in atoms(rule.body)), default=0)
        here = before + 1 + _levels(rule.body)
        if here > MOST_STEPS:
            return rule
        for head in rule.heads:
            steps[head] = max(steps.get(head, 0), here)
    return None


def _levels(formula: Formula) -> int:
    return 0 if isinstance(formula, Literal) else 1 + max(map(_levels, formula.parts), default=0)
