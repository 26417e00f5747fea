"""The advice as it stands, and how a conclusion comes about, as the texts that the reports would have."""

from __future__ import annotations

from typing import TextIO

from advisor.interview.interview import Interview
from advisor.report.wording import Wording


def write_advice(interview: Interview, wording: Wording, stream: TextIO, width: int | None = None) -> None:
    """Write the report on the answers so far; `width` in columns (default: that of the terminal)."""
    # Imported late: most of an interview is over before anybody asks for this.
    from advisor.advice.advising import advise
    from advisor.report.text_report import write_text_report

    interviewer = interview.interviewer
    advice = advise(interviewer.knowledge, interviewer.case(interview.session))
    write_text_report(interviewer.library, advice, wording.language, stream, width)


def write_reasoning(
    interview: Interview, conclusion: str, wording: Wording, stream: TextIO, width: int | None = None
) -> None:
    """Write how a conclusion comes about from the answers so far."""
    from advisor.explain.how import how
    from advisor.report.how_report import write_how

    interviewer = interview.interviewer
    case = interviewer.case(interview.session)
    told = how(interviewer.knowledge, case, conclusion)
    write_how(interviewer.knowledge, case, told, wording.language, stream, width)
