"""Sentences of a text: what is compared where nothing may be said twice."""

from __future__ import annotations

import re
from typing import Final

END: Final = re.compile(r"(?<=[.!?])[”\"’)]*\s+(?=[“\"‘(]*[A-Z])")
"""Where a sentence ends: behind its mark, and before a capital letter."""


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, in their order."""
    parts, last = [], 0
    for found in END.finditer(text):
        parts.append(text[last : found.end()].strip())
        last = found.end()
    return [part for part in (*parts, text[last:].strip()) if part]


def is_sentence(text: str) -> bool:
    """Whether a text is a whole sentence, and not a name or a label."""
    return text.rstrip('”"’)').endswith((".", "!", "?")) and " " in text
