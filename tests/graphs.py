"""Graphs, paths and pictures of the rules and of the study's cases, for the tests of the graph."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from datetime import date

from advisor.graph.content import pictures_of_case, pictures_of_rules
from advisor.graph.dependency import dependencies
from advisor.graph.node import DependencyGraph
from advisor.graph.page import svg_of
from advisor.graph.path import Path
from advisor.graph.picture import Picture
from advisor.graph.trace import fired_path
from advisor.inference.case import Case, CaseReader
from advisor.inference.day import Day
from advisor.knowledge_base import Knowledge
from advisor.reasoning.entailment import Entailment
from advisor.text import Language
from rows import drawn_answers

SEEDS = (0, 1000)
"""Seeds of drawn cases that answer every question."""

CASES = ("barlingmascakeb", "kartamantul", "kedungsepur", "kunci-bersama", "wonosobo")


def graph_of(knowledge: Knowledge, day: Day) -> DependencyGraph:
    """Return the graph of the rules of a day."""
    return dependencies(knowledge.rulebase.decisions, day.program)


def case_of(knowledge: Knowledge, name: str, share: float = 1.0) -> Case:
    """Return a case of the study, or its first answers."""
    known = knowledge.library.cases[name]
    kept = list(known.answers.items())[: round(len(known.answers) * share)]
    answers = {question: list(a) if isinstance(a, tuple) else a for question, a in kept}
    return CaseReader(knowledge.library, knowledge.rulebase).data({"as_of": known.as_of, "answers": answers})


def full_case(knowledge: Knowledge, seed: int) -> Case:
    """Return a case of 2026 that answers every question and is admissible, the first one drawn from a seed on."""
    as_of = date(2026, 1, 1)
    day = knowledge.on(as_of)
    gate = (knowledge.library.roles.gate, "yes")
    rows = (drawn_answers(number, day) for number in itertools.count(seed))
    row = next(r for r in rows if not day.generated.contradictions(r) and day.generated.run(r).holds(gate))
    codes = {domain.id: code for domain, code in zip(day.program.domains, row, strict=True)}
    answers = {domain.id: domain.decode(codes[domain.id]) for domain in day.program.domains}
    return Case(as_of, answers, codes)


def entailment_of(knowledge: Knowledge, case: Case, known: Mapping[str, int] | None = None) -> Entailment:
    """Return what follows from a case, or from some of its answers."""
    codes = case.codes if known is None else known
    return Entailment(knowledge.library, knowledge.on(case.as_of), codes)


def path_of(knowledge: Knowledge, case: Case) -> tuple[DependencyGraph, Path]:
    """Return the graph on the day of a case, and the path of the case through it."""
    graph = graph_of(knowledge, knowledge.on(case.as_of))
    return graph, fired_path(graph, entailment_of(knowledge, case))


def pictures(knowledge: Knowledge, name: str | None, share: float, language: Language) -> tuple[Picture, ...]:
    """Return the pictures of a case, or (without a name) of the rules in a year between 2013 and 2026."""
    if name is None:
        day = knowledge.library.cases["kartamantul"].as_of.replace(year=round(2013 + 13 * share))
        return tuple(pictures_of_rules(knowledge, graph_of(knowledge, knowledge.on(day)), day, language))
    case = case_of(knowledge, name, share)
    graph, path = path_of(knowledge, case)
    return tuple(pictures_of_case(knowledge, graph, case, path, name, language))


_DRAWN: dict[tuple[str | None, float, Language], str] = {}


def drawn(knowledge: Knowledge, name: str | None, share: float, language: Language) -> str:
    """Return a picture as SVG; each is drawn once."""
    key = (name, share, language)
    if key not in _DRAWN:
        _DRAWN[key] = svg_of(pictures(knowledge, name, share, language))
    return _DRAWN[key]
