"""The sentences of a document, as each of its writers leaves them in its file."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import docx
from docx.oxml.ns import qn

from advisor.papers.document import Document, Grid, Item, Pairs, Paragraph, Passage, Table
from advisor.papers.docx_writer import docx_of
from advisor.papers.html_writer import html_of
from advisor.papers.sentences import is_sentence, sentences
from advisor.papers.text_writer import write_text
from plain import flat

WIDE = 2_000


def said_in(document: Document) -> list[str]:
    """Return every whole sentence of a document, in its order."""
    return [part for text in _texts(document) for part in sentences(flat(text)) if is_sentence(part)]


def _texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        match block:
            case Paragraph(text=text) | Item(text=text):
                yield text
            case Pairs(rows=rows):
                yield from (value for _, value in rows)
            case Table(rows=table):
                yield from (cell for row in table for cell in row)
            case Passage():
                yield from (part for part in block.words if isinstance(part, str))
            case Grid(rows=grid):
                for row in grid:
                    for cell in row:
                        for passage in cell:
                            yield from (part for part in passage.words if isinstance(part, str))


def text_of(document: Document) -> str:
    """Return what the text of a document says."""
    stream = io.StringIO()
    write_text(document, stream, WIDE)
    return flat(stream.getvalue())


class _Text(HTMLParser):
    """Gathers what a page shows: not what stands in its head."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("style", "title", "script")
        if tag not in ("span", "b", "strong", "em"):
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("style", "title", "script")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)


def text_of_html(document: Document) -> str:
    """Return what the page of a document says."""
    page = _Text()
    page.feed(html_of(document))
    return flat("".join(page.parts))


def text_of_docx(document: Document) -> str:
    """Return what the DOCX of a document says."""
    body = docx.Document(io.BytesIO(docx_of(document))).element.body
    lines = []
    for paragraph in body.iter(qn("w:p")):
        parts = (
            node.text or "" if node.tag == qn("w:t") else " " for node in paragraph.iter(qn("w:t"), qn("w:tab"))
        )
        lines.append("".join(parts))
    return flat(" ".join(lines))


def unwrapped(text: str) -> str:
    """Return a text without blanks: what a table in columns divides is one again."""
    return re.sub(r"\s", "", text)
