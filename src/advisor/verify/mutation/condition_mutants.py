"""Changes of one condition: dropped, negated, all for any, a threshold moved, a value swapped for its neighbour."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from advisor.inference.condition import (
    Combination,
    Condition,
    Negation,
    Test,
    formula_of,
    formula_of_test,
    written,
)
from advisor.inference.formula import IN_FORCE
from advisor.inference.vocabulary import Vocabulary
from advisor.problem import Place
from advisor.verify.mutation.mutant import MutantKind
from advisor.verify.proof.part import Part, parts_of


@dataclass(frozen=True, slots=True)
class ChangedCondition:
    """The whole condition after one change at `place`; `values` say what was changed."""

    kind: MutantKind
    place: Place
    values: Mapping[str, str]
    condition: Condition


def changed_conditions(vocabulary: Vocabulary, whole: Condition) -> Iterator[ChangedCondition]:
    """Yield every change of a condition that is not the same formula again."""
    original = formula_of(whole)
    for part in parts_of(whole):
        for changed in _changed(vocabulary, part):
            if formula_of(changed.condition) != original:
                yield changed


def _changed(vocabulary: Vocabulary, part: Part) -> Iterator[ChangedCondition]:
    condition = part.condition
    told = {"condition": written(condition)}
    if part.removable:
        yield ChangedCondition("drop_condition", condition.place, told, part.left_out())
    if isinstance(condition, Combination) and len(condition.parts) > 1:
        other = replace(condition, joint="any" if condition.joint == "all" else "all")
        yield ChangedCondition("swap_joint", condition.place, told, part.replaced(other))
    if isinstance(condition, Test):
        negated = part.replaced(Negation(condition, condition.place))
        yield ChangedCondition("negate_condition", condition.place, told, negated)
        for kind, values in _other_values(vocabulary, condition, part.around):
            formula = formula_of_test(vocabulary, condition.name, condition.operator, values)
            after = part.replaced(replace(condition, values=values, formula=formula))
            moved = {**told, "before": condition.values[0], "after": values[0]}
            yield ChangedCondition(kind, condition.place, moved, after)


def _other_values(
    vocabulary: Vocabulary, test: Test, around: Combination | None
) -> Iterator[tuple[MutantKind, tuple[str, ...]]]:
    """Yield the values that may stand in a test instead, and what such a change is called."""
    if test.operator in ("over", "count"):
        for number in (int(test.values[0]) - 1, int(test.values[0]) + 1):
            if _thinkable(vocabulary, test, number):
                yield "move_threshold", (str(number), *test.values[1:])
    elif test.operator == "is" and test.name != IN_FORCE:
        other = neighbour(vocabulary, test.name, test.values[0])
        beside = around.parts if around is not None else ()
        # A value that stands in the list already is the same as dropping one.
        listed = {value for part in beside if isinstance(part, Test) for value in part.values}
        if other is not None and other not in listed:
            yield "swap_value", (other,)


def _thinkable(vocabulary: Vocabulary, test: Test, number: int) -> bool:
    if test.operator == "over":
        low, high = vocabulary.bounds(test.name)
        return low <= number < high
    counted = sum(len(vocabulary.expand(test.name, value)) for value in test.values[1:])
    return 1 <= number <= counted


def neighbour(vocabulary: Vocabulary, name: str, value: str) -> str | None:
    """Return the value (or, for a group, the group) next to `value`; None for flags and where there is no other."""
    values = vocabulary.values(name)
    if value not in values:
        values = tuple(option for option in vocabulary.options(name) if option not in values)
    if vocabulary.is_flag(name) or len(values) < 2:
        return None
    index = values.index(value)
    return values[index + 1] if index + 1 < len(values) else values[index - 1]
