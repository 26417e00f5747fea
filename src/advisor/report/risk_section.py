"""The annex on risks: each with its evidence and its remedy; the strengths; and how similar cases fared."""

from __future__ import annotations

from typing import Final

from advisor.advice.advice import Advice, Conclusion
from advisor.knowledge.term import Factor
from advisor.papers.paper import Paper
from advisor.report.choosing import greatest_risks
from advisor.report.wording import Wording

MOST_CASES: Final = 3
HEADINGS: Final = ("report.risk", "report.evidence_short", "report.remedy_short", "report.source")


def write_risks(paper: Paper, wording: Wording, advice: Advice, *, table: bool) -> None:
    """Write the certain risks, the heaviest first, one below the other or as a table; then the strengths."""
    roles = wording.library.roles.diagnosis
    strengths, risks = advice.conclusions[roles.strengths], advice.conclusions[roles.risks]
    if strengths.reason is not None:
        paper.paragraph(wording.say("report.inadmissible"))
        return
    ranked = greatest_risks(wording.library, advice, len(wording.library.factors))
    certain = [name for name, sure in ranked if sure]
    if table and certain:
        rows = [_row(wording, name) for name in certain]
        paper.table([wording.say(heading) for heading in HEADINGS], rows)
    elif certain:
        for name in certain:
            _one(paper, wording, name)
    else:
        paper.paragraph(wording.say("report.no_certain_risk"))
    paper.subheading(wording.conclusion(roles.strengths), _elements(wording, strengths))
    names = sorted({wording.value(c.id, outcome.value) for c in (strengths, risks) for outcome in c.outcomes})
    if names:
        paper.paragraph(wording.say("report.uncertain_elements", values=", ".join(names)), 2, "warning")


def _one(paper: Paper, wording: Wording, name: str) -> None:
    label, evidence, remedy, _ = _row(wording, name)
    factor = wording.library.factors[name]
    paper.bullet(label, mark="!")
    told = wording.say("report.evidence", text=evidence)
    paper.bullet(told, wording.citations(factor.evidence_cites), indent=5, mark="–")
    if factor.remedy:
        paper.bullet(wording.say("report.remedy", text=remedy), _remedy_source(wording, factor), 5, "–")


def _row(wording: Wording, name: str) -> tuple[str, str, str, str]:
    """Return the name of a risk, the study's evidence, the remedy, and where they come from."""
    factor = wording.library.factors[name]
    label = wording.value(wording.library.roles.diagnosis.risks, name)
    remedy = wording.text(factor.remedy) if factor.remedy else "–"
    cites = dict.fromkeys((*factor.evidence_cites, *factor.remedy_cites))
    source = wording.citations(cites) + _mark(wording, factor)
    return label, wording.text(factor.evidence), remedy, source


def _remedy_source(wording: Wording, factor: Factor) -> str:
    return wording.citations(factor.remedy_cites) + _mark(wording, factor)


def _mark(wording: Wording, factor: Factor) -> str:
    return f"; {wording.say('authority.judgement')}" if factor.judgement else ""


def _elements(wording: Wording, conclusion: Conclusion) -> str:
    if conclusion.open and not conclusion.certain:
        return wording.say("report.none_certain")
    return wording.value(conclusion.id, conclusion.certain)


def write_similar(paper: Paper, wording: Wording, advice: Advice) -> None:
    """Write the study's most similar cases, as they were in its year, and how they fared."""
    paper.heading(wording.say("report.similar"))
    for similar in advice.similar_cases[:MOST_CASES]:
        compared = len(similar.agrees) + len(similar.differs)
        agree = wording.say("report.similar_score", agree=len(similar.agrees), all=compared)
        year = wording.library.cases[similar.case].as_of.year
        paper.subheading(similar.name, note=f"{wording.say('report.as_in', year=year)}; {agree}")
        for key, names in (
            ("report.similar_agrees", similar.agrees),
            ("report.similar_differs", similar.differs),
        ):
            if names:
                paper.paragraph(wording.say(key, questions=wording.questions(names)), 2, "quiet")
        paper.bullet(wording.text(similar.outcome), wording.citations(similar.cites))
        paper.bullet(wording.say("report.lesson", text=wording.text(similar.lesson)))
