"""Conditions as their authors wrote them: tests joined by all, any and not, each with its place in the file.

The readers of the rule base run formulas; `formula_of` translates. What is said about single conditions (that one
never matters, that no scenario tests it) is said about these.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal as OneOf
from typing import assert_never

from advisor.inference.formula import (
    IN_FORCE,
    Formula,
    Literal,
    Threshold,
    at_least,
    conjunction,
    disjunction,
    negation,
)
from advisor.inference.vocabulary import Vocabulary
from advisor.problem import Place

Operator = OneOf["is", "over", "empty", "count"]
Joint = OneOf["all", "any"]


@dataclass(frozen=True)
class Test:
    """One test of a question or fact, or of what is in force.

    `values` are as written: one option, group, yes or no (is); a number (over); yes or no (empty); a number and the
    options and groups that are counted (count).
    """

    name: str
    operator: Operator
    values: tuple[str, ...]
    formula: Formula
    place: Place

    __test__ = False  # the name is the field's; pytest must not take it for one of its own


@dataclass(frozen=True)
class Combination:
    """Conditions of which all, or any, must hold; without parts `all` is true and `any` false."""

    joint: Joint
    parts: tuple[Condition, ...]
    place: Place


@dataclass(frozen=True)
class Negation:
    """A condition that must not hold."""

    part: Condition
    place: Place


Condition = Test | Combination | Negation


def formula_of(condition: Condition) -> Formula:
    """Return what the readers run: negation in front of atoms only, groups and counts spelt out."""
    match condition:
        case Test():
            return condition.formula
        case Negation():
            return negation(formula_of(condition.part))
        case Combination(joint="all"):
            return conjunction(formula_of(part) for part in condition.parts)
        case Combination():
            return disjunction(formula_of(part) for part in condition.parts)
        case _ as unreachable:
            assert_never(unreachable)


def tests_of(condition: Condition) -> Iterator[Test]:
    """Yield every test, in the order of the file."""
    match condition:
        case Test():
            yield condition
        case Negation():
            yield from tests_of(condition.part)
        case Combination():
            for part in condition.parts:
                yield from tests_of(part)
        case _ as unreachable:
            assert_never(unreachable)


def formula_of_test(vocabulary: Vocabulary, name: str, operator: Operator, values: tuple[str, ...]) -> Formula:
    """Return the formula of one test; its names and values must be known to the vocabulary."""
    match operator:
        case "is":
            return _is(vocabulary, name, values[0])
        case "over":
            return Literal((name, Threshold(int(values[0]))))
        case "empty":
            none = conjunction(Literal((name, value), positive=False) for value in vocabulary.values(name))
            return none if values[0] == "yes" else negation(none)
        case "count":
            counted = dict.fromkeys(option for value in values[1:] for option in vocabulary.expand(name, value))
            return at_least(int(values[0]), [Literal((name, option)) for option in counted])
        case _ as unreachable:
            assert_never(unreachable)


def _is(vocabulary: Vocabulary, name: str, value: str) -> Formula:
    if name == IN_FORCE:
        return Literal((IN_FORCE, value))
    if vocabulary.is_flag(name) and value in ("yes", "no"):
        return Literal((name, "yes"), value == "yes")
    return disjunction(Literal((name, option)) for option in vocabulary.expand(name, value))


def always(place: Place) -> Condition:
    """Return the condition of a rule that has none."""
    return Combination("all", (), place)


def written(condition: Condition) -> str:
    """Return a condition in a line, as its author might have written it."""
    match condition:
        case Test(operator="is"):
            return f"{condition.name}: {condition.values[0]}"
        case Test(operator="count"):
            return f"{condition.name}: {{count: {condition.values[0]}, of: [{', '.join(condition.values[1:])}]}}"
        case Test():
            return f"{condition.name}: {{{condition.operator}: {condition.values[0]}}}"
        case Negation():
            return f"not {{{written(condition.part)}}}"
        case Combination():
            return f"{condition.joint} [{'; '.join(written(part) for part in condition.parts)}]"
