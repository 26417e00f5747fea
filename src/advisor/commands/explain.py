"""`advisor explain`: how, why not, what if, what would have to change."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from advisor.commands.common import DONE, case_of, format_of, knowledge_of, refuse_same_file, write_result
from advisor.explain.as_data import how_data, reach_data, what_if_data, why_not_data
from advisor.explain.how import how
from advisor.explain.minimal_changes import minimal_changes
from advisor.explain.target import read_conclusion, read_target
from advisor.explain.what_if import read_changes, what_if
from advisor.explain.why_not import why_not
from advisor.inference.case import Case
from advisor.knowledge_base import Knowledge
from advisor.papers.document import Document
from advisor.report.how_report import how_report
from advisor.report.minimal_changes_report import minimal_changes_report
from advisor.report.what_if_report import what_if_report
from advisor.report.why_not_report import why_not_report
from advisor.text import Language

Explained = tuple[dict[str, Any], Callable[[], Document]]


def run(arguments: argparse.Namespace, language: Language) -> int:
    """Write one explanation as a report or as JSON."""
    format_of(arguments, language)  # what cannot be written is refused before the work
    knowledge = knowledge_of(arguments)
    case = case_of(arguments, knowledge)
    refuse_same_file(arguments.file, arguments.output, language)
    data, report = _explained(arguments, knowledge, case, language)
    write_result(arguments, language, report, lambda: data)
    return DONE


def _explained(arguments: argparse.Namespace, knowledge: Knowledge, case: Case, language: Language) -> Explained:
    """Return an explanation as data, and what makes a report of it."""
    library = knowledge.library
    if arguments.how is not None:
        shown = how(knowledge, case, read_conclusion(arguments.how, library))
        return how_data(shown, language), lambda: how_report(knowledge, case, shown, language)
    if arguments.why_not is not None:
        missing = why_not(knowledge, case, read_target(arguments.why_not, library))
        return why_not_data(missing, language), lambda: why_not_report(knowledge, case, missing, language)
    if arguments.reach is not None:
        found = minimal_changes(knowledge, case, read_target(arguments.reach, library))
        return reach_data(found, language), lambda: minimal_changes_report(knowledge, case, found, language)
    tried = what_if(knowledge, case, read_changes(arguments.what_if, knowledge))
    return what_if_data(tried, language), lambda: what_if_report(knowledge, case, tried, language)
