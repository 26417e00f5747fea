"""The texts that an interview works out when they are asked for, and what writes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

from advisor.advice.as_data import answers_data
from advisor.interview.interview import Interview
from advisor.interview.interviewer import Interviewer
from advisor.interview.turn import Turn
from advisor.knowledge_base import Knowledge
from advisor.report.wording import Wording
from advisor.understanding.reading import Answer

Writer = Callable[[TextIO, int | None], None]
"""Writes a text to a stream; the width is in columns (None: that of the terminal)."""

# The modules that work a text out are imported late: most of an interview is over before anybody asks for one.


def advice(interview: Interview, wording: Wording) -> Writer:
    """Work out the advice on the answers so far, and return what writes it."""
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


def tried(interview: Interview, question: str, answer: Answer, wording: Wording) -> Writer:
    """Work out what another answer would change, and return what writes it. Raises `AnswersError`."""
    from advisor.explain.what_if import what_if
    from advisor.report.what_if_report import write_what_if

    knowledge = interview.interviewer.knowledge
    case = interview.interviewer.case(interview.session)
    told = what_if(knowledge, case, answers_data({question: answer}))
    return lambda stream, width: write_what_if(knowledge, case, told, wording.language, stream, width)


def open_questions(knowledge: Knowledge, turn: Turn, wording: Wording) -> Writer:
    """Work out on which questions the conclusions hang that are open in a turn, and return what writes them."""
    from advisor.interview.open_questions import write_open_questions

    # An interviewer of its own: that of the interview may be asked for a turn in the meantime.
    interviewer = Interviewer(knowledge)
    library, session, wanted = interviewer.library, turn.session, interviewer.wanted(turn)
    return lambda stream, width: write_open_questions(library, session, wanted, wording.language, stream, width)
