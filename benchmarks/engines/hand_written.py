"""The same decisions as a plain Python function, as somebody might write it: if and elif over dicts and sets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from typing import Literal as OneOf

from advisor.inference.formula import Formula, Literal
from advisor.inference.ground import GroundRule, helper_role
from engines.translation import Answers, Decision, Engine, Rules, more_than, translated


def engine(rules: Rules) -> Engine:
    """Return the function, working on answers in memory."""
    names: dict[str, Any] = {}
    exec(function(rules), names)  # noqa: S102 - generated here
    decide, wanted = names["decide"], rules.wanted

    def run(answers: Answers) -> Decision:
        facts = decide(answers)
        return frozenset((name, value) for name in wanted for value in facts[name])

    return run


def script(rules: Rules, era: str) -> str:
    """Return a program that does with `json` what `advisor batch IN -o OUT` does, for cases without fault."""
    library = rules.library
    roles = library.roles
    shapes = {name: (library.all_facts[name].kind, library.values(name)) for name in library.conclusions}
    return f"""
import json
import sys

{function(rules)}

CONCLUSIONS = {shapes!r}
INADMISSIBLE = {{"value": None, "possible": [], "depends_on": [], "contested": None, "reason": "inadmissible"}}


def conclusions(facts):
    passes = "yes" in facts[{roles.gate!r}]
    found = {{}}
    for name, (kind, values) in CONCLUSIONS.items():
        if not passes and name != {roles.gate!r}:
            found[name] = INADMISSIBLE
            continue
        value = [v for v in values if v in facts[name]]
        if kind != "many":
            value = value[0] == "yes" if values == ("yes", "no") else value[0]
        contested = name in facts[{roles.contested!r}]
        found[name] = {{"value": value, "possible": [value], "depends_on": [], "contested": contested}}
    return found


with open(sys.argv[1], "rb") as cases, open(sys.argv[2], "w") as out:
    for number, line in enumerate(cases, 1):
        case = json.loads(line)
        answer = {{"line": number, "as_of": case["as_of"], "era": {era!r}, "unanswered": []}}
        answer["conclusions"] = conclusions(decide(case["answers"]))
        out.write(json.dumps(answer) + "\\n")
"""


def function(rules: Rules) -> str:
    """Return the source of `decide(answers)`, which returns the values of every fact."""
    by_id = rules.program.by_id
    chains: dict[str, list[GroundRule]] = {}
    for rule in rules.program.rules:
        chains.setdefault(_chain(rule), []).append(rule)
    lines = ["def decide(answers):", "    facts = {"]
    lines += [f"        {name!r}: set()," for name in rules.facts if helper_role((name, "")) != "earlier_rule"]
    lines.append("    }")
    for rule in rules.program.rules:
        chain = chains[_chain(rule)]
        if rule.only_fits or rule is not chain[-1]:
            continue
        for place, chosen in enumerate(sorted(chain, key=lambda r: len(_asked_to_fit(r)))):
            body = by_id[f"{chosen.id}/fits"].body if _asked_to_fit(chosen) else chosen.body
            lines += _branch(rules, "elif" if place else "if", body, chosen)
    lines.append("    return facts")
    return "\n".join(lines)


def _chain(rule: GroundRule) -> str:
    """Return the id of the rule that begins the chain of which only the first that fits speaks; else its own."""
    asked = _asked_to_fit(rule)
    return asked[1] if len(asked) > 1 else rule.id


def _asked_to_fit(rule: GroundRule) -> Sequence[str]:
    """Return the rule itself and the earlier ones of its chain; () where it stands in none."""
    parts = (rule.body,) if isinstance(rule.body, Literal) else rule.body.parts
    found = [part.atom for part in parts if isinstance(part, Literal)]
    return [atom[1] for atom in found if helper_role(atom) == "earlier_rule"]


def _branch(rules: Rules, word: str, body: Formula, rule: GroundRule) -> Iterator[str]:
    condition = translated(body, lambda literal: _test(rules, literal), _joined)
    yield f"    {word} {condition}:"
    for name, value in rule.heads:
        yield f"        facts[{name!r}].add({value!r})"


def _test(rules: Rules, literal: Literal) -> str:
    name, value = literal.atom
    match rules.kind(name):
        case "one":
            return f"answers[{name!r}] {'==' if literal.positive else '!='} {value!r}"
        case "many":
            return f"{value!r} {'in' if literal.positive else 'not in'} answers[{name!r}]"
        case "number":
            return f"answers[{name!r}] {'>' if literal.positive else '<='} {more_than(value)}"
        case "fact":
            return f"{value!r} {'in' if literal.positive else 'not in'} facts[{name!r}]"


def _joined(joint: OneOf["all", "any"], parts: list[str]) -> str:
    if not parts:
        return str(joint == "all")
    return f"({(' and ' if joint == 'all' else ' or ').join(parts)})"
