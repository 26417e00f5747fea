"""The timetable: how long steps take and what they wait for, the cycle of the budget, and the holidays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final, Literal

from advisor.knowledge.shape import FEW, FILLED, Authority, Citation, Defined, Id, Shape, Sourced, Told
from advisor.knowledge.words import TRUTHS
from advisor.text import Text

JointLeave = Literal["stops", "counts"]
"""Whether joint leave (cuti bersama) stops the count of working days."""

CycleKind = Literal["ordinary", "changed"]
StepId = Annotated[Id, Defined("step")]


class _Word:
    """An answer as a word: YAML reads yes and no as truth values."""

    def __get_pydantic_core_schema__(self, source: object, handler: Callable[[object], Any]) -> Any:
        """Return pydantic's schema of the value, preceded by the word for a truth value."""
        spell = {"type": "no-info", "function": lambda given: TRUTHS[given] if isinstance(given, bool) else given}
        return {"type": "function-before", "function": spell, "schema": handler(source)}

    def __get_pydantic_json_schema__(self, schema: Any, handler: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
        """Return the JSON Schema of the value, which takes yes and no however a reader of YAML gives them."""
        return {**handler(schema), "type": ["string", "boolean"]}


AnswerWord = Annotated[str, _Word()]
Where = Annotated[
    Mapping[Annotated[Id, Defined("question")], Annotated[tuple[AnswerWord, ...], FILLED]],
    Told("schema.timetable.where"),
]

BEGIN: Final = "begin"
END: Final = "end"
"""What a part of a step may wait for beside other parts: the beginning of the step, or its end."""


@dataclass(frozen=True, kw_only=True)
class Reason(Shape):
    """Why an estimate is what it is."""

    id: Id
    text: Text


@dataclass(frozen=True, kw_only=True)
class YearDay(Shape):
    """A day of every year: the last one of a week of a month; week 1 is the days 1 to 7."""

    month: int
    week: int


@dataclass(frozen=True, kw_only=True)
class Part(Shape):
    """A period within a step: counted from its beginning, from its end, or from another part.

    A `possible` part comes only where something happens; one that `extends` the step puts off its end then.
    """

    id: Id
    label: Text
    working_days: int
    after: str = BEGIN
    possible: Annotated[bool, Told("schema.timetable.possible")] = False
    extends: Annotated[bool, Told("schema.timetable.extends")] = False
    where: Where | None = None
    authority: Authority
    cites: Annotated[tuple[Citation, ...], FILLED, Told("schema.key.cites")]
    reading: Annotated[Text | None, Told("schema.timetable.reading")] = None


@dataclass(frozen=True, kw_only=True)
class Span(Shape):
    """How long a step takes: working days, months, until a day of every year or of the cycle of the budget.

    It is used where `where` holds of the answers and, if it rests on law, all that it cites is in force.
    """

    working_days: Annotated[int | None, Told("schema.timetable.working_days")] = None
    months: Annotated[int | None, Told("schema.timetable.months")] = None
    each_year: Annotated[YearDay | None, Told("schema.timetable.each_year")] = None
    milestone: Annotated[Id | None, Told("schema.timetable.milestone")] = None
    where: Where | None = None
    authority: Authority
    cites: Annotated[tuple[Citation, ...], Told("schema.key.cites")] = ()
    reason: Annotated[Id | None, Told("schema.timetable.reason")] = None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Period(Shape):
    """What a step waits for, and how long it takes: the first of `takes` that can be used; none: it goes on."""

    step: StepId
    after: Annotated[tuple[StepId, ...], Told("schema.timetable.after")] = ()
    signing: Annotated[bool, Told("schema.timetable.signing")] = False
    takes: Annotated[tuple[Span, ...], Told("schema.timetable.takes")] = ()


@dataclass(frozen=True, kw_only=True)
class Proof(Shape):
    """How many working days it takes to find the proof that a step was taken."""

    working_days: int
    reason: Id


@dataclass(frozen=True, kw_only=True)
class StepLimit(Shape):
    """A step that must be done within so many months from the end of another."""

    step: StepId
    after: Annotated[Id, Defined("step")]
    months: int
    cites: Annotated[tuple[Citation, ...], FILLED, Told("schema.key.cites")]


@dataclass(frozen=True, kw_only=True)
class Moment(Shape):
    """A day of a year of the budget cycle, `year` years on: the last day of a week of a month, or a day of it.

    `working_days_before` and `working_days_after` count from there. Where nothing else is said, the day is that of
    the last milestone.
    """

    year: int = 0
    month: int | None = None
    week: int | None = None
    day: int | None = None
    working_days_before: int = 0
    working_days_after: int = 0


@dataclass(frozen=True, kw_only=True)
class Milestone(Shape):
    """A day of the cycle of the budget: until when who must have done what."""

    id: Id
    label: Text
    actor: Text
    due: Annotated[Moment, Told("schema.timetable.due")]
    authority: Authority
    cites: Annotated[tuple[Citation, ...], FILLED, Told("schema.key.cites")]
    reading: Annotated[Text | None, Told("schema.timetable.reading")] = None


@dataclass(frozen=True, kw_only=True)
class Cycle(Shape):
    """One way of a cost into the budget; `money` is the day from which it can be spent."""

    id: Id
    kind: CycleKind
    label: Text
    money: Annotated[Moment, Told("schema.timetable.money")]
    milestones: Annotated[tuple[Milestone, ...], FILLED]


@dataclass(frozen=True, kw_only=True)
class Budget(Shape):
    """The cycles, of which the first of each kind that is in force is taken, and where one is needed."""

    needed_where: Where
    cycles: Annotated[tuple[Cycle, ...], FILLED]


@dataclass(frozen=True, kw_only=True)
class TimetableFile(Shape):
    """The content of kbase/timetable.yaml, a file that need not be there."""

    joint_leave: Annotated[JointLeave, Told("schema.timetable.joint_leave")]
    proof: Proof
    reasons: Annotated[tuple[Reason, ...], FEW]
    periods: Annotated[tuple[Period, ...], FEW]
    limits: tuple[StepLimit, ...] = ()
    budget: Budget


@dataclass(frozen=True, kw_only=True)
class NamedDay(Shape):
    """A day and what it is; `joint` where it is joint leave."""

    day: date
    name: Text
    joint: bool = False


@dataclass(frozen=True, kw_only=True)
class HolidayYear(Sourced):
    """A year whose joint leave is fixed by decree: days unknown to the library, and days not yet settled."""

    year: int
    decree: Text
    added: Annotated[tuple[NamedDay, ...], Told("schema.holidays.added")] = ()
    removed: Annotated[tuple[NamedDay, ...], Told("schema.holidays.removed")] = ()
    estimated: Annotated[tuple[NamedDay, ...], Told("schema.holidays.estimated")] = ()


@dataclass(frozen=True, kw_only=True)
class HolidayFile(Shape):
    """The content of kbase/holidays.yaml, a file that need not be there."""

    checked: Annotated[date, Told("schema.holidays.checked")]
    first_year: int
    last_year: int
    years: tuple[HolidayYear, ...]
