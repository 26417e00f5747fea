"""The text report: what a planner shows to the head of the agency."""

from __future__ import annotations

from advisor.advice.advice import Advice
from advisor.knowledge.library import Library
from advisor.papers.document import Document
from advisor.papers.paper import Paper
from advisor.report.conclusion_section import write_conclusion, write_notices
from advisor.report.headline_section import write_headline
from advisor.report.plan_section import write_diagnosis, write_documents, write_steps
from advisor.report.source_section import (
    write_answers,
    write_legal_basis,
    write_other_articles,
    write_rejected,
    write_similar,
    write_unanswered,
)
from advisor.report.wording import Wording
from advisor.text import Language


def advice_report(library: Library, advice: Advice, language: Language) -> Document:
    """Write the advice to `stream` in `language`, `width` columns wide (default: the terminal's width)."""
    paper, wording = Paper(language), Wording(library, language, advice.as_of)
    write_headline(paper, wording, advice)
    write_steps(paper, wording, advice)
    write_documents(paper, wording, advice)
    write_diagnosis(paper, wording, advice)
    write_notices(paper, wording, advice)
    write_similar(paper, wording, advice)
    paper.heading(wording.say("report.all_reasons"))
    diagnosis = library.roles.diagnosis
    for name, conclusion in advice.conclusions.items():
        elsewhere = name == library.roles.other_regime or name in (
            diagnosis.strengths,
            diagnosis.risks,
        )
        if not elsewhere and conclusion.reason is None:
            write_conclusion(paper, wording, conclusion)
    write_rejected(paper, wording, advice)
    write_legal_basis(paper, wording, advice)
    write_other_articles(paper, wording, advice)
    write_answers(paper, wording, advice)
    write_unanswered(paper, wording, advice)
    return paper.document
