"""A sentence in the two languages of the project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

Language = Literal["id", "en"]
LANGUAGES: tuple[Language, ...] = ("id", "en")


@dataclass(frozen=True, kw_only=True)
class Text:
    """One text in Indonesian (`id`) and English (`en`); where it is read from a file, both are there and filled."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {
        "extra": "forbid",
        "str_strip_whitespace": True,
        "str_min_length": 1,
    }

    id: str
    en: str

    def in_language(self, language: Language) -> str:
        """Return the text in `language`."""
        return self.id if language == "id" else self.en

    def filled(self, **values: Text) -> Text:
        """Return the text with each `{name}` replaced by the text of that name, language by language."""
        return Text(
            id=self.id.format(**{name: value.id for name, value in values.items()}),
            en=self.en.format(**{name: value.en for name, value in values.items()}),
        )
