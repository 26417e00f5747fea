"""Scenario files: answers and what the law or the study says must follow from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from advisor.advice.advice import Advice, Conclusion
from advisor.advice.as_data import conclusion_data
from advisor.knowledge_base import Knowledge

FOLDER = Path(__file__).parent / "scenarios"
SCENARIO_KEYS = {
    "id", "name", "source", "why", "based_on", "as_of", "answers", "unknown", "expect", "never", "refused",
}  # fmt: skip
EXPECTATION_KEYS = {"value", "possible", "depends_on", "contested", "cites", "includes", "excludes"}
OTHER = "dprd_approval.other"
ABSENT = object()


@dataclass(frozen=True)
class Scenario:
    """One scenario, with the answers of what it is based on filled in."""

    id: str
    file: str
    as_of: date
    answers: Mapping[str, Any]
    raw: Mapping[str, Any] = field(repr=False)

    @property
    def data(self) -> dict[str, Any]:
        """The answers file."""
        return {"as_of": self.as_of, "answers": dict(self.answers)}


def all_scenarios(knowledge: Knowledge) -> dict[str, Scenario]:
    """Return every scenario of the folder by id; based-on chains are followed."""
    raw: dict[str, tuple[str, Mapping[str, Any]]] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        for scenario in yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)["scenarios"]:
            assert scenario["id"] not in raw, f"{path.name}: {scenario['id']} stands twice"
            assert set(scenario) <= SCENARIO_KEYS, f"{scenario['id']}: {set(scenario) - SCENARIO_KEYS}"
            raw[scenario["id"]] = (path.name, scenario)
    return {name: _resolved(name, raw, knowledge) for name in raw}


def _resolved(name: str, raw: Mapping[str, tuple[str, Mapping[str, Any]]], knowledge: Knowledge) -> Scenario:
    file, scenario = raw[name]
    answers: dict[str, Any] = {}
    as_of = None
    base = scenario.get("based_on")
    if base and base.startswith("case:"):
        case = knowledge.library.cases[base.removeprefix("case:")]
        as_of = case.as_of
        answers = {q: list(a) if isinstance(a, tuple) else a for q, a in case.answers.items()}
    elif base:
        parent = _resolved(base, raw, knowledge)
        as_of, answers = parent.as_of, dict(parent.answers)
    answers |= scenario.get("answers") or {}
    for question in scenario.get("unknown") or []:
        answers.pop(question, None)
    day = scenario.get("as_of", as_of)
    assert day is not None, f"{name}: no as_of"
    return Scenario(name, file, day, answers, scenario)


def failures(scenario: Scenario, advice: Advice) -> Iterator[str]:
    """Yield every expectation that the advice does not meet."""
    for name, expected in (scenario.raw.get("expect") or {}).items():
        conclusion = _conclusion(advice, name)
        wanted = expected if isinstance(expected, Mapping) else {"value": expected}
        assert set(wanted) <= EXPECTATION_KEYS, f"{scenario.id}: {set(wanted) - EXPECTATION_KEYS}"
        for part, value in wanted.items():
            found = _part(conclusion, part, value)
            if found is not None:
                yield f"{scenario.file}: {scenario.id}: {name}.{part}: expected {value!r}, found {found}"
    for name, values in (scenario.raw.get("never") or {}).items():
        conclusion = _conclusion(advice, name)
        possible = conclusion.possible or ()
        for value in values:
            if any(value == p or (isinstance(p, tuple) and value in p) for p in possible):
                yield f"{scenario.file}: {scenario.id}: {name} must never be {value!r}, but it is possible"


def _conclusion(advice: Advice, name: str) -> Conclusion:
    if name == OTHER:
        assert advice.other_regime is not None
        return advice.other_regime.conclusion
    return advice.conclusions[name]


def _part(conclusion: Conclusion, part: str, expected: Any) -> str | None:
    """Return what was found where it is not what was expected."""
    data = conclusion_data(conclusion, "en")
    match part:
        case "value":
            if expected == "inadmissible" or (expected is None and conclusion.reason):
                return None if conclusion.reason == "inadmissible" else f"{data['value']!r}"
            found = ABSENT if conclusion.open or conclusion.reason else data["value"]
            return None if found == expected else f"{conclusion.reason or data['possible'] or data!r}"
        case "possible":
            found_values = data["possible"] or []
            same = len(found_values) == len(expected) and all(value in found_values for value in expected)
            return None if same else f"{found_values!r}"
        case "depends_on":
            return None if set(data["depends_on"]) == set(expected) else f"{data['depends_on']!r}"
        case "contested":
            return None if data["contested"] is expected else f"{data['contested']!r}"
        case "cites":
            cited = {cite for reason in conclusion.because for cite in reason.cites}
            missing = [c for c in expected if not any(x == c or x.startswith(f"{c}-") for x in cited)]
            return None if not missing else f"{sorted(cited)!r}"
    settled = data["certain"] if data["possible"] is None else _in_all(data["possible"])
    if part == "includes":
        return None if set(expected) <= set(settled) else f"{settled!r}"
    anywhere = (
        {e for value in data["possible"] or [] for e in value} | set(data.get("uncertain", ())) | set(settled)
    )
    return None if not set(expected) & anywhere else f"{sorted(anywhere)!r}"


def _in_all(lists: list[list[str]]) -> list[str]:
    return [element for element in lists[0] if all(element in other for other in lists)] if lists else []
