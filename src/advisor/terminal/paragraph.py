"""A paragraph: a text with its style, as a screen draws it and plain mode writes it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text; `lead` stands before its first line, and its other lines begin under the end of the lead.

    Without a text it is an empty line.
    """

    text: str = ""
    style: str = ""
    lead: str = ""
