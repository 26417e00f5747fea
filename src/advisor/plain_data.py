"""Results as plain data: one writer for every command that offers JSON."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache
from types import NoneType
from typing import Any, Final, NamedTuple

from advisor.text import Language, Text

UNWRITTEN: Final = {"written": "never"}
"""Metadata of a field that JSON leaves out: `field(metadata=UNWRITTEN)`."""

UNLESS_DEFAULT: Final = {"written": "unless default"}
"""Metadata of a field that JSON leaves out where it has its default value."""

_STAYS: Final = frozenset({NoneType, bool, int, float, str})


def plain(thing: object, language: Language) -> Any:
    """Return a result as data that JSON can hold.

    A dataclass becomes an object with a key for each field, in their order (see `UNWRITTEN` and
    `UNLESS_DEFAULT`); a `Text` becomes its sentence in `language`, a date its ISO form, a tuple or list an array,
    a set a sorted array. Words, numbers, truth values and None stay as they are.

    Raises `TypeError` for anything else.
    """
    # Results are written by the million, and nearly all that is in them is a word or a tuple of words.
    if type(thing) in _STAYS:
        return thing
    match thing:
        case tuple() | list():
            return [value if type(value) in _STAYS else plain(value, language) for value in thing]
        case bool() | int() | float() | str():
            return thing
        case Text():
            return thing.in_language(language)
        case date():
            return thing.isoformat()
        case Mapping():
            return {str(key): plain(value, language) for key, value in thing.items()}
        case AbstractSet():
            return sorted(plain(value, language) for value in thing)
        case _ if is_dataclass(thing) and not isinstance(thing, type):
            return _members(thing, language)
        case _:
            raise TypeError(f"{type(thing).__name__} has no form in JSON")


class _Part(NamedTuple):
    """A field that is written: always, or only where it does not have its default value."""

    name: str
    always: bool
    default: object


def _members(thing: Any, language: Language) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for part in _parts(type(thing)):  # type: ignore[arg-type]  # to mypy no class can be hashed
        value = getattr(thing, part.name)
        if part.always or value != part.default:
            found[part.name] = value if type(value) in _STAYS else plain(value, language)
    return found


@cache
def _parts(kind: type[Any]) -> tuple[_Part, ...]:
    """Return the fields of a dataclass that are written, in their order."""
    found: list[_Part] = []
    for part in fields(kind):
        written = part.metadata.get("written")
        default = part.default_factory() if part.default_factory is not MISSING else part.default
        if written != "never":
            found.append(_Part(part.name, written != "unless default", default))
    return tuple(found)
