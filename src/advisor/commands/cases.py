"""`advisor cases`: the case library."""

from __future__ import annotations

import argparse

from advisor.catalogue import say
from advisor.commands.common import DONE, knowledge_of, refuse_format_with, unknown_case, write_result
from advisor.inference.case import Party
from advisor.interview.answers_file import write_answers
from advisor.interview.session import Session
from advisor.output import opened
from advisor.problem import UsageError
from advisor.report.case_report import case_list_report, case_report
from advisor.text import Language


def run(arguments: argparse.Namespace, language: Language) -> int:
    """Write the list of cases, one of them, or its answers file."""
    refuse_format_with(arguments, "--answers", language)
    library = knowledge_of(arguments).library
    if arguments.id is None:
        if arguments.answers:
            raise UsageError(say("cli.answers_need_case", language))
        write_result(arguments, language, lambda: case_list_report(library, language))
        return DONE
    case = library.cases.get(arguments.id.lower())
    if case is None:
        raise unknown_case(arguments.id, library.cases, language)
    if arguments.answers:
        with opened(arguments.output) as stream:
            parties = tuple(Party(name=member.name) for member in case.members)
            write_answers(Session(case.as_of, case.answers, case.name, parties=parties), stream)
    else:
        write_result(arguments, language, lambda: case_report(library, case, language))
    return DONE
