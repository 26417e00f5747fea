"""A sentence in the two languages of the project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Final, Literal

from advisor.template import filled

Language = Literal["id", "en"]
LANGUAGES: tuple[Language, ...] = ("id", "en")

MOST_CHARACTERS: Final = 5_000
"""How long a text of a file may be: five times the longest of the built-in knowledge."""


@dataclass(frozen=True, kw_only=True)
class Text:
    """One text in Indonesian (`id`) and English (`en`); where it is read from a file, both are there and filled."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {
        "extra": "forbid",
        "str_strip_whitespace": True,
        "str_min_length": 1,
        "str_max_length": MOST_CHARACTERS,
    }

    id: str
    en: str

    def in_language(self, language: Language) -> str:
        """Return the text in `language`."""
        return self.id if language == "id" else self.en

    def filled(self, **values: Text) -> Text:
        """Return the text as a template filled with these texts, language by language. Raises `TemplateError`."""
        return Text(
            id=filled(self.id, {name: value.id for name, value in values.items()}),
            en=filled(self.en, {name: value.en for name, value in values.items()}),
        )
