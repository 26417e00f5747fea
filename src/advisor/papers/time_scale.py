"""Which days are marked over a timeline, so that it can be read off when something is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import Final

from advisor.papers.type_size import breadth

DAYS: Final = (1, 2, 7, 14)
MONTHS: Final = (1, 2, 3, 6, 12, 24, 60, 120, 600, 1200, 12_000)
"""How far apart days are that are marked: so many days, or the first days of so many months."""

SPACE: Final = 8
"""What is left free between what stands beside two marks."""


def marked_days(first: date, last: date, unit: float, size: int) -> list[tuple[date, str]]:
    """Return the days to mark from the first to the last, and what stands beside each.

    A day takes `unit` in width. They are as close as what stands beside them, in type of `size`, allows.
    """
    for step in DAYS:
        if step * unit > 2 * SPACE:
            marks = list(_days(first, last, step))
            if _has_room(marks, unit, size):
                return marks
    for step in MONTHS:
        if 31 * step * unit > 2 * SPACE:
            marks = list(_months(first, last, step))
            if _has_room(marks, unit, size):
                return marks
    return []


def _has_room(marks: Iterable[tuple[date, str]], unit: float, size: int) -> bool:
    return all(
        breadth(name, size) + SPACE <= unit * (following.toordinal() - day.toordinal())
        for (day, name), (following, _) in pairwise(marks)
    )


def _days(first: date, last: date, step: int) -> Iterator[tuple[date, str]]:
    for number in range(first.toordinal(), last.toordinal() + 1, step):
        day = date.fromordinal(number)
        yield day, f"{day.day}/{day.month}"


def _months(first: date, last: date, step: int) -> Iterator[tuple[date, str]]:
    """Yield the first days of months; of years, those of their first months."""
    start, end = (day.year * 12 + day.month - 1 for day in (first, last))
    for number in range(start + (-start % step), end + 1, step):
        day = date(number // 12, number % 12 + 1, 1)
        if day >= first:
            yield day, f"{day.month}/{day.year}" if step < 12 else f"{day.year}"
