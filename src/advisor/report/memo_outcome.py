"""The end of a memo: what is concluded, and what is recommended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from advisor.advice.advice import Advice, AdvisedStep
from advisor.papers.document import Passage
from advisor.papers.paper import Paper
from advisor.report.choosing import asked_first, greatest_risks, next_steps
from advisor.report.headline import verdict
from advisor.report.wording import Wording

STEPS: Final = 3
NAMED: Final = 3
VALUES: Final = 4


def write_conclusions(paper: Paper, wording: Wording, advice: Advice) -> None:
    """Write what is concluded, sentence by sentence."""
    _numbered(paper, _concluded(wording, advice))


def _concluded(wording: Wording, advice: Advice) -> Iterator[str]:
    roles = wording.library.roles
    yield verdict(wording, advice)[0]
    if advice.conclusions[roles.gate].value is False:
        yield wording.say("memo.nothing_else")
        return
    names = [name for name, known in wording.library.conclusions.items() if known.headline and name != roles.gate]
    for name in names:
        told = [_stated(wording, advice, name)]
        if name == roles.funding.scheme:
            told += _also(wording, advice, roles.funding.support)
        if roles.running is not None and name == roles.running.operator:
            settled = advice.conclusions[name].value
            told += (
                _also(wording, advice, roles.running.vehicle) if settled not in (None, roles.running.nobody) else []
            )
        yield " ".join(told)


def _stated(wording: Wording, advice: Advice, name: str) -> str:
    conclusion = advice.conclusions[name]
    if conclusion.open:
        named = [wording.text(wording.library.label(name, value)) for value in conclusion.uncertain]
        told = {"name": wording.conclusion(name), "values": wording.alternatives(named, VALUES)}
        return wording.say("memo.still_open", **told)
    said = wording.sentence_on(conclusion)
    return wording.say("memo.contested", sentence=said.rstrip(".")) if conclusion.contested else said


def _also(wording: Wording, advice: Advice, name: str) -> list[str]:
    """Return the sentence on a conclusion that belongs to another one, where it says something."""
    conclusion = advice.conclusions[name]
    return [wording.sentence_on(conclusion)] if conclusion.value else []


def write_recommendations(paper: Paper, wording: Wording, advice: Advice) -> None:
    """Write what is to be done next, against the greatest risks, and about what is not known."""
    paper.passage(Passage((wording.say("memo.recommended"),)))
    steps = [_step(wording, step) for step in _to_take(advice)]
    if advice.conclusions[wording.library.roles.gate].value is False:
        steps.append(wording.say("report.page.remove_obstacle"))
    _numbered(paper, (*steps, *_remedies(wording, advice), *_to_ask(wording, advice)))
    paper.passage(Passage((wording.say("memo.closing"),)))


def _to_take(advice: Advice) -> tuple[AdvisedStep, ...]:
    """Return the next steps, and the council's approval where it is to be asked for later."""
    following = next_steps(advice, STEPS)
    later = (step for step in next_steps(advice, len(advice.steps)) if step.dprd_stage and step not in following)
    return (*following, *later)


def _step(wording: Wording, step: AdvisedStep) -> str:
    label = wording.text(step.label)
    note = wording.step_note(step)
    told = {
        "step": f"{label} ({note})" if note else label,
        "actor": wording.lowered(wording.text(step.actor)),
        "output": wording.lowered(wording.text(step.output)),
    }
    said = wording.say("memo.step", **told)
    deadline = wording.library.steps[step.id].brief_deadline
    return wording.say("memo.step_until", step=said, deadline=deadline) if deadline is not None else said


def _remedies(wording: Wording, advice: Advice) -> Iterator[str]:
    library = wording.library
    risks = library.roles.diagnosis.risks
    for name, certain in greatest_risks(library, advice, NAMED):
        brief = library.factors[name].brief
        if certain and brief is not None:
            yield wording.say("memo.remedy", risk=wording.value(risks, name), remedy=brief)


def _to_ask(wording: Wording, advice: Advice) -> Iterator[str]:
    for name, _ in asked_first(wording.library, advice)[:NAMED]:
        question = wording.library.questions[name]
        if question.told is not None and question.known_by is not None:
            yield wording.say("memo.ask", what=question.told.unknown, who=question.known_by)


def _numbered(paper: Paper, texts: Iterator[str] | tuple[str, ...]) -> None:
    for number, text in enumerate(texts, start=1):
        paper.passage(Passage((text,), mark=f"{number}."))
