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
from functools import cache
from itertools import groupby, islice, repeat
from operator import attrgetter, itemgetter
from types import MappingProxyType, NoneType
from typing import Any, Final

PROGRAM: Final = __name__.partition(".")[0]

Column = Sequence[int]
"""Numbers of things, which are counted in the order in which they are read."""

LEAF, DAY = "leaves", "days"
_LEAVES: Final = (NoneType, bool, int, float, str)
_SERIES: Final[Mapping[str, Callable[[Iterable[Any]], Any]]] = {"tuple": tuple, "list": list, "set": frozenset}
_MAPPINGS: Final[Mapping[str, Callable[[dict[Any, Any]], Any]]] = {"dict": dict, "read-only": MappingProxyType}
_NAMES: Final = {kind: name for name, kind in (*_SERIES.items(), *_MAPPINGS.items())}


def to_tables(thing: object) -> dict[str, Any]:
    """Return plain data from which `from_tables` makes what equals `thing`.

    Raises `TypeError` where something in it is no dataclass with fields, tuple, list, frozenset, mapping, day,
    text, number, truth value or None.
    """
    writer = _Writer()
    writer.number(thing)
    return writer.tables()


def from_tables(tables: Any) -> Any:
    """Return the thing that tables hold.

    Raises `LookupError`, `TypeError`, `ValueError` or `AttributeError` where they are none that `to_tables` gives.
    """
    things: list[Any] = [*map(date.fromisoformat, tables[DAY]), *tables[LEAF]]
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
    if {len(column) for column in columns} != {count}:
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
        self._of_thing: dict[int, int] = {}
        self._of_content: dict[Any, int] = {}
        self._depths: list[int] = []
        self._written: list[tuple[str, Any]] = []
        """Of each thing its kind, and the leaf itself or the numbers of its parts."""

    def number(self, thing: Any) -> int:
        """Return the number of a thing. Raises `TypeError`."""
        found = self._of_thing.get(id(thing))
        if found is None:
            kind, taken_apart = _way(type(thing))  # type: ignore[arg-type]  # to mypy no class can be hashed
            content, depth = thing, 0
            if taken_apart is None:
                content = _leaf(kind, thing)
            else:
                content = tuple([self.number(part) for part in taken_apart(thing)])
                depth = 1 + max([self._depths[part] for part in content], default=0)
            found = self._of_thing[id(thing)] = self._noted(kind, content, depth)
        return found

    def _noted(self, kind: str, content: Any, depth: int) -> int:
        # The type counts because 1 and True are equal.
        key = kind, type(content), content
        found = self._of_content.setdefault(key, len(self._written))
        if found == len(self._written):
            self._written.append((kind, content))
            self._depths.append(depth)
        return found

    def tables(self) -> dict[str, Any]:
        """Return everything that was noted; the deepest thing, which is the whole, comes last."""
        order = sorted((depth, self._written[number][0], number) for number, depth in enumerate(self._depths))
        places = [0] * len(order)
        for place, (_, _, number) in enumerate(order):
            places[number] = place
        batches = [
            (kind, [self._written[number][1] for _, _, number in batch])
            for (_, kind), batch in groupby(order, key=itemgetter(0, 1))
        ]
        found: dict[str, Any] = {LEAF: [], DAY: [], "batches": []}
        for kind, contents in batches:
            if kind in (LEAF, DAY):
                found[kind] += contents
            else:
                found["batches"].append(_columns(kind, [[places[part] for part in parts] for parts in contents]))
        return found


TakenApart = Callable[[Any], Iterable[Any]]


@cache
def _way(kind: type[Any]) -> tuple[str, TakenApart | None]:
    """Return what things of a type are called in tables, and what gives their parts (None: they have none)."""
    if issubclass(kind, _LEAVES):
        return LEAF, None
    if kind is date:
        return DAY, None
    if kind in _NAMES:
        return _NAMES[kind], iter if _NAMES[kind] in _SERIES else _keys_and_values
    if not (is_dataclass(kind) and fields(kind)):
        raise TypeError(f"{kind.__name__} has no place in a table")
    names = [part.name for part in fields(kind)]
    # Several names give a tuple of values, one gives the value itself.
    taken_apart = attrgetter(*names) if len(names) > 1 else lambda thing: [getattr(thing, name) for name in names]
    return f"{kind.__module__}.{kind.__qualname__}", taken_apart


def _leaf(kind: str, thing: Any) -> Any:
    if kind == DAY:
        return thing.isoformat()
    return str(thing) if isinstance(thing, str) else thing


def _keys_and_values(mapping: Mapping[Any, Any]) -> Iterable[Any]:
    return [*mapping, *mapping.values()]


def _columns(kind: str, rows: list[list[int]]) -> list[Any]:
    if kind in _SERIES:
        return [kind, [len(row) for row in rows], [[number for row in rows for number in row]]]
    if kind in _MAPPINGS:
        sizes = [len(row) // 2 for row in rows]
        keys = [number for row, size in zip(rows, sizes, strict=True) for number in row[:size]]
        values = [number for row, size in zip(rows, sizes, strict=True) for number in row[size:]]
        return [kind, sizes, [keys, values]]
    return [kind, len(rows), [list(column) for column in zip(*rows, strict=True)]]
