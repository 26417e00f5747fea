"""A paragraph: a text with its style, as a screen draws it and plain mode writes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from advisor.terminal.lines import Lines


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text; `lead` stands before its first line, and its other lines begin under the end of the lead.

    Without a text it is an empty line.
    """

    text: str = ""
    style: str = ""
    lead: str = ""


def draw(paragraphs: Iterable[Paragraph], lines: Lines) -> None:
    """Draw paragraphs, wrapped to the width of `lines`."""
    for paragraph in paragraphs:
        if paragraph.text:
            indent = " " * len(paragraph.lead)
            lines.add(paragraph.text, paragraph.style, first=paragraph.lead, indent=indent)
        else:
            lines.blank()
