"""What a picture shows, in words, before anything has a place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from advisor.text import Language

Rank = Literal["fact", "conclusion", "headline"]


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question with its number; `answer` is "" where no case is shown."""

    id: str
    number: int
    label: str
    answer: str
    answered: bool
    marked: bool
    details: str


@dataclass(frozen=True, slots=True)
class TopicPanel:
    """The questions of one topic."""

    title: str
    lines: tuple[QuestionLine, ...]


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A statement of a decision; `value` is what is certain of it, `open` what is not."""

    fact: str
    label: str
    value: str
    open: str
    rank: Rank
    marked: bool
    details: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A question (with its number) or a decision of which another decision makes use."""

    label: str
    marked: bool
    number: int | None = None


@dataclass(frozen=True, slots=True)
class DecisionBox:
    """One decision: what it states, which questions it asks, and what it uses from where no line leads to it."""

    id: str
    title: str
    note: str
    statements: tuple[StatementLine, ...]
    asks: tuple[Mention, ...]
    uses: tuple[Mention, ...]
    marked: bool
    details: str


@dataclass(frozen=True, slots=True)
class Flow:
    """A line from one decision to another; `weight` is the number of rules behind it."""

    source: str
    target: str
    weight: int
    marked: bool
    details: str


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is drawn; `of_case` says whether it shows a case, or the rules alone.

    What is `marked` lies on the path of the case; `details` show where the pointer rests.
    """

    language: Language
    title: str
    subtitle: str
    of_case: bool
    topics: tuple[TopicPanel, ...]
    boxes: tuple[DecisionBox, ...]
    flows: tuple[Flow, ...]
