"""The end of a memo: what is concluded, and what is recommended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from advisor.advice.advice import Advice, AdvisedStep
from advisor.knowledge.library import Library
from advisor.papers.document import Passage
from advisor.papers.paper import Paper
from advisor.report.annexes import plan_annex
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


def is_signed(library: Library, advice: Advice) -> bool:
    """Whether the agreement is signed."""
    signed = library.manifest.own_day_where or {}
    return any(advice.answers.get(question) == value for question, value in signed.items())


def write_recommendations(paper: Paper, wording: Wording, advice: Advice) -> None:
    """Write what is to be decided, done next and against the greatest risks, and asked about what is not known."""
    paper.passage(Passage((wording.say("memo.recommended"),)))
    steps = [*_decision(wording, advice), *(_step(wording, step) for step in _to_take(advice))]
    if advice.conclusions[wording.library.roles.gate].value is False:
        steps.append(wording.say("report.page.remove_obstacle"))
    _numbered(paper, (*steps, *_remedies(wording, advice), *_to_ask(wording, advice)))
    annex = plan_annex(wording, advice)
    if annex:
        paper.passage(Passage((wording.say("memo.all_steps", annex=annex),)))
    paper.passage(Passage((wording.say("memo.closing"),)))


def _decision(wording: Wording, advice: Advice) -> Iterator[str]:
    """Yield what is to be decided: to go ahead, with the forms, the operator and the money that are settled."""
    roles, running = wording.library.roles, wording.library.roles.running
    if advice.conclusions[roles.gate].value is not True:
        return
    forms, told = roles.forms, []
    start, target = advice.conclusions[forms.start].value, advice.conclusions[forms.target].value
    if start is not None:
        key = "memo.decided.form" if start == target else "memo.decided.start"
        told.append(wording.say(key, form=wording.value(forms.start, start)))
    if target is not None and target != start:
        told.append(wording.say("memo.decided.target", form=wording.value(forms.target, target)))
    operator = advice.conclusions[running.operator].value if running is not None else None
    if running is not None and operator is not None and operator != running.nobody:
        told.append(wording.say("memo.decided.operator", operator=wording.value(running.operator, operator)))
    scheme = advice.conclusions[roles.funding.scheme].value
    if scheme is not None:
        told.append(wording.say("memo.decided.funding", scheme=wording.value(roles.funding.scheme, scheme)))
    if told:
        key = "memo.decided.signed" if is_signed(wording.library, advice) else "memo.decided.planned"
        yield wording.say(key, what=wording.joined(told))


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
