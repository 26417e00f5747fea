"""Results as plain data: one writer for every command that offers JSON."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from typing import Any, Final

from advisor.text import Language, Text

UNWRITTEN: Final = {"written": "never"}
"""Metadata of a field that JSON leaves out: `field(metadata=UNWRITTEN)`."""

UNLESS_DEFAULT: Final = {"written": "unless default"}
"""Metadata of a field that JSON leaves out where it has its default value."""


def plain(thing: object, language: Language) -> Any:
    """Return a result as data that JSON can hold.

    A dataclass becomes an object with a key for each field, in their order (see `UNWRITTEN` and
    `UNLESS_DEFAULT`); a `Text` becomes its sentence in `language`, a date its ISO form, a tuple or list an array,
    a set a sorted array. Words, numbers, truth values and None stay as they are.

    Raises `TypeError` for anything else.
    """
    match thing:
        case None | bool() | int() | float() | str():
            return thing
        case Text():
            return thing.in_language(language)
        case date():
            return thing.isoformat()
        case Mapping():
            return {str(key): plain(value, language) for key, value in thing.items()}
        case tuple() | list():
            return [plain(value, language) for value in thing]
        case AbstractSet():
            return sorted(plain(value, language) for value in thing)
        case _ if is_dataclass(thing) and not isinstance(thing, type):
            return {
                part.name: plain(getattr(thing, part.name), language)
                for part in fields(thing)
                if _is_written(part, getattr(thing, part.name))
            }
        case _:
            raise TypeError(f"{type(thing).__name__} has no form in JSON")


def _is_written(part: Field[Any], value: object) -> bool:
    match part.metadata.get("written"):
        case "never":
            return False
        case "unless default":
            default = part.default_factory() if part.default_factory is not MISSING else part.default
            return bool(value != default)
        case _:
            return True
