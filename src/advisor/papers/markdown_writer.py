"""Documents as Markdown (CommonMark, with the tables of GitHub)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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
from advisor.papers.passages import noted, text_of_words
from advisor.papers.pictures import ladder_table, timeline_table

SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#|~&])")
BEGINNING: Final = re.compile(r"^(\d+)([.)])|^([-+=])")
"""What at the beginning of a line would make it an item, or a heading of the line before."""

STEP: Final = 3
"""How many columns of indentation a deeper list has at least."""


def markdown_of(document: Document) -> str:
    """Return a document as Markdown."""
    document = noted(document)
    parts: list[str] = []
    last: Block | None = None
    for block in document.blocks:
        lines = list(_lines(block, document))
        if lines and parts and not (isinstance(block, Item) and isinstance(last, Item)):
            parts.append("")
        parts += lines
        last = block
    return "\n".join(parts) + "\n"


def _lines(block: Block, document: Document) -> Iterator[str]:
    match block:
        case Title(text):
            yield f"# {_plain(text)}"
        case Heading(text):
            yield f"## {_plain(text)}"
        case Subheading(text, value, note):
            yield f"### {_plain(text)}{f': {_plain(value)}' if value else ''}{f' ({_plain(note)})' if note else ''}"
        case Paragraph(text, _, tone):
            yield f"**{_plain(text)}**" if tone in ("strong", "good", "bad") and text else _plain(text)
        case Item(text, source, indent, mark):
            lead = "" if mark == "•" or mark.rstrip(".").isdigit() else f"{_plain(mark)} "
            number = mark if mark.rstrip(".").isdigit() else "-"
            behind = f" \\[{_plain(source)}\\]" if source else ""
            yield f"{'    ' * (indent // STEP)}{number} {lead}{_plain(text)}{behind}"
        case Pairs(rows):
            for name, value in rows:
                yield f"- **{_plain(name)}**: {_plain(value)}"
        case Table(headings, rows):
            yield from _table(headings, rows)
        case Verbatim(lines):
            fence = "`" * max(3, *(len(found) + 1 for line in lines for found in re.findall("`+", line)), 3)
            yield from (fence, *lines, fence)
        case Ladder():
            yield from _lines(ladder_table(block), document)
        case Timeline():
            yield from _lines(timeline_table(block, document.language), document)
        case Gap():
            pass
        case Passage():
            text = _plain(" ".join(filter(None, (block.mark, text_of_words(block)))))
            yield f"**{text}**" if block.look == "strong" and text else text
        case Grid(rows=grid_rows):
            passages = [passage for row in grid_rows for cell in row for passage in cell]
            for index, passage in enumerate(passages):
                yield from ([""] if index else [])
                yield from _lines(passage, document)


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(map(_plain, headings))} |"
    yield f"|{' --- |' * len(headings)}"
    for row in rows:
        yield f"| {' | '.join(map(_plain, row))} |"


def _plain(text: str) -> str:
    """Return text of which nothing means anything in Markdown."""
    escaped = SPECIAL.sub(r"\\\1", text)
    return BEGINNING.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", escaped)
