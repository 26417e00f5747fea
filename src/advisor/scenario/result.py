"""What came of running a scenario."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from advisor.inference.formula import Atom
from advisor.problem import Place
from advisor.scenario.judging import Failure
from advisor.scenario.scenario import Scenario
from advisor.text import Text

Status = Literal["passed", "failed", "waiting"]
ReaderName = Literal["experta", "compiled"]
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
    """The failures, in the order of the file, and the rules that speak for the facts they are about.

    Both readers found them, unless they disagree: then it was the generated program alone. A scenario that nobody
    approved yet is waiting: it was not run.
    """

    scenario: Scenario
    failures: tuple[Failure, ...] = ()
    fired: Mapping[str, tuple[Fired, ...]] = field(default_factory=dict)
    disagreement: Disagreement | None = None
    seconds: float = 0.0

    @property
    def status(self) -> Status:
        """Whether it passed, failed or waits for approval."""
        if not self.scenario.approved:
            return "waiting"
        return "failed" if self.disagreement or self.failures else "passed"

    @property
    def readers(self) -> tuple[ReaderName, ...]:
        """The readers that found the failures."""
        return ("compiled",) if self.disagreement else ("experta", "compiled")

    @property
    def data(self) -> Data:
        """The result as `plain` takes it; of a failure `found` has the shape of what was expected."""
        return {
            "id": self.scenario.id,
            "name": self.scenario.name,
            "place": self.scenario.place,
            "status": self.status,
            "seconds": round(self.seconds, 3),
            "failures": [_failure_data(failure, self.readers) for failure in self.failures],
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
