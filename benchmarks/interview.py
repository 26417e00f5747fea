"""How long a person waits for the next question, and for the first; ratios in one run.

python benchmarks/interview.py [PEOPLE]

With PEOPLE it also counts the questions that so many simulated people are asked up to the stop line; each of their
answers is drawn at random from those on offer, and every seventh or so is "tidak tahu".
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time

import pexpect

from advisor.inference.domain import Answer
from advisor.interview.interviewer import Interviewer
from advisor.interview.session import UNKNOWN, Session
from advisor.knowledge_base import Knowledge
from advisor.loading import load_knowledge

RUNS = 5


def _next_questions(knowledge: Knowledge) -> None:
    times: list[float] = []
    print("case                 questions to the stop line")
    for case in knowledge.library.cases.values():
        interviewer = Interviewer(knowledge)
        begin = time.perf_counter()
        turn = interviewer.turn(Session(case.as_of))
        times.append(time.perf_counter() - begin)
        while turn.question is not None:
            raw = case.answers.get(turn.question, UNKNOWN)
            answer: Answer = ("yes" if raw else "no") if isinstance(raw, bool) else raw
            begin = time.perf_counter()
            turn = interviewer.turn(turn.session.answered(turn.question, answer))
            times.append(time.perf_counter() - begin)
        print(f"{case.id:20} {len(turn.session.given):3}")
    print(f"next question: median {1000 * statistics.median(times):.1f} ms, worst {1000 * max(times):.1f} ms")


def _people(knowledge: Knowledge, count: int) -> None:
    counts: list[int] = []
    for seed in range(count):
        interviewer = Interviewer(knowledge)
        person = random.Random(seed)  # noqa: S311 - the same people each time, nothing secret
        turn = interviewer.turn(Session(knowledge.library.manifest.read_until))
        while turn.question is not None:
            answer = _drawn(person, interviewer, turn.session, turn.question)
            turn = interviewer.turn(turn.session.answered(turn.question, answer))
        counts.append(len(turn.session.given))
    known = len(knowledge.library.questions)
    print(f"{count} random people: mean {statistics.mean(counts):.1f}, maximum {max(counts)} of {known} questions")


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


def _first_question() -> float:
    """Return the seconds from starting the program to its first question on the screen."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "XDG_DATA_HOME": home, "TERM": "xterm-256color", "PYTHONUTF8": "1"}
        begin = time.perf_counter()
        child = pexpect.spawn(
            sys.executable, ["-m", "advisor"], env=environment, dimensions=(34, 120), encoding="utf-8", timeout=60
        )
        child.expect("pertanyaan ke-1")
        passed = time.perf_counter() - begin
        child.close(force=True)
    return passed


def _import_prompt_toolkit() -> float:
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import prompt_toolkit"], check=True)
    return time.perf_counter() - begin


def main() -> None:
    """Print all of it."""
    knowledge = load_knowledge()
    _next_questions(knowledge)
    if len(sys.argv) > 1:
        _people(knowledge, int(sys.argv[1]))
    pairs = [(_first_question(), _import_prompt_toolkit()) for _ in range(RUNS)]
    first, base = (statistics.median(values) for values in zip(*pairs, strict=True))
    ratio = statistics.median(one / other for one, other in pairs)
    print(f"first question on screen: {first:.2f} s; import prompt_toolkit: {base:.2f} s; ratio {ratio:.1f}")


if __name__ == "__main__":
    main()
