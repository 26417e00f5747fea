"""Frozen dataclasses whose mappings cannot be changed either, by whoever gets hold of them."""

from __future__ import annotations

from dataclasses import fields
from types import MappingProxyType
from typing import Any


class ReadOnly:
    """Base of frozen dataclasses without slots: mappings in their fields are handed out read-only.

    Copies and pickles hold the fields alone; cached properties are worked out anew.
    """

    def __post_init__(self) -> None:
        for part in fields(self):  # type: ignore[arg-type]
            value = getattr(self, part.name)
            if isinstance(value, dict):
                object.__setattr__(self, part.name, MappingProxyType(value))

    def __getstate__(self) -> dict[str, Any]:
        values = {part.name: getattr(self, part.name) for part in fields(self)}  # type: ignore[arg-type]
        return {name: dict(v) if isinstance(v, MappingProxyType) else v for name, v in values.items()}

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name, value in state.items():
            object.__setattr__(self, name, MappingProxyType(value) if isinstance(value, dict) else value)
