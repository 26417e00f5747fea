"""The files of kbase/ and rules/ as they were written, and the place of each thing in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from advisor.knowledge.document import Document, Key, document_in
from advisor.knowledge.library import FACTORS, STEPS
from advisor.problem import Place, place_of
from advisor.snapshot import Snapshot, read_together
from advisor.text import LANGUAGES

EXCEPTIONS = "exceptions.yaml"
FOLDERS = ("questions", "instruments", "terms", "cases", "drafts")
FILES = (
    "blanks",
    "conclusions",
    "doubts",
    "exceptions",
    "factors",
    "facts",
    "glossary",
    "groups",
    "holidays",
    "knowledge",
    "papers",
    "registry",
    "steps",
    "timetable",
)


@dataclass(frozen=True, slots=True)
class Written:
    """One text in a file: its place, its path of keys without list numbers, and both sentences."""

    document: Document
    key: Key
    id: str
    en: str

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.document.place(self.key)


@dataclass(frozen=True)
class Files:
    """All documents, and an index of what has an id."""

    kbase: tuple[Document, ...]
    rules: tuple[Document, ...]
    _places: dict[tuple[str, str], Place] = field(init=False, repr=False, default_factory=dict)
    _files: dict[str, str] = field(init=False, repr=False, default_factory=dict)

    @classmethod
    def read(cls, kbase: Path, rules: Path) -> Files:
        """Read both folders. Raises `InputError` where a file cannot be read."""
        return cls.of(*read_together(kbase, rules))

    @classmethod
    def of(cls, kbase: Snapshot, rules: Snapshot) -> Files:
        """Parse both folders as they were when they were read. Raises `InputError` where a file cannot be read."""
        paths = [path for path in kbase.files(kbase.folder) if path.stem in FILES]
        for folder in FOLDERS:
            paths += kbase.files(kbase.folder / folder)
        return cls(
            tuple(document_in(kbase, path) for path in paths),
            tuple(document_in(rules, path) for path in rules.files(rules.folder)),
        )

    def __post_init__(self) -> None:
        for document in self.kbase:
            self._index(document)
            self._index_clauses(document)
        for document in self.rules:
            file = place_of(document.path).file
            self._files[Path(file).name] = file

    def place(self, part: str, name: str) -> Place:
        """Return where a thing with an id stands: ("facts", "era"), ("terms", "needs.talk"), ("steps", "sign").

        Options are ("options", "sector=roads"), groups ("groups", "counterparts.region"), clauses of drafts
        ("clauses", "agreement.scope"). KeyError where there is no such thing.
        """
        return self._places[(part, name)]

    def of_fact(self, name: str) -> Place:
        """Return where a fact (a conclusion or an intermediate one) stands. KeyError where there is none."""
        return self._places.get(("conclusions", name)) or self._places[("facts", name)]

    def of_term(self, table: str, term: str) -> Place:
        """Return where a term of a table, a factor or a step stands. KeyError where there is none."""
        part = {FACTORS: "factors", STEPS: "steps"}.get(table)
        return self._places[("terms", f"{table}.{term}") if part is None else (part, term)]

    def of_rule(self, place: Place) -> Place:
        """Return the place of a rule, or of a part of one, with its file named as seen from here."""
        return replace(place, file=self._files[Path(place.file).name])

    def texts(self) -> Iterator[Written]:
        """Yield every text in both languages, file by file."""
        for document in (*self.kbase, *self.rules):
            for key, data in nodes(document.data):
                if isinstance(data, dict) and set(data) == set(LANGUAGES):
                    yield Written(document, key, str(data["id"]).strip(), str(data["en"]).strip())

    def _index(self, document: Document) -> None:
        data = document.data
        for part, items in data.items():
            if not isinstance(items, list):
                continue
            for index, item in enumerate(items):
                if isinstance(item, dict) and isinstance(item.get("id"), str):
                    place = document.place((part, index, "id"))
                    self._places[(part, _name(part, item, data))] = place
                    self._options(document, item, (part, index))

    def _index_clauses(self, document: Document) -> None:
        """Index the clauses of drafts: ("clauses", "agreement.scope")."""
        if "draft" not in document.data:
            return
        for number, part in enumerate(document.data["parts"]):
            for index, clause in enumerate(part.get("clauses", ())):
                place = document.place(("parts", number, "clauses", index, "id"))
                self._places[("clauses", f"{document.data['draft']}.{clause['id']}")] = place

    def _options(self, document: Document, item: dict[str, Any], key: Key) -> None:
        for index, option in enumerate(item.get("options", ())):
            if isinstance(option, dict):
                place = document.place((*key, "options", index, "id"))
                self._places[("options", f"{item['id']}={option['id']}")] = place


def _name(part: str, item: dict[str, Any], data: dict[str, Any]) -> str:
    """Return the id by which a thing is known where ids of several files could be the same."""
    if part == "terms" and "table" in data:
        return f"{data['table']}.{item['id']}"
    return f"{item['question']}.{item['id']}" if part == "groups" else str(item["id"])


def subject_of(document: Document, key: Key) -> str:
    """Return how a part of a file is named: the id of the innermost thing around it and the keys from there.

    For example `wonosobo.title`; the name of the file stands for the id where nothing around it has one.
    """
    around = [document.data]
    for step in key:
        around.append(around[-1][step])
    for depth in range(len(key), -1, -1):
        thing = around[depth]
        if isinstance(thing, dict) and isinstance(thing.get("id"), str) and set(thing) - set(LANGUAGES):
            return ".".join([thing["id"], *map(str, key[depth:])])
    return ".".join([document.path.stem, *map(str, key)])


def nodes(data: Any, key: Key = ()) -> Iterator[tuple[Key, Any]]:
    """Yield every part of plain data with its path, from the outside in."""
    yield key, data
    if isinstance(data, dict):
        for name, value in data.items():
            yield from nodes(value, (*key, name))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from nodes(value, (*key, index))
