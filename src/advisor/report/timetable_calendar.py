"""The words of a calendar of the timetable."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.advice.advice import Advice
from advisor.knowledge.library import Library
from advisor.report.timetable_wording import TimetableWording
from advisor.report.wording import Wording
from advisor.text import Language
from advisor.timetable.calendar_file import calendar_of, events_of
from advisor.timetable.timetable import Timetable


def timetable_calendar(library: Library, advice: Advice, told: Timetable, language: Language) -> bytes:
    """Return the timetable as iCalendar, in `language`."""
    wording = Wording(library, language, advice.as_of)
    words = _words(TimetableWording(wording, told))
    title = wording.title(advice.title, advice.parties)
    name = wording.say("steps.calendar_name", title=title) if title else wording.say("steps.title")
    events = events_of(told, lambda event: words[event][0], lambda event: words[event][1])
    return calendar_of(told, name, events)


def _words(words: TimetableWording) -> Mapping[str, tuple[str, str]]:
    """Return the summary and the description of each event, by its name."""
    wording = words.wording
    found: dict[str, tuple[str, str]] = {}
    for entry in words.told.entries:
        lines = (
            (wording.say("report.actor"), wording.text(entry.actor)),
            (wording.say("report.output"), wording.text(entry.output)),
            (wording.say("steps.length"), words.length(entry)),
        )
        told = "\n".join(f"{name}: {value}" for name, value in lines)
        found[entry.step] = words.name(entry), told
        for part in entry.parts:
            label = wording.say("steps.event_part", step=wording.text(entry.label), part=wording.text(part.label))
            found[f"{entry.step}.{part.id}"] = label, f"{words.part(part)} [{words.source(part)}]"
    for cycle in words.told.budget.cycles if words.told.budget is not None else ():
        for milestone in cycle.milestones:
            year = cycle.money_from.year
            label = wording.say(
                "steps.event_budget", cycle=wording.text(cycle.label), year=year, what=wording.text(milestone.label)
            )
            told = f"{wording.say('report.actor')}: {wording.text(milestone.actor)}\n[{words.source(milestone)}]"
            found[f"{cycle.id}.{milestone.id}"] = label, told
    return found
