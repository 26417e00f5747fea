"""`advisor steps`: what is still to do, by whom, until when."""

from __future__ import annotations

import argparse

from advisor.advice.advising import advise
from advisor.catalogue import say
from advisor.commands.common import DONE, case_of, format_of, knowledge_of, refuse_same_file
from advisor.problem import UsageError
from advisor.text import Language


def run(arguments: argparse.Namespace, language: Language) -> int:
    """Write the timetable as a document, as JSON or as a calendar."""
    # Imported late: what a calendar takes is not needed where the words of the command are wrong.
    from advisor.report.timetable_formats import TIMETABLE_FORMATS, write_timetable
    from advisor.timetable.schedule import timetable
    from advisor.timetable.working_days import CalendarEndsError

    form = format_of(arguments, language, TIMETABLE_FORMATS)
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
    write_timetable(knowledge, advice, told, language, form, arguments.output)
    return DONE
