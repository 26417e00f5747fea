"""What came of running a scenario."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from advisor.inference.formula import Atom
from advisor.problem import Place
from advisor.scenario.judging import Failure
from advisor.scenario.observer import ReaderName
from advisor.scenario.scenario import Scenario
from advisor.text import Text

Status = Literal["passed", "failed", "waiting"]
Data = dict[str, object]


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that fired for a fact: where it stands, what it concluded and why.

    `direct` says whether it concluded a value of the fact itself, and not something on the way to it.
    """

    rule: str
    place: Place
    concluded: tuple[Atom, ...]
    text: Text
    cites: tuple[str, ...]
    direct: bool


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The readers gave different results: of which facts, and which rules fired for one of them alone."""

    facts: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True)
class ScenarioResult:
    """The failures that each reader found, and the rules that fired for the facts they are about.

    A scenario that nobody approved yet is waiting: it was not run.
    """

    scenario: Scenario
    failures: Mapping[ReaderName, tuple[Failure, ...]] = field(default_factory=dict)
    fired: Mapping[str, tuple[Fired, ...]] = field(default_factory=dict)
    disagreement: Disagreement | None = None
    seconds: float = 0.0

    @property
    def status(self) -> Status:
        """Whether it passed, failed or waits for approval."""
        if not self.scenario.approved:
            return "waiting"
        return "failed" if self.disagreement or any(self.failures.values()) else "passed"

    def found(self) -> list[tuple[Failure, tuple[ReaderName, ...]]]:
        """Return each failure once, in the order of the file, with the readers that found it."""
        each: list[Failure] = []
        for failures in self.failures.values():
            each += [failure for failure in failures if failure not in each]
        each.sort(key=lambda failure: failure.expectation.place)
        return [(one, tuple(name for name, all_ in self.failures.items() if one in all_)) for one in each]

    @property
    def data(self) -> Data:
        """The result as `plain` takes it; of a failure `found` has the shape of what was expected."""
        return {
            "id": self.scenario.id,
            "name": self.scenario.name,
            "place": self.scenario.place,
            "status": self.status,
            "seconds": round(self.seconds, 3),
            "failures": [_failure_data(failure, readers) for failure, readers in self.found()],
            "fired": self.fired,
            "disagreement": self.disagreement,
        }


def _failure_data(failure: Failure, readers: tuple[ReaderName, ...]) -> Data:
    data: Data = {
        "place": failure.expectation.place,
        "fact": failure.expectation.fact,
        "part": failure.expectation.part,
        "expected": failure.expected,
        "found": failure.found,
        "state": failure.state,
        "readers": readers,
    }
    return data | {"problems": [problem.text for problem in failure.problems]} if failure.problems else data


def results_data(results: Sequence[ScenarioResult]) -> Data:
    """Return all results as `plain` takes them: how many there are of each status, and every one."""
    return {"schema": "test/1", **counted(results), "scenarios": [result.data for result in results]}


def counted(results: Iterable[ScenarioResult]) -> dict[str, int]:
    """Return how many results there are of each status."""
    counts = {"passed": 0, "failed": 0, "waiting": 0}
    for result in results:
        counts[result.status] += 1
    return counts
