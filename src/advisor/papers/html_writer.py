"""Documents as one HTML page, complete in itself: it loads nothing, runs nothing, and prints on A4."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import Final

from advisor.catalogue import say
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
from advisor.papers.drawing import drawings_of
from advisor.papers.nesting import nested
from advisor.papers.page_style import STYLE
from advisor.papers.passages import noted, text_of_words
from advisor.papers.pictures import caption_of
from advisor.papers.svg import svg_of

FORBIDDEN: Final = "default-src 'none'; style-src 'unsafe-inline'"
"""What a browser is told not to do, whatever stands in a text: it asks nobody for anything."""

COLUMN, ROW = 'scope="col"', 'scope="row"'
MANY: Final = 4
"""From so many columns on, a table may be moved sideways where it has no room."""


def html_of(document: Document) -> str:
    """Return a document as a page of HTML."""
    return "\n".join(_Page(noted(document)).lines()) + "\n"


class _Page:
    def __init__(self, document: Document) -> None:
        self.document = document
        self._below = 1
        """The level of the last title or heading, so that none is left out."""
        self._pictures = 0

    def lines(self) -> Iterator[str]:
        """Yield the lines of the page."""
        blocks, language = self.document.blocks, self.document.language
        untitled = say("paper.untitled", language)
        yield f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield f'<meta http-equiv="Content-Security-Policy" content="{FORBIDDEN}">'
        yield f"<title>{escape(self.document.title.strip() or untitled)}</title>"
        yield f"<style>{STYLE}</style>\n</head>\n<body>\n<main>"
        if not any(isinstance(block, Title) for block in blocks):
            yield f"<h1>{escape(untitled)}</h1>"
        for is_list, group in groupby(blocks, key=lambda block: isinstance(block, Item)):
            if is_list:
                yield from _list(block for block in group if isinstance(block, Item))
            else:
                for block in group:
                    yield from self._block(block)
        yield "</main>\n</body>\n</html>"

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Title(text, annex):
                yield f"<h1{_class('annex' if annex else '')}>{escape(text)}</h1>"
                self._below = 1
            case Heading(text):
                yield f"<h2>{escape(text)}</h2>"
                self._below = 2
            case Subheading(text, value, note):
                level = self._below + 1
                said = f': <span class="value">{escape(value)}</span>' if value else ""
                behind = f' <span class="note">({escape(note)})</span>' if note else ""
                yield f"<h{level}>{escape(text)}{said}{behind}</h{level}>"
            case Paragraph(text, indent, tone):
                names = " ".join(name for name in ("in" if indent else "", "" if tone == "plain" else tone) if name)
                yield f"<p{_class(names)}>{escape(text)}</p>"
            case Passage():
                yield _passage(block)
            case Grid():
                yield from _grid(block)
            case Pairs(rows):
                yield from _table((), rows)
            case Table(headings, rows):
                yield from _table(headings, rows)
            case Verbatim(lines):
                yield f"<pre>\n{escape(chr(10).join(lines))}</pre>"
            case Ladder() | Timeline():
                yield from self._figure(block)
            case Item() | Gap():
                pass

    def _figure(self, picture: Ladder | Timeline) -> Iterator[str]:
        language = self.document.language
        yield "<figure>"
        for drawing in drawings_of(picture, language):
            self._pictures += 1
            yield f'<div class="wide" tabindex="0">{svg_of(drawing, f"picture-{self._pictures}")}</div>'
        yield f"<figcaption>{escape(caption_of(picture, language))}</figcaption>\n</figure>"


def _list(items: Iterable[Item]) -> Iterator[str]:
    """Yield a list, with deeper ones inside it."""
    last = -1
    for depth, item in nested(items):
        yield "<ul>" if depth > last else "</li>" + "</ul></li>" * (last - depth)
        last = depth
        source = f' <span class="source">[{escape(item.source)}]</span>' if item.source else ""
        if item.mark == "•":
            yield f"<li>{escape(item.text)}{source}"
        else:
            yield f'<li class="marked"><span class="mark">{escape(item.mark)}</span> {escape(item.text)}{source}'
    yield "</li></ul>" * (last + 1)


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield a table; the first cell of a row names it."""
    if not rows:
        return
    many = len(rows[0]) >= MANY
    if many:
        yield '<div class="wide" tabindex="0">'
    yield f"<table{_class('' if headings else 'pairs')}>"
    if headings:
        cells = "".join(_cell(heading, COLUMN) for heading in headings)
        yield f"<thead><tr>{cells}</tr></thead>"
    yield "<tbody>"
    for first, *others in rows:
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in others)
        yield f"<tr>{_cell(first, ROW)}{cells}</tr>"
    yield "</tbody></table>"
    if many:
        yield "</div>"


def _cell(text: str, scope: str) -> str:
    """Return a cell that names a row or column; one without text names nothing."""
    return f"<th {scope}>{escape(text)}</th>" if text.strip() else f"<td>{escape(text)}</td>"


def _class(names: str) -> str:
    return f' class="{names}"' if names else ""


def _passage(block: Passage) -> str:
    looks = {"plain": "", "strong": "strong", "source": "source", "notice": "notice"}
    places = {"left": "", "justified": "", "centre": "centre", "right": "right"}
    names = (looks[block.look], places[block.place], "in" if block.indent else "", "marked" if block.mark else "")
    mark = f'<span class="mark">{escape(block.mark)}</span> ' if block.mark else ""
    return f"<p{_class(' '.join(filter(None, names)))}>{mark}{escape(text_of_words(block))}</p>"


def _grid(block: Grid) -> Iterator[str]:
    yield '<table class="grid" role="presentation"><tbody>'
    for row in block.rows:
        cells = zip(block.widths, row, strict=True)
        whole = sum(block.widths)
        written = (
            f'<td style="width: {100 * width // whole}%">{"".join(map(_passage, cell))}</td>'
            for width, cell in cells
        )
        yield f"<tr>{''.join(written)}</tr>"
    yield "</tbody></table>"
