"""Questions: what the user is asked, and the answers that are possible."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Literal

from advisor.knowledge.shape import FEW, LISTED, Constraint, Defined, Id, Shape, Sources, Told
from advisor.problem import LONGEST_NAME
from advisor.text import Text

Alias = Annotated[str, Constraint(min_length=2, max_length=LONGEST_NAME)]
QuestionType = Literal["choice", "choices", "number", "yes_no"]
Control = Literal["own", "others", "given"]


@dataclass(frozen=True, kw_only=True)
class Option(Shape):
    """One option of a question."""

    id: Id
    label: Text
    help: Text | None = None
    aliases: Annotated[tuple[Alias, ...], Told("schema.option.aliases")] = ()


@dataclass(frozen=True, kw_only=True)
class Telling(Shape):
    """How an answer is told in a sentence of a paper, and that there is none.

    `answer` is a template with the place `{answer}`; `none` is told of an empty list, `yes` and `no` of a yes_no
    question. `unknown` is the question as a clause: what stands behind "it is not known".
    """

    answer: Text | None = None
    none: Text | None = None
    yes: Text | None = None
    no: Text | None = None
    unknown: Text


@dataclass(frozen=True, kw_only=True)
class Question(Shape):
    """One question; `control` says who can change what it asks about, `known_by` who can answer it."""

    id: Id
    type: QuestionType
    text: Text
    short: Text
    hint: Annotated[Text | None, Told("schema.question.hint")] = None
    help: Text
    options: Annotated[tuple[Option, ...], FEW] = ()
    min: int | None = None
    max: int | None = None
    unit: Text | None = None
    measured: Annotated[bool, Told("schema.question.measured")] = False
    source: Sources
    control: Annotated[Control, Told("schema.question.control")]
    known_by: Annotated[Text | None, Told("schema.question.known_by")] = None
    told: Annotated[Telling | None, Told("schema.question.told")] = None

    @cached_property
    def option_ids(self) -> tuple[str, ...]:
        """The ids of the options, in order; `yes` and `no` for a yes_no question."""
        return ("yes", "no") if self.type == "yes_no" else tuple(option.id for option in self.options)

    @property
    def bounds(self) -> tuple[int, int]:
        """The smallest and the largest answer to a number question."""
        return self.min or 0, self.max or 0


@dataclass(frozen=True, kw_only=True)
class QuestionFile(Shape):
    """The content of one file of kbase/questions/: one topic."""

    topic: Id
    order: int
    title: Text
    questions: Annotated[tuple[Question, ...], LISTED]


@dataclass(frozen=True, kw_only=True)
class Group(Shape):
    """A named group of options of one question, as rules use it."""

    id: Id
    question: Annotated[Id, Defined("question")]
    label: Text
    options: Annotated[tuple[Id, ...], LISTED]
    source: Sources


@dataclass(frozen=True, kw_only=True)
class GroupFile(Shape):
    """The content of kbase/groups.yaml."""

    groups: tuple[Group, ...]
