"""How a DOCX looks: named styles, so that an office can give them its own look; and its page, header and footer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as DocxParagraph

from advisor.catalogue import say
from advisor.papers.document import Document, Tone
from advisor.problem import UsageError
from advisor.text import Language

FONT, FIXED = "Arial", "Courier New"
SIZE: Final = 11
LANGUAGES: Final[dict[Language, str]] = {"id": "id-ID", "en": "en-GB"}
PAGE: Final = (21.0, 29.7)
MARGINS: Final = (2.5, 2.5, 2.5, 3.0)
"""Top, right, bottom and left, in centimetres."""

LONGEST_HEADER: Final = 90
"""Letters of the title that stand on top of each page: they take one line."""

COLOURS: Final[dict[Tone, RGBColor]] = {
    "quiet": RGBColor(0x4B, 0x53, 0x5D),
    "warning": RGBColor(0x7A, 0x4B, 0x00),
    "good": RGBColor(0x11, 0x63, 0x29),
    "bad": RGBColor(0xA4, 0x0E, 0x26),
}
ACCENT: Final = RGBColor(0x0B, 0x53, 0x94)
BLACK: Final = RGBColor(0, 0, 0)

TITLE, HEADINGS, LISTED, CAPTION, GRID = (
    "Title",
    ("Heading 1", "Heading 2"),
    "List Paragraph",
    "Caption",
    "Table Grid",
)
CELL, VERBATIM = "Advisor Cell", "Advisor Verbatim"
SOURCE, VALUE, NOTE = "Advisor Source", "Advisor Value", "Advisor Note"
PARAGRAPH, CHARACTER, TABLE = WD_STYLE_TYPE.PARAGRAPH, WD_STYLE_TYPE.CHARACTER, WD_STYLE_TYPE.TABLE
USED: Final = {
    **dict.fromkeys((TITLE, *HEADINGS, LISTED, CAPTION, CELL, VERBATIM), PARAGRAPH),
    **dict.fromkeys((SOURCE, VALUE, NOTE), CHARACTER),
    GRID: TABLE,
}
"""The styles that are written in; what is in none of them is in the one that a paragraph has by itself."""


def add_styles(document: Docx, language: Language) -> Mapping[str, str]:
    """Add the styles that a template does not have, and return the id of each that is used, by its name.

    What is written is given its style by the id: python-docx looks through all styles for a name, each time.
    Raises `UsageError` where there is one of another kind.
    """
    styles: Any = document.styles
    present = {style.name: style.type for style in styles}
    for name, kind in USED.items():
        if present.get(name, kind) != kind:
            raise UsageError(say("paper.template_style", language, name=name))
        if name not in present:
            _shape(styles.add_style(name, kind, builtin=not name.startswith("Advisor")), name)
    return {style.name: style.style_id for style in styles if style.name in USED}


def _shape(style: Any, name: str) -> None:
    """Give a style that was added its look."""
    if name == GRID:
        _bordered(style)
        return
    if name in (SOURCE, VALUE, NOTE):
        style.font.color.rgb = {SOURCE: COLOURS["quiet"], VALUE: ACCENT, NOTE: COLOURS["warning"]}[name]
        style.font.size = Pt(SIZE - 2) if name == SOURCE else None
        return
    space = style.paragraph_format
    if name == VERBATIM:
        type_in(style.element, FIXED)
        style.font.size, space.space_after = Pt(8.5), Pt(0)
    elif name == CELL:
        style.font.size = Pt(SIZE - 1.5)
        space.space_before = space.space_after = Pt(2)
        space.line_spacing = 1.0
    elif name in (TITLE, *HEADINGS):
        style.font.bold = True
        style.font.size = Pt({TITLE: 16, HEADINGS[0]: 13}.get(name, SIZE))
        space.keep_with_next = True
        space.space_before, space.space_after = Pt(0 if name == TITLE else 10), Pt(4)
        if name in HEADINGS:
            _outlined(style, HEADINGS.index(name))
    elif name == CAPTION:
        style.font.size, space.space_after = Pt(9), Pt(10)


def shape_own(document: Docx, language: Language) -> None:
    """Give a document that follows no template its page and the look of its styles."""
    section = document.sections[0]
    section.page_width, section.page_height = (Cm(size) for size in PAGE)
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = map(Cm, MARGINS)
    styles: Any = document.styles
    for element in (document.styles.element.find(f".//{qn('w:rPrDefault')}"), styles["Normal"].element):
        type_in(element, FONT, LANGUAGES[language])
    _sized(styles["Normal"], SIZE, bold=None)
    spacing = styles["Normal"].paragraph_format
    spacing.space_after, spacing.line_spacing = Pt(4), 1.1
    for name, size, bold, before, after in (
        (TITLE, 16, True, 0, 8),
        (HEADINGS[0], 13, True, 14, 4),
        (HEADINGS[1], SIZE, True, 8, 2),
        (CAPTION, 9, False, 0, 10),
    ):
        style = styles[name]
        type_in(style.element, FONT, LANGUAGES[language])
        _sized(style, size, bold=bold)
        style.font.color.rgb = BLACK
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    _underlined(styles[TITLE], ACCENT)
    styles[LISTED].paragraph_format.space_after = Pt(2)
    for contextual in styles[LISTED].element.iter(qn("w:contextualSpacing")):
        contextual.getparent().remove(contextual)
    for theme in document.settings.element.iter(qn("w:themeFontLang")):
        theme.set(qn("w:val"), LANGUAGES[language])


def type_in(element: Any, font: str, language: str = "") -> None:
    """Give a style a type and a language; the theme would win over the type otherwise."""
    properties = element.find(qn("w:rPr")) if element.tag == qn("w:rPrDefault") else element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), font)
    if language:
        for old in properties.findall(qn("w:lang")):
            properties.remove(old)
        lang = OxmlElement("w:lang")
        lang.set(qn("w:val"), language)
        properties.append(lang)


def write_running_lines(document: Docx, told: Document, ids: Mapping[str, str]) -> None:
    """Write the title into the header but for the first page, and the number of the page into the footer."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    title = told.title
    if len(title) > LONGEST_HEADER:
        title = title[:LONGEST_HEADER].rstrip() + "…"
    add_run(section.header.paragraphs[0], title, ids[SOURCE])
    before, between = (say(f"paper.page.{part}", told.language) for part in ("before", "between"))
    for footer in (section.footer, section.first_page_footer):
        line = footer.paragraphs[0]
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        add_run(line, f"{before} ", ids[SOURCE])
        _add_field(line, "PAGE", ids[SOURCE])
        add_run(line, f" {between} ", ids[SOURCE])
        _add_field(line, "NUMPAGES", ids[SOURCE])


def add_run(paragraph: DocxParagraph, text: str, style_id: str) -> Any:
    """Add text in a style to a paragraph, and return its run."""
    run: Any = paragraph.add_run(text)
    run._r.style = style_id
    return run


def _add_field(line: DocxParagraph, name: str, style_id: str) -> None:
    """Add a field whose value the reading program works out."""
    for kind, text in (("begin", ""), ("", name), ("separate", ""), ("value", "1"), ("end", "")):
        run = add_run(line, text if kind == "value" else "", style_id)
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif not kind:
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = f" {name} "
            run._r.append(code)


def _sized(style: Any, size: float, *, bold: bool | None) -> None:
    """Give a style its size, also for letters of scripts that run from right to left."""
    style.font.size, style.font.bold = Pt(size), bold
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:szCs")):
        properties.remove(old)
    complex_size = OxmlElement("w:szCs")
    complex_size.set(qn("w:val"), str(round(size * 2)))
    properties.find(qn("w:sz")).addnext(complex_size)


def _outlined(style: Any, level: int) -> None:
    """Let a style make headings, by which a reader finds the way."""
    outline = OxmlElement("w:outlineLvl")
    outline.set(qn("w:val"), str(level))
    style.element.get_or_add_pPr().append(outline)


def _underlined(style: Any, colour: RGBColor) -> None:
    """Let the line below the title have a colour that belongs to no theme."""
    for line in style.element.iter(qn("w:bottom")):
        for name in [name for name in line.attrib if "theme" in name]:
            del line.attrib[name]
        line.set(qn("w:color"), str(colour))


def _bordered(style: Any) -> None:
    """Draw lines around the cells of what has a table style."""
    properties, borders = OxmlElement("w:tblPr"), OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "auto")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    properties.append(borders)
    style.element.append(properties)
