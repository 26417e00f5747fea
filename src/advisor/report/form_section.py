"""The annex on forms: the ladder, why not another form, and what must change before the target may start."""

from __future__ import annotations

from typing import Final

from advisor.advice.advice import Advice, Demand, FormLadder
from advisor.papers.document import Ladder, State
from advisor.papers.paper import Paper
from advisor.report.telling import tell
from advisor.report.wording import Wording

STATES: Final[dict[bool | None, State]] = {True: "yes", False: "no", None: "open"}


def write_forms(paper: Paper, wording: Wording, advice: Advice) -> None:
    """Write the ladder of forms as a picture, the forms that were not chosen, and the way to the target."""
    if advice.ladder is not None:
        paper.picture(ladder_picture(wording, advice.ladder))
    write_rejected(paper, wording, advice)
    write_to_target(paper, wording, advice)


def ladder_picture(wording: Wording, ladder: FormLadder) -> Ladder:
    """Return the ladder: what is needed and asked for, beside what each form can do and still waits for."""
    start = wording.library.roles.forms.start
    return Ladder(
        caption=wording.say("report.ladder"),
        columns=tuple(wording.value(start, form) for form in ladder.forms),
        rows=tuple((_name(wording, demand), _states(ladder, demand)) for demand in ladder.demands),
        chosen=ladder.chosen,
    )


def _name(wording: Wording, demand: Demand) -> str:
    if demand.label is None:
        return wording.say("report.ladder.law")
    key = "report.ladder.need" if demand.kind == "need" else "report.ladder.condition"
    name = wording.say(key, what=wording.text(demand.label))
    return name if demand.certain else f"{name} ({wording.say('report.step_open')})"


def _states(ladder: FormLadder, demand: Demand) -> tuple[State, ...]:
    return tuple(STATES[demand.met[form]] if form in demand.met else "free" for form in ladder.forms)


def write_rejected(paper: Paper, wording: Wording, advice: Advice) -> None:
    """Write why each other form is not recommended."""
    if not advice.rejected_forms:
        return
    paper.heading(wording.say("report.rejected"))
    roles = wording.library.roles.forms
    for form in advice.rejected_forms:
        note = "" if form.certain else wording.say("report.step_open")
        if form.form == advice.conclusions[roles.target].value:
            note = wording.say("report.not_now")
        paper.subheading(wording.value(roles.start, form.form), note=note)
        for reason in form.reasons:
            text = wording.text(reason.text)
            tell(paper, wording, text[0].upper() + text[1:], wording.citations(reason.cites))


def write_to_target(paper: Paper, wording: Wording, advice: Advice) -> None:
    """Write what must change before the target form may start."""
    roles = wording.library.roles
    conclusion, target = advice.conclusions[roles.to_target], advice.conclusions[roles.forms.target]
    elements = [(name, "") for name in conclusion.certain]
    elements += [(outcome.value, f" ({wording.say('report.step_open')})") for outcome in conclusion.outcomes]
    if not elements or not isinstance(target.value, str):
        return
    paper.heading(wording.say("report.to_target", form=wording.value(target.id, target.value)))
    for name, note in elements:
        term = wording.library.term(wording.library.all_facts[conclusion.id].table or "", name)
        paper.bullet(f"{wording.text(term.label)}{note} – {wording.text(term.text)}")
