"""The formats in which an advice can be written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final, cast

from advisor.advice.advice import Advice
from advisor.advice.as_data import advice_data
from advisor.knowledge.page_profile import PageProfile
from advisor.knowledge_base import Knowledge
from advisor.output import opened, write_json
from advisor.papers.formats import DRAWN, JSON, Format, write_document
from advisor.report.advice_report import advice_report
from advisor.report.memo import memo
from advisor.report.timetable_report import timeline_block
from advisor.report.wording import Wording
from advisor.text import Language
from advisor.timetable.schedule import timetable
from advisor.timetable.timetable import Timetable
from advisor.timetable.working_days import CalendarEndsError

ENDINGS: Final[Mapping[str, str]] = MappingProxyType(
    {"docx": ".docx", "html": ".html", "text": ".txt", "md": ".md", JSON: ".json"}
)
"""The ending of a file in each format, by what `--format` calls it."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What is written: with `full` the annexes too, with `memo` the staff memo in place of the page.

    HTML and DOCX have the annexes in any case, and a DOCX is always a memo; its look comes from the DOCX file
    `template`, or else from `page` of kbase/papers.yaml.
    """

    full: bool = False
    memo: bool = False
    template: Path | None = None
    page: PageProfile | None = None


def write_advice(
    knowledge: Knowledge,
    advice: Advice,
    language: Language,
    form: str,
    path: Path | None,
    layout: Layout = Layout(full=True),
) -> None:
    """Write an advice in the format `form` to a file, or to standard output. Raises `CannotWriteError`.

    Where pictures are drawn, one shows the steps on their days.
    """
    if form == JSON:
        with opened(path) as stream:
            write_json(advice_data(advice, language), stream)
        return
    library, drawn = knowledge.library, form in DRAWN
    told = _timetable(knowledge, advice) if drawn or layout.memo else None
    words = Wording(library, language, advice.as_of)
    timeline = timeline_block(words, told, numbered=False) if drawn and told is not None else None
    if layout.memo or form == "docx":
        earliest = told.signing.day if told is not None and told.signing is not None else None
        letterhead = layout.template is not None
        document = memo(library, advice, language, letterhead=letterhead, timeline=timeline, earliest=earliest)
    else:
        document = advice_report(library, advice, language, full=layout.full or drawn, timeline=timeline)
    page = layout.page or next(iter(library.pages), None)
    write_document(document, cast("Format", form), path, layout.template, page)


def _timetable(knowledge: Knowledge, advice: Advice) -> Timetable | None:
    """Return the timetable of the steps; None where the holidays of its days are not known."""
    try:
        return timetable(knowledge, advice)
    except CalendarEndsError:
        return None
