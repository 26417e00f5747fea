"""Coverage: which rules, conditions, articles and options the scenarios have tried.

A condition counts where it was relevant: in a case, on a day on which the rule holds, in which the rule would have
spoken otherwise had the condition turned over. It is covered when it was relevant both where it held and where it
did not. What no answers on any day can bring about is proved so and left out. Scenarios that leave questions open
do not count, because they are many cases at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from advisor.inference.condition import Test, written
from advisor.problem import Place

ShareName = Literal["rules", "conditions", "articles", "options"]


@dataclass(frozen=True, slots=True)
class Side:
    """One truth value of a condition: in how many scenarios it was relevant so, one of them, and if it can be."""

    scenarios: int
    example: str | None
    possible: bool

    @property
    def missing(self) -> bool:
        """Whether it can be, and no scenario shows it."""
        return self.possible and not self.scenarios


@dataclass(frozen=True, slots=True)
class ConditionCoverage:
    """One condition: where it held and where it did not."""

    test: Test
    held: Side
    failed: Side

    @property
    def data(self) -> dict[str, object]:
        """The condition as `plain` takes it."""
        place = self.test.place
        told = {"condition": written(self.test), "line": place.line, "column": place.column}
        return {**told, "met": self.held, "not_met": self.failed}


@dataclass(frozen=True, slots=True)
class RuleCoverage:
    """One rule, ranking or shortfall: in how many scenarios it fired, one of them, and its conditions."""

    id: str
    decision: str
    place: Place
    scenarios: int
    example: str | None
    conditions: tuple[ConditionCoverage, ...]

    @property
    def sides(self) -> tuple[Side, ...]:
        """Both truth values of each condition."""
        return tuple(side for condition in self.conditions for side in (condition.held, condition.failed))

    @property
    def data(self) -> dict[str, object]:
        """The rule as `plain` takes it."""
        return {
            "rule": self.id,
            "file": self.place.file,
            "line": self.place.line,
            "scenarios": self.scenarios,
            "example": self.example,
            "conditions": [condition.data for condition in self.conditions],
        }


@dataclass(frozen=True, slots=True)
class ArticleCoverage:
    """An article that rules cite: which do, and in how many scenarios one of them fired."""

    article: str
    rules: tuple[str, ...]
    scenarios: int


@dataclass(frozen=True, slots=True)
class OptionCoverage:
    """An option of a question (of a number a range of answers): in how many scenarios it was given."""

    question: str
    option: str
    scenarios: int


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that scenarios leave open, so that they do not count: how many do, and how many this one alone."""

    question: str
    scenarios: int
    alone: int


@dataclass(frozen=True)
class Share:
    """How many of how many are covered."""

    covered: int
    all: int

    @classmethod
    def of(cls, things: Sequence[Side | RuleCoverage | ArticleCoverage | OptionCoverage]) -> Share:
        """Return how many of `things` some scenario has tried."""
        return cls(sum(thing.scenarios > 0 for thing in things), len(things))

    @property
    def complete(self) -> bool:
        """Whether none is missing."""
        return self.covered == self.all

    @property
    def percent(self) -> str:
        """The share in per cent; 100 only where none is missing."""
        if self.complete:
            return "100%"
        return f"{min(99.9, 100 * self.covered / self.all):.1f}%"


@dataclass(frozen=True)
class Coverage:
    """What the scenarios have tried; `cases` is how many of them counted, `open` why others did not."""

    cases: int
    open: tuple[OpenQuestion, ...]
    rules: tuple[RuleCoverage, ...]
    articles: tuple[ArticleCoverage, ...]
    options: tuple[OptionCoverage, ...]

    @cached_property
    def shares(self) -> dict[ShareName, Share]:
        """How many have been tried: rules, truth values that conditions can have, articles, options."""
        sides = [side for rule in self.rules for side in rule.sides if side.possible]
        return {
            "rules": Share.of(self.rules),
            "conditions": Share.of(sides),
            "articles": Share.of(self.articles),
            "options": Share.of(self.options),
        }

    @property
    def data(self) -> dict[str, object]:
        """The coverage as `plain` takes it."""
        return {
            "schema": "coverage/1",
            "cases": self.cases,
            "open": self.open,
            "shares": self.shares,
            "rules": [rule.data for rule in self.rules],
            "articles": self.articles,
            "options": self.options,
        }

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return all(share.complete for share in self.shares.values())
