"""The annex on reasons: each conclusion, why, under which article, what is still open, and what to watch."""

from __future__ import annotations

from dataclasses import replace

from advisor.advice.advice import Advice, Conclusion, Reason
from advisor.papers.paper import Paper
from advisor.report.detail import detailed, open_note, write_only_named
from advisor.report.telling import tell, tell_alternatives, tell_caveats, tell_direct
from advisor.report.wording import Wording

MOST_FACTS = 6
MOST_ELEMENTS = 6


def write_reasons(paper: Paper, wording: Wording, advice: Advice) -> None:
    """Write every conclusion with its reasons, and after the council's part that under the other regulation."""
    roles = wording.library.roles
    for name, conclusion in advice.conclusions.items():
        if name in (roles.diagnosis.strengths, roles.diagnosis.risks):
            continue
        if conclusion.reason is None:
            write_conclusion(paper, wording, conclusion)
        if name == roles.other_regime:
            _write_other_regime(paper, wording, advice)
    write_notices(paper, wording, advice)


def _write_other_regime(paper: Paper, wording: Wording, advice: Advice) -> None:
    other = advice.other_regime
    if other is None:
        return
    law = wording.text(wording.library.instruments[other.instrument].short)
    told = {"law": law, "day": wording.day(other.as_of)}
    if other.conclusion.reason is not None:
        # Under the law of the day it may still be open: what bars it is the law of the other day.
        paper.paragraph(wording.say("report.dprd.other_barred", **told))
        return
    heading = wording.say("report.dprd.other", **told)
    write_conclusion(paper, replace(wording, as_of=other.as_of), other.conclusion, heading)


def write_conclusion(paper: Paper, wording: Wording, conclusion: Conclusion, heading: str = "") -> None:
    """Write one conclusion with its reasons, or with each of its outcomes."""
    name = heading or wording.conclusion(conclusion.id)
    paper.subheading(name, said(wording, conclusion), contested(wording, conclusion))
    if conclusion.open:
        write_outcomes(paper, wording, conclusion)
    write_contested_when(paper, wording, conclusion)
    noted: set[str] = set()
    for reason in conclusion.because:
        if not reason.alternative:
            _write_reason(paper, wording, reason, noted)
    tell_alternatives(paper, wording, conclusion.because)
    tell_caveats(paper, wording, conclusion.caveats)
    _write_parallels(paper, wording, conclusion)


def _write_parallels(paper: Paper, wording: Wording, conclusion: Conclusion) -> None:
    """Write what the literature calls each element of a list, where the terms know it: the pairing is judgement."""
    table = wording.library.term_files.get(wording.library.all_facts[conclusion.id].table or "")
    for term in table.terms if table else ():
        if term.id in conclusion.certain:
            for parallel in term.parallels:
                text = f"{wording.text(term.label)}: {wording.text(parallel.text)}"
                source = f"{wording.citations(parallel.cites)}; {wording.say('authority.judgement')}"
                tell(paper, wording, text, source, indent=5, mark="≈")


def said(wording: Wording, conclusion: Conclusion) -> str:
    """Return what a conclusion says, in a few words."""
    if conclusion.reason is not None:
        return wording.say("report.inadmissible")
    return wording.value(conclusion.id, conclusion.value)


def contested(wording: Wording, conclusion: Conclusion) -> str:
    """Return the note on contested conclusions, or nothing."""
    if conclusion.reason is not None or conclusion.contested is False:
        return ""
    return wording.say("report.contested" if conclusion.contested else "report.contested_open")


def write_outcomes(paper: Paper, wording: Wording, conclusion: Conclusion) -> None:
    """Write what an open conclusion depends on, and each outcome with what suffices for it and why."""
    questions = wording.questions(conclusion.depends_on)
    paper.paragraph(wording.say("report.depends", questions=questions), 2, "warning")
    certain = conclusion.certain if conclusion.possible is None else ()
    if certain:
        values = wording.value(conclusion.id, certain)
        paper.paragraph(wording.say("report.certain_elements", values=values), 2)
    if len(conclusion.outcomes) > MOST_ELEMENTS and wording.library.all_facts[conclusion.id].kind == "many":
        values = wording.value(conclusion.id, tuple(outcome.value for outcome in conclusion.outcomes))
        paper.paragraph(wording.say("report.uncertain_elements", values=values), 2)
        return
    for outcome in conclusion.outcomes:
        value = wording.text(wording.library.label(conclusion.id, outcome.value))
        text = value
        if outcome.when:
            circumstances = wording.circumstances(outcome.when, more=outcome.when_more)
            text = wording.say("report.if", value=value, circumstances=circumstances)
        paper.bullet(text, mark="→")
        tell_direct(paper, wording, outcome.because, indent=5)


def write_contested_when(paper: Paper, wording: Wording, conclusion: Conclusion) -> None:
    """Write when a conclusion is contested, where open answers decide that."""
    when = conclusion.contested_when
    if when is None or not when.when:
        return
    circumstances = wording.circumstances(when.when, more=when.when_more)
    paper.bullet(wording.say("report.contested_if", circumstances=circumstances), mark="!")
    tell_direct(paper, wording, when.because, indent=5)


def _write_reason(paper: Paper, wording: Wording, reason: Reason, noted: set[str]) -> None:
    """Write one reason, and the answers behind it where they are not among those `noted` before.

    Background reasons are left out, and so is what only supports and was said before.
    """
    text = wording.text(reason.text)
    if reason.background or not (reason.direct or paper.fresh(text)):
        return
    source = wording.grounds(reason)
    if reason.see:
        source += "; " + wording.say("report.see", articles=wording.citations(reason.see))
    tell(paper, wording, text, source, indent=2 if reason.direct else 5, mark="•" if reason.direct else "–")
    if not reason.direct:
        return
    shown = {name: answer for name, answer in reason.facts.items() if name in reason.telling}
    if 0 < len(shown) <= MOST_FACTS:
        used = wording.say("report.answers_used", answers=wording.answers(shown))
        if used not in noted:
            noted.add(used)
            paper.paragraph(used, 4, "quiet")


def write_notices(paper: Paper, wording: Wording, advice: Advice) -> None:
    """Write what a planner must know beside the conclusions."""
    if not advice.notices:
        return
    paper.heading(wording.say("report.notices"))
    shown = detailed(advice.notices)
    for notice in shown:
        for reason in notice.because:
            if reason.direct:
                tell(
                    paper,
                    wording,
                    wording.text(reason.text),
                    wording.grounds(reason),
                    note=open_note(wording, notice),
                )
        tell_caveats(paper, wording, notice.caveats, 4)
    write_only_named(paper, wording, advice.notices, shown)
