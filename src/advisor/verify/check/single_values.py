"""Gaps and conflicts: facts of exactly one value that have none, or several, for some answers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from advisor.inference.cnf import Lit, denied
from advisor.inference.formula import Literal, at_least
from advisor.inference.ground import GroundRule
from advisor.inference.time_limit import deciding
from advisor.verify.check.files import Files
from advisor.verify.check.finding import Finding, Related, Told
from advisor.verify.proof.days import Days, Found, Stretch
from advisor.verify.proof.example import Example


def single_value_findings(days: Days, files: Files) -> Iterator[Finding]:
    """Yield the gaps and conflicts of the regime of law and of every conclusion of exactly one value."""
    yield from _eras(days, files)
    library = days.knowledge.library
    for name, conclusion in library.conclusions.items():
        if conclusion.kind == "one":
            yield from _gap(days, files, name)
            yield from _conflicts(days, files, name)


def _eras(days: Days, files: Files) -> Iterator[Finding]:
    """Yield days without a regime of law, or with several; the calendar alone decides."""
    library = days.knowledge.library
    era = library.roles.era
    place = files.of_fact(era)
    empty = [stretch for stretch in days.every if not stretch.eras]
    double = [stretch for stretch in days.every if len(stretch.eras) > 1]
    for stretch in empty[:1]:
        told: Told = {"first": stretch.first.isoformat(), "label": library.all_facts[era].label}
        yield Finding("gap", era, place, "check.gap.era", told, Example(stretch.first, {}))
    for stretch in double[:1]:
        said: Told = {"first": stretch.first.isoformat(), "values": ", ".join(stretch.eras)}
        speaking = [rule for rule in stretch.program.rules if any(head[0] == era for head in rule.heads)]
        others = tuple(Related(rule.source, files.of_rule(rule.place)) for rule in speaking)
        yield Finding("conflict", era, place, "check.conflict.era", said, Example(stretch.first, {}), others)


def _gap(days: Days, files: Files, name: str) -> Iterator[Finding]:
    library = days.knowledge.library

    def without(stretch: Stretch) -> list[Lit]:
        none = [denied(stretch.encoding.atom((name, value))) for value in library.values(name)]
        return [*stretch.scope(name), *none]

    with days.deciding(name):
        found = days.find(without)
    if found is not None:
        told: Told = {"label": library.all_facts[name].label, "name": name}
        yield Finding("gap", name, files.of_fact(name), "check.gap", told, found.example())


def _conflicts(days: Days, files: Files, name: str) -> Iterator[Finding]:
    library = days.knowledge.library
    several = at_least(2, [Literal((name, value)) for value in library.values(name)])
    with days.deciding(name):
        found = days.find(lambda stretch: [*stretch.scope(name), stretch.encoding.formula(several)])
    if found is None:
        return
    rules = [rule for rule in days.knowledge.rulebase.rules if _values(rule, name)]
    rules.sort(key=lambda rule: (rule.place, rule.id))
    told: set[str] = set()
    for first, second in combinations(rules, 2):
        subject = f"{first.source}+{second.source}"
        if subject in told or _values(first, name) == _values(second, name):
            continue
        found = _together(days, name, first, second)
        if found is None:
            continue
        told.add(subject)
        values: Told = {
            "label": library.all_facts[name].label,
            "first": first.source,
            "second": second.source,
            "one": library.label(name, _values(first, name)[0]),
            "other": library.label(name, _values(second, name)[0]),
        }
        others = (Related(second.source, files.of_rule(second.place)),)
        place = files.of_rule(first.place)
        yield Finding("conflict", subject, place, "check.conflict", values, found.example(), others)


def _together(days: Days, name: str, first: GroundRule, second: GroundRule) -> Found | None:
    """Return answers under which both rules fire where the fact is spoken of."""

    def both(stretch: Stretch) -> list[Lit]:
        return [*stretch.scope(name), stretch.encoding.fires(first.id), stretch.encoding.fires(second.id)]

    with deciding("rule", first.place, first.id, second.id):
        return days.find(both)


def _values(rule: GroundRule, name: str) -> tuple[str, ...]:
    return tuple(value for fact, value in rule.heads if fact == name)
