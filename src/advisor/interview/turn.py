"""A turn: where an interview stands after the answers so far, and what it asks next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from advisor.advice.advice import Conclusion
from advisor.interview.session import Session
from advisor.knowledge.question import Question
from advisor.understanding.reading import Answer

Stage = Literal["headline", "diagnosis"]


@dataclass(frozen=True)
class Turn:
    """What follows from a session.

    `conclusions` are all conclusions, without reasons. `asking` are the questions that can still change an open
    conclusion of the stage, or else a detail, in the order in which they would be asked; `touches` says for each
    of them which.
    """

    session: Session
    conclusions: Mapping[str, Conclusion]
    asking: tuple[str, ...]
    touches: Mapping[str, tuple[str, ...]]

    @property
    def question(self) -> str | None:
        """The question to ask now; None where no answer can change anything any more."""
        return self.asking[0] if self.asking else None

    @property
    def hanging(self) -> dict[str, tuple[str, ...]]:
        """The questions on which open conclusions hang, and which hang on each."""
        found: dict[str, list[str]] = {}
        for name, conclusion in self.conclusions.items():
            for question in conclusion.depends_on:
                found.setdefault(question, []).append(name)
        return {question: tuple(names) for question, names in found.items()}


@dataclass(frozen=True)
class Offer:
    """The answers that a question can take without contradicting the others.

    For choice and choices `options` are those that can be chosen; `nothing` says whether of several none need be.
    For a number `low` and `high` bound it.
    """

    options: tuple[str, ...] = ()
    low: int = 0
    high: int = 0
    nothing: bool = False

    @classmethod
    def of(cls, question: Question) -> Offer:
        """Return all answers to a question, whatever the others are."""
        return cls(question.option_ids, question.min or 0, question.max or 0, nothing=question.type == "choices")


@dataclass(frozen=True)
class Effect:
    """What an answer would take from a conclusion: the values that are no longer possible."""

    conclusion: str
    answer: Answer
    goes: tuple[str | bool, ...]


@dataclass(frozen=True)
class Settled:
    """What an answer alone would settle: the conclusions as they would be."""

    answer: Answer
    conclusions: tuple[Conclusion, ...]


@dataclass(frozen=True)
class Wanted:
    """A question that has still to be answered: the open conclusions that hang on it, and what answers settle."""

    question: str
    conclusions: tuple[str, ...]
    settled: tuple[Settled, ...]


@dataclass(frozen=True)
class Why:
    """Why a question is asked: the conclusions that hang on it, what answers would remove, and the articles."""

    question: str
    conclusions: tuple[str, ...]
    effects: tuple[Effect, ...]
    cites: tuple[str, ...]


def possible(conclusion: Conclusion) -> tuple[str | bool, ...]:
    """Return the values that an open conclusion can still have; of lists the elements that they can have."""
    if conclusion.possible is None:
        return (*conclusion.certain, *conclusion.uncertain)
    found: dict[str | bool, None] = {}
    for value in conclusion.possible:
        if isinstance(value, tuple):
            found.update(dict.fromkeys(value))
        elif value is not None:
            found[value] = None
    return tuple(found)
