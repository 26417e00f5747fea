"""Why an answer cannot be taken."""

from __future__ import annotations

from advisor.inference.domain import Answer
from advisor.interview.interview import Interview
from advisor.interview.session import UNKNOWN
from advisor.report.wording import Wording


def refusal(interview: Interview, question: str, answer: Answer, wording: Wording) -> str:
    """Return what an answer contradicts, in words; "" where it can be taken.

    When an earlier answer is changed, later ones give way, so only what can never stand is refused.
    """
    interviewer, session = interview.interviewer, interview.session
    if answer == UNKNOWN or interviewer.allows(question, answer, session):
        return ""
    clashing = interviewer.contradicted(question, answer, session)
    if not clashing:
        return wording.say("interview.never")
    if interview.revisiting:
        return ""
    names = ", ".join(wording.question(other) for other in clashing)
    return wording.say("interview.contradicts", questions=names)
