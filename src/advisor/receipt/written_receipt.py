"""A receipt as text: JSON, one entry a line, so that two receipts can be laid side by side."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from typing import Any

from advisor.receipt.fingerprint import seal_of
from advisor.receipt.receipt import SCHEMA, Receipt


def receipt_text(receipt: Receipt) -> str:
    """Return the receipt as the content of its file."""
    data = {"schema": SCHEMA, **plain(receipt)}
    data["seal"] = seal_of(data)
    return "{\n" + ",\n".join(f"  {_json(key)}: {_entries(value)}" for key, value in data.items()) + "\n}\n"


def plain(thing: Any) -> Any:
    """Return a dataclass, and what is in it, as data that JSON can hold; parts at their defaults are left out."""
    if is_dataclass(thing):
        return {
            part.name: plain(getattr(thing, part.name))
            for part in fields(thing)
            if part.default is MISSING or getattr(thing, part.name) != part.default
        }
    if isinstance(thing, Mapping):
        return {key: plain(value) for key, value in thing.items()}
    if isinstance(thing, (tuple, list)):
        return [plain(value) for value in thing]
    return thing.isoformat() if isinstance(thing, date) else thing


def _entries(value: Any) -> str:
    if not isinstance(value, (dict, list)) or not value:
        return _json(value)
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return opening + "\n" + ",\n".join(f"    {line}" for line in _lines(value)) + f"\n  {closing}"


def _lines(value: dict[str, Any] | list[Any]) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (f"{_json(key)}: {_json(part)}" for key, part in value.items())
    else:
        yield from map(_json, value)


def _json(value: Any) -> str:
    """Return JSON that can be written as UTF-8 (half a surrogate pair cannot, unless it is escaped)."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value)
    return text
