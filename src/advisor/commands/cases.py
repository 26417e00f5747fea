"""`advisor cases`: the case library."""

from __future__ import annotations

import argparse

from advisor.catalogue import say
from advisor.commands.common import DONE, knowledge_of, unknown_case
from advisor.interview.answers_file import write_answers
from advisor.interview.session import Session
from advisor.output import opened
from advisor.problem import UsageError
from advisor.report.case_report import write_case, write_case_list
from advisor.text import Language


def run(arguments: argparse.Namespace, language: Language) -> int:
    """Write the list of cases, one of them, or its answers file."""
    library = knowledge_of(arguments).library
    if arguments.id is None:
        if arguments.answers:
            raise UsageError(say("cli.answers_need_case", language))
        with opened(arguments.output) as stream:
            write_case_list(library, language, stream)
        return DONE
    case = library.cases.get(arguments.id.lower())
    if case is None:
        raise unknown_case(arguments.id, library.cases, language)
    with opened(arguments.output) as stream:
        if arguments.answers:
            write_answers(Session(case.as_of, case.answers), stream)
        else:
            write_case(library, case, language, stream)
    return DONE
