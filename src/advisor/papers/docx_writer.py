"""Documents as DOCX, for Word and LibreOffice: with named styles, so that an office can give them its own look."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import docx
from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as DocxParagraph

from advisor.catalogue import say
from advisor.knowledge.page_profile import PageProfile
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
    Tone,
    Verbatim,
)
from advisor.papers.docx_passages import add_banner, add_grid, add_passage
from advisor.papers.drawing import ladder_drawing, png_of, timeline_drawing
from advisor.papers.page_look import shape_page

FONT: Final = "Arial"
SIZE: Final = 11
LANGUAGES: Final = {"id": "id-ID", "en": "en-GB"}
PAGE: Final = (21.0, 29.7)
MARGINS: Final = (2.5, 2.5, 2.5, 3.0)
"""Top, right, bottom and left, in centimetres."""

STEP: Final = 0.28
"""Centimetres for a column of indentation."""

LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
"""The time of everything in the file, so that the same document gives the same file."""

COLOURS: Final[dict[Tone, RGBColor]] = {
    "quiet": RGBColor(0x4B, 0x53, 0x5D),
    "warning": RGBColor(0x7A, 0x4B, 0x00),
    "good": RGBColor(0x11, 0x63, 0x29),
    "bad": RGBColor(0xA4, 0x0E, 0x26),
}
ACCENT: Final = RGBColor(0x0B, 0x53, 0x94)
SOURCE: Final = "Advisor Source"
VALUE: Final = "Advisor Value"
NOTE: Final = "Advisor Note"
VERBATIM: Final = "Advisor Verbatim"


def docx_of(document: Document, template: Path | None = None, page: PageProfile | None = None) -> bytes:
    """Return a document as a DOCX file.

    A template gives its page, header, footer and styles; what it contains in its body is not kept. Without one
    `page` says what page and type it has.
    """
    writer = _Writer(document, template, page)
    for block in document.blocks:
        writer.write(block)
    return writer.content()


class _Writer:
    def __init__(self, document: Document, template: Path | None, page: PageProfile | None) -> None:
        self.document = document
        self.docx: Docx = docx.Document(None if template is None else str(template))
        self._pictures = 0
        if template is None:
            _page(self.docx)
            _types(self.docx, document)
        else:
            _emptied(self.docx)
        _own_styles(self.docx)
        if template is None:
            _running_lines(self.docx, document)
            if page is not None:
                shape_page(self.docx, page)
        if document.banner:
            add_banner(self.docx, document.banner)
        properties = self.docx.core_properties
        properties.title, properties.author, properties.comments = document.title[:255], "", ""
        properties.language = LANGUAGES[document.language]
        properties.created = properties.modified = datetime(*LONG_AGO)
        properties.last_modified_by, properties.revision = "", 1

    def write(self, block: Block) -> None:
        """Write one block."""
        match block:
            case Title(text, annex):
                paragraph = self._paragraph(text, "Title")
                paragraph.paragraph_format.page_break_before = annex
            case Heading(text):
                self._paragraph(text, "Heading 1")
            case Subheading(text, value, note):
                paragraph = self._paragraph(text, "Heading 2")
                if value:
                    paragraph.add_run(": ")
                    paragraph.add_run(value, VALUE)
                if note:
                    paragraph.add_run(f" ({note})", NOTE)
            case Paragraph(text, indent, tone):
                self._toned(text, indent, tone)
            case Item():
                self._item(block)
            case Pairs(rows, indent):
                self._table((), rows, indent)
            case Table(headings, rows, indent):
                self._table(headings, rows, indent)
            case Verbatim(lines, indent):
                for line in lines:
                    self._paragraph(line, VERBATIM).paragraph_format.left_indent = Cm(STEP * indent)
            case Ladder(caption):
                self._picture(caption, png_of(ladder_drawing(block)), ladder_drawing(block).words)
            case Timeline(caption):
                drawing = timeline_drawing(block, self.document.language)
                self._picture(caption, png_of(drawing), drawing.words)
            case Gap():
                pass
            case Passage():
                add_passage(self.docx, block, self.document.language)
            case Grid():
                add_grid(self.docx, block, self.document.language)

    def content(self) -> bytes:
        """Return the file; the same document gives the same bytes."""
        written, fixed = BytesIO(), BytesIO()
        self.docx.save(written)
        with zipfile.ZipFile(written) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                entry = zipfile.ZipInfo(name, LONG_AGO)
                entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
                new.writestr(entry, old.read(name))
        return fixed.getvalue()

    def _paragraph(self, text: str, style: str) -> DocxParagraph:
        return self.docx.add_paragraph(text, style=style)

    def _toned(self, text: str, indent: int, tone: Tone) -> None:
        paragraph = self._paragraph("", "Normal")
        paragraph.paragraph_format.left_indent = Cm(STEP * indent) if indent else None
        run = paragraph.add_run(text)
        run.bold = tone in ("strong", "good", "bad") or None
        if tone in COLOURS:
            run.font.color.rgb = COLOURS[tone]

    def _item(self, block: Item) -> None:
        paragraph = self._paragraph("", "List Paragraph")
        left = block.indent + len(block.mark) + 1
        paragraph.paragraph_format.left_indent = Cm(STEP * left)
        paragraph.paragraph_format.first_line_indent = Cm(-STEP * (len(block.mark) + 1))
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(STEP * left))
        paragraph.add_run(f"{block.mark}\t{block.text}")
        if block.source:
            paragraph.add_run(f" [{block.source}]", SOURCE)

    def _table(self, headings: Sequence[str], rows: Sequence[Sequence[str]], indent: int) -> None:
        if not rows:
            return
        table = self.docx.add_table(len(rows) + bool(headings), len(rows[0]), style="Table Grid")
        cells = [list(row.cells) for row in table.rows]
        if headings:
            for cell, heading in zip(cells[0], headings, strict=True):
                cell.paragraphs[0].add_run(heading).bold = True
            _repeated(table.rows[0])
        for line, row in zip(cells[bool(headings) :], rows, strict=True):
            for number, (cell, text) in enumerate(zip(line, row, strict=True)):
                run = cell.paragraphs[0].add_run(text)
                run.bold = True if number == 0 and not headings else None
        for row in table.rows:
            _whole(row)
        _indented(table, Cm(STEP * indent))
        self.docx.add_paragraph(style="Normal").paragraph_format.space_after = Pt(0)

    def _picture(self, caption: str, png: bytes, words: str) -> None:
        section = self.docx.sections[0]
        room = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
        self.docx.add_picture(BytesIO(png), width=room)
        picture = self.docx.paragraphs[-1]
        picture.paragraph_format.keep_with_next = True
        for properties in picture._p.iter(qn("wp:docPr")):
            self._pictures += 1
            properties.set("descr", words)
            properties.set("name", f"{caption} {self._pictures}")
        self._paragraph(caption, "Caption")


# -- the look, where no template gives it --------------------------------------------------------------------


def _page(document: Docx) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = (Cm(size) for size in PAGE)
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = map(Cm, MARGINS)


def _types(document: Docx, told: Document) -> None:
    styles: Any = document.styles
    for name, size, bold in (
        ("Normal", SIZE, None),
        ("Title", 16, True),
        ("Heading 1", 13, True),
        ("Heading 2", SIZE, True),
        ("Heading 3", SIZE, True),
        ("Caption", 9, None),
    ):
        style = styles[name]
        style.font.size, style.font.bold = Pt(size), bold
        style.font.color.rgb = RGBColor(0, 0, 0)
        _typed(style.element, FONT, LANGUAGES[told.language])
    styles["Normal"].paragraph_format.space_after = Pt(4)
    styles["List Paragraph"].paragraph_format.space_after = Pt(2)
    styles["Heading 1"].paragraph_format.space_before = Pt(12)
    styles["Heading 2"].paragraph_format.space_before = Pt(6)


def _typed(element: Any, font: str, language: str) -> None:
    """Give a style a type and a language; the theme would win over the type otherwise."""
    properties = element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), font)
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    lang = OxmlElement("w:lang")
    lang.set(qn("w:val"), language)
    properties.append(lang)


def _own_styles(document: Docx) -> None:
    """Add the styles that a template does not have."""
    styles: Any = document.styles
    present = {style.name for style in styles}
    for name in ("Title", "Heading 1", "Heading 2", "List Paragraph", "Caption"):
        if name not in present:
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    if "Table Grid" not in present:
        styles.add_style("Table Grid", WD_STYLE_TYPE.TABLE, builtin=True)
    for name, colour in ((SOURCE, COLOURS["quiet"]), (VALUE, ACCENT), (NOTE, COLOURS["warning"])):
        if name not in present:
            style = styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
            style.font.color.rgb = colour
            style.font.size = Pt(SIZE - 2) if name == SOURCE else None
    if VERBATIM not in present:
        style = styles.add_style(VERBATIM, WD_STYLE_TYPE.PARAGRAPH)
        style.font.name, style.font.size = "Courier New", Pt(8.5)
        style.paragraph_format.space_after = Pt(0)


def _running_lines(document: Docx, told: Document) -> None:
    """Write the title into the header, and the number of the page into the footer."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    header = section.header.paragraphs[0]
    header.add_run(told.title, SOURCE)
    for footer in (section.footer, section.first_page_footer):
        line = footer.paragraphs[0]
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        before, between = (say(f"paper.page.{part}", told.language) for part in ("before", "between"))
        line.add_run(f"{before} ", SOURCE)
        _add_field(line, "PAGE")
        line.add_run(f" {between} ", SOURCE)
        _add_field(line, "NUMPAGES")


def _add_field(line: DocxParagraph, name: str) -> None:
    """Add a field whose value the reading program works out."""
    for kind, text in (("begin", ""), ("", name), ("separate", ""), ("value", "1"), ("end", "")):
        run = line.add_run(text if kind == "value" else "", SOURCE)
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif not kind:
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = f" {name} "
            run._r.append(code)


def _emptied(document: Docx) -> None:
    """Take everything out of the body of a template but the page."""
    body = document.element.body
    for element in list(body):
        if element.tag != qn("w:sectPr"):
            body.remove(element)


def _repeated(row: Any) -> None:
    """Let a row of headings stand on every page that the table reaches."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _whole(row: Any) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _indented(table: Any, width: Cm) -> None:
    if width:
        indent = OxmlElement("w:tblInd")
        indent.set(qn("w:w"), str(round(width.twips)))
        indent.set(qn("w:type"), "dxa")
        table._tbl.tblPr.append(indent)
