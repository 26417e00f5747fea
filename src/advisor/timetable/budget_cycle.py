"""The next cycles of the budget that can still be met from a day on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from advisor.knowledge.library import Library
from advisor.knowledge.timetable import Budget, Cycle, Moment
from advisor.timetable.timetable import BudgetCycle, BudgetPart, MilestoneDay
from advisor.timetable.working_days import WorkingDays
from advisor.understanding.reading import Answer

WEEK: Final = 7


def budget_part(
    library: Library, budget: Budget, answers: Mapping[str, Answer], as_of: date, start: date, days: WorkingDays
) -> BudgetPart | None:
    """Return the cycles that a cost not yet budgeted must go through; None where no cost waits for a budget.

    The law is that of `as_of`. Raises `CalendarEndsError`.
    """
    needed = budget.needed_where
    if any(name in answers and answers[name] not in options for name, options in needed.items()):
        return None
    unknown = tuple(name for name in needed if name not in answers)
    return BudgetPart(not unknown, unknown, tuple(next_cycles(library, budget, as_of, start, days)))


def next_cycles(
    library: Library, budget: Budget, as_of: date, start: date, days: WorkingDays
) -> Iterator[BudgetCycle]:
    """Yield, of each kind, the next cycle whose days all lie on or after `start`."""
    found: set[str] = set()
    for cycle in budget.cycles:
        if cycle.kind in found or not _in_force(library, cycle, as_of):
            continue
        found.add(cycle.kind)
        year = start.year
        cycle_days = _cycle_in(cycle, year, days)
        while any(milestone.latest < start for milestone in cycle_days.milestones):
            year += 1
            cycle_days = _cycle_in(cycle, year, days)
        yield cycle_days


def _in_force(library: Library, cycle: Cycle, as_of: date) -> bool:
    cited = {citation for milestone in cycle.milestones for citation in milestone.cites}
    return all(library.status(citation, as_of) == "in_force" for citation in cited)


def _cycle_in(cycle: Cycle, year: int, days: WorkingDays) -> BudgetCycle:
    """Return the cycle that is gone through in a year."""
    milestones = tuple(
        MilestoneDay(m.id, m.label, m.actor, _latest(m.due, year, days), m.authority, m.cites, m.reading)
        for m in cycle.milestones
    )
    last = max(milestone.latest for milestone in milestones)
    money = last if cycle.money.month is None else _day_of(cycle.money, year)
    return BudgetCycle(cycle.id, cycle.kind, cycle.label, money.year, milestones, money)


def _latest(moment: Moment, year: int, days: WorkingDays) -> date:
    """Return the last working day on which something can be done; see `Moment`."""
    day = _day_of(moment, year)
    if moment.working_days_before:
        return days.before(day, moment.working_days_before)
    if moment.working_days_after:
        return days.after(day, moment.working_days_after)
    return days.on_or_before(day)


def _day_of(moment: Moment, year: int) -> date:
    """Return the day of a year that a moment names: of a week its last."""
    return date(year + moment.year, moment.month or 1, moment.day or (moment.week or 1) * WEEK)


def week_day(month: int, week: int, from_day: date) -> date:
    """Return the next last day of a week of a month, on or after a day."""
    day = date(from_day.year, month, week * WEEK)
    return day if day >= from_day else date(from_day.year + 1, month, week * WEEK)
