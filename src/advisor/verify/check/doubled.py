"""Doubled rules: rules that conclude the same where another one does anyway."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from advisor.inference.authored import SourceRule
from advisor.inference.cnf import Lit, denied
from advisor.inference.condition import formula_of
from advisor.inference.formula import Atom
from advisor.inference.time_limit import deciding
from advisor.verify.check.files import Files
from advisor.verify.check.finding import Finding, Related
from advisor.verify.proof.days import Days, Found, Stretch

Heads = tuple[frozenset[Atom], frozenset[tuple[str, str]]]


def doubled_rules(days: Days, files: Files, dead: frozenset[str]) -> Iterator[Finding]:
    """Yield rules that say what another rule with the same conclusions says whenever they fire.

    Where two say it in the same cases the later one is a duplicate, else the narrower one is subsumed. What is
    said does not tell the rules apart; their reasons and articles may. Rules of which only the first that fits
    speaks never speak together. Rules that are dead are left out.
    """
    for rules in _alike(days, dead):
        wider: dict[str, list[SourceRule]] = {}
        for narrow, wide in permutations(rules, 2):
            if _only_first(days, narrow, wide) is None:
                wider.setdefault(narrow.shape.id, []).append(wide)
        for rule in rules:
            yield from _finding(days, files, rule, wider)


def _alike(days: Days, dead: frozenset[str]) -> Iterator[list[SourceRule]]:
    """Yield all rules with the same conclusions, where there are several, in the order of the files."""
    found: dict[Heads, list[SourceRule]] = {}
    for decision in days.knowledge.rulebase.sources:
        for rule in decision.rules:
            if rule.shape.id not in dead:
                found.setdefault((frozenset(rule.heads), frozenset(rule.copies)), []).append(rule)
    for rules in found.values():
        if len(rules) > 1:
            yield sorted(rules, key=lambda rule: rule.place)


def _only_first(days: Days, first: SourceRule, second: SourceRule) -> Found | None:
    """Return answers under which the first rule fires and the second does not."""
    with deciding("rule", first.place, first.shape.id, second.shape.id):
        return days.find(lambda stretch: [_fires(stretch, first), denied(_fires(stretch, second))])


def _fires(stretch: Stretch, rule: SourceRule) -> Lit:
    if not rule.copies:
        return stretch.encoding.fires(rule.shape.id)
    there = stretch.in_force(rule.law)
    return stretch.encoding.formula(formula_of(rule.condition)) if there else stretch.encoding.cnf.false


def _finding(days: Days, files: Files, rule: SourceRule, wider: dict[str, list[SourceRule]]) -> Iterator[Finding]:
    name = rule.shape.id
    found = wider.get(name, [])
    same = [other for other in found if rule in wider.get(other.shape.id, [])]
    earlier = [other for other in same if other.place < rule.place]
    others = earlier or [other for other in found if other not in same]
    if not others:
        return
    example = days.find(lambda stretch: [_fires(stretch, rule)])
    yield Finding(
        "duplicate" if earlier else "subsumed",
        name,
        files.of_rule(rule.place),
        "check.duplicate" if earlier else "check.subsumed",
        {"name": name, "others": ", ".join(other.shape.id for other in others)},
        example.example() if example else None,
        tuple(Related(other.shape.id, files.of_rule(other.place)) for other in others),
    )
