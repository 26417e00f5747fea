"""How wide text is, and where it is broken."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, zip_longest

# Widths of Helvetica (and of what stands in for it) in thousandths of the size, by letters of the same width.
_WIDTHS = {
    191: "'", 222: "ijl", 260: "|", 278: " !,./:;It[]\\f", 333: "()-`r·", 334: "{}", 355: '"', 389: "*", 469: "^",
    500: "ckszvxyJ", 556: "0123456789abdeghnopqu#$?_L–", 584: "+<=>~", 611: "FTZ", 667: "ABEKPSVXY&",
    722: "CDHNRUw", 778: "GOQ", 833: "mM", 889: "%", 944: "W", 1000: "—…→", 1015: "@",
}  # fmt: skip
_WIDTH_OF = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_BOLDER = 1.07
_OTHER, _WIDE = 600, 1000


@dataclass(frozen=True, slots=True)
class Type:
    """How a text is set."""

    size: float
    colour: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """A text set in one type; a line can be broken wherever it has a space.

    It can be broken after the run too, unless that is `tied` to the next.
    """

    text: str
    type: Type
    tied: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """What of a run stands in one line: from `x`, `width` wide."""

    text: str
    type: Type
    x: float
    width: float


@lru_cache(maxsize=1 << 14)
def width_of(text: str, type_: Type) -> float:
    """Return how wide a text is."""
    units = sum(_WIDTH_OF.get(letter) or _width_of_other(letter) for letter in text)
    return units / 1000 * type_.size * (_BOLDER if type_.bold else 1)


def _width_of_other(letter: str) -> int:
    plain = unicodedata.normalize("NFD", letter)[0]
    if plain != letter and plain in _WIDTH_OF:
        return _WIDTH_OF[plain]
    wide = unicodedata.east_asian_width(letter) in "WF" or letter.isupper()
    return _WIDE if wide else _OTHER


def wrapped(runs: Iterable[Run], width: float, indent: float = 0) -> list[list[Piece]]:
    """Return the lines, none wider than `width`; all but the first begin at `indent`."""
    lines: list[list[tuple[str, Type, float]]] = [[]]
    end = 0.0
    words = list(_words(runs, width - indent))
    for (word, type_, tied), after in zip_longest(words, words[1:]):
        space = width_of(" ", type_) if lines[-1] else 0
        size = width_of(word, type_)
        needed = size + (width_of(" " + after[0], after[1]) if tied and after is not None else 0)
        if lines[-1] and end + space + needed > width:
            lines.append([])
            end, space = indent, 0
        lines[-1].append((word, type_, end + space))
        end += space + size
    return [
        [_joined(list(words)) for _, words in groupby(line, key=lambda word: word[1])] for line in lines if line
    ]


def _joined(words: list[tuple[str, Type, float]]) -> Piece:
    text, type_ = " ".join(word for word, _, _ in words), words[0][1]
    return Piece(text, type_, words[0][2], width_of(text, type_))


def _words(runs: Iterable[Run], width: float) -> Iterator[tuple[str, Type, bool]]:
    """Yield the words of the runs, and whether each is tied to the next; what fits in no line comes in parts."""
    for run in runs:
        words = [part for word in run.text.split() for part in _parts(word, run.type, width)]
        for number, word in enumerate(words, 1):
            yield word, run.type, run.tied and number == len(words)


def _parts(word: str, type_: Type, width: float) -> Iterator[str]:
    """Yield a word, or, where it is wider than a line, what of it fits in one after the other."""
    if width_of(word, type_) <= width:
        yield word
        return
    begin = 0
    for end in range(1, len(word) + 1):
        if end - begin > 1 and width_of(word[begin:end], type_) > width:
            yield word[begin : end - 1]
            begin = end - 1
    yield word[begin:]
