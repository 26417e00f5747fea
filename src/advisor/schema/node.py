"""A node of a JSON Schema, and the plain ones that others are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from advisor.catalogue import say
from advisor.text import Text

Node = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
VOCABULARY = "vocabulary.schema.json"


def ref(name: str) -> Node:
    """Return a reference to the definition `name` of the same file."""
    return {"$ref": f"#/$defs/{name}"}


def word(name: str) -> Node:
    """Return a reference, from any other file, to the definition `name` of the vocabulary."""
    return {"$ref": f"{VOCABULARY}#/$defs/{name}"}


def choice(values: Mapping[str, str], message: str = "") -> Node:
    """Return the node of one of the words `values`; what each means is shown by editors that know how.

    Where `yes` or `no` is among the words, so is the truth value that YAML 1.1 makes of it: editors read YAML 1.2,
    in which they are words. `message` is the key of what editors say of any other word, where the list of all would
    be too long to read.
    """
    words: list[Any] = list(values)
    meanings = list(values.values())
    for name, truth in (("yes", True), ("no", False)):
        if name in values:
            words.append(truth)
            meanings.append(values[name])
    node: Node = {"enum": words, "enumDescriptions": meanings} if any(meanings) else {"enum": words}
    return node | {"errorMessage": complaint(message)} if message else node


def either(*nodes: Node) -> Node:
    """Return the node of what is like one of `nodes`."""
    return {"anyOf": list(nodes)}


def list_of(items: Node, least: int = 1, most: int | None = None) -> Node:
    """Return the node of a list."""
    bounds = {"minItems": least} if most is None else {"minItems": least, "maxItems": most}
    return {"type": "array", "items": items, **bounds}


def one_or_more(items: Node) -> Node:
    """Return the node of one item or a list of them."""
    return either(items, list_of(items))


def mapping(properties: Mapping[str, Node], required: Sequence[str] = (), least: int = 1) -> Node:
    """Return the node of a mapping that has no other keys."""
    node: Node = {"type": "object", "properties": dict(properties), "additionalProperties": False}
    if required:
        return node | {"required": list(required)}
    return node | {"minProperties": least} if least else node


def described(node: Node, *texts: str) -> Node:
    """Return the node with a description, one paragraph for each text that is not empty."""
    found = "\n\n".join(text for text in texts if text)
    return {"description": found, **node} if found else node


def bilingual(text: Text) -> str:
    """Return a label in both languages: what a schema says is not asked for in one of them."""
    return text.id if text.id == text.en else f"{text.id} / {text.en}"


def saying(key: str) -> str:
    """Return a sentence of the catalogue in both languages; KeyError where the key is unknown."""
    return f"{say(key, 'id')}\n\n{say(key, 'en')}"


def complaint(key: str) -> str:
    """Return what an editor says of a mistake, on one line, in both languages; KeyError as above."""
    return f"{say(key, 'id')} / {say(key, 'en')}"
