"""The texts that an interview works out when they are asked for, and what writes them."""

from __future__ import annotations

from advisor.advice.as_data import answers_data
from advisor.interview.interview import Interview
from advisor.interview.interviewer import Interviewer
from advisor.interview.turn import Turn
from advisor.knowledge_base import Knowledge
from advisor.papers.document import Document
from advisor.report.wording import Wording
from advisor.understanding.reading import Answer

# The modules that work a text out are imported late: most of an interview is over before anybody asks for one.


def advice(interview: Interview, wording: Wording) -> Document:
    """Return the advice on the answers so far."""
    from advisor.advice.advising import advise
    from advisor.report.advice_report import advice_report

    interviewer = interview.interviewer
    found = advise(interviewer.knowledge, interviewer.case(interview.session))
    return advice_report(interviewer.library, found, wording.language)


def reasoning(interview: Interview, conclusion: str, wording: Wording) -> Document:
    """Return how a conclusion comes about from the answers so far."""
    from advisor.explain.how import how
    from advisor.report.how_report import how_report

    knowledge = interview.interviewer.knowledge
    case = interview.interviewer.case(interview.session)
    told = how(knowledge, case, conclusion)
    return how_report(knowledge, case, told, wording.language)


def tried(interview: Interview, question: str, answer: Answer, wording: Wording) -> Document:
    """Return what another answer would change. Raises `AnswersError`."""
    from advisor.explain.what_if import what_if
    from advisor.report.what_if_report import what_if_report

    knowledge = interview.interviewer.knowledge
    case = interview.interviewer.case(interview.session)
    told = what_if(knowledge, case, answers_data({question: answer}))
    return what_if_report(knowledge, case, told, wording.language)


def open_questions(knowledge: Knowledge, turn: Turn, wording: Wording) -> Document:
    """Return the questions on which the conclusions hang that are open in a turn."""
    from advisor.interview.open_questions import open_questions_report

    # An interviewer of its own: that of the interview may be asked for a turn in the meantime.
    interviewer = Interviewer(knowledge)
    library, session, wanted = interviewer.library, turn.session, interviewer.wanted(turn)
    return open_questions_report(library, session, wanted, wording.language)
