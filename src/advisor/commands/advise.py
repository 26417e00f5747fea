"""`advisor advise`: the advice for an answers file."""

from __future__ import annotations

import argparse
import json

from advisor.advice.advising import advise
from advisor.advice.as_data import advice_data
from advisor.commands.common import DONE, case_of, knowledge_of, refuse_same_file
from advisor.output import opened
from advisor.report.text_report import write_text_report
from advisor.text import Language


def run(arguments: argparse.Namespace, language: Language) -> int:
    """Write the advice as a report or as JSON."""
    knowledge = knowledge_of(arguments)
    case = case_of(arguments, knowledge)
    refuse_same_file(arguments.file, arguments.output, language)
    advice = advise(knowledge, case)
    with opened(arguments.output) as stream:
        if arguments.format == "json":
            json.dump(advice_data(advice, language), stream, ensure_ascii=False, indent=2)
            stream.write("\n")
        else:
            write_text_report(knowledge.library, advice, language, stream)
    return DONE
