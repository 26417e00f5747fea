"""Working days in Indonesia, counted by hand on a calendar from the decrees that fix holidays and joint leave.

"Off" in a comment lists the weekdays on which nobody works; all other weekdays are counted one by one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.knowledge.timetable import HolidayFile, HolidayYear, JointLeave, NamedDay
from advisor.knowledge_base import Knowledge
from advisor.text import Text
from advisor.timetable.working_days import CalendarEndsError, WorkingDays


@pytest.fixture(scope="module")
def holidays(knowledge: Knowledge) -> HolidayFile:
    found = knowledge.library.holidays
    assert found is not None
    return found


def _day(text: str) -> date:
    return date.fromisoformat(text)


# Each row: the day on which something begins, how many working days it takes, its last day. Joint leave stops.
BY_HAND = [
    # SKB 2013 (5/2012, SKB.06/MEN/VII/2012, 02/2012): joint leave Mon-Wed 5-7 August, Eid Thu-Fri 8-9 August.
    ("2013-08-02", 1, "2013-08-12"),
    ("2013-08-01", 3, "2013-08-13"),  # 2, 12, 13
    # The same: joint leave Mon 14 and Eid al-Adha Tue 15 October.
    ("2013-10-11", 1, "2013-10-16"),
    # SKB 855, 3, 4/2023 on 2024: off are Mon 8 to Fri 12 and Mon 15 April, the week of Eid.
    ("2024-04-05", 1, "2024-04-16"),
    ("2024-04-02", 5, "2024-04-17"),  # 3, 4, 5, 16, 17
    # The same: Christmas Wed 25, joint leave Thu 26 December; New Year Wed 1 January 2025.
    ("2024-12-23", 3, "2024-12-30"),  # 24, 27, 30
    ("2024-12-30", 3, "2025-01-03"),  # 31, 2, 3
    ("2024-12-20", 10, "2025-01-08"),  # 23, 24, 27, 30, 31, 2, 3, 6, 7, 8
    # SKB 1017, 2, 2/2024 on 2025: Isra Mikraj Mon 27, joint leave Tue 28, Imlek Wed 29 January.
    ("2025-01-24", 1, "2025-01-30"),
    # The same: joint leave Fri 28 March, Eid Mon 31 March and Tue 1 April, joint leave 2, 3, 4 and 7 April.
    ("2025-03-27", 1, "2025-04-08"),
    # The same: Ascension Thu 29, joint leave Fri 30 May; Eid al-Adha Fri 6, joint leave Mon 9 June.
    ("2025-05-28", 5, "2025-06-10"),  # 2, 3, 4, 5, 10
    # SKB 933, 1, 3/2025 made Mon 18 August 2025 joint leave, after the holiday on a Sunday.
    ("2025-08-15", 1, "2025-08-19"),
    # SKB 1017, 2, 2/2024: the Prophet's birthday Fri 5 September.
    ("2025-09-04", 1, "2025-09-08"),
    # The same: Christmas Thu 25, joint leave Fri 26 December; SKB 1497, 2, 5/2025: New Year Thu 1 January 2026.
    ("2025-12-24", 3, "2025-12-31"),  # 29, 30, 31
    ("2025-12-24", 4, "2026-01-02"),
    # SKB 1497, 2, 5/2025 on 2026: joint leave Mon 16, Imlek Tue 17 February.
    ("2026-02-13", 1, "2026-02-18"),
    # The same: joint leave Wed 18, Nyepi Thu 19, joint leave Fri 20, Mon 23, Tue 24 March; Eid at the weekend.
    ("2026-03-17", 1, "2026-03-25"),
    # The same: the 45 days of the DPRD from Mon 2 February: 4 + 5 + 3 + 5 in February, 5 + 5 + 2 + 3 + 2 in
    # March, 2 before Good Friday (3 April), then 5 + 4.
    ("2026-02-02", 45, "2026-04-16"),
    # The same: Ascension Thu 14, joint leave Fri 15 May.
    ("2026-05-13", 1, "2026-05-18"),
    # The same: Eid al-Adha Wed 27, joint leave Thu 28 May; the birthday of Pancasila Mon 1 June.
    ("2026-05-26", 2, "2026-06-02"),  # 29, 2
    # The same: joint leave Thu 24, Christmas Fri 25 December; SKB 2027: New Year Fri 1, Isra Mikraj Tue 5 January.
    ("2026-12-23", 1, "2026-12-28"),
    ("2026-12-23", 5, "2027-01-04"),  # 28, 29, 30, 31, 4
    ("2026-12-23", 6, "2027-01-06"),
    # SKB on 2027 (setneg.go.id, September 2026): joint leave Fri 5 February before Imlek on Saturday.
    ("2027-02-04", 1, "2027-02-08"),
    # The same: Nyepi Mon 8, joint leave Tue 9, Eid Wed-Thu 10-11, joint leave Fri 12 and Mon 15 March.
    ("2027-03-05", 1, "2027-03-16"),
]

COUNTED_THROUGH = [
    # SKB 855, 3, 4/2023: where joint leave counts, Mon 8 and Tue 9 April 2024 are working days.
    ("2024-04-02", 5, "2024-04-09"),  # 3, 4, 5, 8, 9
    # SKB 1017, 2, 2/2024: Fri 28 March 2025 counts, Eid itself does not.
    ("2025-03-27", 1, "2025-03-28"),
    ("2025-03-28", 1, "2025-04-02"),
    # SKB 1497, 2, 5/2025: from Mon 2 February 2026 the 45 days gain 16 February, 18, 20, 23 and 24 March.
    ("2026-02-02", 45, "2026-04-09"),
]


@pytest.mark.parametrize(("begin", "count", "last"), BY_HAND)
def test_a_period_ends_where_it_ends_on_the_calendar(
    begin: str, count: int, last: str, holidays: HolidayFile
) -> None:
    assert _day(last) == WorkingDays(holidays, "stops").after(_day(begin), count)


@pytest.mark.parametrize(("begin", "count", "last"), COUNTED_THROUGH)
def test_a_period_in_which_joint_leave_counts_ends_earlier(
    begin: str, count: int, last: str, holidays: HolidayFile
) -> None:
    assert _day(last) == WorkingDays(holidays, "counts").after(_day(begin), count)


def test_the_second_half_of_march_2026_has_six_working_days_or_ten(holidays: HolidayFile) -> None:
    # SKB 1497, 2, 5/2025: 17, 25, 26, 27, 30, 31; with joint leave also 18, 20, 23, 24.
    begin, end = date(2026, 3, 16), date(2026, 3, 31)

    assert 6 == WorkingDays(holidays, "stops").count(begin, end)
    assert 10 == WorkingDays(holidays, "counts").count(begin, end)


def test_sixty_working_days_before_the_end_of_november_2026_is_the_seventh_of_september(
    holidays: HolidayFile,
) -> None:
    # No holiday from September to November (SKB 1497, 2, 5/2025): 20 in November, 22 in October, 18 in September.
    assert date(2026, 9, 7) == WorkingDays(holidays, "stops").before(date(2026, 11, 30), 60)


def test_a_day_off_moves_to_the_working_day_beside_it(holidays: HolidayFile) -> None:
    days = WorkingDays(holidays, "stops")

    # Sat 19 to Sun 20 December 2026; 24 and 25 December are off, then a weekend.
    assert date(2026, 12, 21) == days.on_or_after(date(2026, 12, 19))
    assert date(2026, 12, 23) == days.on_or_before(date(2026, 12, 27))


def test_the_joint_leave_of_2028_is_not_fixed_and_that_of_2027_is(holidays: HolidayFile) -> None:
    days = WorkingDays(holidays, "stops")

    assert (2028, 2029) == days.without_decree(range(2026, 2030))
    assert [2026, 2027] == [year.year for year in days.decrees(range(2026, 2030))]


def test_eid_of_2027_is_an_estimate_until_the_government_fixes_it(holidays: HolidayFile) -> None:
    days = WorkingDays(holidays, "stops")

    assert [date(2027, 3, 10), date(2027, 3, 11)] == [
        named.day for named in days.estimated(date(2027, 1, 1), date(2027, 4, 1))
    ]


@pytest.mark.parametrize("day", [date(2006, 12, 28), date(2046, 1, 2)])
def test_a_day_whose_holidays_are_not_known_is_refused(day: date, holidays: HolidayFile) -> None:
    with pytest.raises(CalendarEndsError):
        WorkingDays(holidays, "stops").after(day, 1)


# -- whatever the days --------------------------------------------------------------------------------------

DAYS = st.dates(date(2008, 1, 1), date(2035, 12, 31))
COUNTS = st.integers(0, 120)
CHOICES = st.sampled_from(["stops", "counts"])


@given(begin=DAYS, count=COUNTS, later=st.integers(0, 40), choice=CHOICES)
def test_what_begins_later_never_ends_earlier(
    begin: date, count: int, later: int, choice: JointLeave, holidays: HolidayFile
) -> None:
    days = WorkingDays(holidays, choice)

    assert days.after(begin, count) <= days.after(begin + timedelta(later), count)


@given(begin=DAYS, count=COUNTS, more=st.lists(st.integers(1, 200), max_size=12))
def test_more_holidays_never_bring_an_earlier_day(
    begin: date, count: int, more: list[int], holidays: HolidayFile
) -> None:
    added = [begin + timedelta(number) for number in more]
    by_year = {year: [day for day in added if day.year == year] for year in {day.year for day in added}}
    known = {year.year: year for year in holidays.years}
    years = {**{year: _year(year) for year in by_year}, **known}
    name = Text(id="libur", en="holiday")
    told = tuple(
        replace(shape, added=tuple(NamedDay(day=day, name=name) for day in by_year.get(year, [])))
        for year, shape in sorted(years.items())
    )

    few, many = WorkingDays(holidays, "stops"), WorkingDays(replace(holidays, years=told), "stops")

    assert few.after(begin, count) <= many.after(begin, count)


def _year(year: int) -> HolidayYear:
    return HolidayYear(year=year, decree=Text(id="a", en="b"), provenance="verified", source="c")


@given(begin=DAYS, count=COUNTS)
def test_joint_leave_that_stops_the_count_never_brings_an_earlier_day(
    begin: date, count: int, holidays: HolidayFile
) -> None:
    stops, counts = (WorkingDays(holidays, choice).after(begin, count) for choice in ("stops", "counts"))

    assert counts <= stops


@given(begin=DAYS, count=st.integers(1, 120))
def test_counting_back_leads_to_where_counting_began(begin: date, count: int, holidays: HolidayFile) -> None:
    days = WorkingDays(holidays, "stops")
    begin = days.on_or_after(begin)

    assert begin == days.before(days.after(begin, count), count)
    assert count == days.count(begin, days.after(begin, count))


def test_a_day_that_is_removed_is_worked_and_one_that_is_added_is_not(holidays: HolidayFile) -> None:
    name = Text(id="a", en="b")
    changed = replace(
        _year(2026),
        added=(
            NamedDay(day=date(2026, 9, 1), name=name),
            NamedDay(day=date(2026, 9, 2), name=name, joint=True),
        ),
        removed=(NamedDay(day=date(2026, 8, 25), name=name),),
    )
    told = replace(holidays, years=(changed,))
    stops, counts = WorkingDays(told, "stops"), WorkingDays(told, "counts")

    assert stops.is_working_day(date(2026, 8, 25))
    assert not stops.is_working_day(date(2026, 9, 1))
    assert not counts.is_working_day(date(2026, 9, 1))
    assert not stops.is_working_day(date(2026, 9, 2))
    assert counts.is_working_day(date(2026, 9, 2))
