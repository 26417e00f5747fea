"""How the parts of a timetable are said: how long a step takes, on what that rests, and what it waits for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from advisor.report.wording import Wording
from advisor.timetable.timetable import CalendarUsed, Days, Entry, EntryPart, MilestoneDay, Timetable

HARD_SPACE = "\u00a0"


@dataclass(frozen=True, slots=True)
class TimetableWording:
    """Says a timetable in the words of `wording`."""

    wording: Wording
    told: Timetable

    def name(self, entry: Entry) -> str:
        """Return the name of a step, with its state where it is not simply to be taken."""
        label = self.wording.text(entry.label)
        if entry.state == "certain":
            return label
        key = "steps.to_prove" if entry.state == "proof" else "steps.possible"
        return self.wording.say(key, step=label)

    def days(self, entry: Entry) -> tuple[str, str]:
        """Return the first and the last day of a step, each on one line."""
        latest = self.wording.day(entry.latest) if entry.latest is not None else "–"
        return _together(self.wording.day(entry.begins)), _together(latest)

    def put_off(self, days: Days) -> str:
        """Return the days of a step where all that may be needed is taken."""
        begins, latest = (_together(self.wording.day(day)) for day in (days.begins, days.latest))
        return self.wording.say("steps.from_to", begins=begins, latest=latest)

    def waits_for(self, entry: Entry) -> str:
        """Return the numbers of the steps that a step waits for."""
        numbers = sorted(self.told.entry(step).number for step in entry.waits_for)
        return ", ".join(map(str, numbers)) or "–"

    def ground(self, entry: Entry) -> str:
        """Return in one word on what the last day of a step rests."""
        return self.wording.say("steps.by_law" if entry.statutory else "steps.by_estimate")

    def length(self, entry: Entry) -> str:
        """Return how long a step takes, and why so long."""
        match entry.measure:
            case "working_days":
                said = self.wording.say("steps.working_days", count=entry.amount)
            case "months":
                said = self.wording.say("steps.months", count=entry.amount)
            case "each_year":
                said = self.wording.say("steps.each_year")
            case "milestone":
                said = self.wording.say("steps.milestone")
            case "continuing":
                return self.wording.say("steps.continuing")
        if entry.cites:
            return self.wording.say("steps.length_by_law", length=said, source=self.source(entry))
        why = self.wording.text(entry.reason) if entry.reason is not None else ""
        return self.wording.say("steps.length_by_estimate", length=said, why=why)

    def source(self, thing: Entry | EntryPart | MilestoneDay) -> str:
        """Return the articles behind a day, with their authority."""
        return self.wording.source(thing.cites, thing.authority)

    def explained(self, entry: Entry) -> str:
        """Return how long a step takes, and what else is to be said of its days."""
        said = [self.length(entry)]
        if entry.deadline is not None:
            said.append(self.wording.text(entry.deadline))
        if entry.with_possible is not None and entry.latest is not None:
            said.append(self.put_off(entry.with_possible))
        if entry.contested:
            said.append(self.wording.say("steps.contested"))
        return " ".join(text if text.endswith(".") else f"{text}." for text in said)

    def last_day(self, part: EntryPart) -> str:
        """Return the last day of a period within a step, on one line."""
        return _together(self.wording.day(part.latest))

    def grounds(self, entry: Entry) -> str:
        """Return the articles that ask for a step, those of the day; "" where none does."""
        library, day = self.wording.library, self.told.as_of
        return self.wording.citations(library.standing(library.steps[entry.step].cites, day))

    def part(self, part: EntryPart) -> str:
        """Return a period within a step: what for, how long, and how its article is read."""
        said = self.wording.say(
            "steps.part_possible" if part.possible or part.extends else "steps.part",
            part=self.wording.text(part.label),
            length=self.wording.say("steps.working_days", count=part.working_days),
        )
        return f"{said} {self.wording.text(part.reading)}" if part.reading is not None else said

    def named(self, steps: Iterable[str]) -> str:
        """Return steps by name, with how long each takes."""
        entries = [self.told.entry(step) for step in steps]
        return self.wording.joined(
            [
                self.wording.say("steps.with_length", step=self.wording.text(e.label), length=self.short(e))
                for e in entries
            ]
        )

    def short(self, entry: Entry) -> str:
        """Return how long a step takes, in a few words."""
        if entry.measure == "working_days":
            return self.wording.say("steps.working_days", count=entry.amount)
        if entry.measure == "months":
            return self.wording.say("steps.months", count=entry.amount)
        return self.days(entry)[1]

    def calendar(self, used: CalendarUsed) -> str:
        """Return by which holidays was counted."""
        day = self.wording.day(used.checked)
        decrees = "; ".join(
            self.wording.say("steps.decree", year=year.year, decree=self.wording.text(year.decree))
            for year in used.decrees
        )
        if not decrees:
            return self.wording.say("steps.holidays_of_library", library=used.library, day=day)
        return self.wording.say("steps.holidays", library=used.library, day=day, decrees=decrees)


def _together(text: str) -> str:
    """Return a day that is not broken over lines."""
    return text.replace(" ", HARD_SPACE)
