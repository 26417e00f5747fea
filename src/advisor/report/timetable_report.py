"""The timetable as a document: when the cooperation can be signed, the steps on their days, the budget, and how."""

from __future__ import annotations

from advisor.advice.advice import Advice
from advisor.knowledge.library import Library
from advisor.papers.document import Bar, Document, Timeline
from advisor.papers.paper import Paper
from advisor.report.timetable_wording import TimetableWording
from advisor.report.wording import Wording
from advisor.text import Language
from advisor.timetable.timetable import BudgetCycle, Entry, SigningDay, Timetable

MOST_BARS = 40
"""How many steps a picture shows, those that are sure to come first."""


def timetable_report(
    library: Library, advice: Advice, told: Timetable, language: Language, *, pictures: bool
) -> Document:
    """Return the timetable as a document of its own, with the picture where `pictures` can be drawn."""
    paper, wording = Paper(language), Wording(library, language, advice.as_of)
    paper.title(wording.say("steps.title"))
    title = wording.title(advice.title, advice.parties)
    if title:
        paper.paragraph(title, tone="strong")
    timetable_section(paper, wording, told)
    block = timeline_block(wording, told) if pictures else None
    if block is not None:
        paper.heading(wording.say("steps.picture"))
        paper.picture(block)
    write_details(paper, wording, told)
    write_budget(paper, wording, told)
    if told.entries:
        write_notes(paper, wording, told)
    paper.paragraph(wording.say("steps.disclaimer"), tone="quiet")
    return paper.document


def timetable_section(paper: Paper, wording: Wording, told: Timetable) -> None:
    """Write the summary and the table: what others take into their papers."""
    words = TimetableWording(wording, told)
    _summary(paper, words)
    _warnings(paper, words)
    _table(paper, words)


def timeline_block(wording: Wording, told: Timetable, *, numbered: bool = True) -> Timeline | None:
    """Return the picture of the steps on their days; None where no step has a day.

    `numbered` says whether the steps have the numbers of the timetable, which other papers do not know.
    """
    words = TimetableWording(wording, told)
    dated = [entry for entry in told.entries if entry.latest is not None]
    if len(dated) > MOST_BARS:
        dated = [entry for entry in dated if entry.state != "possible" or entry.decisive][:MOST_BARS]
    bars = tuple(
        Bar(
            f"{entry.number}. {words.name(entry)}" if numbered else words.name(entry),
            entry.begins,
            entry.latest,
            entry.statutory,
        )
        for entry in dated
        if entry.latest is not None
    )
    caption = "steps.caption_of_law" if any(bar.fixed for bar in bars) else "steps.caption"
    return Timeline(wording.say(caption), bars) if bars else None


def _summary(paper: Paper, words: TimetableWording) -> None:
    wording, told = words.wording, words.told
    paper.heading(wording.say("steps.summary"))
    era = wording.text(wording.library.label(wording.library.roles.era, told.era))
    start = wording.say(f"steps.start.{told.start_reason}", day=wording.day(told.start))
    rows = [
        (wording.say("steps.law"), wording.say("steps.law_of", day=wording.day(told.as_of), era=era)),
        (wording.say("steps.begins"), start),
    ]
    if told.signing is not None:
        rows.append((wording.say("steps.signing"), _signing(words, told.signing)))
        rows.append((wording.say("steps.decided_by"), words.named(told.signing.decided_by)))
    counts = {state: sum(1 for entry in told.entries if entry.state == state) for state in ("certain", "possible")}
    if told.entries or told.done:
        rows.append((wording.say("steps.counts"), wording.say("steps.counted", done=told.done, **counts)))
    if told.budget is not None:
        money = wording.say("steps.or").join(_money(wording, cycle) for cycle in _by_money(told))
        rows.append((wording.say("steps.money"), money))
    paper.pairs(rows)


def _signing(words: TimetableWording, signing: SigningDay) -> str:
    wording = words.wording
    later = wording.day(signing.with_possible)
    if signing.day is None:
        return wording.say("steps.signing_possible", day=later)
    day = wording.day(signing.day)
    return day if day == later else wording.say("steps.signing_days", day=day, later=later)


def _money(wording: Wording, cycle: BudgetCycle) -> str:
    return wording.say(
        "steps.money_from", day=wording.day(cycle.money_from), cycle=wording.text(cycle.label), year=_year(cycle)
    )


def _by_money(told: Timetable) -> list[BudgetCycle]:
    cycles = told.budget.cycles if told.budget is not None else ()
    return sorted(cycles, key=lambda cycle: cycle.money_from)


def _year(cycle: BudgetCycle) -> int:
    """Return the budget year that a cycle prepares."""
    return cycle.money_from.year


def _warnings(paper: Paper, words: TimetableWording) -> None:
    wording, told = words.wording, words.told
    found: list[str] = []
    if told.settled is False:
        found.append(wording.say("steps.inadmissible"))
    if told.settled is None:
        found.append(wording.say("steps.gate_open"))
    if told.settled is not False and told.signing is None:
        found.append(wording.say("steps.all_signed" if told.entries else "steps.nothing"))
    if told.unsigned_assumed:
        found.append(wording.say("steps.unsigned_assumed"))
    if told.late_by is not None:
        found.append(wording.say("steps.late", day=wording.day(told.as_of), count=told.late_by))
    if told.signing is not None and told.signing.delayed is not None:
        found.append(wording.say("steps.delayed", day=wording.day(told.signing.delayed)))
    found += [
        wording.say(
            "steps.missed",
            step=wording.text(told.entry(limit.step).label),
            after=wording.text(told.entry(limit.after).label),
            until=wording.day(limit.until),
            count=limit.months,
            source=wording.citations(limit.cites),
        )
        for limit in told.missed
    ]
    if told.other_law is not None:
        era = wording.text(wording.library.label(wording.library.roles.era, told.other_law))
        found.append(wording.say("steps.other_law", era=era))
    for text in found:
        paper.bullet(text, indent=0, mark="!")


def _table(paper: Paper, words: TimetableWording) -> None:
    wording = words.wording
    dated = [entry for entry in words.told.entries if entry.latest is not None]
    headings = [wording.say(f"steps.column.{c}") for c in ("number", "step", "begins", "latest", "waits", "by")]
    for heading, possible in (("steps.table", False), ("steps.table_possible", True)):
        rows = [_row(words, entry) for entry in dated if (entry.state == "possible") is possible]
        if rows:
            paper.heading(wording.say(heading))
            paper.table(headings, rows)
    if dated:
        paper.paragraph(wording.say("steps.table_note"), tone="quiet")
    continuing = [entry for entry in words.told.entries if entry.latest is None]
    if continuing:
        paper.heading(wording.say("steps.afterwards"))
        headings = [wording.say(f"steps.column.{c}") for c in ("number", "step", "since")]
        paper.table(headings, ((str(e.number), words.name(e), words.days(e)[0]) for e in continuing))


def _row(words: TimetableWording, entry: Entry) -> tuple[str, ...]:
    begins, latest = words.days(entry)
    name = words.wording.text(entry.label) if entry.state == "possible" else words.name(entry)
    return str(entry.number), name, begins, latest, words.waits_for(entry), words.ground(entry)


def write_details(paper: Paper, wording: Wording, told: Timetable) -> None:
    """Write of every step who acts, what comes out, and why it takes so long; then the periods within steps."""
    if not told.entries:
        return
    words = TimetableWording(wording, told)
    paper.heading(wording.say("steps.details"))
    keys = ("steps.column.number", "report.actor", "report.output", "steps.length_and_source")
    paper.table([wording.say(key) for key in keys], (_details(words, entry) for entry in told.entries))
    parts = [(entry, part) for entry in told.entries for part in entry.parts]
    if parts:
        paper.heading(wording.say("steps.parts"))
        headings = [wording.say(f"steps.column.{c}") for c in ("number", "period", "latest")]
        paper.table(
            [*headings, wording.say("report.source")],
            (
                (str(entry.number), words.part(part), words.last_day(part), words.source(part))
                for entry, part in parts
            ),
        )


def _details(words: TimetableWording, entry: Entry) -> tuple[str, ...]:
    actor, output = words.wording.text(entry.actor), words.wording.text(entry.output)
    grounds = words.grounds(entry)
    explained = f"{words.explained(entry)} [{grounds}]" if grounds else words.explained(entry)
    return str(entry.number), actor, output, explained


def write_budget(paper: Paper, wording: Wording, told: Timetable) -> None:
    """Write the days of the budget that the cost must meet."""
    if told.budget is None:
        return
    words = TimetableWording(wording, told)
    paper.heading(wording.say("steps.budget"))
    if told.budget.certain:
        paper.paragraph(wording.say("steps.budget_needed"))
    else:
        questions = wording.questions(told.budget.depends_on)
        paper.paragraph(wording.say("steps.budget_possible", questions=questions), tone="warning")
    readings: set[str] = set()
    for cycle in _by_money(told):
        note = wording.say("steps.money_note", day=wording.day(cycle.money_from))
        paper.subheading(f"{wording.text(cycle.label)} {_year(cycle)}", note=note)
        for milestone in cycle.milestones:
            day, what, who = (
                wording.day(milestone.latest),
                wording.text(milestone.label),
                wording.text(milestone.actor),
            )
            paper.bullet(wording.say("steps.due", day=day, what=what, who=who), words.source(milestone))
            reading = wording.text(milestone.reading) if milestone.reading is not None else ""
            if reading and reading not in readings:
                readings.add(reading)
                paper.paragraph(reading, 4, "quiet")
    paper.paragraph(wording.say("steps.budget_limits"), tone="quiet")


def write_notes(paper: Paper, wording: Wording, told: Timetable) -> None:
    """Write how days were counted, and what was assumed."""
    words, used = TimetableWording(wording, told), told.calendar
    paper.heading(wording.say("steps.notes"))
    notes = [
        wording.say("steps.note.days"),
        words.calendar(used),
        wording.say(f"steps.note.joint.{used.joint_leave}"),
    ]
    if used.years_without_decree:
        years = wording.joined([str(year) for year in used.years_without_decree])
        notes.append(wording.say("steps.note.open_years", years=years))
    if used.estimated:
        days = wording.joined(
            [
                wording.say("steps.named_day", name=wording.text(d.name), day=wording.day(d.day))
                for d in used.estimated
            ]
        )
        notes.append(wording.say("steps.note.estimated", days=days))
    notes.append(wording.say("steps.note.full_time"))
    if told.budget is not None:
        notes.append(wording.say("steps.note.weeks"))
    for note in notes:
        paper.bullet(note)
