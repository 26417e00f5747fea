"""The language of `then` as a definition: which facts a rule can conclude, and with which values."""

from __future__ import annotations

from advisor.knowledge.fact import Fact
from advisor.knowledge.library import Library
from advisor.schema.node import Node, bilingual, described, either, list_of, mapping, ref, saying


def conclusion_defs(library: Library) -> dict[str, Node]:
    """Return the definitions `then` and `copy`."""
    facts = library.all_facts.values()
    return {
        "then": mapping({fact.id: described(_head(fact), bilingual(fact.label)) for fact in facts}),
        "copy": described(mapping({"from": ref("fact")}, required=("from",)), saying("schema.copy")),
    }


def _head(fact: Fact) -> Node:
    if fact.kind == "flag":
        # A flag holds or is not concluded: no rule can say that it does not hold.
        return {"enum": ["yes", True]}
    value = ref(f"value.{fact.id}")
    most = None if fact.kind == "many" else 1
    return either(value, list_of(value, most=most), ref("copy"))
