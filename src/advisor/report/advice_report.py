"""The advice as a report: one page, and behind it, where that is wanted, the annexes."""

from __future__ import annotations

from advisor.advice.advice import Advice
from advisor.knowledge.library import Library
from advisor.papers.document import Document, Timeline
from advisor.papers.paper import Paper
from advisor.report.annexes import write_annexes
from advisor.report.one_page import write_page
from advisor.report.wording import Wording
from advisor.text import Language


def advice_report(
    library: Library, advice: Advice, language: Language, *, full: bool = True, timeline: Timeline | None = None
) -> Document:
    """Return the advice in `language`: the page, and with `full` the annexes, in which `timeline` is put."""
    paper, wording = Paper(language), Wording(library, language, advice.as_of)
    write_page(paper, wording, advice)
    if full:
        write_annexes(paper, wording, advice, tables=False, timeline=timeline)
    return paper.document
