"""Scenarios that are written for a test, run and told."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from advisor.folders import built_in
from advisor.knowledge_base import Knowledge
from advisor.plain_data import plain
from advisor.report.scenario_report import described
from advisor.scenario.result import ScenarioResult, results_data
from advisor.scenario.scenario import Scenario
from advisor.scenario.scenario_reader import read_scenarios

SHIPPED = built_in("scenarios")
HEAD = """\
scenarios:
  - id: one
    name: A name
    source: [pp28-2018:6-2]
    why: A reason.
    based_on: base-plain-region-c
"""
"""A scenario that only lacks what it expects; what is added to it begins on line 7.

Its base is a cooperation of which all is known: admissible, voluntary, without the DPRD, by a technical agreement.
"""

Run = Callable[..., ScenarioResult]


def written(knowledge: Knowledge, text: str) -> tuple[Scenario, ...]:
    """Write a scenario file into the working directory and read it."""
    Path("a.yaml").write_text(text, "utf-8")
    shutil.copy(SHIPPED / "base.yaml", "base.yaml")
    return read_scenarios(knowledge, [Path("a.yaml")])


def data_of(results: list[ScenarioResult]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(plain(results_data(results), "en")))
    return found


def text_of(knowledge: Knowledge, result: ScenarioResult) -> str:
    return described(knowledge.library, result, "en")
