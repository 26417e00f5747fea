"""The schema of scenario files: that of their shapes, with the names of one knowledge base in it."""

from __future__ import annotations

from functools import partial

from advisor.knowledge.fact import Fact
from advisor.knowledge.library import Library
from advisor.knowledge.shape import ID
from advisor.knowledge.words import TRUTHS
from advisor.scenario.answer_chain import CASE
from advisor.scenario.expectation_reader import shape_of
from advisor.scenario.naming import DAY, OTHER, fact_named, fact_names, is_truth, whole_articles
from advisor.scenario.scenario_shape import Never, ScenarioEntry, ScenarioFile
from advisor.schema.node import (
    Node,
    bilingual,
    choice,
    complaint,
    described,
    either,
    mapping,
    ref,
    saying,
    word,
)
from advisor.schema.shape_schema import PATTERNS, Refinement, shape_schema, type_schema
from advisor.schema.vocabulary_schema import definition_of_values

SCENARIOS = "tests/scenarios/*.yaml"


def scenario_schema(library: Library) -> Node:
    """Return the schema of a scenario file."""
    own = {**_names(library), **_expectations(library)}
    refinement = Refinement(
        {ScenarioEntry.__name__: _purpose()}, lambda name: ref(name) if name in own else word(name)
    )
    schema = shape_schema(ScenarioFile[ScenarioEntry], refinement)
    return {**schema, "$defs": schema["$defs"] | own}


def _names(library: Library) -> dict[str, Node]:
    """Return the definitions of names that only scenarios use."""
    cases = choice({f"{CASE}{case.id}": case.name for case in library.cases.values()})
    name = {"type": "string", "pattern": ID, "patternErrorMessage": complaint(PATTERNS[ID])}
    return {
        "base": either(name, cases),
        "citation": either(word("article"), choice(dict.fromkeys(whole_articles(library), ""))),
        "refusable": either(word("question"), {"const": DAY}),
        "truth": choice({written: "" for written in TRUTHS if isinstance(written, str)}),
    }


def _expectations(library: Library) -> dict[str, Node]:
    """Return `expect`, `never` and what can stand there under facts with the same values."""
    definitions: dict[str, Node] = {}
    expect: dict[str, Node] = {}
    never: dict[str, Node] = {}
    for name in fact_names(library):
        fact = fact_named(library, name)
        if fact is None:
            continue
        values = definition_of_values(library, fact)
        expected, excluded = f"{shape_of(library, name, fact).__name__}.{values}", f"Never.{values}"
        refinement = Refinement({}, partial(_defined, library, fact))
        if expected not in definitions:
            definitions[expected] = _expected(library, name, fact, refinement)
        definitions.setdefault(excluded, type_schema(Never, refinement))
        about = (bilingual(fact.label), saying("schema.other_regime") if name.endswith(OTHER) else "")
        expect[name] = described(ref(expected), *about)
        never[name] = described(ref(excluded), *about)
    return {"expect": mapping(expect), "never": mapping(never), **definitions}


def _expected(library: Library, name: str, fact: Fact, refinement: Refinement) -> Node:
    """Return either the value alone, or a mapping of what is expected of it."""
    parts = shape_schema(shape_of(library, name, fact), refinement)
    alone = {key: value for key, value in parts["properties"]["value"].items() if key != "description"}
    return either(alone, {**parts, "minProperties": 1})


def _defined(library: Library, fact: Fact, name: str) -> Node:
    """Return the node of a definition where something is said of a fact."""
    match name:
        case "element" if is_truth(library, fact):
            return ref("truth")
        case "value" | "element":
            return word(definition_of_values(library, fact))
        case "citation":
            return ref(name)
        case _:
            return word(name)


def _purpose() -> list[Node]:
    """Return that a scenario has a day, and expects something of the advice or that there is none."""
    expecting = [{"required": ["expect"]}, {"required": ["never"]}]
    return [
        {"anyOf": [{"required": ["as_of"]}, {"required": ["based_on"]}]},
        {"anyOf": [*expecting, {"required": ["refused"]}]},
        {"if": {"required": ["refused"]}, "then": {"not": {"anyOf": expecting}}},
    ]
