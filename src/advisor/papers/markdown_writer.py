"""Documents as Markdown (CommonMark, with the tables of GitHub)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from advisor.papers.document import (
    Block,
    Document,
    Gap,
    Grid,
    Heading,
    Item,
    Ladder,
    Pairs,
    Paragraph,
    Passage,
    Subheading,
    Table,
    Timeline,
    Title,
    Verbatim,
)
from advisor.papers.nesting import nested, number_of
from advisor.papers.passages import noted, text_of_words
from advisor.papers.pictures import caption_of, ladder_table, timeline_table

SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#|~&$])")
BEGINNING: Final = re.compile(r"^(\d+)([.)])|^([-+=])")
"""What at the beginning of a line would make it an item, or a heading of the line before."""


def markdown_of(document: Document) -> str:
    """Return a document as Markdown."""
    writer = _Writer(noted(document))
    parts = ["\n".join(lines) for lines in writer.parts() if lines]
    return "\n\n".join(parts) + "\n"


@dataclass(frozen=True, slots=True)
class _Level:
    """How the last item of a list is marked: its number, 0 where it has none, and the sign behind numbers there."""

    number: int = 0
    marker: str = "- "
    sign: str = "."


class _Writer:
    def __init__(self, document: Document) -> None:
        self.document = document
        self._below = 1
        """The level of the last title or heading, so that none is left out."""

    def parts(self) -> Iterator[list[str]]:
        """Yield the lines of each block, and of items that follow each other."""
        for is_list, group in groupby(self.document.blocks, key=lambda block: isinstance(block, Item)):
            if is_list:
                yield self._listed(block for block in group if isinstance(block, Item))
            else:
                yield from (list(self._lines(block)) for block in group)

    def _lines(self, block: Block) -> Iterator[str]:
        """Yield the lines of a block that is no item."""
        match block:
            case Title(text):
                self._below = 1
                yield f"# {_plain(text)}"
            case Heading(text):
                self._below = 2
                yield f"## {_plain(text)}"
            case Subheading(text, value, note):
                said = f": {_plain(value)}" if value else ""
                behind = f" ({_plain(note)})" if note else ""
                yield f"{'#' * (self._below + 1)} {_plain(text)}{said}{behind}"
            case Paragraph(text, _, tone):
                yield _bold(text) if tone in ("strong", "good", "bad") else _plain(text)
            case Pairs(rows):
                # Another mark than that of items, so that the two are no one list.
                yield from (f"* {_bold(name)}: {_plain(value)}" for name, value in rows if (name + value).strip())
            case Table(headings, rows):
                yield from _table(headings, rows)
            case Verbatim(lines) if lines:
                fence = "`" * max([3, *(len(found) + 1 for line in lines for found in re.findall("`+", line))])
                yield from (fence, *lines, fence)
            case Ladder():
                yield from self._pictured(block, ladder_table(block, self.document.language))
            case Timeline():
                yield from self._pictured(block, timeline_table(block, self.document.language))
            case Passage(mark=mark):
                text = " ".join(filter(None, (mark, text_of_words(block))))
                yield _bold(text) if block.look == "strong" else _plain(text)
            case Grid(rows=grid_rows):
                for number, passage in enumerate(p for row in grid_rows for cell in row for p in cell):
                    yield from ([""] if number else [])
                    yield from self._lines(passage)
            case Item() | Verbatim() | Gap():
                pass

    def _pictured(self, picture: Ladder | Timeline, table: Table) -> Iterator[str]:
        yield from (_plain(caption_of(picture, self.document.language)), "")
        yield from _table(table.headings, table.rows)

    def _listed(self, items: Iterable[Item]) -> list[str]:
        """Return the lines of items that follow each other."""
        lines: list[str] = []
        levels: list[_Level] = []
        for depth, item in nested(items):
            del levels[depth + 1 :]
            last = levels.pop() if len(levels) > depth else _Level()
            level = _level(item, last, is_first=not lines)
            lead = "" if level.number or item.mark == "•" else f"{_plain(item.mark)} "
            source = f" \\[{_plain(item.source)}\\]" if item.source else ""
            standing_in = " " * sum(len(above.marker) for above in levels)
            lines.append(f"{standing_in}{level.marker}{lead}{_plain(item.text)}{source}")
            levels.append(level)
        return lines


def _level(item: Item, last: _Level, *, is_first: bool) -> _Level:
    """Return how an item is marked behind the last one of its list.

    Markdown counts by itself, so a number is one of its own only where it is the next one; and only 1 may begin a
    list within another. Another sign behind the number begins another list.
    """
    number = number_of(item) or 0
    if number and number == last.number + 1 and (number == 1 or last.number):
        return _Level(number, f"{number}{last.sign} ", last.sign)
    if number == 1 or (number and is_first):
        sign = ")" if last.number and last.sign == "." else "."
        return _Level(number, f"{number}{sign} ", sign)
    return _Level(sign=last.sign)


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    if not rows:
        return
    yield f"| {' | '.join(map(_plain, headings))} |"
    yield f"|{' --- |' * len(headings)}"
    for row in rows:
        yield f"| {' | '.join(map(_plain, row))} |"


def _bold(text: str) -> str:
    return f"**{_plain(text)}**" if text.strip() else ""


def _plain(text: str) -> str:
    """Return text of which nothing means anything in Markdown."""
    escaped = SPECIAL.sub(r"\\\1", text.strip())
    return BEGINNING.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", escaped)
