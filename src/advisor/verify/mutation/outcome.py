"""What became of a mutant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal, get_args

from advisor.understanding.reading import Answer
from advisor.verify.mutation.mutant import Mutant

Verdict = Literal["caught", "refused", "equivalent", "survived"]
Data = dict[str, object]


@dataclass(frozen=True, slots=True)
class ToldFact:
    """A shown fact with its values in the original and in the mutant."""

    fact: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TellingCase:
    """Answers on which original and mutant say something else.

    `based_on` is a scenario like it and `answers` are what differs from it; there are no `differences` where the
    same values rest on other articles.
    """

    as_of: date
    based_on: str
    answers: Mapping[str, Answer]
    differences: tuple[ToldFact, ...]


@dataclass(frozen=True, slots=True)
class MutantOutcome:
    """The verdict on a mutant.

    caught: the scenario `by` fails; refused: its rules depend on themselves, and no program would load them;
    equivalent: proved to say the same on all answers of every day; survived: `telling` tells it from the original,
    and no scenario notices.
    """

    mutant: Mutant
    verdict: Verdict
    by: str | None = None
    telling: TellingCase | None = None

    @property
    def data(self) -> Data:
        """The outcome as `plain` takes it."""
        data: Data = {
            "kind": self.mutant.kind,
            "subject": self.mutant.subject,
            **asdict(self.mutant.place),
            "change": self.mutant.values,
            "verdict": self.verdict,
        }
        more = {"by": self.by, "case": self.telling}
        return data | {name: value for name, value in more.items() if value is not None}


def counted(outcomes: Sequence[MutantOutcome]) -> dict[str, int]:
    """Return how many outcomes there are of each verdict."""
    counts = Counter(outcome.verdict for outcome in outcomes)
    return {verdict: counts[verdict] for verdict in get_args(Verdict)}


def outcomes_data(outcomes: Sequence[MutantOutcome]) -> Data:
    """Return all outcomes as `plain` takes them: how many there are of each verdict, and every one."""
    data = [outcome.data for outcome in outcomes]
    return {"schema": "mutation/1", "counts": counted(outcomes), "mutants": data}
