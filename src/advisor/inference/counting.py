"""Cardinalities over many cases side by side: one integer says where something is true, with one bit a case."""

from __future__ import annotations

from collections.abc import Iterable


def where_enough(enough: int, columns: Iterable[int], everywhere: int) -> int:
    """Return where at least `enough` of the columns have their bit; `everywhere` has the bit of every case."""
    reached = [everywhere, *[0] * enough]  # where so many columns, or more, had their bit so far
    for column in columns:
        for count in range(enough, 0, -1):
            reached[count] |= reached[count - 1] & column
    return reached[enough]
