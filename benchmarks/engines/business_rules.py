"""The rules for business-rules (Venmo): variables for the questions and facts, one action that adds to the facts.

Its text variables cannot be compared with "is not", so a question with one option is a list of that option; a
condition cannot be without parts, so what is always true is a variable. Rules run in their order and see what
earlier ones concluded.
"""

from __future__ import annotations

from typing import Any
from typing import Literal as OneOf

from business_rules import run_all
from business_rules.actions import BaseActions, rule_action
from business_rules.fields import FIELD_TEXT
from business_rules.variables import (
    BaseVariables,
    boolean_rule_variable,
    numeric_rule_variable,
    select_rule_variable,
)

from advisor.inference.formula import Literal
from advisor.inference.ground import GroundRule
from engines.translation import Answers, Decision, Engine, Rules, more_than, translated

Condition = dict[str, Any]
ALWAYS = "always"


class _Conclude(BaseActions):  # type: ignore[misc]
    def __init__(self, facts: dict[str, list[str]]) -> None:
        self.facts = facts

    @rule_action(params={"name": FIELD_TEXT, "value": FIELD_TEXT})  # type: ignore[untyped-decorator]
    def conclude(self, name: str, value: str) -> None:
        self.facts[name].append(value)


def engine(rules: Rules) -> Engine:
    """Return the engine with its variables, and the rules as the data that it takes."""
    variables = _variables(rules)
    data = [_rule(rules, rule) for rule in rules.program.rules]
    facts_known, wanted = rules.facts, rules.wanted

    def run(answers: Answers) -> Decision:
        facts: dict[str, list[str]] = {name: [] for name in facts_known}
        run_all(data, variables(answers, facts), _Conclude(facts))
        return frozenset((name, value) for name in wanted for value in facts[name])

    return run


class _Known(BaseVariables):  # type: ignore[misc]
    def __init__(self, answers: Answers, facts: dict[str, list[str]]) -> None:
        self.answers = answers
        self.facts = facts

    @boolean_rule_variable(label=ALWAYS)  # type: ignore[untyped-decorator]
    def always(self) -> bool:
        return True


def _variables(rules: Rules) -> type[_Known]:
    names = (*rules.program.position, *rules.facts)
    return type("_Variables", (_Known,), {name: _variable(rules, name) for name in names})


def _variable(rules: Rules, name: str) -> Any:
    match rules.kind(name):
        case "number":
            return numeric_rule_variable(label=name)(lambda self: self.answers[name])
        case "one":
            return select_rule_variable(label=name)(lambda self: [self.answers[name]])
        case "many":
            return select_rule_variable(label=name)(lambda self: self.answers[name])
        case "fact":
            return select_rule_variable(label=name)(lambda self: self.facts[name])


def _rule(rules: Rules, rule: GroundRule) -> Condition:
    condition = translated(rule.body, lambda literal: _test(rules, literal), _joined)
    actions = [{"name": "conclude", "params": {"name": name, "value": value}} for name, value in rule.heads]
    return {"conditions": condition, "actions": actions}


def _test(rules: Rules, literal: Literal) -> Condition:
    name, value = literal.atom
    if rules.kind(name) == "number":
        operator = "greater_than" if literal.positive else "less_than_or_equal_to"
        return {"name": name, "operator": operator, "value": more_than(value)}
    return {"name": name, "operator": "contains" if literal.positive else "does_not_contain", "value": value}


def _joined(joint: OneOf["all", "any"], parts: list[Condition]) -> Condition:
    if not parts:
        return {"name": ALWAYS, "operator": "is_true" if joint == "all" else "is_false", "value": ""}
    return {joint: parts}
