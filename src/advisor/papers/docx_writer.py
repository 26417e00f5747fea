"""Documents as DOCX, for Word and LibreOffice."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from docx.oxml.ns import qn
from docx.oxml.numbering import CT_NumPr
from docx.shared import Cm, Emu, Length, Pt

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
from advisor.papers.docx_base import emptied_template, empty_docx
from advisor.papers.docx_lists import Lists
from advisor.papers.docx_passages import add_banner, add_grid, add_passage
from advisor.papers.docx_styles import (
    CAPTION,
    CELL,
    COLOURS,
    HEADINGS,
    LANGUAGES,
    LISTED,
    NOTE,
    SOURCE,
    TITLE,
    VALUE,
    VERBATIM,
    add_run,
    add_styles,
    shape_own,
    write_running_lines,
)
from advisor.papers.docx_tables import add_table
from advisor.papers.drawing import Drawing, drawings_of
from advisor.papers.page_look import shape_page
from advisor.papers.pictures import caption_of
from advisor.papers.png import png_of

STEP: Final = 0.28
"""Centimetres for a column of indentation."""

FREE: Final = Cm(3)
"""What is left free on a page below the highest picture: its caption, and some more."""

LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
"""The time of everything in the file, so that the same document gives the same file."""


def docx_of(document: Document, template: Path | None = None, page: PageProfile | None = None) -> bytes:
    """Return a document as a DOCX file; the same document gives the same bytes.

    A template, DOCX or DOTX, gives its page, header, footer and styles; what it contains in its body is not kept.
    Styles that it does not have are added. Without one `page` says what page and type it has. Raises `InputError`
    where the template cannot be read, `UsageError` where it is no such file.
    """
    writer = _Writer(document, template, page)
    writer.write()
    return writer.content()


class _Writer:
    def __init__(self, document: Document, template: Path | None, page: PageProfile | None) -> None:
        self.document = document
        self.docx = empty_docx() if template is None else emptied_template(template, document.language)
        self._ids = add_styles(self.docx, document.language)
        if template is None:
            shape_own(self.docx, document.language)
            write_running_lines(self.docx, document, self._ids)
            if page is not None:
                shape_page(self.docx, page)
        if document.banner:
            add_banner(self.docx, document.banner)
        self._lists = Lists(self.docx)
        self._pictures = 0
        self._begun = False
        self._describe(template)

    def write(self) -> None:
        """Write all blocks."""
        for is_list, group in groupby(self.document.blocks, key=lambda block: isinstance(block, Item)):
            if is_list:
                self._listed([block for block in group if isinstance(block, Item)])
            else:
                for block in group:
                    self._write(block)

    def content(self) -> bytes:
        """Return the file."""
        written, fixed = BytesIO(), BytesIO()
        self.docx.save(written)
        with zipfile.ZipFile(written) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                entry = zipfile.ZipInfo(name, LONG_AGO)
                entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
                new.writestr(entry, old.read(name))
        return fixed.getvalue()

    def _write(self, block: Block) -> None:
        match block:
            case Title(text, annex):
                paragraph = self._paragraph(text, TITLE)
                paragraph.paragraph_format.page_break_before = (annex and self._begun) or None
            case Heading(text):
                self._paragraph(text, HEADINGS[0])
            case Subheading(text, value, note):
                paragraph = self._paragraph(text, HEADINGS[1])
                if value:
                    paragraph.add_run(": ")
                    add_run(paragraph, value, self._ids[VALUE])
                if note:
                    add_run(paragraph, f" ({note})", self._ids[NOTE])
            case Paragraph(text, indent, tone):
                self._toned(text, indent, tone)
            case Pairs(rows, indent):
                self._table((), rows, indent)
            case Table(headings, rows, indent):
                self._table(headings, rows, indent)
            case Verbatim(lines, indent):
                for line in lines:
                    self._paragraph(line, VERBATIM).paragraph_format.left_indent = Cm(STEP * indent)
            case Ladder() | Timeline():
                self._picture(block)
            case Passage():
                add_passage(self.docx, block, self.document.language)
            case Grid():
                add_grid(self.docx, block, self.document.language)
            case Item() | Gap():
                return
        self._begun = True

    def _describe(self, template: Path | None) -> None:
        """Say what the file is, and leave out when it was made, which no two runs have in common."""
        properties = self.docx.core_properties
        properties.title = self.document.title[:255]
        properties.comments = properties.keywords = properties.subject = ""
        if template is None:
            properties.author = ""
        properties.language = LANGUAGES[self.document.language]
        properties.last_modified_by, properties.revision = "", 1
        element: Any = properties._element
        for name in ("dcterms:created", "dcterms:modified", "cp:lastPrinted"):
            for old in element.findall(qn(name)):
                element.remove(old)

    def _paragraph(self, text: str, style: str | None) -> Any:
        paragraph: Any = self.docx.add_paragraph(text)
        if style is not None:
            paragraph._p.style = self._ids[style]
        return paragraph

    def _toned(self, text: str, indent: int, tone: Tone) -> None:
        paragraph = self._paragraph("", None)
        if indent:
            paragraph.paragraph_format.left_indent = Cm(STEP * indent)
        run = paragraph.add_run(text)
        run.bold = tone in ("strong", "good", "bad") or None
        if tone in COLOURS:
            run.font.color.rgb = COLOURS[tone]

    def _listed(self, items: Sequence[Item]) -> None:
        for number, level, item in self._lists.numbered(items):
            paragraph = self._paragraph(item.text, LISTED)
            if item.source:
                add_run(paragraph, f" [{item.source}]", self._ids[SOURCE])
            numbering: CT_NumPr = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            numbering.get_or_add_ilvl().val = level
            numbering.get_or_add_numId().val = number
            # The style has an indent of its own, which would win over that of the list in some programs.
            left, hanging = self._lists.indent(level)
            paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = left, -hanging
        self._begun = True

    @property
    def _room(self) -> tuple[Length, Length]:
        """How wide and how high the text on a page is."""
        section = self.docx.sections[0]
        width = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
        height = (section.page_height or 0) - (section.top_margin or 0) - (section.bottom_margin or 0)
        return Emu(max(width, Cm(2))), Emu(max(height, Cm(5)))

    def _table(self, headings: Sequence[str], rows: Sequence[Sequence[str]], indent: int) -> None:
        if not rows:
            return
        room, _ = self._room
        add_table(self.docx, headings, rows, self._ids[CELL], room, min(Cm(STEP * indent), Emu(room // 2)))
        # Without a paragraph between them two tables would become one.
        behind = self._paragraph("", None).paragraph_format
        behind.space_after, behind.line_spacing = Pt(0), Pt(8)

    def _picture(self, picture: Ladder | Timeline) -> None:
        caption = caption_of(picture, self.document.language)
        for drawing in drawings_of(picture, self.document.language):
            self._drawn(drawing, caption)
        self._paragraph(caption, CAPTION)

    def _drawn(self, drawing: Drawing, caption: str) -> None:
        width, height = self._room
        highest = max(height - FREE, Cm(2))
        fitting = min(width, int(highest * drawing.width / drawing.height))
        paragraph = self._paragraph("", None)
        paragraph.paragraph_format.keep_with_next = True
        shape: Any = paragraph.add_run().add_picture(BytesIO(png_of(drawing)), width=Emu(fitting))
        self._pictures += 1
        for side in ("distT", "distB", "distL", "distR"):
            shape._inline.set(side, "0")  # where nothing is said, LibreOffice leaves a margin
        properties = shape._inline.docPr
        properties.set("descr", drawing.words)
        properties.set("name", f"{caption[:200]} {self._pictures}")
