"""Sections about what to do: steps, documents, risks with remedies."""

from __future__ import annotations

from advisor.advice.advice import Advice, AdvisedStep, AdvisedTerm, Conclusion
from advisor.papers.paper import Paper
from advisor.report.detail import detailed, open_note, write_caveats, write_only_named
from advisor.report.wording import Wording


def write_steps(paper: Paper, wording: Wording, advice: Advice) -> None:
    """Write the steps that are to be taken, in order: who acts, what comes out, until when, under which article.

    Those that lie behind are only named.
    """
    if not advice.steps:
        return
    paper.heading(wording.say("report.steps"))
    ahead = tuple(step for step in advice.steps if not step.done)
    ahead = (*(step for step in ahead if step.to_prove), *(step for step in ahead if not step.to_prove))
    shown = detailed(ahead)
    for number, item in enumerate(shown, start=1):
        note = _note(wording, item)
        paper.subheading(f"{number}. {wording.text(item.label)}", note=note)
        rows = [
            (wording.say("report.actor"), wording.text(item.actor)),
            (wording.say("report.output"), wording.text(item.output)),
        ]
        if item.deadline:
            rows.append((wording.say("report.deadline"), wording.text(item.deadline)))
        rows.append((wording.say("report.source"), _source(wording, item)))
        paper.pairs(rows, indent=3)
        write_caveats(paper, wording, item.caveats, 3)
    write_only_named(paper, wording, ahead, shown)
    behind = "; ".join(wording.text(step.label) for step in advice.steps if step.done and step.applies is not False)
    if behind:
        paper.paragraph(wording.say("report.done", steps=behind), 2)
    _to_target(paper, wording, advice)


def _to_target(paper: Paper, wording: Wording, advice: Advice) -> None:
    """Write what must change before the target form may start."""
    roles = wording.library.roles
    conclusion, target = advice.conclusions[roles.to_target], advice.conclusions[roles.forms.target]
    elements = [(name, "") for name in conclusion.certain]
    elements += [(outcome.value, f" ({wording.say('report.step_open')})") for outcome in conclusion.outcomes]
    if not elements or not isinstance(target.value, str):
        return
    paper.subheading(wording.say("report.to_target", form=wording.value(target.id, target.value)))
    for name, note in elements:
        term = wording.library.term(wording.library.all_facts[conclusion.id].table or "", name)
        paper.bullet(f"{wording.text(term.label)}{note} – {wording.text(term.text)}")


def write_documents(paper: Paper, wording: Wording, advice: Advice) -> None:
    """Write the documents and what each must contain."""
    if not advice.documents:
        return
    paper.heading(wording.say("report.documents"))
    shown = detailed(advice.documents)
    for item in shown:
        text = f"{wording.text(item.label)}{open_note(wording, item)}: {wording.text(item.text)}"
        paper.bullet(text, _source(wording, item))
        if item.contents:
            contents = "; ".join(wording.text(content) for content in item.contents)
            paper.paragraph(wording.say("report.contains", contents=contents), 4, "quiet")
        write_caveats(paper, wording, item.caveats, 4)
    write_only_named(paper, wording, advice.documents, shown)


def write_diagnosis(paper: Paper, wording: Wording, advice: Advice) -> None:
    """Write strengths, and risks each with evidence and remedy."""
    roles = wording.library.roles.diagnosis
    strengths, risks = advice.conclusions[roles.strengths], advice.conclusions[roles.risks]
    if strengths.reason is not None:
        return
    paper.heading(wording.say("report.diagnosis"))
    paper.subheading(wording.conclusion(roles.strengths), _elements(wording, strengths))
    paper.subheading(wording.conclusion(roles.risks), _elements(wording, risks))
    for name in risks.certain:
        factor = wording.library.factors[name]
        paper.bullet(wording.value(roles.risks, name), mark="!")
        evidence = wording.say("report.evidence", text=wording.text(factor.evidence))
        paper.bullet(evidence, wording.citations(factor.evidence_cites), indent=5, mark="–")
        if factor.remedy:
            mark = f"; {wording.say('authority.judgement')}" if factor.judgement else ""
            source = wording.citations(factor.remedy_cites) + mark
            remedy = wording.say("report.remedy", text=wording.text(factor.remedy))
            paper.bullet(remedy, source, indent=5, mark="–")
    names = sorted({wording.value(c.id, outcome.value) for c in (strengths, risks) for outcome in c.outcomes})
    if names:
        paper.paragraph(wording.say("report.uncertain_elements", values=", ".join(names)), 2, "warning")


def _elements(wording: Wording, conclusion: Conclusion) -> str:
    if conclusion.open and not conclusion.certain:
        return wording.say("report.none_certain")
    return wording.value(conclusion.id, conclusion.certain)


def _note(wording: Wording, item: AdvisedStep) -> str:
    notes = []
    if item.to_prove:
        notes.append(wording.say("report.to_prove"))
    elif item.applies is False:
        notes.append(wording.say("report.not_applicable"))
    elif item.applies is None or item.done is None or not item.certain:
        notes.append(wording.say("report.step_open"))
    if item.contested:
        notes.append(wording.say("report.contested"))
    return ", ".join(notes)


def _source(wording: Wording, item: AdvisedStep | AdvisedTerm) -> str:
    sources = dict.fromkeys(wording.grounds(reason) for reason in item.because)
    return "; ".join(sources)
