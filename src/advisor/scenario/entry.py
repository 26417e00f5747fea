"""One entry of a scenario file, as it was written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from advisor.knowledge.document import Document
from advisor.problem import Place, Problem
from advisor.scenario.scenario_shape import ScenarioEntry


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in a scenario file under one number of its list, with the place of each part.

    It has a shape or, where it cannot be read into one, the problems that keep it from that.
    """

    document: Document
    shape: ScenarioEntry | None
    problems: tuple[Problem, ...] = ()

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
        return self.text("id")

    def text(self, key: str) -> str:
        """Return what stands under a key where that is a text, else ""."""
        found = self.raw.get(key)
        return found if isinstance(found, str) else ""

    def mapping(self, key: str) -> Mapping[str, Any]:
        """Return what stands under a key where that is a mapping, else an empty one."""
        found = self.raw.get(key)
        return found if isinstance(found, dict) else {}

    def place(self, *key: str | int) -> Place:
        """Return the place of a part, by its path of keys and indexes."""
        return self.document.place(key)

    def answers_file(self) -> Document:
        """Return the answers as an answers file whose places are those of the scenario file."""
        return Document(self.path, {"answers": self.mapping("answers")}, self.document.places)
