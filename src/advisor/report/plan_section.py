"""Sections about what to do: steps, documents, risks with remedies."""

from __future__ import annotations

from advisor.advice.advice import Advice, AdviceItem, Conclusion
from advisor.knowledge.term import Step, Term
from advisor.report.detail import detailed, write_only_named
from advisor.report.paper import Paper
from advisor.report.wording import Wording


def write_steps(paper: Paper, wording: Wording, advice: Advice) -> None:
    """Write the steps in order: who acts, what comes out, until when, under which article."""
    if not advice.steps:
        return
    paper.heading(wording.say("report.steps"))
    shown = detailed(advice.steps)
    for number, item in enumerate(shown, start=1):
        if not isinstance(item.term, Step):
            continue
        note = _note(wording, item)
        paper.subheading(f"{number}. {wording.text(item.term.label)}", note=note)
        rows = [
            (wording.say("report.actor"), wording.text(item.term.actor)),
            (wording.say("report.output"), wording.text(item.term.output)),
        ]
        if item.term.deadline:
            rows.append((wording.say("report.deadline"), wording.text(item.term.deadline)))
        rows.append((wording.say("report.source"), _source(wording, item)))
        paper.pairs(rows, indent=3)
    write_only_named(paper, wording, advice.steps, shown)
    _to_target(paper, wording, advice)


def _to_target(paper: Paper, wording: Wording, advice: Advice) -> None:
    """Write what must change before the target form may start."""
    conclusion, target = advice.conclusions["next_steps_to_target"], advice.conclusions["target_form"]
    elements = [(name, "") for name in _certain(conclusion)]
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
        if not isinstance(item.term, Term):
            continue
        note = "" if item.certain else f" ({wording.say('report.step_open')})"
        text = f"{wording.text(item.term.label)}{note}: {wording.text(item.term.text)}"
        paper.bullet(text, _source(wording, item))
        if item.term.contents:
            contents = "; ".join(wording.text(content) for content in item.term.contents)
            paper.paragraph(wording.say("report.contains", contents=contents), 4, "dim")
    write_only_named(paper, wording, advice.documents, shown)


def write_diagnosis(paper: Paper, wording: Wording, advice: Advice) -> None:
    """Write strengths, and risks each with evidence and remedy."""
    strengths, risks = advice.conclusions["strengths"], advice.conclusions["risks"]
    if strengths.reason is not None:
        return
    paper.heading(wording.say("report.diagnosis"))
    paper.subheading(wording.conclusion("strengths"), _elements(wording, strengths))
    paper.subheading(wording.conclusion("risks"), _elements(wording, risks))
    for name in _certain(risks):
        factor = wording.library.factors[name]
        paper.bullet(wording.text(factor.label), mark="!")
        evidence = wording.say("report.evidence", text=wording.text(factor.evidence))
        paper.bullet(evidence, wording.citations(factor.evidence_cites), indent=5, mark="–")
        if factor.remedy:
            mark = f"; {wording.say('authority.judgement')}" if factor.judgement else ""
            source = wording.citations(factor.remedy_cites) + mark
            remedy = wording.say("report.remedy", text=wording.text(factor.remedy))
            paper.bullet(remedy, source, indent=5, mark="–")
    open_elements = sorted({o.value for c in (strengths, risks) for o in c.outcomes})
    if open_elements:
        values = ", ".join(wording.text(wording.library.factors[name].label) for name in open_elements)
        paper.paragraph(wording.say("report.uncertain_elements", values=values), 2, "yellow")


def _certain(conclusion: Conclusion) -> tuple[str, ...]:
    if isinstance(conclusion.value, tuple):
        return conclusion.value
    if conclusion.possible is None:
        return conclusion.certain
    lists = [value for value in conclusion.possible if isinstance(value, tuple)]
    return tuple(element for element in lists[0] if all(element in value for value in lists)) if lists else ()


def _elements(wording: Wording, conclusion: Conclusion) -> str:
    certain = _certain(conclusion)
    if conclusion.open and not certain:
        return wording.say("report.none_certain")
    return wording.value(conclusion.id, certain)


def _note(wording: Wording, item: AdviceItem) -> str:
    if item.applies is False:
        return wording.say("report.not_applicable")
    if item.applies is None or not item.certain:
        return wording.say("report.step_open")
    return ""


def _source(wording: Wording, item: AdviceItem) -> str:
    sources = dict.fromkeys(wording.grounds(reason) for reason in item.because if reason.direct)
    return "; ".join(sources)
