"""Documents as one HTML page, complete in itself: it loads nothing, and prints on A4."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from advisor.papers.drawing import ladder_svg, timeline_svg
from advisor.papers.passages import noted, text_of_words

STEP: Final = 3
"""How many columns of indentation a deeper list has at least."""

STYLE: Final = """
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --line: #8c959f; --quiet: #4b535d;
  --strong: #0b5394; --warning: #7a4b00; --good: #116329; --bad: #a40e26; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --paper: #14181d; --line: #6e7681;
  --quiet: #b1bac4; --strong: #79b8ff; --warning: #e3b341; --good: #56d364; --bad: #ff7b72; } }
html { background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { margin: 0 auto; max-width: 48rem; padding: 1.5rem 1rem 4rem; overflow-wrap: break-word; }
h1 { font-size: 1.6rem; line-height: 1.25; border-bottom: 3px solid var(--strong); padding-bottom: 0.3rem; }
h2 { font-size: 1.2rem; margin: 1.8rem 0 0.5rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1rem 0 0.3rem; }
p { margin: 0.4rem 0; }
.in { margin-left: 1.5rem; }
.value { color: var(--strong); }
.note, .warning { color: var(--warning); }
.quiet, .source { color: var(--quiet); }
.strong { font-weight: 600; } .good { color: var(--good); font-weight: 600; }
.bad { color: var(--bad); font-weight: 600; }
ul { list-style: none; margin: 0.3rem 0; padding-left: 1.4rem; }
li { margin: 0.2rem 0; } li > .mark { display: inline-block; margin-left: -1.4rem; width: 1.4rem; }
table { border-collapse: collapse; margin: 0.6rem 0; width: 100%; }
th, td { border: 1px solid var(--line); padding: 0.25rem 0.5rem; text-align: left; vertical-align: top; }
th[scope=row] { width: 34%; }
pre { overflow-x: auto; white-space: pre-wrap; font-size: 0.85rem; }
.centre { text-align: center; } .right { text-align: right; } .notice { border: 1px solid var(--warning);
  color: var(--warning); padding: 0.3rem 0.6rem; } p.source { font-size: 0.85rem; font-style: italic; }
.marked { padding-left: 2rem; text-indent: -2rem; } .marked > .mark { display: inline-block; text-indent: 0;
  min-width: 2rem; } table.grid td { border: 0; }
figure { margin: 1rem 0; } figcaption { color: var(--quiet); } svg { height: auto; max-width: 100%; }
@page { size: A4; margin: 20mm 18mm; }
@media print { :root { --ink: #000; --paper: #fff; --line: #777; --quiet: #333; --strong: #0b3d70;
  --warning: #5c3900; --good: #0b4a1e; --bad: #7d0b1d; }
  html { font-size: 10.5pt; } main { max-width: none; padding: 0; }
  h1, h2, h3 { break-after: avoid; } li, tr, figure { break-inside: avoid; } .annex { break-before: page; } }
"""


def html_of(document: Document) -> str:
    """Return a document as a page of HTML."""
    return "\n".join(_Page(noted(document)).lines()) + "\n"


class _Page:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.title = document.title or say("paper.untitled", document.language)
        self._below = 1
        """The level of the last heading, so that none is left out."""
        self._pictures = 0

    def lines(self) -> Iterator[str]:
        """Yield the lines of the page."""
        blocks = self.document.blocks
        yield f'<!DOCTYPE html>\n<html lang="{self.document.language}">\n<head>\n<meta charset="utf-8">'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield f"<title>{escape(self.title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>"
        if not any(isinstance(block, Title) for block in blocks):
            yield f"<h1>{escape(self.title)}</h1>"
        for listed, group in groupby(blocks, key=lambda block: isinstance(block, Item)):
            if listed:
                yield from _list([block for block in group if isinstance(block, Item)])
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
                level = min(self._below + 1, 3)
                said = f': <span class="value">{escape(value)}</span>' if value else ""
                noted = f' <span class="note">({escape(note)})</span>' if note else ""
                yield f"<h{level}>{escape(text)}{said}{noted}</h{level}>"
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
                yield f"<pre>{escape(chr(10).join(lines))}</pre>"
            case Ladder(caption) | Timeline(caption):
                self._pictures += 1
                name = f"picture-{self._pictures}"
                drawn = (
                    ladder_svg(block, name)
                    if isinstance(block, Ladder)
                    else timeline_svg(block, name, self.document.language)
                )
                yield f"<figure>{drawn}<figcaption>{escape(caption)}</figcaption></figure>"
            case Item() | Gap():
                pass

    def _drawn(self, block: Ladder | Timeline, name: str) -> str:
        if isinstance(block, Ladder):
            return ladder_svg(block, name)
        return timeline_svg(block, name, self.document.language)


def _list(items: Sequence[Item]) -> Iterator[str]:
    """Yield a list, with deeper ones inside it."""
    open_at: list[int] = []
    for item in items:
        while open_at and item.indent <= open_at[-1] - STEP:
            yield "</li></ul>"
            open_at.pop()
        if not open_at or item.indent >= open_at[-1] + STEP:
            yield "<ul>"
            open_at.append(item.indent)
        else:
            yield "</li>"
        source = f' <span class="source">[{escape(item.source)}]</span>' if item.source else ""
        yield f'<li><span class="mark">{escape(item.mark)}</span>{escape(item.text)}{source}'
    yield "</li></ul>" * len(open_at)


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield a table; the first cell of a row names it."""
    yield "<table>"
    if headings:
        cells = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in headings)
        yield f"<thead><tr>{cells}</tr></thead>"
    yield "<tbody>"
    for first, *others in rows:
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in others)
        yield f'<tr><th scope="row">{escape(first)}</th>{cells}</tr>'
    yield "</tbody></table>"


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
