"""The facts of a memo: the answers on which the advice stands, in sentences, and what is not known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from advisor.advice.advice import Advice
from advisor.papers.document import Passage
from advisor.papers.paper import Paper
from advisor.report.choosing import asked_first
from advisor.report.wording import Wording
from advisor.understanding.reading import Answer

UNKNOWN_NAMED: Final = 6


def write_facts(paper: Paper, wording: Wording, advice: Advice) -> None:
    """Write who signs, the answers that influence a conclusion, topic by topic, and what is not known."""
    for sentences in (_signing(wording, advice), *_by_topic(wording, advice), _not_known(wording, advice)):
        told = " ".join(sentences)
        if told:
            paper.passage(Passage((told,)))


def _signing(wording: Wording, advice: Advice) -> Iterator[str]:
    for party in advice.parties:
        name = party.name or party.kind
        if name and (party.signatory or party.office):
            who = " ".join(filter(None, (party.office, party.signatory)))
            yield wording.say("memo.fact.signs", party=name, who=who)


def _by_topic(wording: Wording, advice: Advice) -> Iterator[tuple[str, ...]]:
    deciding = _deciding(wording, advice)
    for number, topic in enumerate(wording.library.topics):
        # The first topic says what the cooperation is about.
        names = [question.id for question in topic.questions if number == 0 or question.id in deciding]
        yield tuple(told_answer(wording, name, advice.answers[name]) for name in names if name in advice.answers)


def _deciding(wording: Wording, advice: Advice) -> set[str]:
    """Return the questions whose answers stand behind the headline, what it may still be, or a risk."""
    library = wording.library
    found: set[str] = set()
    for name, conclusion in advice.conclusions.items():
        if library.conclusions[name].headline or name == library.roles.diagnosis.risks:
            possible = (reason for outcome in conclusion.outcomes for reason in outcome.because)
            for reason in (*conclusion.because, *possible):
                found |= set(reason.facts)
    return found


def told_answer(wording: Wording, question: str, answer: Answer) -> str:
    """Return the sentence that tells an answer; its name and value where kbase has no sentence."""
    known = wording.library.questions[question]
    told = known.told
    text = None
    if told is not None:
        by_answer = {"yes": told.yes, "no": told.no} if known.type == "yes_no" else {}
        text = by_answer.get(str(answer)) or (told.none if answer == () else told.answer)
    if text is None:
        return f"{wording.question(question)}: {wording.answer(question, answer)}."
    return wording.filled(text, answer=_said(wording, question, answer))


def _said(wording: Wording, question: str, answer: Answer) -> str:
    """Return an answer as it stands within a sentence."""
    if not isinstance(answer, tuple):
        return wording.lowered(wording.answer(question, answer))
    return wording.joined([wording.lowered(wording.option(question, value)) for value in answer])


def _not_known(wording: Wording, advice: Advice) -> tuple[str, ...]:
    asked = [wording.library.questions[name].told for name, _ in asked_first(wording.library, advice)]
    clauses = [wording.text(told.unknown) for told in asked if told is not None]
    if not clauses:
        return ()
    shown = "; ".join(clauses[:UNKNOWN_NAMED])
    left = len(clauses) - UNKNOWN_NAMED
    if left > 0:
        return (wording.say("memo.fact.unknown_more", what=shown, count=left),)
    return (wording.say("memo.fact.unknown", what=shown),)
