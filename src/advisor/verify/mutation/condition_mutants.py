"""Changes of one condition: dropped, negated, all for any, a threshold moved, a value swapped for its neighbour."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from advisor.inference.condition import (
    Combination,
    Condition,
    Negation,
    Test,
    always,
    formula_of,
    formula_of_test,
    written,
)
from advisor.inference.formula import IN_FORCE
from advisor.inference.vocabulary import Vocabulary
from advisor.problem import Place
from advisor.verify.mutation.mutant import MutantKind


@dataclass(frozen=True, slots=True)
class ChangedCondition:
    """The whole condition after one change at `place`."""

    kind: MutantKind
    place: Place
    values: Mapping[str, str]
    condition: Condition


def changed_conditions(vocabulary: Vocabulary, whole: Condition) -> Iterator[ChangedCondition]:
    """Yield every change of a condition that is not the same formula again."""
    original = formula_of(whole)
    for changed in chain(_dropped_whole(whole), _changed(vocabulary, whole)):
        if formula_of(changed.condition) != original:
            yield changed


def _dropped_whole(whole: Condition) -> Iterator[ChangedCondition]:
    if not isinstance(whole, Combination):
        yield ChangedCondition("drop_condition", whole.place, {"condition": written(whole)}, always(whole.place))


def _changed(vocabulary: Vocabulary, condition: Condition) -> Iterator[ChangedCondition]:
    match condition:
        case Test():
            yield from _changed_test(vocabulary, condition)
        case Negation():
            for inner in _changed(vocabulary, condition.part):
                yield replace(inner, condition=replace(condition, part=inner.condition))
        case Combination():
            yield from _changed_combination(vocabulary, condition)


def _changed_combination(vocabulary: Vocabulary, condition: Combination) -> Iterator[ChangedCondition]:
    parts = condition.parts
    if len(parts) > 1:
        other = replace(condition, joint="any" if condition.joint == "all" else "all")
        yield ChangedCondition("swap_joint", condition.place, {"condition": written(condition)}, other)
    named = {value for part in parts if isinstance(part, Test) for value in part.values}
    for index, part in enumerate(parts):
        rest = replace(condition, parts=(*parts[:index], *parts[index + 1 :]))
        yield ChangedCondition("drop_condition", part.place, {"condition": written(part)}, rest)
        for inner in _changed(vocabulary, part):
            if inner.kind == "swap_value" and inner.values["after"] in named and isinstance(part, Test):
                continue  # a value that stands in the list already: the same as dropping one
            swapped = (*parts[:index], inner.condition, *parts[index + 1 :])
            yield replace(inner, condition=replace(condition, parts=swapped))


def _changed_test(vocabulary: Vocabulary, test: Test) -> Iterator[ChangedCondition]:
    told = {"condition": written(test)}
    yield ChangedCondition("negate_condition", test.place, told, Negation(test, test.place))
    if test.operator in ("over", "count"):
        for number in (int(test.values[0]) - 1, int(test.values[0]) + 1):
            values = (str(number), *test.values[1:])
            if _thinkable(vocabulary, test, number):
                after = _with_values(vocabulary, test, values)
                moved = {**told, "before": test.values[0], "after": str(number)}
                yield ChangedCondition("move_threshold", test.place, moved, after)
    elif test.operator == "is" and test.name != IN_FORCE:
        other = neighbour(vocabulary, test.name, test.values[0])
        if other is not None:
            after = _with_values(vocabulary, test, (other,))
            swapped = {**told, "before": test.values[0], "after": other}
            yield ChangedCondition("swap_value", test.place, swapped, after)


def _thinkable(vocabulary: Vocabulary, test: Test, number: int) -> bool:
    if test.operator == "over":
        low, high = vocabulary.bounds(test.name)
        return low <= number < high
    counted = sum(len(vocabulary.expand(test.name, value)) for value in test.values[1:])
    return 1 <= number <= counted


def _with_values(vocabulary: Vocabulary, test: Test, values: tuple[str, ...]) -> Test:
    return replace(test, values=values, formula=formula_of_test(vocabulary, test.name, test.operator, values))


def neighbour(vocabulary: Vocabulary, name: str, value: str) -> str | None:
    """Return the value (or, for a group, the group) next to `value`; None for flags and where there is no other."""
    values = vocabulary.values(name)
    if value not in values:
        values = tuple(option for option in vocabulary.options(name) if option not in values)
    if vocabulary.is_flag(name) or len(values) < 2:
        return None
    index = values.index(value)
    return values[index + 1] if index + 1 < len(values) else values[index - 1]
