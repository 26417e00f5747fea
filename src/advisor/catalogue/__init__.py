"""The texts that the program itself says, in both languages (the YAML files of this folder)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import cast

import yaml

from advisor.escaping import on_one_line
from advisor.text import Language


@cache
def messages() -> dict[str, dict[str, str]]:
    """Return the whole catalogue: key -> language -> sentence."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted(Path(__file__).parent.glob("*.yaml")):
        source = path.read_text(encoding="utf-8")
        found |= cast("dict[str, dict[str, str]]", yaml.load(source, Loader=yaml.CSafeLoader))
    return found


def say(key: str, language: Language, **values: object) -> str:
    """Return the sentence `key` in `language` with `values` filled in; KeyError where the key is unknown.

    A value stays on its line and shows its control characters, wherever it comes from.
    """
    return messages()[key][language].format(**{name: _shown(value) for name, value in values.items()})


def _shown(value: object) -> object:
    return value if isinstance(value, int | float) else on_one_line(str(value))
