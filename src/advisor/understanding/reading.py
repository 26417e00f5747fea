"""Readings: what a text can turn out to mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from advisor.text import LANGUAGES, Text

UNKNOWN: Final = "unknown"
"""The answer of who does not know."""

Answer = str | int | tuple[str, ...]
"""An option (`yes` and `no` among them), a number, or options in the order of the question."""


@dataclass(frozen=True, slots=True)
class Meant:
    """One answer is meant: an option, `yes` or `no`, a number, options in their order, or `unknown`."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several options (by id) are possible; `text` is the part that does not decide between them."""

    text: str
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """No answer is meant: `key` is the sentence of the catalogue that says why, `values` what it needs."""

    key: str
    values: Mapping[str, str] = field(default_factory=dict)


Reading = Meant | Ambiguous | NotUnderstood

LONGEST_QUOTED: Final = 80


def quoted(text: str) -> str:
    """Return a text as a sentence quotes it: cut to a length at which it is known again."""
    return text if len(text) <= LONGEST_QUOTED else text[: LONGEST_QUOTED - 1] + "…"


def listed(labels: Mapping[str, Text]) -> Text:
    """Return ids with their labels behind them."""
    return Text(
        id=", ".join(f"{name} ({label.id})" for name, label in labels.items()),
        en=", ".join(f"{name} ({label.en})" for name, label in labels.items()),
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be chosen: its id, its label in both languages, and other words for it."""

    id: str
    label: Text
    aliases: tuple[str, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """The label in each language."""
        return tuple(self.label.in_language(language) for language in LANGUAGES)
