"""Whether kbase/timetable.yaml and kbase/holidays.yaml can be used: what their shapes alone cannot say."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Final

from advisor.knowledge.document import Document, Key
from advisor.knowledge.library import Library
from advisor.knowledge.timetable import BEGIN, END, HolidayFile, Moment, Span, TimetableFile
from advisor.problem import Problem, nearest

MOST_DAYS: Final = 1_000
"""How many working days or months a period may have."""

LAST_YEAR: Final = 2076
"""The last year whose Islamic holidays are known."""


def timetable_problems(document: Document, shape: TimetableFile, library: Library) -> Iterator[Problem]:
    """Yield what is wrong with kbase/timetable.yaml, each with its place; of unknown names the shape tells."""
    check = _Check(document, shape, library)
    yield from check.periods()
    yield from check.limits()
    yield from check.budget()
    yield from check.waiting()


def holiday_problems(document: Document, shape: HolidayFile) -> Iterator[Problem]:
    """Yield what is wrong with kbase/holidays.yaml, each with its place."""
    if not 1 < shape.first_year <= shape.last_year <= LAST_YEAR:
        yield document.problem(("last_year",), "timetable.years", last=str(LAST_YEAR))
    for (number, before), (_, after) in pairwise(enumerate(shape.years)):
        if after.year <= before.year:
            yield document.problem(("years", number + 1, "year"), "timetable.years_order", name=str(after.year))
    for number, year in enumerate(shape.years):
        for part in ("added", "removed", "estimated"):
            for index, named in enumerate(getattr(year, part)):
                if named.day.year != year.year:
                    key = ("years", number, part, index, "day")
                    yield document.problem(
                        key, "timetable.other_year", name=str(year.year), day=named.day.isoformat()
                    )


class _Check:
    def __init__(self, document: Document, shape: TimetableFile, library: Library) -> None:
        self.document, self.shape, self.library = document, shape, library
        self.reasons = {reason.id for reason in shape.reasons}
        self.milestones = {m.id for cycle in shape.budget.cycles for m in cycle.milestones}

    def periods(self) -> Iterator[Problem]:
        """Yield what is wrong with how long steps take."""
        yield from self._days(self.shape.proof.working_days, ("proof", "working_days"))
        yield from self._known(self.shape.proof.reason, self.reasons, ("proof", "reason"))
        seen: set[str] = set()
        for number, period in enumerate(self.shape.periods):
            key: Key = ("periods", number)
            if period.step in seen:
                yield self.document.problem((*key, "step"), "timetable.twice", name=period.step)
            seen.add(period.step)
            for index, span in enumerate(period.takes):
                yield from self._span(span, (*key, "takes", index))

    def _span(self, span: Span, key: Key) -> Iterator[Problem]:
        given = [m for m in (span.working_days, span.months, span.each_year, span.milestone) if m is not None]
        if len(given) != 1:
            yield self.document.problem(key, "timetable.one_measure")
        for name in ("working_days", "months"):
            number = getattr(span, name)
            if number is not None:
                yield from self._days(number, (*key, name))
        if span.authority == "judgement" and span.reason is None:
            yield self.document.problem(key, "timetable.no_reason")
        if span.authority != "judgement" and not span.cites:
            yield self.document.problem(key, "timetable.no_article")
        if span.reason is not None:
            yield from self._known(span.reason, self.reasons, (*key, "reason"))
        if span.milestone is not None:
            yield from self._known(span.milestone, self.milestones, (*key, "milestone"))
        if span.each_year is not None:
            yield from self._moment(
                Moment(month=span.each_year.month, week=span.each_year.week), (*key, "each_year")
            )
        if span.where is not None:
            yield from self._where(span.where, (*key, "where"))
        before = [BEGIN, END]
        for index, part in enumerate(span.parts):
            place = (*key, "parts", index)
            yield from self._days(part.working_days, (*place, "working_days"))
            yield from self._known(part.after, before, (*place, "after"))
            if part.where is not None:
                yield from self._where(part.where, (*place, "where"))
            before.append(part.id)

    def limits(self) -> Iterator[Problem]:
        """Yield what is wrong with limits."""
        for number, limit in enumerate(self.shape.limits):
            yield from self._days(limit.months, ("limits", number, "months"))

    def budget(self) -> Iterator[Problem]:
        """Yield what is wrong with the cycles of the budget."""
        yield from self._where(self.shape.budget.needed_where, ("budget", "needed_where"))
        for number, cycle in enumerate(self.shape.budget.cycles):
            key: Key = ("budget", "cycles", number)
            yield from self._moment(cycle.money, (*key, "money"), may_be_empty=True)
            for index, milestone in enumerate(cycle.milestones):
                yield from self._moment(milestone.due, (*key, "milestones", index, "due"))

    def waiting(self) -> Iterator[Problem]:
        """Yield the first step that, through others, waits for itself."""
        after = {period.step: period.after for period in self.shape.periods}
        place = {period.step: number for number, period in enumerate(self.shape.periods)}
        for step in after:
            path = _way_back(step, after)
            if path:
                key = ("periods", place[step], "after")
                yield self.document.problem(key, "timetable.cycle", path=" → ".join(path))
                return

    def _days(self, number: int, key: Key) -> Iterator[Problem]:
        if not 1 <= number <= MOST_DAYS:
            yield self.document.problem(key, "timetable.days", most=str(MOST_DAYS))

    def _known(self, name: str, known: Collection[str], key: Key) -> Iterator[Problem]:
        if name not in known:
            yield self.document.problem(key, "timetable.unknown", name=name, near=nearest(name, known))

    def _where(self, where: Mapping[str, tuple[str, ...]], key: Key) -> Iterator[Problem]:
        for name, options in where.items():
            question = self.library.questions.get(name)
            known = question.option_ids if question is not None else ()
            for index, option in enumerate(options):
                if option not in known:
                    place = (*key, name, index)
                    near = nearest(option, known)
                    yield self.document.problem(place, "value.unknown", name=name, value=option, near=near)

    def _moment(self, moment: Moment, key: Key, *, may_be_empty: bool = False) -> Iterator[Problem]:
        if moment.month is None:
            if not may_be_empty:
                yield self.document.problem(key, "timetable.no_day")
            return
        by_week, by_day = moment.week is not None, moment.day is not None
        valid = by_week != by_day and (1 <= (moment.week or 1) <= 4) and _is_day(moment.month, moment.day or 1)
        if not valid:
            yield self.document.problem(key, "timetable.no_day")


def _is_day(month: int, day: int) -> bool:
    """Whether every year has that day."""
    try:
        date(2001, month, day)
    except (ValueError, OverflowError):
        return False
    return True


def _way_back(step: str, after: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the steps by which one waits for itself, from it back to it; [] where it does not."""
    came_from: dict[str, str] = {}
    waiting = [step]
    while waiting:
        current = waiting.pop()
        for before in after.get(current, ()):
            if before == step:
                path = [step, current]
                while path[-1] != step:
                    path.append(came_from[path[-1]])
                return path[::-1]
            if before not in came_from:
                came_from[before] = current
                waiting.append(before)
    return []
