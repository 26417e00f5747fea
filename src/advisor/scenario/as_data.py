"""The results as plain data, for JSON; keys are stable, new ones may be added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from advisor.problem import Place
from advisor.scenario.judging import Failure
from advisor.scenario.observer import ReaderName
from advisor.scenario.result import Fired, ScenarioResult, counted
from advisor.text import Language

SCHEMA = "test/1"
Data = dict[str, Any]


def results_data(results: Sequence[ScenarioResult], language: Language) -> Data:
    """Return {"schema", "passed", "failed", "waiting", "scenarios": [...]}; texts in `language`.

    A scenario is {"id", "name", "place", "status", "seconds", "failures": [...], "fired": {fact: [...]},
    "disagreement": {"facts", "rules"} or null}.
    """
    return {
        "schema": SCHEMA,
        **counted(results),
        "scenarios": [_result(result, language) for result in results],
    }


def _result(result: ScenarioResult, language: Language) -> Data:
    disagreement = result.disagreement
    return {
        "id": result.scenario.id,
        "name": result.scenario.name,
        "place": _place(result.scenario.place),
        "status": result.status,
        "seconds": round(result.seconds, 3),
        "failures": [_failure(failure, readers, language) for failure, readers in result.found()],
        "fired": {fact: [_fired(rule, language) for rule in rules] for fact, rules in result.fired.items()},
        "disagreement": disagreement and {"facts": list(disagreement.facts), "rules": list(disagreement.rules)},
    }


def _failure(failure: Failure, readers: tuple[ReaderName, ...], language: Language) -> Data:
    """Return one failure; `found` has the shape of what was expected, `state` says how things stand."""
    data: Data = {
        "place": _place(failure.expectation.place),
        "fact": failure.expectation.fact,
        "part": failure.expectation.part,
        "expected": _plain(failure.expected),
        "found": _plain(failure.found),
        "state": failure.state,
        "readers": list(readers),
    }
    if failure.problems:
        data["problems"] = [problem.sentence(language) for problem in failure.problems]
    return data


def _fired(fired: Fired, language: Language) -> Data:
    return {
        "rule": fired.rule,
        "place": _place(fired.place),
        "concluded": [list(atom) for atom in fired.concluded],
        "text": fired.because.in_language(language),
        "cites": list(fired.cites),
        "direct": fired.direct,
    }


def _place(place: Place) -> Data:
    return {"file": place.file, "line": place.line, "column": place.column}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, (tuple, list)) else value
