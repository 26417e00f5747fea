"""What a mapping must be like because of what stands under another of its keys: options, values, bounds."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.knowledge.library import ARTICLES, Library
from advisor.schema.node import Node, word

CHOICES = ("choice", "choices")


def dependences_of(library: Library) -> dict[str, list[Node]]:
    """Return the dependences of each shape that has some, by the name of the shape."""
    return {
        "Question": [
            _where("type", ("number",), {"required": ["min", "max"]}),
            _where("type", CHOICES, {"required": ["options"], **_under(options={"minItems": 2})}),
        ],
        "Group": list(_groups(library)),
        "Fact": list(_facts(library)),
        "Ranking": list(_rankings(library)),
    }


def _where(key: str, values: tuple[str, ...], then: Node) -> Node:
    """Return that `then` holds where one of `values` stands under `key`."""
    met = {"const": values[0]} if len(values) == 1 else {"enum": list(values)}
    return {"if": {"properties": {key: met}, "required": [key]}, "then": then}


def _under(**nodes: Node) -> Node:
    return {"properties": nodes}


def _groups(library: Library) -> Iterator[Node]:
    """Yield that a group holds options of its question."""
    for question in library.questions.values():
        if question.options:
            yield _where("question", (question.id,), _under(options={"items": word(f"value.{question.id}")}))


def _facts(library: Library) -> Iterator[Node]:
    """Yield that a fact with values says which, and that they are of its table."""
    yield _where("kind", ("one", "many"), {"anyOf": [{"required": ["table"]}, {"required": ["values"]}]})
    for table in library.tables:
        name = "article" if table == ARTICLES else f"table.{table}"
        yield _where("table", (table,), _under(values={"items": word(name)}))


def _rankings(library: Library) -> Iterator[Node]:
    """Yield that a ranking orders, and falls back on, what it chooses among."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for fact in library.all_facts.values():
        if fact.table in library.term_files:
            alike.setdefault(library.values(fact.id), []).append(fact.id)
    for names in alike.values():
        value = word(f"value.{names[0]}")
        yield _where("among", tuple(names), _under(order={"items": value}, otherwise=_under(value=value)))
