"""What became of a mutant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from advisor.verify.mutation.mutant import Mutant

Verdict = Literal["caught", "refused", "equivalent", "survived"]


@dataclass(frozen=True, slots=True)
class TellingCase:
    """Answers on which original and mutant say something else.

    `based_on` is a scenario like it and `answers` are what differs from it; `differences` are the shown facts with
    their values before and after (none, where the same values rest on other articles).
    """

    as_of: date
    based_on: str
    answers: Mapping[str, Any]
    differences: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]


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
