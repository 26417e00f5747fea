"""What a picture shows, in words, before anything has a place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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
class Asked:
    """A question that a decision asks."""

    number: int
    label: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Used:
    """A decision whose statements another one uses, where no line shows it."""

    label: str
    marked: bool


@dataclass(frozen=True, slots=True)
class DecisionBox:
    """One decision: what it states, which questions it asks, what else it uses."""

    id: str
    title: str
    note: str
    statements: tuple[StatementLine, ...]
    asks: tuple[Asked, ...]
    uses: tuple[Used, ...]
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


@dataclass(frozen=True)
class Picture:
    """All that is drawn. `of_case` says whether it shows a case, or the rules alone."""

    language: str
    title: str
    subtitle: str
    of_case: bool
    topics: tuple[TopicPanel, ...]
    boxes: tuple[DecisionBox, ...]
    flows: tuple[Flow, ...]
    words: Words


@dataclass(frozen=True, slots=True)
class Words:
    """The fixed texts of a picture."""

    questions: str
    asks: str
    uses: str
    headline: str
    conclusion: str
    fact: str
    path: str
    off_path: str
    open: str
    thickness: str
    numbers: str
    hint: str
