"""What does not fit is shortened in words: lists end in "and 3 more", texts after a whole sentence."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.papers.sentences import sentences
from advisor.report.wording import Wording


def listed(wording: Wording, names: Sequence[str], most: int) -> str:
    """Return names as a sentence lists them; of more than `most` the first ones, and how many others there are."""
    if len(names) <= most:
        return wording.joined(names)
    return wording.say("report.and_others", shown=", ".join(names[:most]), count=len(names) - most)


def cut(text: str, most: int) -> str:
    """Return a text of at most `most` characters, cut between two words where it can be."""
    if len(text) <= most:
        return text
    shown = text[: most - 1]
    words = shown.rpartition(" ")[0]
    return (words if len(words) > most // 2 else shown).rstrip(" ,;:") + "…"


def begun(text: str, most: int) -> str:
    """Return as many first sentences of a text as `most` characters have room for, but at least one."""
    shown = ""
    for sentence in sentences(text):
        longer = f"{shown} {sentence}".lstrip()
        if shown and len(longer) > most:
            break
        shown = longer
    return shown
