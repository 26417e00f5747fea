"""How wide a text is in type, and how it is broken into lines that fit a column."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any, Final

SCALE: Final = 2
"""How many dots a unit has on each side in a PNG, so that it is sharp in print; widths are rounded to dots."""

BOLD: Final = 1.08
"""How much wider bold type is."""

MORE: Final = "…"
OTHER_DASHES: Final = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))


@cache
def font(size: int) -> Any:
    """Return the type that comes with Pillow, in a size in units."""
    from PIL import ImageFont

    return ImageFont.load_default(size * SCALE)


def drawable(text: str) -> str:
    """Return a text in letters of that type, which has few: other dashes, and letters without their accents."""
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFKD", text.translate(OTHER_DASHES))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def breadth(text: str, size: int, *, bold: bool = False) -> float:
    """Return how wide a text is in a size."""
    width: float = font(size).getlength(drawable(text))
    return width / SCALE * (BOLD if bold else 1)


def wrapped(text: str, width: float, size: int, *, bold: bool = False, most: int = 12) -> list[str]:
    """Return a text as lines of at most a width; what would stand in more than `most` of them is left out.

    A word that is wider than a line is broken. There is one line at least.
    """
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if breadth(longer, size, bold=bold) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _broken(word, width, size, bold=bold)
        lines += full
        if len(lines) > most:
            break
    lines.append(line)
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and breadth(last + MORE, size, bold=bold) > width:
        last = last[:-1]
    return [*lines[: most - 1], last + MORE]


def _broken(word: str, width: float, size: int, *, bold: bool) -> list[str]:
    """Return the parts of a word, each as wide as fits; a single letter is never broken."""
    parts = [""]
    for letter in word[:2000]:
        if parts[-1] and breadth(parts[-1] + letter, size, bold=bold) > width:
            parts.append("")
        parts[-1] += letter
    return parts
