"""`advisor steps`: what is still to do, by whom, until when."""

from __future__ import annotations

import argparse
from typing import Final, cast

from advisor.advice.advising import advise
from advisor.catalogue import say
from advisor.commands.common import DONE, case_of, format_of, knowledge_of, refuse_same_file
from advisor.output import opened, opened_bytes, write_json
from advisor.papers.formats import FORMATS, JSON, Format, write_document
from advisor.problem import UsageError
from advisor.text import Language

CALENDAR: Final = "ics"
DRAWN: Final = ("html", "docx")
"""The formats in which pictures are drawn; in the others the table says the same."""


def run(arguments: argparse.Namespace, language: Language) -> int:
    """Write the timetable as a document, as JSON or as a calendar."""
    # Imported late: what a calendar takes is not needed where the words of the command are wrong.
    from advisor.report.timetable_calendar import timetable_calendar
    from advisor.report.timetable_report import timetable_report
    from advisor.timetable.as_data import timetable_data
    from advisor.timetable.schedule import timetable
    from advisor.timetable.working_days import CalendarEndsError

    form = format_of(arguments, language, (*FORMATS, JSON, CALENDAR))
    knowledge = knowledge_of(arguments)
    case = case_of(arguments, knowledge)
    refuse_same_file(arguments.file, arguments.output, language)
    advice = advise(knowledge, case)
    try:
        told = timetable(knowledge, advice, arguments.start, joint_leave=arguments.joint_leave)
    except CalendarEndsError as error:
        raise UsageError(say("steps.outside", language, first=error.first, last=error.last)) from error
    if told is None:
        raise UsageError(say("steps.no_timetable", language))
    if form == JSON:
        with opened(arguments.output) as text:
            write_json(timetable_data(knowledge, told, language), text)
    elif form == CALENDAR:
        with opened_bytes(arguments.output) as stream:
            stream.write(timetable_calendar(knowledge.library, advice, told, language))
    else:
        report = timetable_report(knowledge.library, advice, told, language, pictures=form in DRAWN)
        write_document(report, cast("Format", form), arguments.output)
    return DONE
