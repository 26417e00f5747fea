"""`advisor compare`: several views of one cooperation side by side."""

from __future__ import annotations

import argparse
from pathlib import Path

from advisor.catalogue import say
from advisor.commands.common import DONE, format_of, knowledge_of, refuse_same_file, write_result
from advisor.explain.as_data import comparison_data
from advisor.explain.compare import compare
from advisor.inference.case import CaseReader
from advisor.problem import UsageError
from advisor.report.compare_report import comparison_report
from advisor.text import Language


def run(arguments: argparse.Namespace, language: Language) -> int:
    """Write a comparison of two or more answers files."""
    format_of(arguments, language)  # what cannot be written is refused before the work
    if len(arguments.files) < 2:
        raise UsageError(say("explain.two_files", language))
    knowledge = knowledge_of(arguments)
    reader = CaseReader(knowledge.library, knowledge.rulebase)
    cases = [reader.file(Path(name), arguments.as_of) for name in arguments.files]
    for name in arguments.files:
        refuse_same_file(name, arguments.output, language)
    names = [case.title or name for case, name in zip(cases, arguments.files, strict=True)]
    told = compare(knowledge, cases, names)
    write_result(
        arguments,
        language,
        lambda: comparison_report(knowledge, told, language),
        lambda: comparison_data(told, language),
    )
    return DONE
