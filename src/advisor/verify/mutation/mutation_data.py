"""Outcomes of mutants as plain data, for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from advisor.verify.mutation.outcome import MutantOutcome, TellingCase


def mutation_data(outcomes: Sequence[MutantOutcome]) -> dict[str, Any]:
    """Return how many mutants became what, and every one with its verdict."""
    counts = Counter(outcome.verdict for outcome in outcomes)
    return {
        "schema": "mutation/1",
        "counts": {name: counts[name] for name in ("caught", "refused", "equivalent", "survived")},
        "mutants": [_outcome(outcome) for outcome in outcomes],
    }


def _outcome(outcome: MutantOutcome) -> dict[str, Any]:
    mutant = outcome.mutant
    data: dict[str, Any] = {
        "kind": mutant.kind,
        "subject": mutant.subject,
        "file": mutant.place.file,
        "line": mutant.place.line,
        "column": mutant.place.column,
        "change": dict(mutant.values),
        "verdict": outcome.verdict,
    }
    if outcome.by is not None:
        data["by"] = outcome.by
    if outcome.telling is not None:
        data["case"] = _telling(outcome.telling)
    return data


def _telling(telling: TellingCase) -> dict[str, Any]:
    return {
        "as_of": telling.as_of.isoformat(),
        "based_on": telling.based_on,
        "answers": dict(telling.answers),
        "differences": [
            {"fact": fact, "before": list(before), "after": list(after)}
            for fact, before, after in telling.differences
        ],
    }
