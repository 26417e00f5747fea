"""The timetable as a calendar (iCalendar, RFC 5545) that calendars on telephones and desks take in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from advisor.timetable.timetable import Timetable

PRODUCT: Final = "-//Penasihat Kerja Sama//advisor//ID"
HOST: Final = "penasihat-kerja-sama.invalid"
"""Behind the names of events; no real host, since nobody hands them out."""

DAY: Final = timedelta(1)


@dataclass(frozen=True, slots=True)
class Event:
    """Something in a calendar from its first day to its last; `name` tells it from the others of the case."""

    name: str
    begins: date
    latest: date
    summary: str
    description: str


def events_of(told: Timetable, summary: Callable[[str], str], description: Callable[[str], str]) -> Iterator[Event]:
    """Yield the events of a timetable: its steps, the parts of steps, and the days of the budget.

    `summary` and `description` give the words, by the name of the event: `c-dprd`, `p50-dprd.comments`,
    `ordinary-2019.kua-draft`.
    """
    for entry in told.entries:
        if entry.latest is not None:
            yield _event(entry.step, entry.begins, entry.latest, summary, description)
        for part in entry.parts:
            yield _event(f"{entry.step}.{part.id}", part.begins, part.latest, summary, description)
    for cycle in told.budget.cycles if told.budget is not None else ():
        for milestone in cycle.milestones:
            yield _event(f"{cycle.id}.{milestone.id}", milestone.latest, milestone.latest, summary, description)


def _event(
    name: str, begins: date, latest: date, summary: Callable[[str], str], description: Callable[[str], str]
) -> Event:
    return Event(name, begins, latest, summary(name), description(name))


def calendar_of(told: Timetable, name: str, events: Iterator[Event]) -> bytes:
    """Return a calendar called `name`. The same timetable gives the same bytes, and a later one the same events.

    The time that stands in each event is the day on which the timetable begins, since no clock is read.
    """
    # Imported late: only this format needs it.
    from icalendar import Calendar
    from icalendar import Event as CalendarEvent

    stamp = datetime.combine(told.start, time(), UTC)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for event in events:
        written = CalendarEvent()
        written.add("uid", f"{told.case}-{event.name}@{HOST}")
        written.add("dtstamp", stamp)
        written.add("dtstart", event.begins)
        written.add("dtend", event.latest + DAY)  # the first day on which it is over
        written.add("summary", event.summary)
        written.add("description", event.description)
        written.add("transp", "TRANSPARENT")
        calendar.add_component(written)
    written_out: bytes = calendar.to_ical()
    return written_out
