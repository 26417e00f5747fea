"""Working days in Indonesia: Monday to Friday, without public holidays and, if so chosen, without joint leave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from advisor.knowledge.timetable import HolidayFile, HolidayYear, JointLeave, NamedDay

DAY: Final = timedelta(1)
SATURDAY: Final = 5
COUNTRY: Final = "ID"
PUBLIC, JOINT = "public", "government"
"""How the library calls public holidays, and joint leave (cuti bersama)."""


class CalendarEndsError(Exception):
    """A day lies outside the years whose holidays are known; `first` and `last` are the years at their ends."""

    def __init__(self, first: int, last: int) -> None:
        super().__init__(f"holidays are known from {first} to {last}")
        self.first, self.last = first, last


class WorkingDays:
    """Counts working days; the days off are those of the library `holidays`, corrected by kbase/holidays.yaml."""

    def __init__(self, told: HolidayFile, joint_leave: JointLeave) -> None:
        self.told, self.joint_leave = told, joint_leave
        self._years: dict[int, frozenset[date]] = {}
        self._known = {year.year: year for year in told.years}

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on a day. Raises `CalendarEndsError`, as all methods do that look at days."""
        return day.weekday() < SATURDAY and day not in self._off(day.year)

    def after(self, day: date, count: int) -> date:
        """Return the last day of a period of so many working days; the day on which it begins is not counted."""
        return self._counted(day, count, DAY)

    def before(self, day: date, count: int) -> date:
        """Return the day so many working days before another, which is not counted."""
        return self._counted(day, count, -DAY)

    def on_or_after(self, day: date) -> date:
        """Return the day itself if it is a working day, else the next one."""
        return self._nearest(day, DAY)

    def on_or_before(self, day: date) -> date:
        """Return the day itself if it is a working day, else the last one before it."""
        return self._nearest(day, -DAY)

    def count(self, begin: date, end: date) -> int:
        """Return how many working days there are after `begin` up to `end`, which is counted."""
        days = ((begin + DAY * number) for number in range(1, (end - begin).days + 1))
        return sum(1 for day in days if self.is_working_day(day))

    def without_decree(self, years: Iterable[int]) -> tuple[int, ...]:
        """Return those years for which no decree has fixed the joint leave yet."""
        last = max(self._known, default=self.told.first_year)
        return tuple(sorted({year for year in years if year > last}))

    def decrees(self, years: Iterable[int]) -> tuple[HolidayYear, ...]:
        """Return what is known of the decrees of those years, in order."""
        return tuple(self._known[year] for year in sorted(set(years)) if year in self._known)

    def estimated(self, first: date, last: date) -> tuple[NamedDay, ...]:
        """Return the holidays between two days whose day is still an estimate."""
        named = (day for year in self.told.years for day in year.estimated)
        return tuple(day for day in named if first <= day.day <= last)

    @cached_property
    def library_version(self) -> str:
        """The version of the library that knows the holidays."""
        from importlib.metadata import version

        return version("holidays")

    def _counted(self, day: date, count: int, step: timedelta) -> date:
        for _ in range(count):
            day = self._nearest(day + step, step)
        return day

    def _nearest(self, day: date, step: timedelta) -> date:
        while not self.is_working_day(day):
            day += step
        return day

    def _off(self, year: int) -> frozenset[date]:
        """Return the days off of a year."""
        if not self.told.first_year <= year <= self.told.last_year:
            raise CalendarEndsError(self.told.first_year, self.told.last_year)
        if year not in self._years:
            self._years[year] = frozenset(self._days_off(year))
        return self._years[year]

    def _days_off(self, year: int) -> Iterator[date]:
        # Imported late: most commands count no days, and the library is large.
        import holidays

        categories = (PUBLIC, JOINT) if self.joint_leave == "stops" else (PUBLIC,)
        off = set(holidays.country_holidays(COUNTRY, years=year, categories=categories))
        known = self._known.get(year)
        if known is not None:
            off -= {named.day for named in known.removed}
            off |= {named.day for named in known.added if self.joint_leave == "stops" or not named.joint}
        yield from off
