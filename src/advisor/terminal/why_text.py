"""Why a question is asked, in words: what is still open, what its answers would rule out, and the articles."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.interview.interview import Interview
from advisor.report.wording import Wording
from advisor.terminal.summary import said


def why_lines(interview: Interview, question: str, wording: Wording) -> Iterator[tuple[int, str]]:
    """Yield lines, each with its depth (0 to 2)."""
    turn = interview.turn
    why = interview.interviewer.why(turn, question)
    if not why.conclusions:
        yield 0, wording.say("interview.why_settled")
        return
    yield 0, wording.say("interview.why")
    for name in why.conclusions:
        yield 1, said(wording, turn.conclusions[name])
        effects = [effect for effect in why.effects if effect.conclusion == name]
        for effect in effects:
            goes = " / ".join(wording.value(name, value) for value in effect.goes)
            answer = wording.answer(question, effect.answer)
            yield 2, wording.say("interview.why_effect", answer=answer, goes=goes)
        if not effects:
            yield 2, wording.say("interview.why_none")
    if why.cites:
        yield 0, wording.say("interview.why_cites", articles=wording.citations(why.cites))
