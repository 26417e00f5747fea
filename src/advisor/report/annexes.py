"""The annexes behind a page or a memo: everything that the advice says, each thing once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from advisor.advice.advice import Advice
from advisor.papers.document import Timeline
from advisor.papers.paper import Paper
from advisor.report.conclusion_section import write_reasons
from advisor.report.form_section import write_forms
from advisor.report.plan_section import write_documents, write_steps
from advisor.report.risk_section import write_risks, write_similar
from advisor.report.source_section import (
    write_answers,
    write_basis_of_paper,
    write_legal_basis,
    write_other_articles,
    write_parties,
    write_unanswered,
)
from advisor.report.wording import Wording

Annex = tuple[str, Callable[[], None]]
"""What an annex is called, and what writes it."""


def write_annexes(
    paper: Paper, wording: Wording, advice: Advice, *, tables: bool, timeline: Timeline | None = None
) -> None:
    """Write every annex, each on a new page; steps and risks as tables where `tables` says so.

    `timeline` is a picture of the steps over the days, where there is one.
    """
    for number, (name, write) in enumerate(_annexes(paper, wording, advice, tables, timeline), start=1):
        paper.annex(wording.say("report.annex", number=number, title=wording.say(name)))
        write()


def plan_annex(wording: Wording, advice: Advice) -> int:
    """Return the number of the annex on steps and documents; 0 where there is none."""
    return _number(wording, advice, "report.annex.plan")


def risk_annex(wording: Wording, advice: Advice) -> int:
    """Return the number of the annex on risks."""
    return _number(wording, advice, "report.annex.risks")


def _number(wording: Wording, advice: Advice, wanted: str) -> int:
    annexes = _annexes(Paper(wording.language), wording, advice, tables=False, timeline=None)
    return next((number for number, (name, _) in enumerate(annexes, start=1) if name == wanted), 0)


def annex_count(wording: Wording, advice: Advice) -> int:
    """Return how many annexes there are."""
    return sum(1 for _ in _annexes(Paper(wording.language), wording, advice, tables=False, timeline=None))


def _annexes(
    paper: Paper, wording: Wording, advice: Advice, tables: bool, timeline: Timeline | None
) -> Iterator[Annex]:
    def plan() -> None:
        write_steps(paper, wording, advice, table=tables)
        if timeline is not None:
            paper.picture(timeline)
        write_documents(paper, wording, advice)

    def risks() -> None:
        write_risks(paper, wording, advice, table=tables)
        write_similar(paper, wording, advice)

    def law() -> None:
        write_legal_basis(paper, wording, advice)
        write_other_articles(paper, wording, advice)

    def answers() -> None:
        write_parties(paper, wording, advice)
        write_answers(paper, wording, advice)
        write_unanswered(paper, wording, advice)

    yield "report.annex.reasons", lambda: write_reasons(paper, wording, advice)
    if advice.ladder is not None or advice.rejected_forms:
        yield "report.annex.forms", lambda: write_forms(paper, wording, advice)
    if advice.steps or advice.documents:
        yield "report.annex.plan", plan
    yield "report.annex.risks", risks
    if advice.legal_basis:
        yield "report.annex.law", law
    yield "report.annex.answers", answers
    yield "report.annex.paper", lambda: write_basis_of_paper(paper, wording, advice)
