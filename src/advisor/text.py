"""A sentence in the two languages of the project."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Language = Literal["id", "en"]
LANGUAGES: tuple[Language, ...] = ("id", "en")


class Text(BaseModel):
    """One text in Indonesian (`id`) and English (`en`); both are always there and never empty."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    id: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def in_language(self, language: Language) -> str:
        """Return the text in `language`."""
        return self.id if language == "id" else self.en

    def filled(self, **values: Text) -> Text:
        """Return the text with each `{name}` replaced by the text of that name, language by language."""
        return Text(
            id=self.id.format(**{name: value.id for name, value in values.items()}),
            en=self.en.format(**{name: value.en for name, value in values.items()}),
        )
