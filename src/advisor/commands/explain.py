"""`advisor explain`: how, why not, what if, what would have to change."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any, TextIO

from advisor.commands.common import DONE, case_of, knowledge_of, refuse_same_file, write_result
from advisor.explain.as_data import how_data, reach_data, what_if_data, why_not_data
from advisor.explain.how import how
from advisor.explain.minimal_changes import minimal_changes
from advisor.explain.target import read_conclusion, read_target
from advisor.explain.what_if import read_changes, what_if
from advisor.explain.why_not import why_not
from advisor.inference.case import Case
from advisor.knowledge_base import Knowledge
from advisor.report.how_report import write_how
from advisor.report.minimal_changes_report import write_minimal_changes
from advisor.report.what_if_report import write_what_if
from advisor.report.why_not_report import write_why_not
from advisor.text import Language

Explained = tuple[dict[str, Any], Callable[[TextIO], None]]


def run(arguments: argparse.Namespace, language: Language) -> int:
    """Write one explanation as a report or as JSON."""
    knowledge = knowledge_of(arguments)
    case = case_of(arguments, knowledge)
    refuse_same_file(arguments.file, arguments.output, language)
    data, write = _explained(arguments, knowledge, case, language)
    write_result(arguments, lambda: data, write)
    return DONE


def _explained(arguments: argparse.Namespace, knowledge: Knowledge, case: Case, language: Language) -> Explained:
    """Return an explanation as data, and what writes it as a report."""
    library = knowledge.library
    if arguments.how is not None:
        shown = how(knowledge, case, read_conclusion(arguments.how, library))
        return how_data(shown, language), lambda out: write_how(knowledge, case, shown, language, out)
    if arguments.why_not is not None:
        missing = why_not(knowledge, case, read_target(arguments.why_not, library))
        return why_not_data(missing, language), lambda out: write_why_not(knowledge, case, missing, language, out)
    if arguments.reach is not None:
        found = minimal_changes(knowledge, case, read_target(arguments.reach, library))
        return reach_data(found, language), lambda out: write_minimal_changes(knowledge, case, found, language, out)
    tried = what_if(knowledge, case, read_changes(arguments.what_if, knowledge))
    return what_if_data(tried, language), lambda out: write_what_if(knowledge, case, tried, language, out)
