"""Colours and sizes of the picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

INK: Final = "#1b2733"
PALE: Final = "#6b7785"
RULE: Final = "#c6cdd5"
OPEN: Final = "#9a4d00"
OPEN_ON_DARK: Final = "#ffd9ad"
PAPER: Final = "#ffffff"

# Sizes in units of the page, 1680 of which are the 420 mm of A3: 10 units are 7.1 points.
SMALL: Final = 10.0
BODY: Final = 11.0
TITLE: Final = 12.5
LEADING: Final = 1.2


@dataclass(frozen=True, slots=True)
class Scheme:
    """The colours of what is on the path, off it, or (where no case is shown) of everything."""

    ink: str
    strong: str
    header: str
    header_ink: str
    border: str
    border_line: float
    flow: str
    headline: str
    headline_ink: str
    conclusion: str
    conclusion_ink: str


ON_PATH: Final = Scheme(
    ink=INK,
    strong="#0a635a",
    header="#cfe8e4",
    header_ink="#063f39",
    border="#0a7d71",
    border_line=1.5,
    flow="#16968a",
    headline="#0a635a",
    headline_ink=PAPER,
    conclusion="#cfe8e4",
    conclusion_ink="#063f39",
)
OFF_PATH: Final = Scheme(
    ink=PALE,
    strong=PALE,
    header="#f1f3f5",
    header_ink=PALE,
    border=RULE,
    border_line=1,
    flow="#cfd5dc",
    headline="#dfe3e8",
    headline_ink="#5b6774",
    conclusion="#eff1f4",
    conclusion_ink=PALE,
)
RULES: Final = Scheme(
    ink=INK,
    strong="#24507a",
    header="#e3ebf3",
    header_ink="#173a5c",
    border="#8fa6bc",
    border_line=1.1,
    flow="#a9b8c7",
    headline="#24507a",
    headline_ink=PAPER,
    conclusion="#d6e2ee",
    conclusion_ink="#173a5c",
)


def scheme_of(*, of_case: bool, marked: bool) -> Scheme:
    """Return the colours of something that is, or is not, on the path of the case shown (if one is)."""
    if not of_case:
        return RULES
    return ON_PATH if marked else OFF_PATH
