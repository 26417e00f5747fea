"""The case library in text: the list of cases, one case, and the registry."""

from __future__ import annotations

from typing import get_args

from advisor.knowledge.case import Aspect, CaseList, Member, StudyCase
from advisor.knowledge.library import Library
from advisor.papers.document import Document
from advisor.papers.paper import Paper
from advisor.report.wording import Wording
from advisor.text import Language, Text

FINDINGS: tuple[Aspect, ...] = get_args(Aspect)
LISTS: tuple[CaseList, ...] = get_args(CaseList)


def case_list_report(library: Library, language: Language) -> Document:
    """Write the cases of the study and the registry of cooperations."""
    paper, wording = Paper(language), Wording(library, language)
    paper.title(wording.say("cases.title"))
    for case in library.cases.values():
        paper.subheading(f"{case.id} – {case.name}", note=wording.text(case.location))
        paper.paragraph(wording.text(case.title), 2)
        paper.bullet(wording.text(case.outcome), wording.citations(case.cites))
    paper.paragraph(wording.say("cases.hint"), tone="quiet")
    paper.heading(wording.say("cases.registry"))
    for entry in library.registry:
        kind = wording.say(f"cases.{entry.kind}")
        members = ", ".join(_member(wording, member) for member in entry.members) or wording.text(entry.area)
        paper.bullet(f"{entry.name} ({kind}): {members}", wording.citations(entry.cites))
        if entry.note:
            paper.paragraph(wording.text(entry.note), 4, "quiet")
    return paper.document


def case_report(library: Library, case: StudyCase, language: Language) -> Document:
    """Write one case: members, findings, strengths and weaknesses, what came since, and the answers."""
    paper, wording = Paper(language), Wording(library, language)
    paper.title(case.name)
    paper.paragraph(wording.text(case.title))
    members = ", ".join(_member(wording, member) for member in case.members)
    rows = [(wording.say("cases.members"), members)]
    rows += [(wording.say(f"cases.{name}"), wording.text(getattr(case.findings, name))) for name in FINDINGS]
    rows += [(wording.say("cases.outcome"), wording.text(case.outcome))]
    rows += [(wording.say("cases.lesson"), wording.text(case.lesson))]
    rows += [(wording.say("cases.source"), wording.citations(case.cites))]
    paper.pairs(rows)
    for listed in LISTS:
        texts: tuple[Text, ...] = getattr(case, listed)
        if texts:
            paper.heading(wording.say(f"cases.{listed}"))
            for text in texts:
                paper.bullet(wording.text(text))
    if case.since:
        paper.heading(wording.say("cases.since"))
        for later in case.since:
            paper.bullet(wording.text(later.text), wording.citations(later.cites))
    paper.heading(wording.say("cases.answers"))
    for name, raw in case.answers.items():
        answer = ("yes" if raw else "no") if isinstance(raw, bool) else raw
        reading = case.reading.get(name)
        line = f"{wording.question(name)}: {wording.answer(name, answer)}"
        if reading:
            line += f" – {wording.text(reading.text)}"
        paper.bullet(line, wording.citations(reading.cites) if reading else "")
    return paper.document


def _member(wording: Wording, member: Member) -> str:
    if member.printed:
        return wording.say("cases.printed", name=member.name, printed=member.printed)
    return member.name
