"""How far an interview is, in one line."""

from __future__ import annotations

from advisor.interview.interview import Interview
from advisor.knowledge.question import Question
from advisor.report.wording import Wording


def progress(interview: Interview, question: Question, wording: Wording) -> str:
    """Return the topic of a question, its number, and how many more there can be at most."""
    topic = next(t for t in interview.interviewer.library.topics if question in t.questions)
    given = list(interview.session.given)
    number = given.index(question.id) + 1 if question.id in given else len(given) + 1
    left = sum(asked != question.id for asked in interview.turn.asking)
    values = {"topic": wording.text(topic.title), "number": number, "left": left}
    return wording.say("interview.progress" if left else "interview.progress_last", **values)
