"""The head of a report: the three answers, admissibility, and DPRD approval under both regulations."""

from __future__ import annotations

from dataclasses import replace

from advisor.advice.advice import Advice
from advisor.knowledge.instrument import RANKS
from advisor.report.conclusion_section import contested, said, write_conclusion
from advisor.report.paper import Paper
from advisor.report.wording import Wording


def write_headline(paper: Paper, wording: Wording, advice: Advice) -> None:
    """Write who asks, the three answers and the DPRD's part."""
    library = wording.library
    paper.title(wording.say("report.title"))
    era = wording.text(library.label(library.manifest.era, advice.era))
    paper.paragraph(wording.say("report.as_of", day=wording.day(advice.as_of), era=era))
    digest = advice.digest[:12]
    paper.paragraph(wording.say("report.knowledge", version=advice.version, digest=digest), style="dim")
    paper.paragraph(wording.say("report.disclaimer"), style="italic")
    paper.heading(wording.say("report.answers_first"))
    conclusions = advice.conclusions
    rows = [
        (wording.conclusion("institutional_form"), _form(wording, advice)),
        (wording.conclusion("funding_scheme"), _funding(wording, advice)),
        (wording.say("report.legal_basis_short"), _law(wording, advice)),
    ]
    for name in ("admissible", "kinds", "operator"):
        conclusion = conclusions[name]
        note = contested(wording, conclusion)
        rows.append((wording.conclusion(name), said(wording, conclusion) + (f" ({note})" if note else "")))
    paper.pairs(rows)
    _dprd(paper, wording, advice)


def _form(wording: Wording, advice: Advice) -> str:
    form, target = advice.conclusions["institutional_form"], advice.conclusions["target_form"]
    text = _or_possible(wording, advice, "institutional_form")
    if form.reason is None and (form.value is None or target.value != form.value):
        text += " → " + wording.say("report.target", form=_or_possible(wording, advice, "target_form"))
    return text


def _funding(wording: Wording, advice: Advice) -> str:
    support = advice.conclusions["supporting_funding"]
    text = _or_possible(wording, advice, "funding_scheme")
    if support.value:
        sources = wording.value("supporting_funding", support.value)
        text += "; " + wording.say("report.supporting", sources=sources)
    return text


def _or_possible(wording: Wording, advice: Advice, name: str) -> str:
    conclusion = advice.conclusions[name]
    if not conclusion.open or conclusion.possible is None:
        return said(wording, conclusion)
    values = " / ".join(wording.value(name, value) for value in conclusion.possible)
    return f"{said(wording, conclusion)} – {wording.say('report.possible', values=values)}"


def _law(wording: Wording, advice: Advice) -> str:
    """Return the instruments in force on which something certain rests, highest rank first."""
    found = {
        basis.instrument.id: basis.instrument
        for basis in advice.legal_basis
        if basis.certain and basis.status == "in_force"
    }
    ranked = sorted(found.values(), key=lambda instrument: RANKS.index(instrument.rank))
    return ", ".join(wording.text(instrument.short) for instrument in ranked) or wording.say("report.none")


def _dprd(paper: Paper, wording: Wording, advice: Advice) -> None:
    library = wording.library
    paper.heading(wording.say("report.dprd.heading"))
    era = wording.text(library.label(library.manifest.era, advice.era))
    name = library.manifest.other_regime_conclusion
    write_conclusion(paper, wording, advice.conclusions[name], wording.say("report.dprd.now", law=era))
    other = advice.other_regime
    if other is not None:
        law = wording.text(library.instruments[other.instrument].short)
        heading = wording.say("report.dprd.other", law=law, day=wording.day(other.as_of))
        paper.blank()
        write_conclusion(paper, replace(wording, as_of=other.as_of), other.conclusion, heading)
