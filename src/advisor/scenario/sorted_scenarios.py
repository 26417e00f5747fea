"""Scenarios sorted by what their answers are: all given, some left open, or such as must be refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from advisor.inference.case import Case, CaseReader
from advisor.knowledge_base import Knowledge
from advisor.problem import AnswersError
from advisor.scenario.scenario import Scenario


@dataclass(frozen=True, slots=True)
class SortedScenarios:
    """The approved scenarios; those with answers that can be used come with their case."""

    full: tuple[tuple[Scenario, Case], ...]
    open: tuple[tuple[Scenario, Case], ...]
    refused: tuple[Scenario, ...]


def sorted_scenarios(knowledge: Knowledge, scenarios: Iterable[Scenario]) -> SortedScenarios:
    """Return the approved scenarios, sorted; one that is refused though it should not be counts as refused."""
    reader = CaseReader(knowledge.library, knowledge.rulebase)
    full: list[tuple[Scenario, Case]] = []
    partly: list[tuple[Scenario, Case]] = []
    refused: list[Scenario] = []
    for scenario in scenarios:
        if not scenario.approved:
            continue
        try:
            case = reader.data(scenario.data)
        except AnswersError:
            refused.append(scenario)
            continue
        (full if len(case.codes) == len(reader.domains) else partly).append((scenario, case))
    return SortedScenarios(tuple(full), tuple(partly), tuple(refused))
