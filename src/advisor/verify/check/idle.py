"""Idle conditions: parts of a condition without which the rule would fire in the same cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from advisor.inference.authored import Source, law_of, sources_of
from advisor.inference.cnf import Lit
from advisor.inference.condition import Combination, Condition, Negation, Test, always, formula_of, written
from advisor.inference.encoding import answers_alone
from advisor.inference.formula import Formula
from advisor.inference.rulebase import Exclusion
from advisor.problem import Place
from advisor.verify.check.files import Files
from advisor.verify.check.finding import Finding
from advisor.verify.proof.days import Days, Stretch
from advisor.verify.proof.relevance import not_forestalled


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a condition: how it is named, what it is, and the whole without it."""

    name: str
    part: Condition
    rest: Condition


def idle_conditions(days: Days, files: Files, dead: frozenset[str]) -> Iterator[Finding]:
    """Yield the parts of conditions that never matter; of parts within such a part nothing more is said.

    A part matters where dropping it makes the rule fire in other cases, on some day. For rules of which only the
    first that fits speaks, cases in which an earlier one speaks do not count. Dead rules are left out.
    """
    for decision in days.knowledge.rulebase.sources:
        for source in sources_of(decision):
            if source.shape.id not in dead:
                earlier = not_forestalled(days.knowledge.rulebase, source.shape.id)
                idle = (part for part in parts_of(source.condition) if not _matters(days, source, part, earlier))
                yield from _findings(files, source.shape.id, idle)
    for exclusion in days.knowledge.rulebase.exclusions:
        yield from _findings(files, exclusion.shape.id, _idle_in(days, exclusion))


def parts_of(condition: Condition) -> Iterator[Part]:
    """Yield each part of a condition that could be left out, the outer ones first."""
    if not isinstance(condition, Combination):
        yield Part(_name(condition), condition, always(condition.place))
    yield from _within(condition)


def _within(condition: Condition) -> Iterator[Part]:
    match condition:
        case Negation():
            for inner in _within(condition.part):
                yield replace(inner, rest=replace(condition, part=inner.rest))
        case Combination():
            listed = _is_list(condition)
            for index, part in enumerate(condition.parts):
                before, after = condition.parts[:index], condition.parts[index + 1 :]
                value = f"={part.values[0]}" if listed and isinstance(part, Test) else ""
                yield Part(f"{_name(part)}{value}", part, replace(condition, parts=(*before, *after)))
                for inner in _within(part):
                    yield replace(inner, rest=replace(condition, parts=(*before, inner.rest, *after)))


def _is_list(condition: Condition) -> bool:
    """Whether a condition is a list of values of one question or fact."""
    if not isinstance(condition, Combination) or condition.joint != "any":
        return False
    return len({part.name if isinstance(part, Test) else "" for part in condition.parts}) == 1


def _name(condition: Condition) -> str:
    """Return a short name of a part: what it tests, or how it is joined."""
    match condition:
        case Test():
            return condition.name
        case Negation():
            return f"not-{_name(condition.part)}"
        case Combination():
            first = condition.parts[0] if condition.parts else condition
            return first.name if _is_list(condition) and isinstance(first, Test) else condition.joint


def _matters(days: Days, source: Source, part: Part, earlier: Formula) -> bool:
    law = law_of(source)
    before, after = formula_of(source.condition), formula_of(part.rest)

    def differs(stretch: Stretch) -> Sequence[Lit] | None:
        if not stretch.in_force(law):
            return None
        encoding = stretch.encoding
        changed = encoding.cnf.unlike(encoding.formula(before), encoding.formula(after))
        return [encoding.formula(earlier), changed]

    return days.find(differs) is not None


def _idle_in(days: Days, exclusion: Exclusion) -> Iterator[Part]:
    """Yield the parts of a contradiction that never matter."""
    encoding = answers_alone(days.knowledge.rulebase)
    whole = encoding.formula(exclusion.formula)
    if not encoding.solver.satisfiable([whole]):
        return
    for part in parts_of(exclusion.condition):
        rest = encoding.formula(formula_of(part.rest))
        if not encoding.solver.satisfiable([encoding.cnf.unlike(whole, rest)]):
            yield part


def _findings(files: Files, rule: str, idle: Iterator[Part]) -> Iterator[Finding]:
    """Yield the findings about one rule, leaving out what lies within an idle part."""
    covered: list[Condition] = []
    names: dict[str, int] = {}
    for part in idle:
        if any(part.part is inner for outer in covered for inner in _all_within(outer)):
            continue
        covered.append(part.part)
        names[part.name] = names.get(part.name, 0) + 1
        number = f"#{names[part.name]}" if names[part.name] > 1 else ""
        told = {"name": rule, "condition": written(part.part)}
        place: Place = files.of_rule(part.part.place)
        yield Finding("idle_condition", f"{rule}/{part.name}{number}", place, "check.idle_condition", told)


def _all_within(condition: Condition) -> Iterator[Condition]:
    match condition:
        case Negation():
            yield condition.part
            yield from _all_within(condition.part)
        case Combination():
            for part in condition.parts:
                yield part
                yield from _all_within(part)
