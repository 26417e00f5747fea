"""The timetable: what is still to do, from when until when, and what it waits for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from advisor.knowledge.shape import Authority
from advisor.knowledge.timetable import CycleKind, HolidayYear, JointLeave, NamedDay
from advisor.plain_data import UNLESS_DEFAULT, UNWRITTEN
from advisor.text import Text

State = Literal["certain", "possible", "proof"]
"""Whether a step is to be taken, may have to be taken, or lies behind and only its proof is to be found."""

Measure = Literal["working_days", "months", "each_year", "milestone", "continuing"]
"""How its last day is found: by counting, as a day of every year or of the budget; `continuing` steps have none."""

StartReason = Literal["asked", "today", "day_of_law"]


@dataclass(frozen=True, slots=True)
class Days:
    """The first and the last day of something."""

    begins: date
    latest: date


@dataclass(frozen=True, slots=True)
class EntryPart:
    """A period within a step; a `possible` one comes only if something happens."""

    id: str
    label: Text
    begins: date
    latest: date
    working_days: int
    possible: bool
    extends: bool
    authority: Authority
    cites: tuple[str, ...]
    reading: Text | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One step of the timetable.

    `begins` and `latest` are the days of a step that is to be taken where no other is taken than those that must;
    the days of one that may be needed are those where all that may be needed is taken, too. `with_possible` says
    how the former is put off then (None: it is not). A continuing step has no last day. `waits_for` are the steps
    after which it comes; `decisive` says that it lies on the longest way to the signing.
    """

    number: int
    step: str
    label: Text
    actor: Text
    output: Text
    state: State
    begins: date
    latest: date | None
    measure: Measure
    amount: int | None
    statutory: bool
    authority: Authority | None
    cites: tuple[str, ...]
    reason: Text | None
    waits_for: tuple[str, ...]
    with_possible: Days | None
    signing: bool
    decisive: bool
    contested: bool
    deadline: Text | None
    parts: tuple[EntryPart, ...] = field(default=(), metadata=UNLESS_DEFAULT)


@dataclass(frozen=True, slots=True)
class SigningDay:
    """When the cooperation can be signed if every step takes all of its time.

    `day` is that of the texts that are to be signed, without any step that only may be needed (None: no text is
    certain); `with_possible` takes all that may be needed. `delayed` is the former of the two that is there, where
    something puts a step off (None: nothing may), and `step` the last text to be signed then.
    """

    step: str
    day: date | None
    with_possible: date
    delayed: date | None
    decided_by: tuple[str, ...]

    @property
    def first(self) -> date:
        """The day to reckon with: that of what is certain, else that of all that may be needed."""
        return self.day or self.with_possible


@dataclass(frozen=True, slots=True)
class MilestoneDay:
    """A day of the cycle of the budget."""

    id: str
    label: Text
    actor: Text
    latest: date
    authority: Authority
    cites: tuple[str, ...]
    reading: Text | None


@dataclass(frozen=True, slots=True)
class BudgetCycle:
    """The next cycle of a kind that can still be met, with the day from which the money can be spent."""

    id: str
    kind: CycleKind
    label: Text
    year: int
    milestones: tuple[MilestoneDay, ...]
    money_from: date


@dataclass(frozen=True, slots=True)
class BudgetPart:
    """The budget where its cost is not in it yet; `certain` is false where that hangs on open answers."""

    certain: bool
    depends_on: tuple[str, ...]
    cycles: tuple[BudgetCycle, ...]


@dataclass(frozen=True, slots=True)
class MissedLimit:
    """A step that comes later than is allowed from the end of another."""

    step: str
    after: str
    months: int
    until: date
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CalendarUsed:
    """Which holidays were counted: the library, when they were checked, the decrees and what is not fixed yet."""

    library: str
    checked: date
    joint_leave: JointLeave
    decrees: tuple[HolidayYear, ...] = field(metadata=UNWRITTEN)
    years_without_decree: tuple[int, ...]
    estimated: tuple[NamedDay, ...]


@dataclass(frozen=True, slots=True)
class Timetable:
    """What is still to do and when, counted from `start` under the law of `as_of`.

    `settled` says whether the cooperation can go ahead (None: open). Without steps to take there are no entries;
    `done` counts those that lie behind. `signing` is None where everything is signed or nothing is to be signed.
    `other_law` is the era of the day of signing where that is another than `era`; `late_by` says by how many
    working days that day misses the planned one. `unsigned_assumed` says that it is open what has been signed.
    """

    title: str
    case: str = field(metadata=UNWRITTEN)
    as_of: date
    era: str
    start: date
    start_reason: StartReason
    settled: bool | None
    signing: SigningDay | None
    done: int
    entries: tuple[Entry, ...]
    budget: BudgetPart | None
    unsigned_assumed: bool
    late_by: int | None
    missed: tuple[MissedLimit, ...]
    other_law: str | None
    calendar: CalendarUsed

    def entry(self, step: str) -> Entry:
        """Return the entry of a step; KeyError where there is none."""
        for entry in self.entries:
            if entry.step == step:
                return entry
        raise KeyError(step)
