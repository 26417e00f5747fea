"""Putting what an advice leaves to do on days."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from advisor.advice.advice import Advice, AdvisedStep
from advisor.advice.conclusions import era_of
from advisor.knowledge.timetable import HolidayFile, JointLeave, Period, Span, TimetableFile
from advisor.knowledge_base import Knowledge
from advisor.text import Text
from advisor.timetable.budget_cycle import budget_part, next_cycles
from advisor.timetable.spans import Terms, measure_of, months_on
from advisor.timetable.timetable import (
    BudgetPart,
    CalendarUsed,
    Days,
    Entry,
    EntryPart,
    MissedLimit,
    SigningDay,
    StartReason,
    State,
    Timetable,
)
from advisor.timetable.waiting import Order, order_of, way_to, without
from advisor.timetable.working_days import CalendarEndsError, WorkingDays

MOST_DECISIVE: Final = 3
"""How many steps are named of those that decide the day of signing."""

CASE_LENGTH: Final = 16


def timetable(
    knowledge: Knowledge,
    advice: Advice,
    start: date | None = None,
    *,
    joint_leave: JointLeave | None = None,
    today: date | None = None,
) -> Timetable | None:
    """Return when what an advice leaves to do must be done, if it is begun on `start` and takes all of its time.

    Without `start` it is begun today, or on the day of the case where the law of that day holds no more. Without
    `joint_leave` the choice of kbase/timetable.yaml stands. None where the knowledge has no timetable or holidays.
    Raises `CalendarEndsError` where a day lies in a year whose holidays are not known.
    """
    told, holidays = knowledge.library.timetable, knowledge.library.holidays
    if told is None or holidays is None:
        return None
    maker = _Maker(knowledge, advice, told, holidays, joint_leave or told.joint_leave)
    if start is not None:
        return maker.made(start, "asked")
    return maker.made(*_start(knowledge, advice, today or date.today()))


def _start(knowledge: Knowledge, advice: Advice, today: date) -> tuple[date, StartReason]:
    """Return the day on which to begin where none is given, and why it is that one."""
    if advice.as_of < today and advice.era != _era(knowledge, today):
        return advice.as_of, "day_of_law"
    return today, "today"


def _era(knowledge: Knowledge, day: date) -> str:
    return era_of(knowledge, knowledge.on(day))


@dataclass(frozen=True, slots=True)
class _Planned:
    """A step to be scheduled: what is told of it, its state, and how long it takes (None: it goes on)."""

    step: AdvisedStep
    state: State
    signing: bool
    span: Span | None
    reason: Text | None


class _Maker:
    def __init__(
        self,
        knowledge: Knowledge,
        advice: Advice,
        told: TimetableFile,
        holidays: HolidayFile,
        joint_leave: JointLeave,
    ) -> None:
        self.knowledge, self.library, self.advice = knowledge, knowledge.library, advice
        self.told, self.holidays, self.joint_leave = told, holidays, joint_leave
        self.days = WorkingDays(holidays, joint_leave)
        self.periods: Mapping[str, Period] = {period.step: period for period in told.periods}
        self.reasons = {reason.id: reason.text for reason in told.reasons}

    def made(self, start: date, reason: StartReason) -> Timetable:
        """Return the timetable from a day on. Raises `CalendarEndsError`."""
        if not self.holidays.first_year <= start.year <= self.holidays.last_year:
            raise CalendarEndsError(self.holidays.first_year, self.holidays.last_year)
        begin = self.days.on_or_after(start)
        cycles = tuple(next_cycles(self.library, self.told.budget, self.advice.as_of, begin, self.days))
        milestones = {m.id: m.latest for cycle in reversed(cycles) for m in cycle.milestones}
        terms = Terms(self.library, self.advice.as_of, self.advice.answers, self.days, milestones)
        gate = self.advice.conclusions[self.library.roles.gate]
        planned = {p.step.id: p for p in self._planned(terms)}
        # What was taken is waited for no more, also where the proof of it is still to be found.
        done = {step.id for step in self.advice.steps if step.done or step.to_prove}
        order = order_of(tuple(planned), {step: period.after for step, period in self.periods.items()}, done)
        possible = {step for step, plan in planned.items() if plan.state == "possible"}
        sure = without(order, possible)
        every, certain = _Run.of(order, planned, terms, begin), _Run.of(sure, planned, terms, begin)
        shown = certain if certain.last_signing(planned) else every
        signing = self._signing(planned, every, shown)
        entries = tuple(self._entries(planned, every, certain, terms, set(shown.way(planned))))
        budget = self._budget(begin) if gate.value is not False else None
        return Timetable(
            title=self.advice.title,
            case=self._case(),
            as_of=self.advice.as_of,
            era=self.advice.era,
            start=begin,
            start_reason=reason,
            settled=gate.value if isinstance(gate.value, bool) else None,
            signing=signing,
            done=sum(1 for step in self.advice.steps if step.done and step.applies is not False),
            entries=entries,
            budget=budget,
            unsigned_assumed=any(plan.step.done is None for plan in planned.values()),
            late_by=self._late_by(begin, signing),
            missed=tuple(self._missed(shown.days)),
            other_law=self._other_law(signing),
            calendar=self._calendar(begin, entries, signing, budget),
        )

    def _planned(self, terms: Terms) -> Iterator[_Planned]:
        """Yield the steps that are still to be taken or may be."""
        for step in self.advice.steps:
            if step.done or step.applies is False:
                continue
            period = self.periods.get(step.id)
            span = terms.chosen(period.takes) if period else None
            signing = period.signing if period else False
            if step.to_prove:
                proof = Span(
                    working_days=self.told.proof.working_days,
                    authority="judgement",
                    reason=self.told.proof.reason,
                )
                yield _Planned(step, "proof", False, proof, self.reasons[self.told.proof.reason])
                continue
            # Where it is open what is signed, nothing is taken for signed: the later day.
            certain = step.certain and step.applies is True
            reason = self.reasons[span.reason] if span is not None and span.reason is not None else None
            yield _Planned(step, "certain" if certain else "possible", signing, span, reason)

    def _entries(
        self, planned: Mapping[str, _Planned], every: _Run, certain: _Run, terms: Terms, decisive: set[str]
    ) -> Iterator[Entry]:
        for number, plan in enumerate(_in_order(planned, every, certain), start=1):
            step, span = plan.step, plan.span
            run = certain if step.id in certain.days else every
            days, later = run.days[step.id], every.days[step.id]
            measure, amount = measure_of(span)
            yield Entry(
                number=number,
                step=step.id,
                label=step.label,
                actor=step.actor,
                output=step.output,
                state=plan.state,
                begins=days.begins,
                latest=days.latest if span is not None else None,
                measure=measure,
                amount=amount,
                statutory=span is not None and span.authority in ("law", "ministerial"),
                authority=span.authority if span is not None else None,
                cites=span.cites if span is not None else (),
                reason=plan.reason,
                waits_for=run.order[step.id],
                with_possible=later if later != days else None,
                signing=plan.signing,
                decisive=step.id in decisive,
                contested=step.contested,
                deadline=step.deadline,
                parts=_parts(terms, span, days),
            )

    def _signing(self, planned: Mapping[str, _Planned], every: _Run, shown: _Run) -> SigningDay | None:
        """Return the day of signing; `shown` is the run of what is certain where a signing is, else that of all."""
        step, last = shown.last_signing(planned), every.last_signing(planned)
        if step is None or last is None:
            return None
        way = shown.way(planned)
        length = {before: shown.days[before].latest - shown.days[before].begins for before in way}
        longest = sorted(way, key=lambda before: length[before], reverse=True)[:MOST_DECISIVE]
        day, delayed = shown.days[step].latest, shown.delayed_signing(planned)
        return SigningDay(
            step=step,
            day=None if shown is every and planned[step].state == "possible" else day,
            with_possible=every.days[last].latest,
            delayed=delayed if delayed > day else None,
            decided_by=tuple(before for before in way if before in longest),
        )

    def _missed(self, days: Mapping[str, Days]) -> Iterator[MissedLimit]:
        """Yield the steps that come too late after others."""
        for limit in self.told.limits:
            standing = all(self.library.status(c, self.advice.as_of) == "in_force" for c in limit.cites)
            if standing and limit.step in days and limit.after in days:
                until = months_on(days[limit.after].latest, limit.months)
                if days[limit.step].latest > until:
                    yield MissedLimit(limit.step, limit.after, limit.months, until, limit.cites)

    def _budget(self, begin: date) -> BudgetPart | None:
        return budget_part(self.library, self.told.budget, self.advice.answers, self.advice.as_of, begin, self.days)

    def _late_by(self, begin: date, signing: SigningDay | None) -> int | None:
        """Return by how many working days the signing misses the planned day; None where it does not."""
        planned = self.advice.as_of
        if signing is None or not begin < planned < signing.first:
            return None
        return self.days.count(planned, signing.first)

    def _other_law(self, signing: SigningDay | None) -> str | None:
        if signing is None:
            return None
        era = _era(self.knowledge, signing.first)
        return era if era != self.advice.era else None

    def _calendar(
        self, begin: date, entries: Sequence[Entry], signing: SigningDay | None, budget: BudgetPart | None
    ) -> CalendarUsed:
        last = max((day for entry in entries for day in _days_of(entry)), default=begin)
        if signing is not None and signing.delayed is not None:
            last = max(last, signing.delayed)
        counted = [m.latest for cycle in (budget.cycles if budget else ()) for m in cycle.milestones]
        years = range(begin.year, max((last, *counted)).year + 1)
        return CalendarUsed(
            library=self.days.library_version,
            checked=self.holidays.checked,
            joint_leave=self.joint_leave,
            decrees=self.days.decrees(years),
            years_without_decree=self.days.without_decree(years),
            estimated=self.days.estimated(begin, last),
        )

    def _case(self) -> str:
        """Return a name of the case that stays the same from one timetable to the next."""
        parties = [f"{party.kind} {party.name}" for party in self.advice.parties]
        named = [self.advice.title, *parties] if self.advice.title or parties else sorted(self.advice.answers)
        return hashlib.sha256("\0".join(named).encode("utf-8", "surrogatepass")).hexdigest()[:CASE_LENGTH]


@dataclass(frozen=True, slots=True)
class _Run:
    """The days of some steps in an order, and those where what may put them off does."""

    order: Order
    days: Mapping[str, Days]
    delayed: Mapping[str, Days]

    @classmethod
    def of(cls, order: Order, planned: Mapping[str, _Planned], terms: Terms, begin: date) -> _Run:
        """Put the steps of an order on days, the first ones on `begin`."""
        late = _scheduled(order, planned, terms, begin, delayed=True)
        return cls(order, _scheduled(order, planned, terms, begin), late)

    def last_signing(self, planned: Mapping[str, _Planned]) -> str | None:
        """Return the step with which the last text is signed; None where none is to be signed."""
        signing = [step for step in self.order if planned[step].signing]
        return max(signing, key=lambda step: (self.days[step].latest, step), default=None)

    def delayed_signing(self, planned: Mapping[str, _Planned]) -> date:
        """Return the day on which the last text is signed where what may put off steps does; one must be signed."""
        return max(self.delayed[step].latest for step in self.order if planned[step].signing)

    def way(self, planned: Mapping[str, _Planned]) -> tuple[str, ...]:
        """Return the steps on which the last day of signing hangs."""
        last = self.last_signing(planned)
        ends = {step: days.latest for step, days in self.days.items()}
        return way_to(last, self.order, ends) if last is not None else ()


def _in_order(planned: Mapping[str, _Planned], every: _Run, certain: _Run) -> Sequence[_Planned]:
    """Return the steps that are to be taken, those that may be needed, and those that go on, each by their days."""
    taken = list(planned)

    def place(plan: _Planned) -> tuple[bool, bool, date, date, int]:
        days = certain.days.get(plan.step.id, every.days[plan.step.id])
        possible = plan.state == "possible" and plan.span is not None
        return plan.span is None, possible, days.begins, days.latest, taken.index(plan.step.id)

    return sorted(planned.values(), key=place)


def _scheduled(
    order: Order, planned: Mapping[str, _Planned], terms: Terms, begin: date, *, delayed: bool = False
) -> dict[str, Days]:
    """Return the days of the steps in an order; `delayed` where what may put them off does."""
    found: dict[str, Days] = {}
    for step, waited in order.items():
        begins = max((found[before].latest for before in waited), default=begin)
        span = planned[step].span
        days = Days(begins, terms.latest(span, begins) if span is not None else begins)
        if delayed:
            ends = (part.latest for part in _parts(terms, span, days) if part.extends)
            days = Days(begins, max((days.latest, *ends)))
        found[step] = days
    return found


def _parts(terms: Terms, span: Span | None, days: Days) -> tuple[EntryPart, ...]:
    return terms.parts(span, days) if span is not None else ()


def _days_of(entry: Entry) -> Iterator[date]:
    yield entry.begins
    if entry.latest is not None:
        yield entry.latest
    if entry.with_possible is not None:
        yield entry.with_possible.latest
