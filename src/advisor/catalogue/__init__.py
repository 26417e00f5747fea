"""The texts that the program itself says, in both languages (the YAML files of this folder)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import cast

import yaml

from advisor.escaping import on_one_line
from advisor.template import filled
from advisor.text import LANGUAGES, Language, Text


@cache
def messages() -> dict[str, dict[str, str]]:
    """Return the whole catalogue: key -> language -> sentence."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted(Path(__file__).parent.glob("*.yaml")):
        source = path.read_text(encoding="utf-8")
        found |= cast("dict[str, dict[str, str]]", yaml.load(source, Loader=yaml.CSafeLoader))
    return found


def say(key: str, language: Language, **values: object) -> str:
    """Return the sentence `key` in `language` with `values` filled in, a `Text` among them in the same language.

    A value stays on its line and shows its control characters, wherever it comes from. Raises `KeyError` where the
    key is unknown.
    """
    said = {
        name: on_one_line(value.in_language(language) if isinstance(value, Text) else str(value))
        for name, value in values.items()
    }
    return filled(messages()[key][language], said)


def text_of(key: str, **values: object) -> Text:
    """Return the sentence `key` in both languages; see `say`."""
    return Text(**{language: say(key, language, **values) for language in LANGUAGES})
