"""Values as YAML files write them, for messages and reports."""

from __future__ import annotations

from typing import Any, Final

MOST: Final = 40


def written(value: Any) -> str:
    """Return a value as a file writes it."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(written, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {written(part)}" for key, part in value.items()) + "}"
    return str(value)


def shown(value: Any) -> str:
    """Return a wrong value as its author may have written it, cut to a length that fits a message."""
    text = {True: "yes", False: "no"}[value] if isinstance(value, bool) else written(value)
    return text if len(text) <= MOST else text[: MOST - 3] + "..."
