"""Reading files into shapes, with every finding placed in its file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, Final, Generic, TypeVar, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError

from advisor.knowledge.document import Document, Key, document_in
from advisor.knowledge.shape import CITATION, ID, Shape
from advisor.knowledge.spelling import shown
from advisor.knowledge.words import Words
from advisor.problem import MOST_FINDINGS, InputError, Place, Problem, nearest, place_of
from advisor.snapshot import Snapshot

T = TypeVar("T")
S = TypeVar("S", bound=Shape)

TAG: Final = "<"
"""How the tag of a union's alternative begins; in the path to a finding it names no key of the file."""

MESSAGES: Final = {
    "dataclass_type": "value.mapping",
    "dict_type": "value.mapping",
    "tuple_type": "value.list",
    "too_short": "value.empty",
    "string_type": "value.text",
    "string_unicode": "value.text",
    "string_too_short": "value.text",
    "bool_type": "value.truth",
    "bool_parsing": "value.truth",
    "int_type": "value.number",
    "int_parsing": "value.number",
    "int_parsing_size": "value.number",
    "finite_number": "value.number",
    "int_from_float": "value.number",
    "date_type": "value.day",
    "date_parsing": "value.day",
    "date_from_datetime_parsing": "value.day",
    "date_from_datetime_inexact": "value.day",
    "literal_error": "value.choice",
}
"""What is said of what pydantic finds; anything else is only named as pydantic names it."""

PATTERNS: Final = {ID: "value.id", CITATION: "value.citation"}


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """What was read, and the document behind it (for places)."""

    shape: T
    document: Document


@dataclass(slots=True)
class Reader:
    """Reads documents and gathers findings instead of stopping at the first."""

    problems: list[Problem] = field(default_factory=list)
    _first: dict[tuple[str, str], Place] = field(default_factory=dict)

    def part(
        self, document: Document, shape: Any, key: Key = (), words: Mapping[str, Words] | None = None
    ) -> Read[Any] | None:
        """Read the part of a document at `key` into `shape`; None, with findings noted, where that fails.

        With `words` whatever a shape says to be one of them must be.
        """
        try:
            return Read(_adapter(shape).validate_python(document.part(key), context=words), document)
        except ValidationError as error:
            self.problems.extend(islice(findings(error, document, shape, key), MOST_FINDINGS))
            return None

    def unique(self, document: Document, key: Key, space: str, name: str) -> None:
        """Note a problem where `name` stands at `key` and, in the same space, at another place before."""
        place = document.place(key)
        first = self._first.setdefault((space, name), place)
        if first != place:
            self.problems.append(Problem(place, "id.duplicate", {"name": name, "first": str(first)}))


class FolderReader(Reader):
    """Reads the files of a folder as they were when it was read; those that cannot be read are noted at once."""

    def __init__(self, source: Snapshot) -> None:
        super().__init__(list(source.unreadable.values()))
        self.source = source

    def file(self, path: Path, shape: type[S]) -> Read[S] | None:
        """Read one file into `shape`; None, with findings noted, where that fails."""
        if path in self.source.unreadable:
            return None
        try:
            document = document_in(self.source, path)
        except InputError as error:
            self.problems.extend(error.problems)
            return None
        if document.data is None:
            self.problems.append(Problem(place_of(path), "file.empty"))
            return None
        return self.part(document, shape)

    def folder(self, folder: Path, shape: type[S]) -> Iterator[Read[S]]:
        """Read every file of a folder, in the order of names."""
        for path in self.files(folder):
            read = self.file(path, shape)
            if read is not None:
                yield read

    def files(self, folder: Path) -> list[Path]:
        """Return the files of a folder, in the order of names; where there is none, that is noted."""
        found = self.source.files(folder)
        if not found and folder not in self.source.unreadable:
            self.problems.append(Problem(place_of(folder), "folder.empty"))
        return found


@cache
def _adapter(shape: Any) -> TypeAdapter[Any]:
    """Return what validates data as a shape; it takes a while to make, so one is made for each shape."""
    return TypeAdapter(shape)


def findings(error: ValidationError, document: Document, shape: Any, around: Key = ()) -> Iterator[Problem]:
    """Yield what pydantic found wrong with the part of a document at `around`, each at its place."""
    data = document.part(around)
    for item in error.errors(include_url=False):
        inner = _path_in_data(item["loc"], data)
        key = (*around, *inner)
        name = next((step for step in reversed(key) if isinstance(step, str) and step != "#key"), "")
        match item["type"]:
            case "missing":
                yield document.problem(key[:-1], "key.missing", name=name)
            case "unexpected_keyword_argument":
                near = nearest(name, _keys_at(shape, inner[:-1]))
                yield document.problem((*key, "#key"), "key.unknown", name=name, near=near)
            case "too_short" if item["input"]:
                pass  # pydantic counts what is left when wrong items, which are told, are left out
            case kind:
                message, told = _wrong_value(kind, item["input"], item.get("ctx", {}))
                yield Problem(document.place(key), message, {"name": name, "given": shown(item["input"]), **told})


def _wrong_value(kind: str, given: Any, context: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    """Return what is said of a wrong value, and what the message needs beside the name and the value."""
    match kind:
        case "word":
            words: Words = context["words"]
            return words.message, words.told(given)
        case "literal_error":
            known = re.findall(r"'([^']*)'", context["expected"])
            return "value.choice", {"known": ", ".join(known), "near": nearest(shown(given), known)}
        case "string_too_long":
            return "value.too_long", {"most": str(context["max_length"])}
        case "too_long":
            return "value.too_many", {"most": str(context["max_length"])}
        case "string_pattern_mismatch" if context["pattern"] in PATTERNS:
            return PATTERNS[context["pattern"]], {}
        case _ if kind in MESSAGES:
            return MESSAGES[kind], {}
        case _:
            return "value.shape", {"said": kind}


def _path_in_data(location: tuple[int | str, ...], data: Any) -> Key:
    """Return the part of a pydantic location that names keys of the data (unions add names of their own)."""
    key: list[str | int] = []
    for step in location:
        if step == "[key]":
            key.append("#key")
        elif isinstance(step, str) and step.startswith(TAG):
            continue
        elif isinstance(data, dict) and (step in data or step == location[-1]):
            key.append(step)
            data = data.get(step)
        elif isinstance(data, (list, tuple)) and isinstance(step, int) and step < len(data):
            key.append(step)
            data = data[step]
    return tuple(key)


def _keys_at(shape: Any, key: Key) -> set[str]:
    """Return the keys that the shape knows at `key`."""
    shapes = [get_origin(shape) or shape]
    for step in key:
        if isinstance(step, int):
            continue
        annotations = [hints[step] for hints in map(get_type_hints, shapes) if step in hints]
        shapes = [part for annotation in annotations for part in _shapes_in(annotation)] or shapes
    return {part.name for known in shapes for part in fields(known)}


def _shapes_in(annotation: Any) -> Iterator[type[Any]]:
    if isinstance(annotation, type) and is_dataclass(annotation):
        yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from _shapes_in(part)
