"""The formats in which a timetable can be written."""

from __future__ import annotations

from pathlib import Path
from typing import Final, cast

from advisor.advice.advice import Advice
from advisor.knowledge_base import Knowledge
from advisor.output import opened, opened_bytes, write_json
from advisor.papers.formats import DRAWN, JSON, RESULT_FORMATS, Format, write_document
from advisor.report.timetable_calendar import timetable_calendar
from advisor.report.timetable_report import timetable_report
from advisor.text import Language
from advisor.timetable.as_data import timetable_data
from advisor.timetable.timetable import Timetable

CALENDAR: Final = "ics"
TIMETABLE_FORMATS: Final = (*RESULT_FORMATS, CALENDAR)


def write_timetable(
    knowledge: Knowledge, advice: Advice, told: Timetable, language: Language, form: str, path: Path | None
) -> None:
    """Write the timetable of an advice in one of `TIMETABLE_FORMATS` to a file, or to standard output.

    Raises `CannotWriteError`.
    """
    if form == JSON:
        with opened(path) as text:
            write_json(timetable_data(knowledge, told, language), text)
    elif form == CALENDAR:
        with opened_bytes(path) as stream:
            stream.write(timetable_calendar(knowledge.library, advice, told, language))
    else:
        report = timetable_report(knowledge.library, advice, told, language, pictures=form in DRAWN)
        write_document(report, cast("Format", form), path)
