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
        if name not in turn.conclusions:
            label = wording.text(wording.library.all_facts[name].label)
            yield 1, wording.say("interview.why_detail", fact=label)
            continue
        yield 1, said(wording, turn.conclusions[name])
        effects: dict[tuple[str, ...], list[str]] = {}
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
