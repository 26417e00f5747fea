"""What is said and done in an interview alike on the whole screen and in plain mode."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TextIO

from advisor.interview.day import covered_day
from advisor.interview.interview import Interview
from advisor.knowledge.question import Question
from advisor.problem import AnswersError
from advisor.report.wording import Wording
from advisor.terminal.summary import said
from advisor.understanding.reading import UNKNOWN, Answer

Writer = Callable[[TextIO, int | None], None]
"""Writes a text to a stream; the width is in columns (None: that of the terminal)."""


def progress(interview: Interview, question: Question, wording: Wording) -> str:
    """Return the topic of a question, its number, and how many more there can be at most."""
    topic = next(t for t in interview.interviewer.library.topics if question in t.questions)
    given = list(interview.session.given)
    number = given.index(question.id) + 1 if question.id in given else len(given) + 1
    left = sum(asked != question.id for asked in interview.turn.asking)
    values = {"topic": wording.text(topic.title), "number": number, "left": left}
    return wording.say("interview.progress" if left else "interview.progress_last", **values)


def answered(question: str, answer: Answer, wording: Wording) -> str:
    """Return an answer, "tidak tahu" included."""
    return wording.say("interview.unknown") if answer == UNKNOWN else wording.answer(question, answer)


def given_answers(interview: Interview, wording: Wording) -> dict[str, str]:
    """Return, for each question that was answered, its short name and the answer."""
    given = interview.session.given.items()
    return {name: f"{wording.question(name)}: {answered(name, answer, wording)}" for name, answer in given}


def said_of_keeping(interview: Interview, wording: Wording) -> str:
    """Return whether and where the session is kept."""
    if interview.unkept:
        return wording.say("interview.unkept", name=interview.name, reason=interview.unkept)
    if interview.session.empty:
        return wording.say("interview.nothing_kept")
    return wording.say("interview.saved", name=interview.name)


def take(interview: Interview, answer: Answer, wording: Wording) -> tuple[bool, str]:
    """Take an answer to the question that is asked.

    Returns whether it was taken, and what there is to say about it ("" for nothing).
    """
    refused = _refusal(interview, answer, wording)
    if refused:
        return False, refused
    dropped = interview.answer(answer)
    return True, wording.say("interview.dropped", questions=wording.questions(dropped)) if dropped else ""


def wrong_day(interview: Interview, text: str, wording: Wording) -> str:
    """Return what is wrong with a day of signing as a person wrote it; "" where nothing is."""
    try:
        covered_day(text, interview.interviewer.knowledge)
    except AnswersError as error:
        return " ".join(problem.sentence(wording.language) for problem in error.problems)
    return ""


def set_day(interview: Interview, text: str, wording: Wording) -> str:
    """Ask under the law of another day, which is right; return the sentence that says so."""
    interview.on_day(covered_day(text, interview.interviewer.knowledge))
    return wording.say("interview.day_now", day=wording.day(interview.session.as_of))


def advice(interview: Interview, wording: Wording) -> Writer:
    """Work out the advice on the answers so far, and return what writes it."""
    # Imported late: most of an interview is over before anybody asks for this.
    from advisor.advice.advising import advise
    from advisor.report.text_report import write_text_report

    interviewer = interview.interviewer
    found = advise(interviewer.knowledge, interviewer.case(interview.session))
    return lambda stream, width: write_text_report(interviewer.library, found, wording.language, stream, width)


def reasoning(interview: Interview, conclusion: str, wording: Wording) -> Writer:
    """Work out how a conclusion comes about from the answers so far, and return what writes it."""
    from advisor.explain.how import how
    from advisor.report.how_report import write_how

    knowledge = interview.interviewer.knowledge
    case = interview.interviewer.case(interview.session)
    told = how(knowledge, case, conclusion)
    return lambda stream, width: write_how(knowledge, case, told, wording.language, stream, width)


def _refusal(interview: Interview, answer: Answer, wording: Wording) -> str:
    """Return what an answer contradicts, in words; "" where it can be taken.

    When an earlier answer is changed, later ones give way, so only what can never stand is refused.
    """
    interviewer, session, question = interview.interviewer, interview.session, interview.question
    if question is None or answer == UNKNOWN or interviewer.allows(question, answer, session):
        return ""
    clashing = interviewer.contradicted(question, answer, session)
    if not clashing:
        return wording.say("interview.never")
    if interview.revisiting:
        return ""
    return wording.say("interview.contradicts", questions=wording.questions(clashing))


def why_lines(interview: Interview, question: str, wording: Wording) -> Iterator[tuple[int, str]]:
    """Yield why a question is asked: what is still open, what answers would rule out, and the articles.

    Each line comes with its depth (0 to 2).
    """
    turn = interview.turn
    why = interview.interviewer.why(turn, question)
    if not why.conclusions:
        yield 0, wording.say("interview.why_settled")
        return
    yield 0, wording.say("interview.why")
    for name in why.conclusions:
        if name not in turn.conclusions:
            yield 1, wording.say("interview.why_detail", fact=wording.label(name))
            continue
        yield 1, said(wording, turn.conclusions[name])
        effects: dict[tuple[str | bool, ...], list[str]] = {}
        for effect in why.effects:
            if effect.conclusion == name:
                effects.setdefault(effect.goes, []).append(wording.answer(question, effect.answer))
        for gone, answers in effects.items():
            goes = " / ".join(wording.value(name, value) for value in gone)
            yield 2, wording.say("interview.why_effect", answer=" / ".join(answers), goes=goes)
        if not effects:
            yield 2, wording.say("interview.why_none")
    if why.cites:
        yield 0, wording.say("interview.why_cites", articles=wording.citations(why.cites))
