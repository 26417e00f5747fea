"""Passages and grids in DOCX: official papers, whose places to fill in have comments."""

from __future__ import annotations

from typing import Any, Final

from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.text.paragraph import Paragraph as DocxParagraph

from advisor.catalogue import say
from advisor.papers.document import Grid, Look, Passage, Place, ToFill
from advisor.papers.passages import TO_FILL
from advisor.text import Language

STEP: Final = 0.28
"""Centimetres for a column of indentation."""

STYLES: Final[dict[Look, str]] = {
    "plain": "Advisor Passage",
    "strong": "Advisor Passage Heading",
    "source": "Advisor Passage Source",
    "notice": "Advisor Passage Notice",
}
"""The style of each look: an office gives them its own look, or takes all sources out by their style."""

PLACES: Final[dict[Place, Any]] = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "justified": WD_ALIGN_PARAGRAPH.JUSTIFY,
    "centre": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
MARKED: Final = RGBColor(0x7A, 0x4B, 0x00)
QUIET: Final = RGBColor(0x4B, 0x53, 0x5D)


def add_passage(document: Docx, passage: Passage, language: Language) -> None:
    """Add a passage to the body of a document."""
    _write(document, document.add_paragraph(style=_styled(document, passage.look)), passage, language)


def add_grid(document: Docx, grid: Grid, language: Language) -> None:
    """Add a grid to the body of a document: a table without lines."""
    section = document.sections[0]
    room = Emu((section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0))
    table: Any = document.add_table(len(grid.rows), len(grid.widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    widths = [Emu(int(room * width / sum(grid.widths))) for width in grid.widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row, cells in zip(table.rows, grid.rows, strict=True):
        for cell, width, passages in zip(row.cells, widths, cells, strict=True):
            cell.width = width
            for number, passage in enumerate(passages or (Passage(("",)),)):
                paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
                paragraph.style = _styled(document, passage.look)
                _write(document, paragraph, passage, language)
                paragraph.paragraph_format.keep_with_next = (
                    True if grid.whole else paragraph.paragraph_format.keep_with_next
                )
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit")) if grid.whole else None
    # Without a paragraph between them two tables would become one.
    document.add_paragraph(style=_styled(document, "plain")).paragraph_format.space_after = Pt(0)


def add_banner(document: Docx, text: str) -> None:
    """Write a banner on top of every page, the first among them."""
    section = document.sections[0]
    for header in (section.header, section.first_page_header):
        line = header.paragraphs[0]
        for run in list(line.runs):
            run._r.getparent().remove(run._r)
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = line.add_run(text)
        run.bold, run.font.size, run.font.color.rgb = True, Pt(10), MARKED


def _write(document: Docx, paragraph: DocxParagraph, passage: Passage, language: Language) -> None:
    form = paragraph.paragraph_format
    paragraph.alignment = PLACES[passage.place]
    hanging = len(passage.mark) + 2 if passage.mark else 0
    if passage.indent or hanging:
        form.left_indent = Cm(STEP * (passage.indent + hanging))
    if passage.mark:
        form.first_line_indent = Cm(-STEP * hanging)
        form.tab_stops.add_tab_stop(Cm(STEP * (passage.indent + hanging)))
        paragraph.add_run(f"{passage.mark}\t")
    form.keep_with_next = passage.holds or None
    for part in passage.words:
        if isinstance(part, ToFill):
            run = paragraph.add_run(TO_FILL)
            run.font.color.rgb = MARKED
            comment: Any = document.add_comment(
                run, part.comment, author=say("paper.advisor", language), initials="PKS"
            )
            # The clock would make another file of the same document each time.
            comment._comment_elm.attrib.pop(qn("w:date"), None)
        elif part:
            paragraph.add_run(part)


def _styled(document: Docx, look: Look) -> str:
    """Return the name of the style of a look, which is added where the document does not have it."""
    name, styles = STYLES[look], document.styles
    if name not in {style.name for style in styles}:
        style: Any = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        form = style.paragraph_format
        form.space_after = Pt(6)
        match look:
            case "strong":
                style.font.bold = True
                form.keep_with_next = True
                form.space_after = Pt(2)
            case "source":
                style.font.size, style.font.italic, style.font.color.rgb = Pt(8), True, QUIET
            case "notice":
                style.font.size, style.font.color.rgb = Pt(9), MARKED
                form.space_after = Pt(10)
                _framed(style)
    return name


def _framed(style: Any) -> None:
    """Draw a frame around what has a style."""
    frame = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "4"), ("color", "7A4B00")):
            line.set(qn(f"w:{name}"), value)
        frame.append(line)
    style.element.get_or_add_pPr().insert(0, frame)
