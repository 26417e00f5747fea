"""Explanations as plain data, for JSON; keys are stable, new ones may be added."""

from __future__ import annotations

from typing import Any

from advisor.advice.advice import Conclusion
from advisor.advice.as_data import conclusion_data
from advisor.explain.compare import Comparison
from advisor.explain.how import How
from advisor.explain.minimal_changes import MinimalChanges
from advisor.explain.what_if import WhatIf
from advisor.explain.why_not import WhyNot
from advisor.plain_data import plain
from advisor.text import Language

Data = dict[str, Any]


def how_data(told: How, language: Language) -> Data:
    """Return {"schema", "asked", "conclusion", the parts of the conclusion, "answers", "tree", "left_out"}."""
    return {
        "schema": "how/1",
        "asked": told.asked,
        "conclusion": told.conclusion.id,
        **conclusion_data(told.conclusion, language),
        **{key: plain(getattr(told, key), language) for key in ("answers", "tree", "left_out")},
    }


def why_not_data(told: WhyNot, language: Language) -> Data:
    """Return {"schema", "conclusion", "target", "verdict", "ways", "when", "reach", "barriers", "days", "duel"}."""
    return {
        "schema": "why_not/1",
        "conclusion": told.target.conclusion,
        "target": told.target.value,
        "verdict": told.verdict,
        "value": plain(told.conclusion.value, language),
        "ways": plain(told.ways, language),
        "when": plain(told.when, language),
        "reach": reach_data(told.reach, language) if told.reach is not None else None,
        "barriers": plain(told.barriers, language),
        "days": plain(told.days, language),
        "duel": plain(told.comparison, language),
    }


def what_if_data(told: WhatIf, language: Language) -> Data:
    """Return {"schema", "changed": {question: [before, after]}, "differences": {id: {before, after}}, "same"}."""
    return {
        "schema": "what_if/1",
        "changed": plain(told.changed, language),
        "differences": {
            difference.before.id: {
                "before": conclusion_data(difference.before, language),
                "after": conclusion_data(difference.after, language),
            }
            for difference in told.differences
        },
        "same": {conclusion.id: _bare(conclusion, language) for conclusion in told.same},
    }


def reach_data(told: MinimalChanges, language: Language) -> Data:
    """Return {"schema", "conclusion", "target", "size" (null: impossible), "more", "changes", "barriers"}."""
    return {
        "schema": "reach/1",
        "conclusion": told.target.conclusion,
        "target": told.target.value,
        **{key: plain(getattr(told, key), language) for key in ("size", "more", "changes", "barriers")},
    }


def comparison_data(told: Comparison, language: Language) -> Data:
    """Return {"schema", "views": [...], "answers": {...}, "conclusions": {...}, "day_matters": [...]}."""
    return {
        "schema": "compare/1",
        "views": [
            {"name": name, "as_of": day.isoformat()} for name, day in zip(told.names, told.days, strict=True)
        ],
        "answers": {
            row.question: {
                "answers": plain(row.answers, language),
                "differs": row.differs,
                "matters": list(row.matters),
            }
            for row in told.answers
        },
        "conclusions": {
            row.conclusion: {"differs": row.differs, "views": [_bare(view, language) for view in row.views]}
            for row in told.conclusions
        },
        "day_matters": list(told.day_matters),
    }


def _bare(conclusion: Conclusion, language: Language) -> Data:
    data = conclusion_data(conclusion, language, explain=False)
    return {key: data[key] for key in ("value", "possible", "depends_on", "contested")}
