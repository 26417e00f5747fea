"""The staff memo (telaahan staf): the advice as Indonesian offices write it, with everything else in annexes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from typing import Final

from advisor.advice.advice import Advice
from advisor.knowledge.library import Library
from advisor.papers.document import TO_FILL, Document, Grid, Passage, Timeline
from advisor.papers.paper import Paper
from advisor.report.annexes import annex_count, plan_annex, write_annexes
from advisor.report.law_named import unread_named
from advisor.report.memo_analysis import write_analysis
from advisor.report.memo_facts import write_facts
from advisor.report.memo_outcome import is_signed, write_conclusions, write_recommendations
from advisor.report.naming import cooperation
from advisor.report.wording import Wording
from advisor.text import Language

PARTIES: Final = 8
"""How many parties the issue names; the annex has all."""
TO: Final = "memo.to"
ANNEXES: Final = "memo.annexes"
SUBJECT: Final = "memo.subject"
FIELDS: Final = (TO, "memo.from", "memo.date", "memo.number", "memo.nature", ANNEXES, SUBJECT)
NAMES: Final = (22, 78)
"""How wide the names of the fields and what is said of them are to each other."""


def memo(
    library: Library,
    advice: Advice,
    language: Language,
    *,
    letterhead: bool = False,
    timeline: Timeline | None = None,
    earliest: date | None = None,
) -> Document:
    """Return the memo in `language`.

    `letterhead` says that the paper has one already, so that no place is left for it. `timeline` is a picture of
    the steps over the days, put into the annex on steps where there is one. `earliest` is the first day on which
    the agreement can be signed, where that is known.
    """
    paper, wording = Paper(language), Wording(library, language, advice.as_of)
    if not letterhead:
        paper.passage(Passage((wording.say("memo.letterhead"),), place="centre", look="strong"))
    paper.title(wording.say("memo.title"))
    paper.grid(Grid(NAMES, tuple(_fields(wording, advice))))
    for number, (name, write) in enumerate(_sections(earliest), start=1):
        title = wording.say(name)
        paper.heading(f"{ROMAN[number]}. {title}", place=title)
        write(paper, wording, advice)
    paper.grid(_signature(wording))
    write_annexes(paper, wording, advice, tables=True, timeline=timeline)
    return paper.document


ROMAN: Final = ("", "I", "II", "III", "IV", "V", "VI")


def _fields(wording: Wording, advice: Advice) -> Iterator[tuple[tuple[Passage, ...], ...]]:
    filled = {
        TO: _addressee(wording, advice),
        ANNEXES: wording.say("memo.annexes.count", count=annex_count(wording, advice)),
        SUBJECT: wording.say("memo.subject.about", cooperation=cooperation(wording, advice)),
    }
    for name in FIELDS:
        told = f": {filled.get(name, TO_FILL)}"
        label, value = wording.say(name), told
        yield ((Passage((label,), place="left"),), (Passage((value,), place="left"),))


def _addressee(wording: Wording, advice: Advice) -> str:
    """Return the head of the first party that says who signs for it."""
    for party in advice.parties:
        if party.office:
            named = party.name and party.name not in party.office
            office = f"{party.office}, {party.name}" if named else party.office
            return wording.say("memo.addressee", office=office)
    return wording.say("memo.addressee", office=TO_FILL)


def _write_issue(paper: Paper, wording: Wording, advice: Advice) -> None:
    key = "memo.issue.signed" if is_signed(wording.library, advice) else "memo.issue.planned"
    told = wording.say(key, cooperation=cooperation(wording, advice, PARTIES))
    paper.passage(Passage((told,)))


def _write_assumptions(paper: Paper, wording: Wording, advice: Advice, earliest: date | None) -> None:
    library = wording.library
    era = library.label(library.roles.era, advice.era)
    day = wording.say("memo.assumed.day", day=wording.day(advice.as_of), law=era)
    if earliest is not None and earliest > advice.as_of:
        day += " " + wording.say("memo.assumed.late", day=wording.day(earliest), annex=plan_annex(wording, advice))
    told = [
        day,
        wording.say("memo.assumed.read", day=wording.day(library.manifest.read_until)),
    ]
    unread = unread_named(wording, advice)
    if unread:
        told.append(wording.say("memo.assumed.unread", names=wording.joined(unread)))
    told.append(wording.say("memo.assumed.answers" if advice.unanswered else "memo.assumed.all_answers"))
    told.append(wording.say("memo.assumed.screening"))
    write_numbered(paper, told)


def write_numbered(paper: Paper, texts: Iterable[str]) -> None:
    """Write sentences as a numbered list."""
    for number, text in enumerate(texts, start=1):
        paper.passage(Passage((text,), mark=f"{number}."))


def _signature(wording: Wording) -> Grid:
    lines = (
        wording.say("memo.signed.at"),
        wording.say("memo.signed.as"),
        "",
        "",
        "",
        TO_FILL,
        wording.say("memo.nip"),
    )
    return Grid((55, 45), (((), tuple(Passage((line,), place="left") for line in lines)),), whole=True)


def _sections(earliest: date | None) -> tuple[tuple[str, Callable[[Paper, Wording, Advice], None]], ...]:
    """Return the sections in their order, each with what writes it."""
    return (
        ("memo.issue", _write_issue),
        ("memo.assumptions", partial(_write_assumptions, earliest=earliest)),
        ("memo.facts", write_facts),
        ("memo.analysis", write_analysis),
        ("memo.conclusions", write_conclusions),
        ("memo.recommendations", write_recommendations),
    )
