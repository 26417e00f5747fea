"""How long a step takes in a case, and the days on which it begins and must be done."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from advisor.knowledge.library import Library
from advisor.knowledge.timetable import BEGIN, END, Part, Span
from advisor.timetable.budget_cycle import week_day
from advisor.timetable.timetable import Days, EntryPart, Measure
from advisor.timetable.working_days import WorkingDays
from advisor.understanding.reading import Answer


@dataclass(frozen=True, slots=True)
class Terms:
    """What spans are read with: the law of a day, the answers, the working days and the days of the budget."""

    library: Library
    as_of: date
    answers: Mapping[str, Answer]
    days: WorkingDays
    milestones: Mapping[str, date]

    def chosen(self, spans: Iterable[Span]) -> Span | None:
        """Return the first span whose law is in force and whose answers are given; None where there is none."""
        return next((span for span in spans if self._stands(span.cites) and self.fits(span.where)), None)

    def fits(self, where: Mapping[str, tuple[str, ...]] | None) -> bool:
        """Whether answers are as asked for; an open question counts as answered so."""
        return where is None or all(
            question not in self.answers or self.answers[question] in options for question, options in where.items()
        )

    def parts(self, span: Span, whole: Days) -> tuple[EntryPart, ...]:
        """Return the parts of a step that can come under the law and the answers, with their days."""
        return tuple(self._parts(span.parts, whole))

    def latest(self, span: Span, begins: date) -> date:
        """Return the last day of a step that begins on a day. Raises `CalendarEndsError`."""
        if span.months is not None:
            return self.days.on_or_after(months_on(begins, span.months))
        if span.each_year is not None:
            return self.days.on_or_before(week_day(span.each_year.month, span.each_year.week, begins))
        if span.milestone is not None:
            return max(self.milestones.get(span.milestone, begins), begins)
        return self.days.after(begins, span.working_days or 0)

    def _parts(self, parts: Iterable[Part], whole: Days) -> Iterator[EntryPart]:
        ends = {BEGIN: whole.begins, END: whole.latest}
        for part in parts:
            if not (self._stands(part.cites) and self.fits(part.where) and part.after in ends):
                continue
            begins = ends[part.after]
            ends[part.id] = latest = self.days.after(begins, part.working_days)
            yield EntryPart(
                id=part.id,
                label=part.label,
                begins=begins,
                latest=latest,
                working_days=part.working_days,
                possible=part.possible,
                extends=part.extends,
                authority=part.authority,
                cites=part.cites,
                reading=part.reading,
            )

    def _stands(self, cites: Iterable[str]) -> bool:
        return all(self.library.status(citation, self.as_of) in ("in_force", "study") for citation in cites)


def measure_of(span: Span | None) -> tuple[Measure, int | None]:
    """Return by what the last day of a step is found, and by how much of it."""
    if span is None:
        return "continuing", None
    if span.working_days is not None:
        return "working_days", span.working_days
    if span.months is not None:
        return "months", span.months
    return ("each_year" if span.each_year is not None else "milestone"), None


def months_on(day: date, months: int) -> date:
    """Return the same day so many months on, or the last one of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
