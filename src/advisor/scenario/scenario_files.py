"""The files of scenarios: which there are, and what stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from advisor.folders import yaml_files
from advisor.knowledge.document import Document, read_document
from advisor.problem import InputError, Problem, nearest, place_of
from advisor.scenario.entry import LIST, Entry, entries_of


class ScenarioFiles:
    """Reads scenario files, each once, and finds entries by id."""

    def __init__(self) -> None:
        self._entries: dict[Path, tuple[Entry, ...]] = {}
        self._problems: dict[Path, tuple[Problem, ...]] = {}

    def entries(self, path: Path) -> tuple[Entry, ...]:
        """Return the entries of a file. Raises `InputError` where it is no scenario file."""
        if path not in self._entries:
            self._read(path)
        if self._problems[path]:
            raise InputError(self._problems[path])
        return self._entries[path]

    def find(self, name: str, path: Path) -> Entry | None:
        """Return the entry with an id: of the file itself, of files read before, or of others of its folder.

        Raises `InputError` where another file of the folder, which might have it, is no scenario file.
        """
        for entry in self._known(path):
            if entry.id == name:
                return entry
        for other in _beside(path):
            for entry in self.entries(other):
                if entry.id == name:
                    return entry
        return None

    def ids(self) -> list[str]:
        """Return every id that was read so far."""
        return [entry.id for entries in self._entries.values() for entry in entries]

    def _known(self, first: Path) -> Iterator[Entry]:
        yield from self._entries.get(first, ())
        for path, entries in self._entries.items():
            if path != first:
                yield from entries

    def _read(self, path: Path) -> None:
        self._entries[path] = ()
        try:
            document = read_document(path, pipes=False)
        except InputError as error:
            self._problems[path] = error.problems
            return
        problems = tuple(_shape_problems(document))
        self._problems[path] = problems
        if not problems:
            self._entries[path] = tuple(entries_of(document))


def files_of(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files that are meant: a file itself, and of a folder every `*.yaml` in it, at any depth.

    Raises `InputError` where a folder has none. A file that does not exist is returned like any other.
    """
    found: dict[Path, Path] = {}
    problems: list[Problem] = []
    for path in paths:
        files = yaml_files(path, deep=True) if path.is_dir() else [path]
        if not files:
            problems.append(Problem(place_of(path), "folder.empty"))
        for file in files:
            found.setdefault(file.resolve(), file)
    if problems:
        raise InputError(problems)
    return tuple(found.values())


def _beside(path: Path) -> list[Path]:
    return [other for other in yaml_files(path.parent) if other != path]


def _shape_problems(document: Document) -> Iterator[Problem]:
    """Yield what keeps a document from being a scenario file."""
    data = document.data
    if data is None:
        yield Problem(document.place(), "file.empty")
        return
    if not isinstance(data, dict):
        yield Problem(document.place(), "scenario.not_a_file")
        return
    for key in data:
        if key != LIST:
            yield Problem(document.place((key, "#key")), "key.unknown", {"name": key, "near": nearest(key, [LIST])})
    if LIST not in data:
        yield Problem(document.place(), "key.missing", {"name": LIST})
    elif not isinstance(data[LIST], list) or not data[LIST]:
        yield Problem(document.place((LIST,)), "scenario.not_a_file")
    else:
        for index, raw in enumerate(data[LIST]):
            if not isinstance(raw, dict):
                yield Problem(document.place((LIST, index)), "scenario.not_mapping")
