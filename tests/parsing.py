"""YAML that was parsed once, so that many copies of the same files need not be."""

from __future__ import annotations

from collections.abc import ItemsView
from dataclasses import replace
from pathlib import Path

from advisor.knowledge.document import MAX_BYTES, Document, Key, parse_document
from advisor.problem import Place, place_of


class Elsewhere(dict[Key, Place]):
    """The places of the same content in another file, each made when it is asked for."""

    def __init__(self, places: dict[Key, Place], path: Path) -> None:
        super().__init__()
        self._places = places
        self._file = place_of(path).file

    def __missing__(self, key: Key) -> Place:
        self[key] = replace(self._places[key], file=self._file)
        return self[key]

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def items(self) -> ItemsView[Key, Place]:
        return {key: self[key] for key in self._places}.items()


class Parsed:
    """Parses as `parse_document` does; content that was parsed before is taken from there."""

    def __init__(self) -> None:
        self._known: dict[bytes, Document] = {}

    def __call__(self, raw: bytes, path: Path, max_bytes: int = MAX_BYTES) -> Document:
        if raw not in self._known:
            self._known[raw] = parse_document(raw, path, max_bytes)
        known = self._known[raw]
        return Document(path, known.data, Elsewhere(known.places, path))
