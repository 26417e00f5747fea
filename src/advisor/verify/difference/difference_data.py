"""The difference between two knowledge bases as plain data, for programs."""

from __future__ import annotations

from typing import Any

from advisor.verify.difference.difference import FactDifference, KnowledgeDifference, Names
from advisor.verify.difference.flips import Flips


def difference_data(found: KnowledgeDifference, flips: Flips) -> dict[str, Any]:
    """Return what differs in form and in conclusions, and which scenarios flip."""
    return {
        "schema": "difference/1",
        "days": [found.days[0].isoformat(), found.days[1].isoformat() if found.days[1] else None],
        "rules": _names(found.rules),
        "questions": _names(found.questions),
        "differences": [_difference(difference) for difference in found.differences],
        "same": list(found.same),
        "scenarios": {
            "run": flips.run,
            "flips": [
                {"scenario": flip.old.scenario.id, "old": flip.old.status, "new": flip.new.status}
                for flip in flips.flips
            ],
        },
    }


def _names(names: Names) -> dict[str, list[str]]:
    return {"added": list(names.added), "removed": list(names.removed), "changed": list(names.changed)}


def _difference(difference: FactDifference) -> dict[str, Any]:
    told = difference.told
    return {
        "fact": difference.fact,
        "part": "contested" if difference.contested else "value",
        "days": [
            [first.isoformat(), last.isoformat() if last is not None else None] for first, last in difference.days
        ],
        "case": {
            "as_of": told.as_of.isoformat(),
            "answers": {name: list(a) if isinstance(a, tuple) else a for name, a in told.answers.items()},
        },
        "old": list(told.old),
        "new": list(told.new),
    }
