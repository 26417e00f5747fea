"""Scenarios: answers, and what law or study say must follow from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from advisor.problem import Place
from advisor.scenario.expectation import Expectation, Part

Wanted = Mapping[str, frozenset[Part]]
"""Of which facts which parts are to be observed."""


@dataclass(frozen=True)
class Scenario:
    """One scenario, with the answers of what it is based on filled in.

    `refused` names the questions by which the answers must be refused (it stands at `refused_place`); None where
    they must be accepted. One that is not `approved` was written by a program: until a person approves it, it is
    not run and proves nothing.
    """

    id: str
    name: str
    source: tuple[str, ...]
    why: str
    as_of: date
    answers: Mapping[str, Any] = field(repr=False)
    expectations: tuple[Expectation, ...] = field(repr=False)
    refused: tuple[str, ...] | None
    place: Place
    approved: bool = True
    refused_place: Place | None = field(default=None, repr=False)

    @property
    def data(self) -> dict[str, Any]:
        """The scenario's answers in the shape of an answers file."""
        return {"as_of": self.as_of, "answers": dict(self.answers)}

    @cached_property
    def wanted(self) -> Wanted:
        """The facts, and their parts, of which the scenario speaks."""
        found: dict[str, frozenset[Part]] = {}
        for expectation in self.expectations:
            found[expectation.fact] = found.get(expectation.fact, frozenset()) | {expectation.part}
        return found
