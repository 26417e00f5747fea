"""The files of scenarios: which there are, and what stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from advisor.folders import yaml_files
from advisor.knowledge.document import Document, read_document
from advisor.knowledge.reading import Reader
from advisor.knowledge.words import Words
from advisor.paths import is_folder, resolved
from advisor.problem import InputError, Place, Problem, place_of
from advisor.scenario.scenario_shape import ScenarioEntry, ScenarioFile


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


class ScenarioFiles:
    """Reads scenario files, each once, and finds entries by id."""

    def __init__(self, words: Mapping[str, Words]) -> None:
        """`words` are those that may be used in scenario files."""
        self.words = words
        self._entries: dict[Path, tuple[Entry, ...]] = {}
        self._by_id: dict[Path, dict[str, Entry]] = {}
        self._problems: dict[Path, tuple[Problem, ...]] = {}

    def entries(self, path: Path) -> tuple[Entry, ...]:
        """Return the entries of a file. Raises `InputError` where it is no scenario file."""
        if path not in self._entries:
            self._entries[path] = ()
            try:
                self._entries[path] = tuple(self._read(path))
            except InputError as error:
                self._problems[path] = error.problems
            self._by_id[path] = {entry.id: entry for entry in reversed(self._entries[path])}
        if path in self._problems:
            raise InputError(self._problems[path])
        return self._entries[path]

    def find(self, name: str, path: Path) -> Entry | None:
        """Return the entry with an id: of the file itself, of files read before, or of others of its folder.

        Raises `InputError` where another file of the folder, which might have it, is no scenario file.
        """
        for known in (path, *self._by_id):
            if name in self._by_id.get(known, {}):
                return self._by_id[known][name]
        for other in yaml_files(path.parent):
            self.entries(other)
            if name in self._by_id[other]:
                return self._by_id[other][name]
        return None

    def ids(self) -> list[str]:
        """Return every id that was read so far."""
        return [entry.id for entries in self._entries.values() for entry in entries]

    def _read(self, path: Path) -> Iterator[Entry]:
        document = read_document(path, pipes=False)
        if document.data is None:
            raise InputError([Problem(document.place(), "file.empty")])
        if not isinstance(document.data, dict):
            raise InputError([Problem(document.place(), "scenario.not_a_file")])
        reader = Reader()
        read = reader.part(document, ScenarioFile[dict[str, Any]])
        if read is None:
            raise InputError(reader.problems)
        for item in document.items("scenarios"):
            yield self._entry(item)

    def _entry(self, document: Document) -> Entry:
        """Return one entry, read by itself: a broken one does not hide what is wrong with others."""
        reader = Reader()
        read = reader.part(document, ScenarioEntry, words=self.words)
        return Entry(document, read.shape if read else None, tuple(reader.problems))


def files_of(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files that are meant: a file itself, and of a folder every `*.yaml` in it, at any depth.

    Raises `InputError` where a folder has none or cannot be looked through. A file that does not exist is returned
    like any other.
    """
    found: dict[Path, Path] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            files = yaml_files(path, deep=True) if is_folder(path) else [path]
        except InputError as error:
            problems += error.problems
            continue
        if not files:
            problems.append(Problem(place_of(path), "folder.empty"))
        for file in files:
            found.setdefault(resolved(file), file)
    if problems:
        raise InputError(problems)
    return tuple(found.values())
