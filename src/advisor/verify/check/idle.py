"""Idle conditions: parts of a condition without which the rule would fire in the same cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from advisor.inference.authored import Source, law_of
from advisor.inference.cnf import Lit
from advisor.inference.condition import Combination, Condition, Negation, Test, formula_of, written
from advisor.inference.encoding import Encoding, answers_alone
from advisor.inference.formula import Formula
from advisor.inference.rulebase import Exclusion
from advisor.inference.time_limit import deciding
from advisor.verify.check.files import Files
from advisor.verify.check.finding import Finding
from advisor.verify.proof.days import Days, Stretch
from advisor.verify.proof.part import Part, parts_of
from advisor.verify.proof.relevance import not_forestalled


def idle_conditions(days: Days, files: Files, dead: frozenset[str]) -> Iterator[Finding]:
    """Yield the parts of conditions that never matter; of parts within such a part nothing more is said.

    A part matters where leaving it out makes the rule fire in other cases, on some day. For rules of which only the
    first that fits speaks, cases in which an earlier one speaks do not count. Dead rules are left out.
    """
    rulebase = days.knowledge.rulebase
    for source in rulebase.authored:
        if source.shape.id not in dead:
            earlier = not_forestalled(rulebase, source.shape.id)
            idle = (part for part in _removable(source.condition) if not _matters(days, source, part, earlier))
            yield from _findings(files, source.shape.id, idle)
    for exclusion in rulebase.exclusions:
        yield from _findings(files, exclusion.shape.id, _idle_in(days, exclusion))


def _removable(condition: Condition) -> Iterator[Part]:
    return (part for part in parts_of(condition) if part.removable)


def _is_list(condition: Condition | None) -> bool:
    """Whether a condition is a list of values of one question or fact."""
    if not isinstance(condition, Combination) or condition.joint != "any":
        return False
    return len({part.name if isinstance(part, Test) else "" for part in condition.parts}) == 1


def _name(part: Part) -> str:
    """Return a short name of a part, with its value where it stands in a list of values."""
    value = f"={part.condition.values[0]}" if _is_list(part.around) and isinstance(part.condition, Test) else ""
    return f"{_form(part.condition)}{value}"


def _form(condition: Condition) -> str:
    """Return what a condition tests, or how it is joined."""
    match condition:
        case Test():
            return condition.name
        case Negation():
            return f"not-{_form(condition.part)}"
        case Combination():
            first = condition.parts[0] if condition.parts else condition
            return first.name if _is_list(condition) and isinstance(first, Test) else condition.joint


def _matters(days: Days, source: Source, part: Part, earlier: Formula) -> bool:
    law = law_of(source)
    before, after = formula_of(source.condition), formula_of(part.left_out())

    def differs(stretch: Stretch) -> Sequence[Lit] | None:
        if not stretch.in_force(law):
            return None
        encoding = stretch.encoding
        changed = encoding.cnf.unlike(encoding.formula(before), encoding.formula(after))
        return [encoding.formula(earlier), changed]

    with deciding("rule", source.place, source.shape.id):
        return days.find(differs) is not None


def _idle_in(days: Days, exclusion: Exclusion) -> Iterator[Part]:
    """Yield the parts of a contradiction that never matter."""
    encoding = answers_alone(days.knowledge.rulebase)
    whole = encoding.formula(exclusion.formula)
    if _possible(encoding, exclusion, whole):
        for part in _removable(exclusion.condition):
            rest = encoding.formula(formula_of(part.left_out()))
            if not _possible(encoding, exclusion, encoding.cnf.unlike(whole, rest)):
                yield part


def _possible(encoding: Encoding, exclusion: Exclusion, literal: Lit) -> bool:
    with deciding("rule", exclusion.place, exclusion.shape.id):
        return encoding.solver.satisfiable([literal])


def _findings(files: Files, rule: str, idle: Iterator[Part]) -> Iterator[Finding]:
    """Yield the findings about one rule, leaving out what lies within an idle part."""
    covered: list[Condition] = []
    names: Counter[str] = Counter()
    for part in idle:
        if any(part.condition is inner for inner in covered):
            continue
        covered += [inner.condition for inner in parts_of(part.condition)]
        name = _name(part)
        names[name] += 1
        number = f"#{names[name]}" if names[name] > 1 else ""
        told = {"name": rule, "condition": written(part.condition)}
        place = files.of_rule(part.condition.place)
        yield Finding("idle_condition", f"{rule}/{name}{number}", place, "check.idle_condition", told)
