"""A replay as plain data: the shape of `replay --format json`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from advisor.receipt.change import (
    ArticleChange,
    Cause,
    ContradictionChange,
    QuestionChange,
    RuleChange,
    TermChange,
)
from advisor.receipt.replay import Replay
from advisor.receipt.written_receipt import plain
from advisor.text import Language

SCHEMA = "replay/1"
KINDS: dict[type, str] = {
    RuleChange: "rule",
    ArticleChange: "article",
    QuestionChange: "question",
    ContradictionChange: "contradiction",
    TermChange: "term",
}
Data = dict[str, Any]


def replay_data(replay: Replay, language: Language) -> Data:
    """Return a replay as data that JSON can hold; sentences in `language`."""
    era, other = replay.era, replay.other_regime
    return {
        "schema": SCHEMA,
        "verdict": replay.verdict,
        "knowledge": {"before": plain(replay.before), "now": plain(replay.now)},
        "as_of": replay.as_of.isoformat(),
        "title": replay.title,
        "compared": plain(replay.counts),
        "dropped_answers": plain(replay.dropped),
        "refused": [problem.sentence(language) for problem in replay.refused],
        "without_value": list(replay.without_value),
        "era": era and {"before": era.before, "now": era.now, "because": _causes(era.because)},
        "conclusions": [
            {"id": d.id, "before": plain(d.before), "now": plain(d.now), "because": _causes(d.because)}
            for d in replay.conclusions
        ],
        "other_regime": other
        and {"before": plain(other.before), "now": plain(other.now), "because": _causes(other.because)},
        "items": [
            {
                "kind": d.kind,
                "id": d.id,
                "before": plain(d.before),
                "now": plain(d.now),
                "because": _causes(d.because),
            }
            for d in replay.items
        ],
        "firings": _causes(replay.firings),
        "unchanged_result": {
            "questions": _causes(replay.questions),
            "rules": _causes(replay.rules),
            "articles": _causes(replay.articles),
            "terms": _causes(replay.terms),
        },
        "contradictions": _causes(replay.contradictions),
        "elsewhere": _causes(replay.elsewhere),
    }


def _causes(causes: Iterable[Cause]) -> list[Data]:
    return [_cause(cause) for cause in causes]


def _cause(cause: Cause) -> Data:
    """Return a cause with its kind; every key is always there."""
    return {
        "kind": KINDS[type(cause)],
        **{part.name: plain(getattr(cause, part.name)) for part in fields(cause) if part.name != "silent"},
    }
