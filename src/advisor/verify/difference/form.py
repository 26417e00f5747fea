"""What differs in the files of two knowledge bases: rules by what they say when, questions by their answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Set
from dataclasses import dataclass

from advisor.inference.formula import Formula, Literal
from advisor.inference.rulebase import RuleBase
from advisor.knowledge.library import Library


@dataclass(frozen=True, slots=True)
class Names:
    """Ids that are new, gone, or stand for something else; each tuple is sorted."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.all)

    @property
    def all(self) -> frozenset[str]:
        """Every one of them."""
        return frozenset((*self.added, *self.removed, *self.changed))


@dataclass(frozen=True, slots=True)
class RuleForm:
    """What stands in rules/ under one id, as far as it decides what follows.

    `statements` hold heads, condition, law and citations of each rule that it is spelt out into. `earlier` are the
    ids that speak before it in a policy of which only the first rule that fits speaks.
    """

    statements: frozenset[Hashable]
    earlier: frozenset[str] = frozenset()


def differing_rules(old: RuleBase, new: RuleBase) -> Names:
    """Return the rules and contradictions that differ in more than their words and the order of their conditions.

    A rule of a policy also differs where another rule of both now stands on its other side. One that came or went
    before it is a change of that one alone.
    """
    before, after = rule_forms(old), rule_forms(new)
    common = before.keys() & after.keys()
    return _names(_compared(before, common), _compared(after, common))


def differing_questions(old: Library, new: Library) -> Names:
    """Return the questions that differ in their kind, options or bounds."""
    before = {name: (q.type, q.option_ids, q.min, q.max) for name, q in old.questions.items()}
    after = {name: (q.type, q.option_ids, q.min, q.max) for name, q in new.questions.items()}
    return _names(before, after)


def rule_forms(rulebase: RuleBase) -> dict[str, RuleForm]:
    """Return the form of every rule, ranking, shortfall and contradiction by the id that it has in rules/."""
    fits = {rule.heads[0][1]: rule for rule in rulebase.rules if rule.only_fits}
    statements: dict[str, set[Hashable]] = {}
    earlier: dict[str, set[str]] = {}
    for rule in rulebase.rules:
        if not rule.only_fits:
            # In a policy the condition of a rule stands in the helper rule that says that it fits.
            condition = _unordered(fits.get(rule.id, rule).body)
            statement = (frozenset(rule.heads), condition, rule.law, rule.grounds.cites)
            statements.setdefault(rule.source, set()).add(statement)
            # None of what stands before a rule in its policy may fit for the rule to speak.
            before = (rulebase.by_id[name].source for name in rule.forestalled_by if name in rulebase.by_id)
            earlier.setdefault(rule.source, set()).update(before)
    found = {name: RuleForm(frozenset(parts), frozenset(earlier[name])) for name, parts in statements.items()}
    for exclusion in rulebase.exclusions:
        found[exclusion.shape.id] = RuleForm(frozenset([_unordered(exclusion.formula)]))
    return found


def _compared(forms: Mapping[str, RuleForm], common: Set[str]) -> dict[str, object]:
    """Return what two knowledge bases are compared by, given the ids that both have."""
    return {name: (form.statements, form.earlier & common) for name, form in forms.items()}


def _unordered(formula: Formula) -> Hashable:
    """Return what is equal for formulas that only list their parts in another order."""
    if isinstance(formula, Literal):
        return formula
    parts = Counter(_unordered(part) for part in formula.parts)
    return formula.enough, frozenset(parts.items())


def _names(before: Mapping[str, object], after: Mapping[str, object]) -> Names:
    return Names(
        added=tuple(sorted(after.keys() - before.keys())),
        removed=tuple(sorted(before.keys() - after.keys())),
        changed=tuple(sorted(name for name in before.keys() & after.keys() if before[name] != after[name])),
    )
