"""A lesson: the facts of a case, the steps in the order in which the engine takes them, and the result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.advice.advice import Conclusion
from advisor.knowledge.case import Reading
from advisor.teach.step import Step
from advisor.teach.taught_case import TaughtCase
from advisor.text import Text
from advisor.understanding.reading import Answer


@dataclass(frozen=True, slots=True)
class Given:
    """One answer, with how it was read from the study (None where that is not said)."""

    question: str
    answer: Answer
    reading: Reading | None


@dataclass(frozen=True, slots=True)
class Group:
    """The steps of one decision, by number; a background decision only prepares others."""

    decision: str
    title: Text
    background: bool
    steps: tuple[int, ...]


@dataclass(frozen=True)
class Lesson:
    """What is taught about a case.

    `facts` are the answers, `unanswered` the questions without one. `conclusions` are those of the advice, without
    reasons. `admissible` is false where the cooperation can never be admissible; then only that is taught.
    """

    taught: TaughtCase
    facts: tuple[Given, ...]
    unanswered: tuple[str, ...]
    steps: tuple[Step, ...]
    groups: tuple[Group, ...]
    conclusions: Mapping[str, Conclusion]
    admissible: bool

    def step_of(self, name: str) -> Step | None:
        """Return the last step about a fact."""
        return next((step for step in reversed(self.steps) if step.name == name), None)
