"""Coverage as plain data, for programs."""

from __future__ import annotations

from typing import Any

from advisor.inference.condition import written
from advisor.verify.coverage.coverage import Coverage, RuleCoverage, Share, Side


def coverage_data(coverage: Coverage) -> dict[str, Any]:
    """Return the shares, and every rule, article and option with what was tried of it."""
    return {
        "schema": "coverage/1",
        "cases": coverage.cases,
        "shares": {
            "rules": _share(coverage.rule_share),
            "conditions": _share(coverage.condition_share),
            "articles": _share(coverage.article_share),
            "options": _share(coverage.option_share),
        },
        "rules": [_rule(rule) for rule in coverage.rules],
        "articles": [
            {"article": a.citation, "rules": list(a.rules), "scenarios": a.fired} for a in coverage.articles
        ],
        "options": [{"question": o.question, "option": o.option, "scenarios": o.given} for o in coverage.options],
    }


def _share(share: Share) -> dict[str, int]:
    return {"covered": share.covered, "all": share.all}


def _rule(rule: RuleCoverage) -> dict[str, Any]:
    return {
        "rule": rule.id,
        "file": rule.place.file,
        "line": rule.place.line,
        "scenarios": rule.fired,
        "example": rule.example,
        "conditions": [
            {
                "condition": written(condition.test),
                "line": condition.test.place.line,
                "column": condition.test.place.column,
                "met": _side(condition.held),
                "not_met": _side(condition.failed),
            }
            for condition in rule.conditions
        ],
    }


def _side(side: Side) -> dict[str, Any]:
    return {"scenarios": side.scenarios, "example": side.example, "possible": side.possible}
