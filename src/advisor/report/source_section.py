"""The annexes on sources: legal basis, answers with their notes, open questions, and what this paper rests on."""

from __future__ import annotations

from typing import Final

from advisor.advice.advice import Advice, AdvisedStep, AdvisedTerm
from advisor.papers.paper import Paper
from advisor.report.choosing import asked_first
from advisor.report.detail import detailed
from advisor.report.wording import Wording

GROUP: Final = 8
"""How many characters of a digest stand together."""
PARTY: Final = ("report.party", "report.kind", "report.office", "report.signatory")


def write_legal_basis(paper: Paper, wording: Wording, advice: Advice) -> None:
    """Write the articles, statute first, each with its status on the day."""
    last = ""
    shown = detailed(advice.legal_basis)
    for basis in shown:
        if basis.instrument != last:
            paper.subheading(wording.text(basis.title))
            last = basis.instrument
        marks = [wording.say(f"status.{basis.status}")]
        if basis.provenance != "verified":
            marks.append(wording.say(f"provenance.{basis.provenance}"))
        if not basis.certain:
            marks.append(wording.say("report.step_open"))
        text = f"{wording.text(basis.label)} – {wording.text(basis.text)}"
        paper.bullet(text, "; ".join(marks))
    others = wording.citations(basis.article for basis in advice.legal_basis if basis not in shown)
    if others:
        paper.paragraph(wording.say("report.uncertain_elements", values=others), 2, "warning")


def write_other_articles(paper: Paper, wording: Wording, advice: Advice) -> None:
    """Write the articles that only steps, documents and notices cite."""
    shown = {basis.article for basis in advice.legal_basis}
    items: list[AdvisedStep | AdvisedTerm] = [*detailed(advice.steps)]
    items += [*detailed(advice.documents), *detailed(advice.notices)]
    cited = {citation for item in items for reason in item.because for citation in reason.cites}
    library = wording.library
    others = [c for c in library.articles if c in cited - shown and library.instrument_of(c).rank != "study"]
    if not others:
        return
    paper.heading(wording.say("report.other_articles"))
    for citation in others:
        paper.bullet(f"{wording.citations([citation])} – {wording.text(library.articles[citation].text)}")


def write_answers(paper: Paper, wording: Wording, advice: Advice) -> None:
    """Write the answers that the advice rests on with their notes, so that a printed copy can be checked."""
    rows = []
    for name in (*advice.answers, *(name for name in advice.notes if name not in advice.answers)):
        answer, note = advice.answers.get(name), advice.notes.get(name)
        said = wording.say("explain.unknown_answer") if answer is None else wording.answer(name, answer)
        noted = wording.say("report.noted", answer=said, note=note) if note else said
        rows.append((wording.question(name), noted))
    paper.heading(wording.say("report.given_answers"))
    if rows:
        paper.pairs(rows)
    else:
        paper.paragraph(wording.say("report.nothing_answered"))


def write_unanswered(paper: Paper, wording: Wording, advice: Advice) -> None:
    """Write which questions are open, what hangs on each, and who could answer it."""
    if not advice.unanswered:
        return
    paper.heading(wording.say("report.unanswered"))
    hanging = dict(asked_first(wording.library, advice))
    rows = [(_asked(wording, name), wording.conclusions(found)) for name, found in hanging.items()]
    for (question, known_by), conclusions in rows:
        paper.bullet(question, mark="?")
        paper.paragraph(wording.say("report.decides", conclusions=conclusions), 4, "quiet")
        if known_by:
            paper.paragraph(wording.say("report.known_by", who=known_by), 4, "quiet")
    idle = ", ".join(wording.question(name) for name in advice.unanswered if name not in hanging)
    if idle:
        paper.paragraph(wording.say("report.no_influence", questions=idle), 2, "quiet")


def _asked(wording: Wording, name: str) -> tuple[str, str]:
    question = wording.library.questions[name]
    return wording.text(question.text), wording.text(question.known_by) if question.known_by else ""


def write_basis_of_paper(paper: Paper, wording: Wording, advice: Advice) -> None:
    """Write by which knowledge this was said, how far the law was read, and what the marks mean."""
    library = wording.library
    rows = [
        (wording.say("report.knowledge_version"), advice.version),
        (wording.say("report.digest"), grouped(advice.digest)),
    ]
    rows.append((wording.say("report.law_read_until"), wording.day(library.manifest.read_until)))
    rows += [
        (wording.text(study.short), wording.text(study.title))
        for study in library.instruments.values()
        if study.rank == "study"
    ]
    paper.pairs(rows)
    paper.bullet(wording.say("report.disclaimer"))
    if advice.unanswered:
        paper.bullet(wording.say("report.legend"))
    for limit in advice.limits:
        paper.bullet(wording.text(limit))


def grouped(digest: str) -> str:
    """Return a digest in groups that a person can compare."""
    return " ".join(digest[start : start + GROUP] for start in range(0, len(digest), GROUP))


def write_parties(paper: Paper, wording: Wording, advice: Advice) -> None:
    """Write the whole title, and the parties with who signs for each."""
    if advice.title:
        paper.pairs([(wording.say("report.whole_title"), advice.title)])
    if not any(party.name or party.kind or party.signatory or party.office for party in advice.parties):
        return
    rows = [
        [text or wording.say("report.to_fill") for text in (party.name, party.kind, party.office, party.signatory)]
        for party in advice.parties
    ]
    paper.table([wording.say(heading) for heading in PARTY], rows)
