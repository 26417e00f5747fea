"""Pictures as tables: for writers that draw nothing, and beside a drawing for those who cannot see it."""

from __future__ import annotations

from datetime import date
from typing import Final

from advisor.catalogue import say
from advisor.papers.document import Ladder, State, Table, Timeline
from advisor.text import Language

MARKS: Final[dict[State, str]] = {"yes": "✓", "no": "✗", "open": "?"}


def ladder_table(ladder: Ladder) -> Table:
    """Return a ladder as a table of marks."""
    rows = ((name, *(MARKS[state] for state in states)) for name, states in ladder.rows)
    return Table((ladder.caption, *ladder.columns), tuple(rows))


def timeline_table(timeline: Timeline, language: Language) -> Table:
    """Return a timeline as a table of first and last days."""
    headings = (timeline.caption, say("paper.first_day", language), say("paper.last_day", language))
    rows = ((bar.label, day_text(bar.first, language), day_text(bar.last, language)) for bar in timeline.bars)
    return Table(headings, tuple(rows))


def day_text(day: date, language: Language) -> str:
    """Return a day as people write it: 31 Mei 2024."""
    return say(f"day.{day.month}", language, day=day.day, year=day.year)
