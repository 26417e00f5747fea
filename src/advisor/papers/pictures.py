"""Pictures as tables: for writers that draw nothing, and beside a drawing for those who cannot see it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from advisor.catalogue import say
from advisor.papers.document import Ladder, State, Table, Timeline
from advisor.text import Language

MARKS: Final[dict[State, str]] = {"yes": "✓", "no": "✗", "open": "?", "free": "–"}


def ladder_table(ladder: Ladder) -> Table:
    """Return a ladder as a table of marks."""
    rows = ((name, *(MARKS[state] for state in states)) for name, states in ladder.rows)
    return Table((ladder.caption, *ladder.columns), tuple(rows))


def ladder_lines(ladder: Ladder) -> Iterator[tuple[str, str]]:
    """Yield the columns of a ladder by their numbers, then its rows: a mark for each column, and what it is about.

    So it has room where lines are short.
    """
    for number, name in enumerate(ladder.columns, start=1):
        yield str(number), f"{name} ◄" if number - 1 == ladder.chosen else name
    yield " ".join(str(number) for number in range(1, len(ladder.columns) + 1)), ""
    for name, states in ladder.rows:
        yield " ".join(MARKS[state] for state in states), name


def timeline_table(timeline: Timeline, language: Language) -> Table:
    """Return a timeline as a table of first and last days."""
    headings = (timeline.caption, say("paper.first_day", language), say("paper.last_day", language))
    rows = ((bar.label, day_text(bar.first, language), day_text(bar.last, language)) for bar in timeline.bars)
    return Table(headings, tuple(rows))


def day_text(day: date, language: Language) -> str:
    """Return a day as people write it: 31 Mei 2024."""
    return say(f"day.{day.month}", language, day=day.day, year=day.year)
