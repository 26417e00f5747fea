"""Scenarios that pass under one of two knowledge bases and fail under the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from advisor.knowledge_base import Knowledge
from advisor.plain_data import UNWRITTEN
from advisor.problem import Place
from advisor.scenario.compiled_observer import CompiledObserver
from advisor.scenario.result import Status
from advisor.scenario.running import run_scenarios
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


def flips_of(
    old: Knowledge,
    new: Knowledge,
    for_old: Sequence[Scenario],
    for_new: Sequence[Scenario],
    jobs: int | None = None,
) -> Flips:
    """Run the same scenarios, as each of the two reads them, on both, and return those whose status differs.

    They are run through the generated program, which tells a flip in a fiftieth of the time that experta takes.
    Where the two are the same knowledge nothing is run. `jobs` is the number of processes (default: one a core).
    """
    if old.digest == new.digest:
        return Flips(len(for_old), ())
    # Both are started before the first is waited for.
    before, after = (
        run_scenarios(knowledge, scenarios, jobs, [CompiledObserver])
        for knowledge, scenarios in ((old, for_old), (new, for_new))
    )
    status = {result.scenario.id: result.status for result in before}
    flips = [
        Flip(result.scenario.id, result.scenario.place, status[result.scenario.id], result.status)
        for result in after
        if result.status != status[result.scenario.id]
    ]
    return Flips(len(status), tuple(flips))
