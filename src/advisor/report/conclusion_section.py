"""Sections about conclusions: what is said, why, under which article, and what is still open."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.advice.advice import Advice, Conclusion, Reason
from advisor.papers.paper import Paper
from advisor.report.detail import detailed, open_note, write_caveats, write_only_named
from advisor.report.wording import Wording

MOST_FACTS = 6
MOST_ELEMENTS = 6


def write_conclusion(paper: Paper, wording: Wording, conclusion: Conclusion, heading: str = "") -> None:
    """Write one conclusion with its reasons, or with each of its outcomes."""
    name = heading or wording.conclusion(conclusion.id)
    paper.subheading(name, said(wording, conclusion), contested(wording, conclusion))
    if conclusion.open:
        write_outcomes(paper, wording, conclusion)
    write_contested_when(paper, wording, conclusion)
    for reason in conclusion.because:
        if not reason.alternative:
            write_reason(paper, wording, reason)
    write_alternatives(paper, wording, conclusion.because)
    write_caveats(paper, wording, conclusion.caveats)
    write_parallels(paper, wording, conclusion)


def write_parallels(paper: Paper, wording: Wording, conclusion: Conclusion) -> None:
    """Write what the literature calls each element of a list, where the terms know it."""
    table = wording.library.term_files.get(wording.library.all_facts[conclusion.id].table or "")
    for term in table.terms if table else ():
        if term.id in conclusion.certain:
            for parallel in term.parallels:
                text = f"{wording.text(term.label)}: {wording.text(parallel.text)}"
                paper.bullet(text, wording.citations(parallel.cites), indent=5, mark="≈")


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
        write_direct(paper, wording, outcome.because, indent=5)


def write_contested_when(paper: Paper, wording: Wording, conclusion: Conclusion) -> None:
    """Write when a conclusion is contested, where open answers decide that."""
    when = conclusion.contested_when
    if when is None or not when.when:
        return
    circumstances = wording.circumstances(when.when, more=when.when_more)
    paper.bullet(wording.say("report.contested_if", circumstances=circumstances), mark="!")
    write_direct(paper, wording, when.because, indent=5)


def write_direct(paper: Paper, wording: Wording, reasons: Iterable[Reason], indent: int = 2) -> None:
    """Write the rules that conclude a statement itself, then those of which one or another does."""
    found = tuple(reasons)
    for reason in found:
        if reason.direct and not reason.alternative:
            paper.bullet(wording.text(reason.text), wording.grounds(reason), indent=indent)
    write_alternatives(paper, wording, found, indent)


def write_alternatives(paper: Paper, wording: Wording, reasons: Iterable[Reason], indent: int = 2) -> None:
    """Write the rules of which one or another makes a statement hold, whatever the open answers are."""
    alternatives = [reason for reason in reasons if reason.alternative]
    if alternatives:
        paper.paragraph(wording.say("report.alternatives"), indent)
    for reason in alternatives:
        paper.bullet(wording.text(reason.text), wording.grounds(reason), indent=indent + 3, mark="◦")


def write_reason(paper: Paper, wording: Wording, reason: Reason) -> None:
    """Write one reason; background reasons are left out."""
    if reason.background:
        return
    source = wording.grounds(reason)
    if reason.see:
        source += "; " + wording.say("report.see", articles=wording.citations(reason.see))
    paper.bullet(
        wording.text(reason.text),
        source,
        indent=2 if reason.direct else 5,
        mark="•" if reason.direct else "–",
    )
    if not reason.direct:
        return
    shown = {name: answer for name, answer in reason.facts.items() if name in reason.telling}
    if 0 < len(shown) <= MOST_FACTS:
        paper.paragraph(wording.say("report.answers_used", answers=wording.answers(shown)), 4, "quiet")


def write_notices(paper: Paper, wording: Wording, advice: Advice) -> None:
    """Write what a planner must know beside the conclusions."""
    if not advice.notices:
        return
    paper.heading(wording.say("report.notices"))
    shown = detailed(advice.notices)
    for notice in shown:
        for reason in notice.because:
            if reason.direct:
                paper.bullet(wording.text(reason.text) + open_note(wording, notice), wording.grounds(reason))
        write_caveats(paper, wording, notice.caveats, 4)
    write_only_named(paper, wording, advice.notices, shown)
