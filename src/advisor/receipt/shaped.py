"""Plain data read into frozen dataclasses: what is missing, unknown or of a wrong kind is noted with its place.

The dataclasses of a receipt are its format, so they are what data is held against. Known are words, whole numbers,
truth values, days, one of several words, tuples, mappings from words, dataclasses, and alternatives of these.
"""

from __future__ import annotations

import reprlib
import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from advisor.knowledge.document import Key
from advisor.problem import nearest

NOTHING = object()
"""Stands for data that could not be read; a finding says why."""

# Whoever reads findings needs the first few; a hostile file has as many as it likes.
MOST_FINDINGS = 20

Finding = tuple[Key, str, dict[str, str]]
KIND_KEYS = {
    str: "receipt.not_text",
    bool: "receipt.not_flag",
    int: "receipt.not_whole",
    date: "receipt.not_day",
    tuple: "receipt.not_list",
    Mapping: "receipt.not_mapping",
}


class Shaper:
    """Reads data; findings gather in `findings`: the path of keys, the key of a message and its values."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self._hints: dict[type, dict[str, Any]] = {}

    def read(self, hint: Any, data: Any, key: Key = ()) -> Any:
        """Return `data` as `hint` says, or `NOTHING` with a finding noted."""
        origin, parts = get_origin(hint), get_args(hint)
        if origin in (Union, types.UnionType):
            return self._alternative(parts, data, key)
        if origin is Literal:
            if data not in parts or not isinstance(data, str):
                return self._wrong(key, "receipt.not_one_of", data, known=", ".join(map(str, parts)))
            return data
        if not _fits(hint, data):
            return self._wrong(key, KIND_KEYS[Mapping if is_dataclass(hint) else origin or hint], data)
        if is_dataclass(hint):
            return self._record(hint, data, key)  # type: ignore[arg-type]
        if origin is tuple:
            return self._whole(tuple(self.read(parts[0], part, (*key, i)) for i, part in enumerate(data)))
        if origin is not None:
            found = {name: self.read(parts[1], part, (*key, name)) for name, part in data.items()}
            return NOTHING if any(part is NOTHING for part in found.values()) else found
        return date.fromisoformat(data) if hint is date else data

    def _whole(self, found: tuple[Any, ...]) -> Any:
        return NOTHING if any(part is NOTHING for part in found) else found

    def _alternative(self, parts: tuple[Any, ...], data: Any, key: Key) -> Any:
        if data is None and types.NoneType in parts:
            return None
        fitting = next((part for part in parts if part is not types.NoneType and _fits(part, data)), None)
        if fitting is None:
            several = [part for part in parts if part is not types.NoneType]
            # Where there is one way only, its own message says what was expected.
            return (
                self.read(several[0], data, key)
                if len(several) == 1
                else self._wrong(key, "receipt.not_fitting", data)
            )
        return self.read(fitting, data, key)

    def _record(self, shape: type, data: dict[str, Any], key: Key) -> Any:
        parts = {part.name: part for part in fields(shape)}
        if shape not in self._hints:
            self._hints[shape] = get_type_hints(shape)
        for name in data:
            if name not in parts:
                values = {"name": shown(name), "near": nearest(name[:80], parts)}
                self._note((*key, name, "#key"), "key.unknown", values)
        found: dict[str, Any] = {}
        for name, part in parts.items():
            if name in data:
                found[name] = self.read(self._hints[shape][name], data[name], (*key, name))
            elif _needed(part):
                self._note(key, "key.missing", {"name": name})
                found[name] = NOTHING
        if any(part is NOTHING for part in found.values()) or not set(data) <= set(parts):
            return NOTHING
        return shape(**found)

    def _wrong(self, key: Key, message: str, data: Any, **values: str) -> Any:
        name = next((str(step) for step in reversed(key) if isinstance(step, str)), "")
        self._note(key, message, {"name": shown(name), "given": shown(data), **values})
        return NOTHING

    def _note(self, key: Key, message: str, values: dict[str, str]) -> None:
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append((key, message, values))


def _needed(part: Field[Any]) -> bool:
    return part.default is MISSING and part.default_factory is MISSING


def _fits(hint: Any, data: Any) -> bool:
    """Whether data is of the right kind at its outside."""
    origin = get_origin(hint) or hint
    if origin is Literal:
        return isinstance(data, str)
    if is_dataclass(origin) or origin is Mapping:
        return isinstance(data, dict)
    if origin is tuple:
        return isinstance(data, list)
    if origin is int:
        return isinstance(data, int) and not isinstance(data, bool)
    if origin is date:
        return isinstance(data, str) and _is_day(data)
    return isinstance(data, origin)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def shown(value: Any) -> str:
    """Return a value as the file may have written it, cut to a length that fits a message."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = value if isinstance(value, str) else reprlib.repr(value)
    text = "".join(letter if letter.isprintable() else "?" for letter in text[:41])
    return text if len(text) <= 40 else text[:37] + "..."
