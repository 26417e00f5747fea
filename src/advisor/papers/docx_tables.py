"""Tables in DOCX: columns as wide as what is in them asks for, headings that stand on every page."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import Any, Final

from docx.document import Document as Docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length

from advisor.papers.docx_styles import GRID

LETTER: Final = 106
"""How wide a letter is about, in twentieths of a point."""

MARGIN: Final = 230
"""What a cell leaves free at both sides."""

LONGEST_WORD: Final = 22
"""Letters of a word for which a column is made wide; what no-break spaces bind is one word."""

LONGEST_ROW: Final = 900
"""Letters up to which a row stays on one page; one that is longer than a page must not."""


def add_table(
    document: Docx,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    cell_style: str,
    room: Length,
    indent: Length,
) -> None:
    """Add a table that fills the room but for its indent; without headings, the first cell of a row names it.

    `cell_style` is the id of the style of what stands in cells.
    """
    lines = [headings, *rows] if headings else rows
    table: Any = document.add_table(0, len(lines[0]), style=GRID)
    widths = column_widths(lines, round((room - indent) / 635))
    _set_widths(table, widths, round(indent / 635))
    for number, line in enumerate(lines):
        row = OxmlElement("w:tr")
        is_head = bool(headings) and number == 0
        properties = OxmlElement("w:trPr")
        if sum(map(len, line)) <= LONGEST_ROW:
            properties.append(OxmlElement("w:cantSplit"))
        if is_head:
            properties.append(OxmlElement("w:tblHeader"))
        if len(properties):
            row.append(properties)
        for place, (text, width) in enumerate(zip(line, widths, strict=True)):
            row.append(_cell(text, width, cell_style, bold=is_head or (place == 0 and not headings)))
        table._tbl.append(row)


def column_widths(lines: Sequence[Sequence[str]], room: int) -> list[int]:
    """Return how wide each column is, in twentieths of a point, all of them together as wide as the room.

    Each has at least the room of its longest word, if that is no monster; what takes little has what it takes, and
    the rest goes where most is written.
    """
    columns = list(zip(*lines, strict=True))
    words = [max((len(word) for text in column for word in text.split(" ")), default=1) for column in columns]
    least = [(min(word, LONGEST_WORD) + 1) * LETTER + MARGIN for word in words]
    wanted = [(max(map(len, column)) + 1) * LETTER + MARGIN for column in columns]
    if sum(least) >= room:
        return _shared(room, least)
    if sum(wanted) <= room:
        return _shared(room, wanted)
    fair = room // len(columns)
    fixed = [want if want <= fair else low for low, want in zip(least, wanted, strict=True)]
    if sum(fixed) > room:
        fixed = least
    lengths = [sum(map(len, column)) / len(column) for column in columns]
    weights = [
        sqrt(length + 1) if want > width else 0.0
        for length, want, width in zip(lengths, wanted, fixed, strict=True)
    ]
    spare = _shared(room - sum(fixed), weights)
    return [width + more for width, more in zip(fixed, spare, strict=True)]


def _shared(whole: int, weights: Sequence[float]) -> list[int]:
    """Return whole parts in the proportion of the weights; they sum up to the whole."""
    total = sum(weights)
    ends = [round(whole * sum(weights[: number + 1]) / total) for number in range(len(weights))]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


def _set_widths(table: Any, widths: Sequence[int], indent: int) -> None:
    for column, width in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        column.set(qn("w:w"), str(width))
    properties = table._tbl.tblPr
    for name in ("w:tblW", "w:tblInd", "w:tblLayout"):
        for old in properties.findall(qn(name)):
            properties.remove(old)
    whole, begin, layout = OxmlElement("w:tblW"), OxmlElement("w:tblInd"), OxmlElement("w:tblLayout")
    for element, width in ((whole, sum(widths)), (begin, indent)):
        element.set(qn("w:w"), str(width))
        element.set(qn("w:type"), "dxa")
    layout.set(qn("w:type"), "fixed")
    # The order in which they must stand: style, width, indent, layout, look.
    properties.find(qn("w:tblStyle")).addnext(whole)
    whole.addnext(begin)
    begin.addnext(layout)


def _cell(text: str, width: int, style: str, *, bold: bool) -> Any:
    cell, properties, wide = OxmlElement("w:tc"), OxmlElement("w:tcPr"), OxmlElement("w:tcW")
    wide.set(qn("w:w"), str(width))
    wide.set(qn("w:type"), "dxa")
    properties.append(wide)
    cell.append(properties)
    paragraph: Any = OxmlElement("w:p")
    paragraph.style = style
    run = paragraph.add_r()
    if bold:
        run.get_or_add_rPr().append(OxmlElement("w:b"))
    run.text = text
    cell.append(paragraph)
    return cell
