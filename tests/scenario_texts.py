"""Texts of scenario files, and reading them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from advisor.knowledge_base import Knowledge
from advisor.scenario.scenario import Scenario
from advisor.scenario.scenario_reader import read_scenarios

HEAD = """\
scenarios:
  - id: one
    name: A name
    source: [pp28-2018:6-2]
    why: A reason.
    as_of: 2021-03-01
"""
"""A scenario that only lacks what it expects; what is added to it begins on line 7."""

CHAIN = """\
  - id: two
    name: Another name
    source: [pp28-2018:6-2]
    why: Another reason.
    based_on: one
    answers: {initiator: regency}
    unknown: [duration]
    expect: {admissible: yes}
"""
"""A scenario that is based on that one."""

Write = Callable[..., Path]
"""Writes a text as a file into an empty working directory; its name is a.yaml unless it is given."""


def read(knowledge: Knowledge, *paths: Path) -> dict[str, Scenario]:
    """Return the scenarios of files, by their ids."""
    return {scenario.id: scenario for scenario in read_scenarios(knowledge, paths)}
