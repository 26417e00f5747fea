"""The rules for GoRules Zen: a decision graph with one expression node, an expression for each fact and value.

Expressions run from top to bottom and see earlier ones under `$`; a fact and value that several rules conclude is
one expression, where the last of them stands.
"""

from __future__ import annotations

import json
from typing import Any
from typing import Literal as OneOf

import zen

from advisor.inference.formula import AnyOf, Atom, Literal
from engines.translation import Answers, Decision, Engine, Rules, more_than, translated


def engine(rules: Rules) -> Engine:
    """Return Zen with the graph loaded."""
    names = {atom: f"v{number}" for number, atom in enumerate(rules.program.producers)}
    decision = zen.ZenEngine().create_decision(json.dumps(_graph(rules, names)))
    wanted = {name: atom for atom, name in names.items() if atom[0] in rules.wanted}

    def run(answers: Answers) -> Decision:
        result = decision.evaluate(dict(answers))["result"]
        return frozenset(atom for name, atom in wanted.items() if result[name])

    return run


def _graph(rules: Rules, names: dict[Atom, str]) -> dict[str, Any]:
    last = {head: rule for rule in rules.program.rules for head in rule.heads}
    expressions = [
        {"id": names[head], "key": names[head], "value": _expression(rules, names, head)}
        for rule in rules.program.rules
        for head in dict.fromkeys(rule.heads)
        if last[head] is rule
    ]
    place = {"x": 0, "y": 0}
    return {
        "nodes": [
            {"id": "in", "name": "in", "type": "inputNode", "position": place},
            {
                "id": "rules",
                "name": "rules",
                "type": "expressionNode",
                "position": place,
                "content": {"expressions": expressions},
            },
            {"id": "out", "name": "out", "type": "outputNode", "position": place},
        ],
        "edges": [
            {"id": "1", "type": "edge", "sourceId": "in", "targetId": "rules"},
            {"id": "2", "type": "edge", "sourceId": "rules", "targetId": "out"},
        ],
    }


def _expression(rules: Rules, names: dict[Atom, str], head: Atom) -> str:
    bodies = AnyOf(tuple(rule.body for rule in rules.program.producers[head]))
    return translated(bodies, lambda literal: _test(rules, names, literal), _joined)


def _test(rules: Rules, names: dict[Atom, str], literal: Literal) -> str:
    name, value = literal.atom
    match rules.kind(name):
        case "one":
            return f"{name} {'==' if literal.positive else '!='} '{value}'"
        case "many":
            return f"('{value}' {'in' if literal.positive else 'not in'} {name})"
        case "number":
            return f"{name} {'>' if literal.positive else '<='} {more_than(value)}"
        case "fact":
            found = f"$.{names[literal.atom]}" if literal.atom in names else "false"
            return found if literal.positive else f"(not {found})"


def _joined(joint: OneOf["all", "any"], parts: list[str]) -> str:
    if not parts:
        return "true" if joint == "all" else "false"
    return f"({(' and ' if joint == 'all' else ' or ').join(parts)})"
