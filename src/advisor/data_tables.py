"""Trees of frozen dataclasses as tables of texts and numbers, which JSON can hold, and back.

What is equal is written once. Things come in batches of one kind, each after all that it is made of, and a batch
has a column for each field: so reading back many thousand things is the work of a few loops.

Reading runs nothing that stands in the tables: only dataclasses of this program are made, and no code of theirs is
called.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from itertools import groupby, islice, repeat
from operator import itemgetter
from types import MappingProxyType, NoneType
from typing import Any, Final

PROGRAM: Final = __name__.partition(".")[0]

Column = Sequence[int]
"""Numbers of things, which are counted in the order in which they are read."""

_LEAVES: Final = (NoneType, bool, int, float, str)
_SERIES: Final[Mapping[str, Callable[[Iterable[Any]], Any]]] = {"tuple": tuple, "list": list, "set": frozenset}
_MAPPINGS: Final[Mapping[str, Callable[[dict[Any, Any]], Any]]] = {"dict": dict, "read-only": MappingProxyType}


def to_tables(thing: object) -> dict[str, Any]:
    """Return plain data from which `from_tables` makes what equals `thing`.

    Raises `TypeError` where something in it is no dataclass of this program, tuple, list, frozenset, mapping, day,
    text, number, truth value or None.
    """
    writer = _Writer()
    writer.number(thing)
    return writer.tables()


def from_tables(tables: Any) -> Any:
    """Return the thing that tables hold.

    Raises `LookupError`, `TypeError`, `ValueError` or `AttributeError` where they are none that `to_tables` gives.
    """
    things: list[Any] = [*tables["leaves"], *map(date.fromisoformat, tables["days"])]
    for kind, count, columns in tables["batches"]:
        things += _batch(kind, count, columns, things)
    return things[-1]


# -- reading ------------------------------------------------------------------------------------------------


def _batch(kind: str, count: Any, columns: Sequence[Column], things: list[Any]) -> Iterable[Any]:
    """Return the things of a batch; `count` is their number or, of those of no fixed size, the size of each."""
    read = [map(things.__getitem__, column) for column in columns]
    if kind in _SERIES:
        (parts,) = read
        return [_SERIES[kind](islice(parts, size)) for size in count]
    if kind in _MAPPINGS:
        items = zip(*read, strict=True)
        return [_MAPPINGS[kind](dict(islice(items, size))) for size in count]
    if any(len(column) != count for column in columns):
        raise ValueError(kind)
    return _dataclasses(_dataclass(kind), count, read)


def _dataclass(name: str) -> type[Any]:
    """Return the dataclass that a name stands for. Raises `LookupError` or `AttributeError` where it is none."""
    module, _, own = name.rpartition(".")
    found: Any = getattr(sys.modules[module], own)
    if module.partition(".")[0] != PROGRAM or not (isinstance(found, type) and is_dataclass(found)):
        raise LookupError(name)
    return found


def _dataclasses(kind: type[Any], count: int, columns: Sequence[Iterator[Any]]) -> list[Any]:
    made = [object.__new__(kind) for _ in range(count)]
    for part, column in zip(fields(kind), columns, strict=True):
        # As quick as it gets: none of these loops runs in Python.
        deque(map(object.__setattr__, made, repeat(part.name), column), maxlen=0)
    return made


# -- writing ------------------------------------------------------------------------------------------------


class _Writer:
    """Gives each thing a number, and notes what it is made of."""

    def __init__(self) -> None:
        self._numbers: dict[Any, int] = {}
        self._of_thing: dict[int, int] = {}
        self._written: list[tuple[int, str, Any]] = []
        """Of each thing: how deep what it is made of goes, its kind, and the leaf or the numbers of its parts."""

    def number(self, thing: Any) -> int:
        """Return the number of a thing. Raises `TypeError`."""
        if isinstance(thing, _LEAVES):
            return self._leaf(str(thing) if isinstance(thing, str) else thing)
        if id(thing) not in self._of_thing:
            self._of_thing[id(thing)] = self._composed(thing)
        return self._of_thing[id(thing)]

    def _leaf(self, value: Any) -> int:
        return self._noted(0, "", value)

    def _composed(self, thing: Any) -> int:
        match thing:
            case date():
                return self._noted(0, "day", thing.isoformat())
            case tuple():
                return self._parts("tuple", thing)
            case list():
                return self._parts("list", thing)
            case frozenset():
                return self._parts("set", thing)
            case dict():
                return self._parts("dict", [*thing, *thing.values()])
            case MappingProxyType():
                return self._parts("read-only", [*thing, *thing.values()])
            case _ if is_dataclass(thing) and not isinstance(thing, type):
                kind = type(thing)
                name = f"{kind.__module__}.{kind.__qualname__}"
                return self._parts(name, [getattr(thing, part.name) for part in fields(thing)])
            case _:
                raise TypeError(f"{type(thing).__name__} has no place in a table")

    def _parts(self, kind: str, parts: Iterable[Any]) -> int:
        numbers = tuple(map(self.number, parts))
        depth = 1 + max((self._written[number][0] for number in numbers), default=0)
        return self._noted(depth, kind, numbers)

    def _noted(self, depth: int, kind: str, content: Any) -> int:
        # The type counts because 1 and True are equal.
        key = kind, type(content), content
        if key not in self._numbers:
            self._numbers[key] = len(self._written)
            self._written.append((depth, kind, content))
        return self._numbers[key]

    def tables(self) -> dict[str, Any]:
        """Return everything that was noted; the deepest thing, which is the whole, comes last."""
        order = sorted(range(len(self._written)), key=lambda number: self._written[number][:2])
        places = {number: place for place, number in enumerate(order)}
        written = [self._written[number] for number in order]
        return {
            "leaves": [content for depth, kind, content in written if kind == ""],
            "days": [content for depth, kind, content in written if kind == "day"],
            "batches": [
                _columns(kind, [[places[number] for number in content] for _, _, content in batch])
                for (depth, kind), batch in groupby(written, key=itemgetter(0, 1))
                if depth > 0
            ],
        }


def _columns(kind: str, rows: list[list[int]]) -> list[Any]:
    if kind in _SERIES:
        return [kind, [len(row) for row in rows], [[number for row in rows for number in row]]]
    if kind in _MAPPINGS:
        sizes = [len(row) // 2 for row in rows]
        keys = [number for row, size in zip(rows, sizes, strict=True) for number in row[:size]]
        values = [number for row, size in zip(rows, sizes, strict=True) for number in row[size:]]
        return [kind, sizes, [keys, values]]
    return [kind, len(rows), [list(column) for column in zip(*rows, strict=True)]]
