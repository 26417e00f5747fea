"""`advisor questions`: what is asked, and a blank answers file."""

from __future__ import annotations

import argparse

from advisor.catalogue import say
from advisor.commands.common import DONE, hint_at, knowledge_of, refuse_beside, refuse_format_with, write_result
from advisor.output import opened
from advisor.problem import UsageError
from advisor.report.blank_answers import write_blank_answers
from advisor.report.question_report import question_report
from advisor.text import Language


def run(arguments: argparse.Namespace, language: Language) -> int:
    """Write the questions, one of them, or a blank answers file."""
    refuse_format_with(arguments, "--blank", language)
    library = knowledge_of(arguments).library
    if arguments.id is not None and arguments.id not in library.questions:
        near = hint_at(arguments.id, library.questions, language)
        raise UsageError(say("cli.unknown_question", language, name=arguments.id, near=near))
    if arguments.blank:
        refuse_beside("--blank", {str(arguments.id): arguments.id}, language)
    if arguments.blank and arguments.output is not None and arguments.output.exists():
        # It may be filled in already.
        raise UsageError(say("interview.file_exists", language, file=arguments.output))
    if arguments.blank:
        with opened(arguments.output) as stream:
            write_blank_answers(library, language, stream)
    else:
        write_result(arguments, language, lambda: question_report(library, language, arguments.id))
    return DONE
