"""Text as it is compared: however it was wrapped, and with blanks for the no-break spaces of citations."""

from __future__ import annotations

from advisor.papers.binding import NO_BREAK


def unbound(text: str) -> str:
    """Return a text with blanks in the place of no-break spaces."""
    return text.replace(NO_BREAK, " ")


def flat(text: str) -> str:
    """Return a text on one line, with one blank wherever any number of them, or a line, ends a word."""
    return " ".join(unbound(text).split())
