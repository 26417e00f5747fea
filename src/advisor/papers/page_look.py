"""The page and the type that a profile of kbase/papers.yaml gives to a DOCX that has no template."""

from __future__ import annotations

from typing import Any, Final

from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from advisor.knowledge.page_profile import PageProfile
from advisor.papers.docx_styles import type_in

TYPED: Final = ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3", "Caption")
"""The styles that have the type of the profile; all others follow "Normal"."""


def shape_page(document: Docx, profile: PageProfile) -> None:
    """Give a document the paper, the margins, the type and the distance of lines of a profile."""
    section, margins = document.sections[0], profile.margins
    section.page_width, section.page_height = Cm(profile.width), Cm(profile.height)
    section.top_margin, section.right_margin = Cm(margins.top), Cm(margins.right)
    section.bottom_margin, section.left_margin = Cm(margins.bottom), Cm(margins.left)
    styles: Any = document.styles
    for name in TYPED:
        if name in {style.name for style in styles}:
            type_in(styles[name].element, profile.font)
    styles["Normal"].font.size = Pt(profile.size)
    styles["Normal"].paragraph_format.line_spacing = profile.spacing
    styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
