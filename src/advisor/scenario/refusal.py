"""The refusal of a scenario's answers."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.problem import AnswersError, ContradictionError, Problem
from advisor.scenario.expectation import Expectation
from advisor.scenario.judging import Failure
from advisor.scenario.scenario import Scenario

DAY = "as_of"
"""What `refused` names where it is the day that is not accepted."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Which questions, or the day, a refusal names, and what it says."""

    questions: tuple[str, ...]
    problems: tuple[Problem, ...]


def refusal_of(error: AnswersError) -> Refusal:
    """Return the refusal behind an error."""
    if isinstance(error, ContradictionError):
        return Refusal(error.questions, error.problems)
    is_day = any(problem.key == "answers.not_covered" for problem in error.problems)
    return Refusal((DAY,) if is_day else (), error.problems)


def judge_refusal(scenario: Scenario, refusal: Refusal | None) -> Failure | None:
    """Return how a refusal, or an acceptance (None), is not what the scenario expects; None where it is."""
    found = None if refusal is None else set(refusal.questions)
    expected = None if scenario.refused is None else set(scenario.refused)
    if found == expected:
        return None
    expectation = Expectation("", "refused", scenario.refused, scenario.refused_place or scenario.place)
    if refusal is None:
        return Failure(expectation, None, "answers")
    return Failure(expectation, refusal.questions, "answers", refusal.problems)
