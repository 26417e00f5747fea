"""Reading files into shapes, with every finding placed in its file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar, get_type_hints

from pydantic import TypeAdapter, ValidationError

from advisor.folders import yaml_files
from advisor.knowledge.document import Document, Key, read_document
from advisor.knowledge.shape import Shape
from advisor.problem import InputError, Problem, nearest, place_of

S = TypeVar("S", bound=Shape)


@dataclass(frozen=True, slots=True)
class Read(Generic[S]):
    """A file that was read: its shape and the document behind it (for places)."""

    shape: S
    document: Document


@dataclass(slots=True)
class Reader:
    """Reads files and gathers findings instead of stopping at the first."""

    problems: list[Problem] = field(default_factory=list)
    _adapters: dict[type[Shape], TypeAdapter[Any]] = field(default_factory=dict)

    def file(self, path: Path, shape: type[S]) -> Read[S] | None:
        """Read one file into `shape`; None, with findings noted, where that fails."""
        try:
            document = read_document(path, pipes=False)
        except InputError as error:
            self.problems.extend(error.problems)
            return None
        if document.data is None:
            self.problems.append(Problem(place_of(path), "file.empty"))
            return None
        try:
            return Read(self._adapter(shape).validate_python(document.data), document)
        except ValidationError as error:
            self.problems.extend(findings(error, document, shape))
            return None

    def folder(self, folder: Path, shape: type[S]) -> Iterator[Read[S]]:
        """Read every `*.yaml` of a folder, in the order of names."""
        paths = yaml_files(folder)
        if not paths:
            self.problems.append(Problem(place_of(folder), "folder.empty"))
        for path in paths:
            read = self.file(path, shape)
            if read is not None:
                yield read

    def _adapter(self, shape: type[S]) -> TypeAdapter[S]:
        """Return what validates data as a shape; it takes a while to make, so one is made for each shape."""
        if shape not in self._adapters:
            self._adapters[shape] = TypeAdapter(shape)
        return self._adapters[shape]


def findings(error: ValidationError, document: Document, shape: type[Shape]) -> Iterator[Problem]:
    """Yield what pydantic found wrong with the data of a document, each at its place."""
    for item in error.errors(include_url=False):
        key = _path_in_data(item["loc"], document.data)
        name = str(key[-1]) if key else ""
        match item["type"]:
            case "missing":
                yield Problem(document.place(key[:-1]), "key.missing", {"name": name})
            case "extra_forbidden" | "unexpected_keyword_argument":
                near = nearest(name, _keys_at(shape, key[:-1]))
                yield Problem(document.place((*key, "#key")), "key.unknown", {"name": name, "near": near})
            case _:
                given = repr(item["input"])
                given = given if len(given) <= 60 else given[:57] + "..."
                values = {"name": name, "expected": item["msg"], "given": given}
                yield Problem(document.place(key), "value.shape", values)


def _path_in_data(location: tuple[int | str, ...], data: Any) -> Key:
    """Return the part of a pydantic location that names keys of the data (unions add names of their own)."""
    key: list[str | int] = []
    for step in location:
        if isinstance(data, dict) and (step in data or step == location[-1]):
            key.append(step)
            data = data.get(step)
        elif isinstance(data, (list, tuple)) and isinstance(step, int) and step < len(data):
            key.append(step)
            data = data[step]
    return tuple(key)


def _keys_at(shape: type[Shape], key: Key) -> set[str]:
    """Return the keys that the shape knows at `key`."""
    shapes = [shape]
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
