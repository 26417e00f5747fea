"""Sections about where it comes from: rejected forms, similar cases, legal basis, open answers."""

from __future__ import annotations

from advisor.advice.advice import Advice, AdvisedStep, AdvisedTerm
from advisor.papers.paper import Paper
from advisor.report.detail import detailed
from advisor.report.wording import Wording

MOST_CASES = 3


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
            paper.bullet(text[0].upper() + text[1:], wording.citations(reason.cites))


def write_similar(paper: Paper, wording: Wording, advice: Advice) -> None:
    """Write the study's most similar cases and how they fared."""
    paper.heading(wording.say("report.similar"))
    for similar in advice.similar_cases[:MOST_CASES]:
        compared = len(similar.agrees) + len(similar.differs)
        note = wording.say("report.similar_score", agree=len(similar.agrees), all=compared)
        paper.subheading(similar.name, note=note)
        for key, names in (
            ("report.similar_agrees", similar.agrees),
            ("report.similar_differs", similar.differs),
        ):
            if names:
                paper.paragraph(wording.say(key, questions=wording.questions(names)), 2, "quiet")
        paper.bullet(wording.text(similar.outcome), wording.citations(similar.cites))
        paper.bullet(wording.say("report.lesson", text=wording.text(similar.lesson)))


def write_legal_basis(paper: Paper, wording: Wording, advice: Advice) -> None:
    """Write the articles, statute first, each with its status on the day."""
    paper.heading(wording.say("report.legal_basis"))
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
    """Write the answers that the advice rests on, so that a printed copy can be checked."""
    paper.heading(wording.say("report.given_answers"))
    rows = []
    for name in (*advice.answers, *(name for name in advice.notes if name not in advice.answers)):
        answer, note = advice.answers.get(name), advice.notes.get(name)
        said = wording.say("explain.unknown_answer") if answer is None else wording.answer(name, answer)
        noted = wording.say("report.noted", answer=said, note=note) if note else said
        rows.append((wording.question(name), noted))
    paper.pairs(rows)


def write_unanswered(paper: Paper, wording: Wording, advice: Advice) -> None:
    """Write which questions are open and which conclusions hang on each."""
    paper.heading(wording.say("report.unanswered"))
    if not advice.unanswered:
        paper.paragraph(wording.say("report.all_answered"))
        return
    idle: list[str] = []
    for name in advice.unanswered:
        hanging = [c.id for c in advice.conclusions.values() if name in c.depends_on]
        if hanging:
            conclusions = wording.conclusions(hanging)
            question = wording.text(wording.library.questions[name].text)
            paper.bullet(wording.say("report.hangs", question=question, conclusions=conclusions), mark="?")
            paper.paragraph(wording.answerable(name), 4, "quiet")
        else:
            idle.append(f"{wording.question(name)} ({name})")
    if idle:
        paper.paragraph(wording.say("report.no_influence", questions=", ".join(idle)), 2, "quiet")
