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
from advisor.papers.document import Timeline
from advisor.papers.formats import DRAWN, JSON, Format, write_document
from advisor.report.advice_report import advice_report
from advisor.report.memo import memo
from advisor.report.timetable_report import timeline_block
from advisor.report.wording import Wording
from advisor.text import Language
from advisor.timetable.schedule import timetable
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
    timeline = _timeline(knowledge, advice, language) if drawn else None
    if layout.memo or form == "docx":
        document = memo(library, advice, language, letterhead=layout.template is not None, timeline=timeline)
    else:
        document = advice_report(library, advice, language, full=layout.full or drawn, timeline=timeline)
    page = layout.page or next(iter(library.pages), None)
    write_document(document, cast("Format", form), path, layout.template, page)


def _timeline(knowledge: Knowledge, advice: Advice, language: Language) -> Timeline | None:
    """Return the picture of the steps on their days; None where no step has a day, or its holidays are unknown."""
    try:
        told = timetable(knowledge, advice)
    except CalendarEndsError:
        return None
    return None if told is None else timeline_block(Wording(knowledge.library, language, advice.as_of), told)
