"""How wide text is, and where its lines are broken."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise

# Widths of Helvetica (and of what stands in for it) in thousandths of the size, by letters of the same width.
_REGULAR = {
    191: "'", 222: "ijl", 260: "|", 278: " !,./:;It[]\\f·", 333: "()-`r", 334: "{}", 355: '"', 389: "*", 469: "^",
    500: "ckszvxyJ", 556: "0123456789abdeghnopqu#$?_L–", 584: "+<=>~", 604: "●", 611: "FTZ", 667: "ABEKPSVXY&",
    722: "CDHNRUw", 778: "GOQ", 833: "mM", 889: "%", 944: "W", 1000: "—…→", 1015: "@",
}  # fmt: skip
_BOLD = {
    238: "'", 278: " ,./I\\ijl·", 280: "|", 333: "!()-:;[]`ft", 389: "*r{}", 474: '"', 500: "z",
    556: "0123456789aceksvxyJ#$_–", 584: "+<=>~^", 604: "●", 611: "bdghnopquFLTZ?", 667: "EPSVXY",
    722: "ABCDHKNRU&", 778: "GOQw", 833: "M", 889: "m%", 944: "W", 975: "@", 1000: "—…→",
}  # fmt: skip
_WIDTHS = [{letter: width for width, letters in table.items() for letter in letters} for table in (_REGULAR, _BOLD)]
_OTHER, _WIDE = 611, 1000


@dataclass(frozen=True, slots=True)
class Style:
    """How text looks: `size` in units of the page."""

    size: float
    colour: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one style. A line can be broken at its spaces, and after it unless it is `tied` to the next run."""

    text: str
    style: Style
    tied: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """What of a run stands in one line: from `x`, `width` wide."""

    text: str
    style: Style
    x: float
    width: float


@lru_cache(maxsize=1 << 14)
def width_of(text: str, style: Style) -> float:
    """Return how wide a text is, in units of the page."""
    widths = _WIDTHS[style.bold]
    return sum(widths.get(letter) or _width_of_other(letter, widths) for letter in text) / 1000 * style.size


def _width_of_other(letter: str, widths: Mapping[str, int]) -> int:
    """Return the width of a letter that is not in the table: that of its letter without accents, or wide enough."""
    wide = unicodedata.east_asian_width(letter) in "WF" or letter.isupper()
    return widths.get(unicodedata.normalize("NFD", letter)[0], _WIDE if wide else _OTHER)


def wrapped(runs: Iterable[Run], width: float) -> list[list[Piece]]:
    """Return the lines of a text, none wider than `width`."""
    lines: list[list[Piece]] = []
    end = 0.0
    words = [*_words(runs, width), Run("", Style(0, ""))]
    for word, after in pairwise(words):
        space, size = width_of(" ", word.style), width_of(word.text, word.style)
        needed = size + (width_of(" " + after.text, after.style) if word.tied else 0)
        if lines and end + space + needed <= width:
            lines[-1].append(Piece(word.text, word.style, end + space, size))
        else:
            lines.append([Piece(word.text, word.style, 0, size)])
        end = lines[-1][-1].x + size
    return [[_joined(list(pieces)) for _, pieces in groupby(line, lambda piece: piece.style)] for line in lines]


def _joined(pieces: list[Piece]) -> Piece:
    text, style = " ".join(piece.text for piece in pieces), pieces[0].style
    return Piece(text, style, pieces[0].x, width_of(text, style))


def _words(runs: Iterable[Run], width: float) -> Iterator[Run]:
    """Yield the words of the runs; what is too long for a line comes in parts."""
    for run in runs:
        words = [part for word in run.text.split() for part in _parts(word, run.style, width)]
        for number, word in enumerate(words, 1):
            yield Run(word, run.style, run.tied and number == len(words))


def _parts(word: str, style: Style, width: float) -> Iterator[str]:
    """Yield a word, or, where it is wider than a line, as much of it at a time as fits in one."""
    begin = 0
    for end in range(2, len(word) + 1):
        if end - begin > 1 and width_of(word[begin:end], style) > width:
            yield word[begin : end - 1]
            begin = end - 1
    yield word[begin:]
