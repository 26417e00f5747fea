"""The page and the type that a profile of kbase/papers.yaml gives to a DOCX that has no template."""

from __future__ import annotations

from typing import Any, Final

from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from advisor.knowledge.page_profile import PageProfile

TYPED: Final = ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3", "Caption")
"""The styles that have the type of the profile; all others follow "Normal"."""
FACES: Final = ("ascii", "hAnsi", "eastAsia", "cs")


def shape_page(document: Docx, profile: PageProfile) -> None:
    """Give a document the paper, the margins, the type and the distance of lines of a profile."""
    section, margins = document.sections[0], profile.margins
    section.page_width, section.page_height = Cm(profile.width), Cm(profile.height)
    section.top_margin, section.right_margin = Cm(margins.top), Cm(margins.right)
    section.bottom_margin, section.left_margin = Cm(margins.bottom), Cm(margins.left)
    styles: Any = document.styles
    for name in TYPED:
        if name in {style.name for style in styles}:
            _give_type(styles[name].element, profile.font)
    styles["Normal"].font.size = Pt(profile.size)
    styles["Normal"].paragraph_format.line_spacing = profile.spacing
    styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _give_type(style: Any, font: str) -> None:
    properties = style.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    # The type of the theme would win over the one that is named.
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for face in FACES:
        fonts.set(qn(f"w:{face}"), font)
