"""The schema of scenario files: answers, and what law or study say must follow from them."""

from __future__ import annotations

from advisor.knowledge.library import Library
from advisor.scenario.answer_chain import CASE
from advisor.scenario.entry import LIST
from advisor.scenario.refusal import DAY
from advisor.schema.expectation_schema import expectation_defs
from advisor.schema.node import Node, choice, complaint, described, either, list_of, mapping, ref, saying, word
from advisor.schema.shape_schema import ID

SCENARIOS = "tests/scenarios/*.yaml"
KEYS = {
    "id": "schema.scenario.id",
    "name": "schema.scenario.name",
    "source": "schema.scenario.source",
    "why": "schema.scenario.why",
    "based_on": "schema.scenario.based_on",
    "as_of": "schema.scenario.as_of",
    "answers": "schema.scenario.answers",
    "unknown": "schema.scenario.unknown",
    "expect": "schema.scenario.expect",
    "never": "schema.scenario.never",
    "refused": "schema.scenario.refused",
    "approved": "schema.scenario.approved",
}
"""What the catalogue says of each key of a scenario."""


def scenario_schema(library: Library) -> Node:
    """Return the schema of a scenario file."""
    scenario = _scenario(library)
    root = mapping({LIST: list_of(ref("scenario"))}, required=(LIST,))
    return described(
        {**root, "$defs": {"scenario": scenario, **expectation_defs(library)}}, saying("schema.scenario.file")
    )


def _scenario(library: Library) -> Node:
    name = {"type": "string", "pattern": ID, "patternErrorMessage": complaint("schema.bad_id")}
    text = {"type": "string", "minLength": 1}
    cases = choice({f"{CASE}{case.id}": case.name for case in library.cases.values()})
    keys: dict[str, Node] = {
        "id": name,
        "name": text,
        "source": list_of(word("article")),
        "why": text,
        "based_on": either(name, cases),
        "as_of": {"type": "string", "format": "date"},
        "answers": word("answers"),
        "unknown": list_of(word("question"), least=0),
        "expect": ref("expect"),
        "never": ref("never"),
        "refused": list_of(either(word("question"), {"const": DAY})),
        "approved": word("yes_no"),
    }
    told = {key: described(node, saying(KEYS[key])) for key, node in keys.items()}
    return {**mapping(told, required=("id", "name", "source", "why")), "allOf": _purpose()}


def _purpose() -> list[Node]:
    """Return that a scenario has a day, and expects something of the advice or that there is none."""
    expecting = [{"required": ["expect"]}, {"required": ["never"]}]
    return [
        {"anyOf": [{"required": ["as_of"]}, {"required": ["based_on"]}]},
        {"anyOf": [*expecting, {"required": ["refused"]}]},
        {"if": {"required": ["refused"]}, "then": {"not": {"anyOf": expecting}}},
    ]
