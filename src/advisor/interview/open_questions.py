"""What has still to be found out: the questions on which open conclusions hang, as a text to send to somebody."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.interview.session import Session
from advisor.interview.turn import Wanted
from advisor.knowledge.library import Library
from advisor.knowledge.question import Question
from advisor.papers.document import Document
from advisor.papers.paper import Paper
from advisor.report.wording import Wording
from advisor.text import Language


def open_questions_report(
    library: Library, session: Session, wanted: Sequence[Wanted], language: Language
) -> Document:
    """Write every question that can still change a conclusion, who may know it, and what each answer would settle.

    The text can be sent to whoever knows the answer: it says nothing of how the program is used.
    """
    paper, wording = Paper(language), Wording(library, language, session.as_of)
    paper.title(wording.say("wanted.title"))
    title = wording.title(session.title, session.parties)
    if title:
        paper.paragraph(title, tone="strong")
    paper.paragraph(wording.say("wanted.what" if wanted else "wanted.nothing", day=wording.day(session.as_of)))
    for number, one in enumerate(wanted, start=1):
        name, question = one.question, library.questions[one.question]
        paper.subheading(f"{number}. {wording.text(question.text)}")
        if question.hint is not None:
            paper.paragraph(wording.text(question.hint), 3, "quiet")
        paper.bullet(wording.say("wanted.answer", options=_options(question, wording)), indent=3)
        if question.known_by is not None:
            paper.bullet(wording.say("wanted.known_by", who=question.known_by), indent=3)
        names = ", ".join(wording.conclusion(conclusion) for conclusion in one.conclusions)
        paper.bullet(wording.say("wanted.decides", conclusions=names), indent=3)
        for values, answers in _settling(one, wording).items():
            paper.bullet(wording.say("wanted.settles", answers=wording.quoted(answers), values=values), indent=3)
        if session.notes.get(name):
            paper.bullet(wording.say("wanted.note", note=session.notes[name]), indent=3)
    return paper.document


def _settling(wanted: Wanted, wording: Wording) -> dict[str, list[str]]:
    """Return what is settled by single answers, in words, and by which."""
    found: dict[str, list[str]] = {}
    for settled in wanted.settled:
        said = [(wording.conclusion(one.id), wording.value(one.id, one.value)) for one in settled.conclusions]
        values = "; ".join(map(": ".join, said))
        found.setdefault(values, []).append(wording.answer(wanted.question, settled.answer))
    return found


def _options(question: Question, wording: Wording) -> str:
    if question.type == "number":
        low, high = question.bounds
        return wording.say("wanted.number", low=low, high=high, unit=wording.unit(question)).rstrip()
    options = [wording.option(question.id, option) for option in question.option_ids]
    if question.type == "choices":
        options.append(wording.say("answer.empty_list"))
    return " / ".join(options)
