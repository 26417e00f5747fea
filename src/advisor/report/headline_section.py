"""The head of a report: the three answers, admissibility, and DPRD approval under both regulations."""

from __future__ import annotations

from dataclasses import replace

from advisor.advice.advice import Advice, Conclusion
from advisor.knowledge.instrument import RANKS
from advisor.papers.paper import Paper
from advisor.report.conclusion_section import contested, said, write_conclusion, write_direct
from advisor.report.detail import write_caveats
from advisor.report.wording import Wording

MOST_ASKED = 3


def write_headline(paper: Paper, wording: Wording, advice: Advice) -> None:
    """Write what the advice is about, the three answers with their reasons, and the DPRD's part."""
    library = wording.library
    paper.title(wording.say("report.title"))
    if advice.title:
        paper.paragraph(wording.say("report.case_title", title=advice.title), tone="strong")
    if advice.parties:
        names = "; ".join(party.name or party.kind for party in advice.parties)
        paper.paragraph(wording.say("report.parties", names=names))
    era = wording.text(library.label(library.roles.era, advice.era))
    paper.paragraph(wording.say("report.as_of", day=wording.day(advice.as_of), era=era))
    digest = advice.digest[:12]
    paper.paragraph(wording.say("report.knowledge", version=advice.version, digest=digest), tone="quiet")
    if advice.as_of > library.manifest.read_until:
        paper.paragraph(wording.say("report.read_until", day=wording.day(library.manifest.read_until)))
    for limit in advice.limits:
        paper.paragraph(wording.text(limit))
    paper.paragraph(wording.say("report.disclaimer"), tone="quiet")
    if advice.unanswered:
        paper.paragraph(wording.say("report.legend"), tone="quiet")
    _three_answers(paper, wording, advice)
    _dprd(paper, wording, advice)
    paper.heading(wording.say("report.rest"))
    paper.pairs(
        [(wording.conclusion(name), _noted(wording, advice.conclusions[name])) for name in library.roles.summary]
    )
    _ask_first(paper, wording, advice)


def _three_answers(paper: Paper, wording: Wording, advice: Advice) -> None:
    paper.heading(wording.say("report.answers_first"))
    forms, funding = wording.library.roles.forms, wording.library.roles.funding
    for name, text, parts in (
        (forms.start, _form(wording, advice), (forms.target, forms.start)),
        (funding.scheme, _funding(wording, advice), (funding.scheme, funding.support)),
    ):
        paper.subheading(wording.conclusion(name), text)
        for part in parts:
            write_direct(paper, wording, advice.conclusions[part].because)
            write_caveats(paper, wording, advice.conclusions[part].caveats)
    paper.subheading(wording.say("report.legal_basis_short"), _law(wording, advice))


def _noted(wording: Wording, conclusion: Conclusion) -> str:
    note = contested(wording, conclusion)
    text = said(wording, conclusion)
    if conclusion.open and conclusion.possible is not None:
        values = " / ".join(wording.value(conclusion.id, value) for value in conclusion.possible)
        text += f" – {wording.say('report.possible', values=values)}"
    return text + (f" ({note})" if note else "")


def _ask_first(paper: Paper, wording: Wording, advice: Advice) -> None:
    """Write the open questions on which most of the headline hangs."""
    headline = [c for name, c in advice.conclusions.items() if wording.library.conclusions[name].headline]
    hanging = {q: [c.id for c in headline if q in c.depends_on] for q in advice.unanswered}
    first = sorted((q for q in hanging if hanging[q]), key=lambda q: -len(hanging[q]))[:MOST_ASKED]
    if not first:
        return
    paper.heading(wording.say("report.ask_first"))
    for question in first:
        text, names = wording.text(wording.library.questions[question].text), wording.conclusions(hanging[question])
        paper.bullet(wording.say("report.ask_first_line", question=text, conclusions=names), mark="?")
        paper.paragraph(wording.answerable(question), 4, "quiet")


def _form(wording: Wording, advice: Advice) -> str:
    roles = wording.library.roles.forms
    form, target = advice.conclusions[roles.start], advice.conclusions[roles.target]
    text = _or_possible(wording, advice, roles.start)
    if form.reason is None and target.value != form.value:
        text += " → " + wording.say("report.target", form=_or_possible(wording, advice, roles.target))
    return text


def _funding(wording: Wording, advice: Advice) -> str:
    roles = wording.library.roles.funding
    support = advice.conclusions[roles.support]
    text = _or_possible(wording, advice, roles.scheme)
    if support.value:
        sources = wording.value(roles.support, support.value)
        text += "; " + wording.say("report.supporting", sources=sources)
    return text


def _or_possible(wording: Wording, advice: Advice, name: str) -> str:
    conclusion = advice.conclusions[name]
    if not conclusion.open or conclusion.possible is None:
        return said(wording, conclusion)
    values = " / ".join(wording.value(name, value) for value in conclusion.possible)
    return wording.say("report.possible", values=values)


def _law(wording: Wording, advice: Advice) -> str:
    """Return the instruments in force on which something certain rests, highest rank first."""
    found = {
        basis.instrument: wording.library.instruments[basis.instrument]
        for basis in advice.legal_basis
        if basis.certain and basis.status == "in_force"
    }
    ranked = sorted(found.values(), key=lambda instrument: RANKS.index(instrument.rank))
    if not ranked and advice.conclusions[wording.library.roles.forms.start].reason is not None:
        return wording.say("report.inadmissible")
    return ", ".join(wording.text(instrument.short) for instrument in ranked) or wording.say("report.open")


def _dprd(paper: Paper, wording: Wording, advice: Advice) -> None:
    library = wording.library
    paper.heading(wording.say("report.dprd.heading"))
    era = wording.text(library.label(library.roles.era, advice.era))
    name = library.roles.other_regime
    write_conclusion(paper, wording, advice.conclusions[name], wording.say("report.dprd.now", law=era))
    other = advice.other_regime
    if other is not None:
        law = wording.text(library.instruments[other.instrument].short)
        told = {"law": law, "day": wording.day(other.as_of)}
        paper.blank()
        if other.conclusion.reason is not None:
            # Under the law of the day it may still be open: what bars it is the law of the other day.
            paper.paragraph(wording.say("report.dprd.other_barred", **told))
            return
        heading = wording.say("report.dprd.other", **told)
        write_conclusion(paper, replace(wording, as_of=other.as_of), other.conclusion, heading)
