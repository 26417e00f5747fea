"""Choosing among the answers that prove something: no more of them than are needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

Codes = Mapping[str, int]
"""Answers: question -> code."""


def fewest(codes: Codes, enough: Callable[[Codes], bool]) -> dict[str, int]:
    """Return answers of which none can be left out without their not being `enough` any more.

    All of `codes` must be; the last questions are the first to be left out.
    """
    kept = dict(codes)
    for question in reversed(list(codes)):
        fewer = {name: code for name, code in kept.items() if name != question}
        if enough(fewer):
            kept = fewer
    return kept
