"""A YAML or JSON file as plain data that remembers where everything stood.

The reader walks the event stream of PyYAML's C parser itself, so that it can refuse what a knowledge or
answers file never needs and what can do harm: anchors and aliases (an alias bomb), tags, duplicate keys,
endless nesting, and files over a stated size.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from itertools import islice
from operator import getitem
from pathlib import Path
from typing import Any

import yaml
from yaml.reader import ReaderError

from advisor.folders import content_of
from advisor.problem import InputError, Place, Problem, place_of

MAX_BYTES = 4_000_000
MAX_DEPTH = 40

Key = tuple[str | int, ...]

WORDS = ("tag:yaml.org,2002:value", "tag:yaml.org,2002:merge")
PLAIN_NUMBERS = {
    "tag:yaml.org,2002:int": re.compile(r"[-+]?(0|[1-9][0-9]{0,17})"),
    "tag:yaml.org,2002:float": re.compile(r"[-+]?[0-9]{1,17}\.[0-9]{1,17}"),
}

SYNTAX = {
    "mapping values are not allowed": "yaml.syntax.colon",
    "could not find expected ':'": "yaml.syntax.no_colon",
    "did not find expected key": "yaml.syntax.indentation",
    "did not find expected '-' indicator": "yaml.syntax.indentation",
    "block sequence entries are not allowed": "yaml.syntax.entry",
    "did not find expected ',' or ']'": "yaml.syntax.list",
    "did not find expected ',' or '}'": "yaml.syntax.mapping",
    "did not find expected node content": "yaml.syntax.bracket",
    "found character that cannot start any token": "yaml.syntax.character",
    "found a tab character": "yaml.syntax.tab",
    "found unexpected end of stream": "yaml.syntax.quote",
    "found unexpected document indicator": "yaml.syntax.quote",
    "found unknown escape character": "yaml.syntax.escape",
    "control characters are not allowed": "yaml.syntax.control",
}
"""What the parser says of broken YAML, and which message says it to people."""


@dataclass(frozen=True, slots=True)
class Document:
    """The data of one file and the place of each part of it, by its path of keys and indexes."""

    path: Path
    data: Any
    places: dict[Key, Place] = field(repr=False)

    def place(self, key: Key = ()) -> Place:
        """Return the place of the part at `key`, or of the nearest part around it."""
        while key and key not in self.places:
            key = key[:-1]
        return self.places[key] if key in self.places else place_of(self.path)

    def problem(self, key: Key, message: str, **values: str) -> Problem:
        """Return a finding about the part at `key`; `message` is its key in the catalogue, with what that needs."""
        return Problem(self.place(key), message, values)

    def part(self, key: Key) -> Any:
        """Return the data at `key`. Raises `LookupError` where there is none."""
        return reduce(getitem, key, self.data)

    def items(self, name: str) -> Iterator[Document]:
        """Yield each mapping in the list under a key as a document of its own; anything else is passed over."""
        places: dict[str | int, dict[Key, Place]] = {}
        for key, place in self.places.items():
            if len(key) > 1 and key[0] == name:
                places.setdefault(key[1], {})[key[2:]] = place
        for index, data in enumerate(self.data[name]):
            if isinstance(data, dict):
                yield Document(self.path, data, places[index])


def read_document(path: Path, *, pipes: bool = True) -> Document:
    """Read the file at `path`, which may be a pipe or a device unless `pipes` is false.

    Raises `InputError` where it cannot be read, is larger than `MAX_BYTES` or is not acceptable YAML.
    """
    # Never more than is accepted, so that a device without end is not read to its end.
    return parse_document(content_of(path, MAX_BYTES + 1, pipes=pipes), path)


def parse_document(raw: bytes, path: Path, max_bytes: int = MAX_BYTES) -> Document:
    """Parse `raw`; `path` is only named in messages. Raises `InputError`."""
    place, text = place_of(path), text_in(raw, path, max_bytes)
    builder = _Builder(path)
    try:
        data = builder.build(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = place_of(path, mark.line + 1, mark.column + 1) if mark else place
        raise InputError([_syntax(where, text, str(error.problem))]) from error
    except ReaderError as error:
        # The parser counts bytes.
        before = text.encode()[: error.position].decode(errors="ignore")
        where = place_of(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
        raise InputError([_syntax(where, text, error.reason)]) from error
    except yaml.YAMLError as error:
        raise InputError([_syntax(place, text, str(error))]) from error
    if builder.problems:
        raise InputError(builder.problems)
    return Document(path, data, builder.places)


def _syntax(where: Place, text: str, reason: str) -> Problem:
    """Return what is said of broken YAML: in our words where the parser's are known, else in its own."""
    message = next((message for said, message in SYNTAX.items() if said in reason), "yaml.syntax")
    line = next(islice(text.splitlines(), max(where.line - 1, 0), None), "")
    before, rest = line[: max(where.column - 1, 0)], line[max(where.column - 1, 0) :]
    if message == "yaml.syntax.character" and rest.startswith("\t"):
        message = "yaml.syntax.tab"
    if message == "yaml.syntax.indentation" and before.strip():
        message = "yaml.syntax.behind"
    return Problem(where, message, {"reason": reason} if message == "yaml.syntax" else {})


def text_in(raw: bytes, path: Path, max_bytes: int) -> str:
    """Return the text of a file. Raises `InputError` where it is larger than `max_bytes` or no UTF-8."""
    if len(raw) > max_bytes:
        told = {"size": str(len(raw)), "most": str(max_bytes)}
        raise InputError([Problem(place_of(path), "file.too_large", told)])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError([Problem(place_of(path, line, 1), "file.not_utf8")]) from error


class DuplicateKeyError(Exception):
    """A key that stands twice in one object of JSON; the message is the key."""


def without_duplicates(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of JSON: an `object_pairs_hook` of `json.loads`. Raises `DuplicateKeyError`."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise DuplicateKeyError(key)
        found[key] = value
    return found


class _Resolver(yaml.resolver.Resolver, yaml.constructor.SafeConstructor):
    """PyYAML's own notion of what an untagged scalar means."""

    def __init__(self) -> None:
        yaml.resolver.Resolver.__init__(self)
        yaml.constructor.SafeConstructor.__init__(self)

    def scalar(self, event: yaml.ScalarEvent) -> Any:
        tag = self.resolve(yaml.ScalarNode, event.value, event.implicit)  # type: ignore[no-untyped-call]
        plain = PLAIN_NUMBERS.get(tag)
        if tag in WORDS or (plain and not plain.fullmatch(event.value)):
            # YAML 1.1 reads 010 as 8 and 1:30 as 90; here a number is what people write as one.
            return event.value
        return self.construct_object(yaml.ScalarNode(tag, event.value))


class _Builder:
    """Builds plain data from events without recursion on the C stack, noting places and problems."""

    def __init__(self, path: Path) -> None:
        self.file = place_of(path).file
        self.places: dict[Key, Place] = {}
        self.problems: list[Problem] = []
        self.resolver = _Resolver()

    def build(self, events: Iterator[yaml.Event]) -> Any:
        content = self._content(events)
        first = next(content, None)
        if first is None:
            return None
        data = self._node(first, content, ())
        for event in islice(content, 1):
            self._problem(event, "yaml.several_documents")
        deque(content, maxlen=0)  # what cannot be read at all is told of first
        return data

    def _content(self, events: Iterator[yaml.Event]) -> Iterator[yaml.Event]:
        depth = 0
        for event in events:
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    where = self._at(event)
                    raise InputError([Problem(where, "yaml.too_deep", {"most": str(MAX_DEPTH)})])
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                # Refused at the first one: what follows may be an expansion without end.
                name = str(getattr(event, "anchor", ""))
                raise InputError([Problem(self._at(event), "yaml.alias", {"name": name})])
            if isinstance(event, (yaml.NodeEvent, yaml.CollectionEndEvent)):
                yield event

    def _at(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return Place(self.file, mark.line + 1, mark.column + 1) if mark else Place(self.file)

    def _problem(self, event: yaml.Event, key: str, **values: str) -> None:
        self.problems.append(Problem(self._at(event), key, values))

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], key: Key) -> Any:
        """Return the data that begins with `event` and goes on in `events`."""
        self.places[key] = self._at(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if getattr(event, "tag", None) is not None:
            self._problem(event, "yaml.tag", tag=str(getattr(event, "tag", "")))
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, key)
        return self._mapping(events, key)

    def _scalar(self, event: yaml.ScalarEvent) -> Any:
        if event.tag is not None:
            self._problem(event, "yaml.tag", tag=str(event.tag))
            return None
        try:
            return self.resolver.scalar(event)
        except (ValueError, OverflowError, yaml.YAMLError) as error:
            self._problem(event, "yaml.value", value=event.value[:40], reason=str(error))
            return None

    def _sequence(self, events: Iterator[yaml.Event], key: Key) -> list[Any]:
        items: list[Any] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._node(event, events, (*key, len(items))))
        return items

    def _mapping(self, events: Iterator[yaml.Event], key: Key) -> dict[Any, Any]:
        mapping: dict[Any, Any] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                self._problem(event, "yaml.key")
                self._node(event, events, (*key, "?"))
                self._node(next(events), events, (*key, "?"))
                continue
            # A key is always a word here: `no: ...` must not become the key False.
            name = event.value
            if name in mapping:
                self._problem(event, "yaml.duplicate_key", name=name)
            mapping[name] = self._node(next(events), events, (*key, name))
            self.places[(*key, name, "#key")] = self._at(event)
        return mapping
