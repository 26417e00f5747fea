"""Where a rule has its say, and where one of its conditions is decisive."""

from __future__ import annotations

from advisor.inference.condition import Combination, Condition, Test, formula_of
from advisor.inference.formula import Formula, Literal, conjunction, disjunction, negation
from advisor.inference.ground import fits
from advisor.inference.rulebase import RuleBase
from advisor.verify.proof.gate import Gate
from advisor.verify.proof.part import parts_of


def decisive(condition: Condition, test: Test) -> Formula:
    """Return where a condition changes its truth with that of `test`, one of its tests (this very object)."""
    part = next(part for part in parts_of(condition) if part.condition is test)
    with_it = formula_of(part.replaced(Combination("all", (), test.place)))
    without = formula_of(part.replaced(Combination("any", (), test.place)))
    return disjunction([conjunction([with_it, negation(without)]), conjunction([negation(with_it), without])])


def not_forestalled(rulebase: RuleBase, rule: str) -> Formula:
    """Return where no earlier rule speaks instead of one (by id) of which only the first that fits does."""
    ground = rulebase.by_id.get(rule)
    earlier = ground.forestalled_by if ground is not None else ()
    return conjunction(Literal(fits(name), positive=False) for name in earlier)


def scope_of(rulebase: RuleBase, gate: Gate, rule: str) -> Formula:
    """Return where a rule (by id) has its say: no earlier one speaks instead, and the gate holds if it must."""
    earlier = not_forestalled(rulebase, rule)
    heads = (head for ground in rulebase.by_source[rule] for head in ground.heads)
    gated = all(gate.stands_before(head) for head in heads)
    return conjunction([earlier, Literal(gate.atom)]) if gated else earlier
