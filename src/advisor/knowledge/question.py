"""Questions: what the user is asked, and the answers that are possible."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pydantic import Field

from advisor.knowledge.shape import Citation, Id, Shape
from advisor.text import Text

QuestionType = Literal["choice", "choices", "number", "yes_no"]
Control = Literal["own", "others", "given"]


class Option(Shape):
    """One option of a question."""

    id: Id
    label: Text
    help: Text | None = None


class Question(Shape):
    """One question; `control` says who can change what it asks about."""

    id: Id
    type: QuestionType
    text: Text
    short: Text
    help: Text
    options: tuple[Option, ...] = ()
    min: int | None = None
    max: int | None = None
    unit: Text | None = None
    source: tuple[Citation, ...] = Field(min_length=1)
    control: Control

    @cached_property
    def option_ids(self) -> tuple[str, ...]:
        """The ids of the options, in order; `yes` and `no` for a yes_no question."""
        return ("yes", "no") if self.type == "yes_no" else tuple(option.id for option in self.options)


class QuestionFile(Shape):
    """The content of one file of kbase/questions/: one topic."""

    topic: Id
    order: int
    title: Text
    questions: tuple[Question, ...] = Field(min_length=1)


class Group(Shape):
    """A named group of options of one question, as rules use it."""

    id: Id
    question: Id
    label: Text
    options: tuple[Id, ...] = Field(min_length=1)
    source: tuple[Citation, ...] = Field(min_length=1)


class GroupFile(Shape):
    """The content of kbase/groups.yaml."""

    groups: tuple[Group, ...]
