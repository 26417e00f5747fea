"""One entry of a scenario file, as it was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from advisor.knowledge.document import Document, Key
from advisor.problem import Place

LIST = "scenarios"
"""The key of a scenario file."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in a scenario file under one number of its list, with the place of each part."""

    document: Document

    @property
    def raw(self) -> Mapping[str, Any]:
        """The content as it was written."""
        found: Mapping[str, Any] = self.document.data
        return found

    @property
    def path(self) -> Path:
        """The file."""
        return self.document.path

    @property
    def id(self) -> str:
        """The id; "" where there is none that can be used."""
        found = self.raw.get("id")
        return found if isinstance(found, str) else ""

    def place(self, *key: str | int) -> Place:
        """Return the place of a part, by its path of keys and indexes."""
        return self.document.place(key)

    def answers_file(self) -> Document:
        """Return the answers as an answers file whose places are those of the scenario file."""
        return Document(self.path, {"answers": self.raw.get("answers") or {}}, self.document.places)


def entries_of(document: Document) -> Iterator[Entry]:
    """Yield the entries of a scenario file; those that are no mappings are passed over."""
    places: dict[int, dict[Key, Place]] = {}
    for key, place in document.places.items():
        if len(key) > 1 and key[0] == LIST and isinstance(key[1], int):
            places.setdefault(key[1], {})[key[2:]] = place
    for index, raw in enumerate(document.data[LIST]):
        if isinstance(raw, dict):
            yield Entry(Document(document.path, raw, places[index]))
