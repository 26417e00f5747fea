"""What a scenario may expect of each fact, as definitions of the schema of scenario files."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.advice.advice import INADMISSIBLE
from advisor.knowledge.fact import Fact
from advisor.knowledge.library import Library
from advisor.scenario.naming import OTHER, fact_named, fact_names, is_conclusion, is_truth
from advisor.schema.node import Node, bilingual, choice, described, either, list_of, mapping, ref, saying, word

TRUTHS = {"yes": "", "no": "", "true": "", "false": ""}
"""How a value of a fact that is true or false is written as a key."""

PARTS = {
    "value": "schema.expect.value",
    "possible": "schema.expect.possible",
    "depends_on": "schema.expect.depends_on",
    "contested": "schema.expect.contested",
    "cites": "schema.expect.cites",
    "does_not_cite": "schema.expect.does_not_cite",
    "includes": "schema.expect.includes",
    "excludes": "schema.expect.excludes",
}
"""What the catalogue says of each part of an expectation."""


def expectation_defs(library: Library) -> dict[str, Node]:
    """Return `expect`, `never`, `article` and, for each fact that a scenario may name, `expected.NAME`."""
    facts = {name: fact for name in fact_names(library) if (fact := fact_named(library, name))}
    never = {name: described(_never(fact), *_about(name, fact)) for name, fact in facts.items()}
    return {
        "expect": mapping({name: ref(f"expected.{name}") for name in facts}),
        "never": mapping(never),
        "article": either(word("article"), choice(dict.fromkeys(_wholes(library), ""))),
        **{f"expected.{name}": _expected(library, name, fact) for name, fact in facts.items()},
    }


def _about(name: str, fact: Fact) -> tuple[str, ...]:
    return (bilingual(fact.label), saying("schema.other_regime") if name.endswith(OTHER) else "")


def _wholes(library: Library) -> Iterator[str]:
    """Yield articles that are known by their parts alone: a scenario may ask for any part of them."""
    seen = set(library.articles)
    for name in library.articles:
        instrument, _, article = name.partition(":")
        parts = article.split("-")
        for count in range(1, len(parts)):
            whole = f"{instrument}:{'-'.join(parts[:count])}"
            if whole not in seen:
                seen.add(whole)
                yield whole


def _expected(library: Library, name: str, fact: Fact) -> Node:
    """Return either the value alone, or a mapping of what is expected of it."""
    value = either(_written(fact), {"enum": [INADMISSIBLE, None]})
    parts = {"value": value, "possible": list_of(_written(fact)), "depends_on": list_of(word("question"), least=0)}
    if is_conclusion(library, name):
        parts["contested"] = either(word("yes_no"), {"type": "null"})
    parts["cites"] = parts["does_not_cite"] = _cites(library, fact)
    if fact.kind == "many":
        parts |= {"includes": list_of(_value(fact)), "excludes": list_of(_value(fact))}
    told = {part: described(node, saying(PARTS[part])) for part, node in parts.items()}
    return described(either(value, mapping(told)), *_about(name, fact))


def _value(fact: Fact) -> Node:
    return word(f"value.{fact.id}")


def _written(fact: Fact) -> Node:
    """Return a value as scenarios write it: of a fact that can have several, the list of them."""
    return list_of(_value(fact), least=0) if fact.kind == "many" else _value(fact)


def _cites(library: Library, fact: Fact) -> Node:
    """Return a list of articles, or one for each value."""
    names = choice(TRUTHS) if is_truth(library, fact) else _value(fact)
    articles = list_of(ref("article"))
    by_value = {"type": "object", "propertyNames": names, "additionalProperties": articles, "minProperties": 1}
    return either(articles, by_value)


def _never(fact: Fact) -> Node:
    return either(_value(fact), list_of(_value(fact)))
