"""Scenarios that pass under one of two knowledge bases and fail under the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from advisor.knowledge_base import Knowledge
from advisor.scenario.result import ScenarioResult
from advisor.scenario.running import run_scenarios
from advisor.scenario.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Flip:
    """A scenario whose result differs."""

    old: ScenarioResult
    new: ScenarioResult


@dataclass(frozen=True, slots=True)
class Flips:
    """The scenarios that flip, and how many were run on both."""

    flips: tuple[Flip, ...]
    run: int


def flips_of(
    old: Knowledge,
    new: Knowledge,
    for_old: Sequence[Scenario],
    for_new: Sequence[Scenario],
    jobs: int | None = None,
) -> Flips:
    """Run the same scenarios, as each of the two reads them, on both."""
    before = {r.scenario.id: r for r in run_scenarios(old, for_old, jobs)}
    after = {r.scenario.id: r for r in run_scenarios(new, for_new, jobs)}
    flips = [Flip(before[name], after[name]) for name in before if before[name].status != after[name].status]
    return Flips(tuple(flips), len(before))
