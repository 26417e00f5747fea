"""No-break spaces in citations, so that a line never ends before the number: "Pasal 9 ayat (2)", "PP 28/2018"."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from advisor.catalogue import say
from advisor.text import Language

NO_BREAK: Final = "\u00a0"


def bound(text: str, language: Language) -> str:
    """Return a text in which the words that the catalogue names hold to the number or letter behind them."""
    return _bindings(language).sub(NO_BREAK, text) if " " in text else text


@cache
def _bindings(language: Language) -> re.Pattern[str]:
    """Return what finds the blanks that must not break: behind and before such words, and before "(2)"."""
    words = [re.escape(word) for word in say("paper.bound", language).split()]
    behind = "|".join(rf"(?<=(?<!\w){word})" for word in words)
    before = "|".join(re.escape(word) for word in say("paper.bound_before", language).split())
    return re.compile(rf"(?:{behind}) (?=\(?\d|[IVX]+(?!\w)|[A-Za-z](?![\w/]))|(?<=\d) (?=\(\d|(?:{before})(?!\w))")
