"""Pictures as tables: for writers that draw nothing, and beside a drawing for those who cannot see it."""

from __future__ import annotations

from datetime import date
from typing import Final

from advisor.catalogue import say
from advisor.papers.document import Bar, Ladder, State, Table, Timeline
from advisor.text import Language

MARKS: Final[dict[State, str]] = {"yes": "✓", "no": "✗", "open": "?", "free": "–"}


def ladder_table(ladder: Ladder, language: Language) -> Table:
    """Return a ladder as a table of marks."""
    rows = ((name, *(MARKS[state] for state in states)) for name, states in ladder.rows)
    return Table(("", *column_names(ladder, language)), tuple(rows))


def timeline_table(timeline: Timeline, language: Language) -> Table:
    """Return a timeline as a table of first and last days."""
    headings = ("", say("paper.first_day", language), say("paper.last_day", language))
    rows = ((name, first, last) for bar in timeline.bars for name, first, last in (bar_words(bar, language),))
    return Table(headings, tuple(rows))


def column_names(ladder: Ladder, language: Language) -> tuple[str, ...]:
    """Return what stands above the columns of a ladder: the one that is chosen says so."""
    return tuple(
        say("paper.chosen", language, name=name) if number == ladder.chosen else name
        for number, name in enumerate(ladder.columns)
    )


def bar_words(bar: Bar, language: Language) -> tuple[str, str, str]:
    """Return what a piece of work is, and its first and its last day."""
    name = say("paper.fixed", language, name=bar.label) if bar.fixed else bar.label
    return name, day_text(bar.first, language), day_text(bar.last, language)


def caption_of(picture: Ladder | Timeline, language: Language) -> str:
    """Return what stands below a picture: what it shows, and what the marks in it mean."""
    if isinstance(picture, Timeline):
        return picture.caption
    used = {state for _, states in picture.rows for state in states}
    marks = ", ".join(say(f"paper.mark.{state}", language, mark=MARKS[state]) for state in MARKS if state in used)
    return f"{picture.caption} ({marks})" if marks else picture.caption


def words_of(picture: Ladder | Timeline, language: Language) -> str:
    """Return what a picture says, in words, for who cannot see it."""
    if isinstance(picture, Timeline):
        bars = (bar_words(bar, language) for bar in picture.bars)
        said = "; ".join(f"{name}: {first} – {last}" for name, first, last in bars)
    else:
        table = ladder_table(picture, language)
        said = "; ".join(f"{name}: {_marked(table.headings[1:], marks)}" for name, *marks in table.rows)
    return f"{caption_of(picture, language)}: {said}." if said else caption_of(picture, language)


def day_text(day: date, language: Language) -> str:
    """Return a day as people write it: 31 Mei 2024."""
    return say(f"day.{day.month}", language, day=day.day, year=day.year)


def _marked(columns: tuple[str, ...], marks: list[str]) -> str:
    return ", ".join(f"{column} {mark}" for column, mark in zip(columns, marks, strict=True))
