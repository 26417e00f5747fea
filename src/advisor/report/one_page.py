"""The advice on one page, for the head of an agency: what is advised, why, what is next, what can go wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from typing import Final

from advisor.advice.advice import Advice, Reason
from advisor.papers.document import Document
from advisor.papers.paper import Paper
from advisor.papers.text_writer import write_text
from advisor.report.choosing import asked_first, deciding_reasons, greatest_risks, next_steps
from advisor.report.headline import approval_text, barred_text, forms_text, funding_text, operator_text, verdict
from advisor.report.law_named import law_named, unread_named
from advisor.report.naming import parties_named, subject
from advisor.report.shortening import begun, cut, listed
from advisor.report.wording import Wording

LINES: Final = 60
"""How many lines the page has at most, where they are `COLUMNS` wide."""
COLUMNS: Final = 80
NAMED: Final = 3
"""How many reasons, steps, risks and open questions the page names."""


@dataclass(frozen=True, slots=True)
class Room:
    """How much of each thing is said: numbers of names, and of characters (`title`, `name`, `reason`)."""

    title: int
    name: int
    parties: int
    values: int
    laws: int
    reason: int
    sources: int


ROOMS: Final = (
    Room(title=230, name=60, parties=10, values=6, laws=14, reason=420, sources=9),
    Room(title=150, name=60, parties=6, values=4, laws=9, reason=300, sources=4),
    Room(title=150, name=50, parties=4, values=3, laws=8, reason=160, sources=2),
    Room(title=75, name=30, parties=2, values=2, laws=6, reason=1, sources=1),
)
"""From the widest to the narrowest: the first that fits is used."""


def write_page(paper: Paper, wording: Wording, advice: Advice) -> None:
    """Write the page; of what has no room is said how much more there is."""
    _written(paper, wording, advice, _room(wording, advice))


def _room(wording: Wording, advice: Advice) -> Room:
    """Return the widest room with which the page has its number of lines."""
    for room in ROOMS[:-1]:
        draft = Paper(wording.language)
        _written(draft, wording, advice, room)
        if _lines(draft.document) <= LINES:
            return room
    return ROOMS[-1]


def _lines(document: Document) -> int:
    stream = StringIO()
    write_text(document, stream, COLUMNS)
    return stream.getvalue().count("\n")


def _written(paper: Paper, wording: Wording, advice: Advice, room: Room) -> None:
    _head(paper, wording, advice, room)
    text, tone = verdict(wording, advice)
    paper.blank()
    paper.paragraph(text, tone=tone)
    paper.pairs(_answers(wording, advice, room))
    _reasons(paper, wording, advice, room)
    _steps(paper, wording, advice)
    _risks(paper, wording, advice)
    _open(paper, wording, advice)
    paper.blank()
    for limit in _limits(wording, advice, room):
        paper.paragraph(limit, tone="quiet")
    paper.paragraph(wording.say("report.page.disclaimer"), tone="quiet")


def _head(paper: Paper, wording: Wording, advice: Advice, room: Room) -> None:
    library = wording.library
    paper.title(wording.say("report.title"))
    paper.paragraph(cut(subject(wording, advice), room.title), tone="strong")
    era = wording.text(library.label(library.roles.era, advice.era))
    about = [wording.say("report.page.day", day=wording.day(advice.as_of)), era]
    names = [cut(name, room.name) for name in parties_named(advice)]
    if names and advice.title:
        about.insert(0, listed(wording, names, room.parties))
    paper.paragraph(" · ".join(about))


def _answers(wording: Wording, advice: Advice, room: Room) -> Iterator[tuple[str, str]]:
    """Yield what is advised, row by row."""
    roles = wording.library.roles
    gate = advice.conclusions[roles.gate]
    if gate.value is False:
        yield wording.say("report.page.others"), barred_text(wording)
    else:
        start, target = forms_text(wording, advice, room.values)
        yield wording.conclusion(roles.forms.start), start
        if target:
            yield wording.conclusion(roles.forms.target), target
        if roles.running is not None:
            yield wording.say("report.page.operator"), operator_text(wording, advice, roles.running, room.values)
        yield wording.say("report.page.funding"), funding_text(wording, advice, room.values)
        yield wording.conclusion(roles.approval.conclusion), approval_text(wording, advice, room.values)
        yield from _other_law(wording, advice, room)
    laws = listed(wording, law_named(wording, advice), room.laws)
    missing = "report.inadmissible" if gate.value is False else "report.open"
    yield wording.say("report.legal_basis_short"), laws or wording.say(missing)


def _other_law(wording: Wording, advice: Advice, room: Room) -> Iterator[tuple[str, str]]:
    """Yield the council's part under the other regulation, where that differs or the cooperation began under it."""
    other = advice.other_regime
    if other is None:
        return
    own = advice.conclusions[wording.library.roles.other_regime]
    differs = (own.value, own.possible, own.contested) != (
        other.conclusion.value,
        other.conclusion.possible,
        other.conclusion.contested,
    )
    if not (differs or other.begun):
        return
    law = wording.text(wording.library.instruments[other.instrument].short)
    name = wording.say("report.page.other_law", law=law)
    yield name, wording.in_short(other.conclusion, room.values, wording.say("report.page.barred"))


def _reasons(paper: Paper, wording: Wording, advice: Advice, room: Room) -> None:
    found = deciding_reasons(wording.library, advice, NAMED)
    if not found:
        return
    paper.heading(wording.say("report.page.reasons"))
    for number, reason in enumerate(found, start=1):
        text = begun(wording.text(reason.text), room.reason)
        paper.bullet(text, _source(wording, reason, room), mark=f"{number}.")


def _source(wording: Wording, reason: Reason, room: Room) -> str:
    left = len(reason.cites) - room.sources
    marks = wording.marks(reason)
    cited = wording.citations(reason.cites[: room.sources])
    if left > 0:
        cited = wording.say("report.and_others", shown=cited, count=left)
    return "; ".join([cited, *marks])


def _steps(paper: Paper, wording: Wording, advice: Advice) -> None:
    found = next_steps(advice, NAMED)
    paper.heading(wording.say("report.page.steps"))
    if not found:
        barred = advice.conclusions[wording.library.roles.gate].value is False
        paper.bullet(wording.say("report.page.remove_obstacle" if barred else "report.page.no_step"))
    for number, step in enumerate(found, start=1):
        note = wording.step_note(step)
        label = wording.text(step.label) + (f" ({note})" if note else "")
        actor = wording.lowered(wording.text(step.actor))
        paper.bullet(wording.say("report.page.step", step=label, actor=actor), mark=f"{number}.")


def _risks(paper: Paper, wording: Wording, advice: Advice) -> None:
    library = wording.library
    found = greatest_risks(library, advice, NAMED)
    if not found:
        return
    paper.heading(wording.say("report.page.risks"))
    risks = library.roles.diagnosis.risks
    for name, certain in found:
        factor = library.factors[name]
        told = wording.value(risks, name) + ("" if certain else f" ({wording.say('report.step_open')})")
        if factor.brief is not None:
            told = wording.say("report.page.risk", risk=told, remedy=factor.brief)
        paper.bullet(told, wording.say("authority.judgement") if factor.judgement else "", mark="!")


def _open(paper: Paper, wording: Wording, advice: Advice) -> None:
    found = asked_first(wording.library, advice)
    paper.heading(wording.say("report.page.open"))
    if not found:
        paper.bullet(wording.say("report.page.nothing_open"))
    for question, _ in found[:NAMED]:
        paper.bullet(wording.asked(question), mark="?")
    if len(found) > NAMED:
        paper.bullet(wording.say("report.page.more_open", count=len(found) - NAMED), mark="?")


def _limits(wording: Wording, advice: Advice, room: Room) -> Iterator[str]:
    """Yield how far the law was read, where the advice rests on what was not."""
    unread = unread_named(wording, advice)
    if unread:
        yield wording.say("report.page.unread", names=listed(wording, unread, room.values))
    read_until = wording.library.manifest.read_until
    if advice.as_of > read_until:
        yield wording.say("report.read_until", day=wording.day(read_until))
