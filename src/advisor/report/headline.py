"""What is advised, in a line each: whether it can go ahead, forms, operator, money, and the council's approval."""

from __future__ import annotations

from advisor.advice.advice import Advice
from advisor.knowledge.roles import RunningRoles
from advisor.papers.document import Tone
from advisor.report.choosing import ahead
from advisor.report.wording import Wording


def verdict(wording: Wording, advice: Advice) -> tuple[str, Tone]:
    """Return the sentence on whether the cooperation can go ahead, and how it is shown."""
    gate = advice.conclusions[wording.library.roles.gate]
    if gate.open:
        return wording.say("report.page.not_sure"), "warning"
    said = wording.sentence_on(gate)
    if gate.contested:
        return f"{said} {wording.say('report.page.contested')}", "warning"
    if gate.contested is None:
        return f"{said} {wording.say('report.page.perhaps_contested')}", "warning"
    return said, "good" if gate.value else "bad"


def barred_text(wording: Wording) -> str:
    """Return why nothing else is said."""
    return wording.say("report.inadmissible")


def forms_text(wording: Wording, advice: Advice, most: int) -> tuple[str, str]:
    """Return the form to start with, and the one to aim for; "" for the second where it is the first."""
    forms = wording.library.roles.forms
    start, target = advice.conclusions[forms.start], advice.conclusions[forms.target]
    told = wording.in_short(start, most)
    if start.value is not None and start.value == target.value:
        note = wording.contested_note(target)
        same = wording.say("report.page.same_form", form=wording.value(forms.start, start.value))
        return f"{same} ({note})" if note else same, ""
    return told, wording.in_short(target, most)


def operator_text(wording: Wording, advice: Advice, roles: RunningRoles, most: int) -> str:
    """Return who runs the service, and through what."""
    operator, vehicle = advice.conclusions[roles.operator], advice.conclusions[roles.vehicle]
    told = wording.in_short(operator, most)
    if operator.value is None or operator.value == roles.nobody:
        return told
    return wording.say("report.page.through", operator=told, vehicle=wording.in_short(vehicle, most))


def funding_text(wording: Wording, advice: Advice, most: int) -> str:
    """Return by which scheme the cooperation is funded, and what can support it."""
    roles = wording.library.roles.funding
    support = advice.conclusions[roles.support]
    told = wording.in_short(advice.conclusions[roles.scheme], most)
    certain = tuple(support.certain)
    if certain:
        told += "; " + wording.say("report.supporting", sources=wording.value(roles.support, certain))
    return told


def approval_text(wording: Wording, advice: Advice, most: int) -> str:
    """Return whether the council must approve, and until when the law gives it time, where it may have to."""
    library = wording.library
    approval = library.roles.approval
    conclusion = advice.conclusions[approval.conclusion]
    told = wording.in_short(conclusion, most)
    if conclusion.value is None or conclusion.value == approval.not_required:
        return told
    stages = [library.steps[step.id].brief_deadline for step in ahead(advice) if step.dprd_stage]
    deadlines = dict.fromkeys(wording.text(text) for text in stages if text is not None)
    return "; ".join([told, *(wording.say("report.page.deadline", deadline=deadline) for deadline in deadlines)])
