"""Scenarios that pass under one of two knowledge bases and fail under the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from advisor.knowledge_base import Knowledge
from advisor.plain_data import UNWRITTEN
from advisor.problem import Place
from advisor.scenario.result import Status
from advisor.scenario.running import run_scenario
from advisor.scenario.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Flip:
    """A scenario (its id and place) whose result differs."""

    scenario: str
    place: Place = field(metadata=UNWRITTEN)
    old: Status
    new: Status


@dataclass(frozen=True, slots=True)
class Flips:
    """The scenarios that flip, and how many were compared."""

    run: int
    flips: tuple[Flip, ...]


def flips_of(old: Knowledge, new: Knowledge, for_old: Sequence[Scenario], for_new: Sequence[Scenario]) -> Flips:
    """Run the same scenarios, as each of the two reads them, on both, and return those whose status differs.

    They are run through the generated program alone, which takes a fiftieth of experta's time. Where the two are
    the same knowledge nothing is run.
    """
    if old.digest == new.digest:
        return Flips(len(for_old), ())
    before = {scenario.id: _status(old, scenario) for scenario in for_old}
    after = ((scenario, _status(new, scenario)) for scenario in for_new)
    flips = (Flip(s.id, s.place, before[s.id], status) for s, status in after if status != before[s.id])
    return Flips(len(before), tuple(flips))


def _status(knowledge: Knowledge, scenario: Scenario) -> Status:
    return run_scenario(knowledge, scenario, by_experta=False).status
