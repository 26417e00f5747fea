"""Where one condition of a rule is decisive: where the rule would speak otherwise if the condition turned over."""

from __future__ import annotations

from typing import assert_never

from advisor.inference.condition import Combination, Condition, Negation, Test
from advisor.inference.formula import FALSE, TRUE, Formula, Literal, conjunction, disjunction, negation
from advisor.inference.ground import fits
from advisor.inference.rulebase import RuleBase


def supposed(condition: Condition, test: Test, *, holds: bool) -> Formula:
    """Return the formula of a condition as if `test`, one of its tests (this very object), held or did not."""
    match condition:
        case Test():
            if condition is test:
                return TRUE if holds else FALSE
            return condition.formula
        case Negation():
            return negation(supposed(condition.part, test, holds=holds))
        case Combination():
            parts = (supposed(part, test, holds=holds) for part in condition.parts)
            return conjunction(parts) if condition.joint == "all" else disjunction(parts)
        case _ as unreachable:
            assert_never(unreachable)


def decisive(condition: Condition, test: Test) -> Formula:
    """Return where a condition changes its truth with that of `test`."""
    with_it, without = supposed(condition, test, holds=True), supposed(condition, test, holds=False)
    return disjunction([conjunction([with_it, negation(without)]), conjunction([negation(with_it), without])])


def not_forestalled(rulebase: RuleBase, rule: str) -> Formula:
    """Return where no earlier rule speaks instead of one of which only the first that fits does."""
    ground = rulebase.by_id.get(rule)
    earlier = ground.forestalled_by if ground is not None else ()
    return conjunction(Literal(fits(name), positive=False) for name in earlier)
