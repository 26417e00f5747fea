"""How many questions people are asked up to the stop line: python benchmarks/interview_length.py [PEOPLE]

The study's cases, and simulated people whose answers are drawn at random from those on offer; every seventh or so
is "tidak tahu".
"""

from __future__ import annotations

import random
import statistics
import sys
from collections.abc import Callable

from advisor.interview.interviewer import Interviewer
from advisor.interview.session import Session
from advisor.knowledge.case import StudyCase
from advisor.knowledge_base import Knowledge
from advisor.loading import load_knowledge
from advisor.understanding.reading import UNKNOWN, Answer

PEOPLE = 2_000


def asked(interviewer: Interviewer, session: Session, answer: Callable[[Session, str], Answer]) -> int:
    """Return how many questions are asked of somebody who answers like this."""
    turn = interviewer.turn(session)
    while turn.question is not None:
        turn = interviewer.turn(turn.session.answered(turn.question, answer(turn.session, turn.question)))
    return len(turn.session.given)


def asked_in_study(knowledge: Knowledge, case: StudyCase) -> int:
    """Return how many questions a case of the study needs."""

    def answer(session: Session, question: str) -> Answer:
        raw = case.answers.get(question, UNKNOWN)
        return ("yes" if raw else "no") if isinstance(raw, bool) else raw

    return asked(Interviewer(knowledge), Session(case.as_of), answer)


def asked_at_random(knowledge: Knowledge, seed: int) -> int:
    """Return how many questions a simulated person needs; the same one for the same seed."""
    interviewer = Interviewer(knowledge)
    person = random.Random(seed)  # noqa: S311 - nothing secret
    session = Session(knowledge.library.manifest.read_until)
    return asked(interviewer, session, lambda so_far, question: _drawn(person, interviewer, so_far, question))


def _drawn(person: random.Random, interviewer: Interviewer, session: Session, question: str) -> Answer:
    if person.random() < 0.15:
        return UNKNOWN
    offer = interviewer.offer(session, question)
    match interviewer.library.questions[question].type:
        case "number":
            return person.randint(offer.low, offer.high)
        case "choices":
            drawn = tuple(option for option in offer.options if person.random() < 0.3)
            while not interviewer.allows(question, drawn, session):
                drawn = (person.choice(offer.options),)
            return drawn
        case _:
            return person.choice(offer.options)


def main() -> None:
    """Print the counts."""
    knowledge = load_knowledge()
    for case in knowledge.library.cases.values():
        print(f"{case.id:20} {asked_in_study(knowledge, case):3}")
    count = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    counts = [asked_at_random(knowledge, seed) for seed in range(count)]
    known = len(knowledge.library.questions)
    print(f"{count} random people: mean {statistics.mean(counts):.1f}, maximum {max(counts)} of {known} questions")


if __name__ == "__main__":
    main()
