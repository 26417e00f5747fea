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


@dataclass(frozen=True, slots=True)
class Scheme:
    """The colours of what is on the path of a case, off it, or (where no case is shown) of everything."""

    ink: str
    strong: str
    tint: str
    """What titles and conclusions stand on, in `tint_ink`."""
    tint_ink: str
    headline: str
    headline_ink: str
    border: str
    border_width: float
    flow: str


ON_PATH: Final = Scheme(
    ink=INK,
    strong="#0a635a",
    tint="#cfe8e4",
    tint_ink="#063f39",
    headline="#0a635a",
    headline_ink=PAPER,
    border="#0a7d71",
    border_width=1.5,
    flow="#16968a",
)
OFF_PATH: Final = Scheme(
    ink=PALE,
    strong=PALE,
    tint="#f0f2f4",
    tint_ink=PALE,
    headline="#dfe3e8",
    headline_ink="#5b6774",
    border=RULE,
    border_width=1,
    flow="#cfd5dc",
)
RULES: Final = Scheme(
    ink=INK,
    strong="#24507a",
    tint="#dfe8f1",
    tint_ink="#173a5c",
    headline="#24507a",
    headline_ink=PAPER,
    border="#8fa6bc",
    border_width=1.1,
    flow="#a9b8c7",
)


def scheme_of(*, of_case: bool, marked: bool) -> Scheme:
    """Return the colours of something that is, or is not, on the path of the case shown (if one is)."""
    if not of_case:
        return RULES
    return ON_PATH if marked else OFF_PATH
