"""What waits for what among the steps that are still to be taken."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

Order = Mapping[str, tuple[str, ...]]
"""The steps, each after all that it waits for, and these."""


def order_of(steps: Collection[str], after: Order, done: Collection[str] = ()) -> Order:
    """Return what each step waits for; steps in their order where they do not wait for each other.

    Of the steps that `after` names for one, it waits for those that are to be taken. Where none is but one of them
    is `done` it waits for nothing, else for what they wait for in turn. `after` has no cycle.
    """
    waiting = {step: _waited_for(step, steps, after, done) for step in steps}
    return _sorted(steps, waiting)


def without(order: Order, left_out: Collection[str]) -> Order:
    """Return the order without some steps: who waited for one of them waits for all that it waited for."""
    kept: dict[str, tuple[str, ...]] = {}
    through: dict[str, tuple[str, ...]] = {}
    for step, waited in order.items():
        found: list[str] = []
        for before in waited:
            found += through[before] if before in left_out else (before,)
        through[step] = tuple(dict.fromkeys(found))
        if step not in left_out:
            kept[step] = through[step]
    return kept


def way_to(step: str, order: Order, ends: Mapping[str, date]) -> tuple[str, ...]:
    """Return the steps on which the day of a step hangs, from the first to it: of those before, the last to end."""
    way = [step]
    while order[way[-1]]:
        way.append(max(order[way[-1]], key=lambda before: (ends[before], before)))
    return tuple(reversed(way))


def _waited_for(step: str, steps: Collection[str], after: Order, done: Collection[str]) -> tuple[str, ...]:
    named = after.get(step, ())
    there = tuple(before for before in named if before in steps and before not in done)
    if there or any(before in done for before in named):
        return there
    return tuple(dict.fromkeys(b for before in named for b in _waited_for(before, steps, after, done)))


def _sorted(steps: Iterable[str], waiting: Order) -> Order:
    """Return the steps so that each comes after all that it waits for, else in their order."""
    found: dict[str, tuple[str, ...]] = {}

    def add(step: str) -> None:
        if step not in found:
            for before in waiting[step]:
                add(before)
            found[step] = waiting[step]

    for step in steps:
        add(step)
    return found
