"""`advisor graph`: a picture of the rule base, or of the way of a case through it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from advisor.catalogue import say
from advisor.commands.common import DONE, STDIN, case_of, knowledge_of, refuse_same_file
from advisor.graph.content import pictures_of_case, pictures_of_rules
from advisor.graph.dependency import dependencies
from advisor.graph.page import svg_of
from advisor.graph.picture import Picture
from advisor.graph.trace import fired_path
from advisor.inference.case import CaseReader
from advisor.knowledge_base import Knowledge
from advisor.output import opened
from advisor.problem import UsageError
from advisor.reasoning.confirmation import confirmed
from advisor.reasoning.entailment import entailment_of
from advisor.text import Language


def run(arguments: argparse.Namespace, language: Language) -> int:
    """Write the picture as SVG."""
    if str(arguments.output) != "-" and arguments.output.suffix.lower() != ".svg":
        raise UsageError(say("graph.not_svg", language, file=arguments.output))
    drawn = svg_of(_pictures(arguments, knowledge_of(arguments), language))
    with opened(arguments.output) as stream:
        stream.write(drawn)
    return DONE


def _pictures(arguments: argparse.Namespace, knowledge: Knowledge, language: Language) -> Iterator[Picture]:
    decisions = knowledge.rulebase.decisions
    if arguments.file is None:
        day = CaseReader(knowledge.library, knowledge.rulebase).data({}, "--as-of", arguments.as_of).as_of
        return pictures_of_rules(knowledge, dependencies(decisions, knowledge.on(day).program), day, language)
    case = case_of(arguments, knowledge)
    refuse_same_file(arguments.file, arguments.output, language)
    entailment = entailment_of(knowledge, case)
    confirmed(entailment.day, entailment.example)
    graph = dependencies(decisions, entailment.program)
    name = Path(arguments.file).name if arguments.file != "-" else str(STDIN)
    return pictures_of_case(knowledge, graph, case, fired_path(graph, entailment), name, language)
