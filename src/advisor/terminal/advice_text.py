"""The advice as it stands, and how a conclusion comes about, as the texts that the reports would have."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

from advisor.interview.interview import Interview
from advisor.report.wording import Wording

Writer = Callable[[TextIO, int | None], None]
"""Writes a text to a stream; the width is in columns (None: that of the terminal)."""


def advice(interview: Interview, wording: Wording) -> Writer:
    """Work out the advice on the answers so far, and return what writes it."""
    # Imported late: most of an interview is over before anybody asks for this.
    from advisor.advice.advising import advise
    from advisor.report.text_report import write_text_report

    interviewer = interview.interviewer
    found = advise(interviewer.knowledge, interviewer.case(interview.session))
    return lambda stream, width: write_text_report(interviewer.library, found, wording.language, stream, width)


def reasoning(interview: Interview, conclusion: str, wording: Wording) -> Writer:
    """Work out how a conclusion comes about from the answers so far, and return what writes it."""
    from advisor.explain.how import how
    from advisor.report.how_report import write_how

    knowledge = interview.interviewer.knowledge
    case = interview.interviewer.case(interview.session)
    told = how(knowledge, case, conclusion)
    return lambda stream, width: write_how(knowledge, case, told, wording.language, stream, width)
