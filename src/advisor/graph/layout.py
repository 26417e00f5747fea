"""Where the boxes stand: in columns from left to right, so that lines lead on, are short and seldom cross.

This is layered graph drawing in its usual steps: boxes get columns, columns get an order, and all get a height. A
line that passes a column on its way has a lane there, which keeps room for it between the boxes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from itertools import accumulate, combinations, pairwise, product
from math import fsum, inf
from statistics import fmean
from typing import Final

from advisor.graph.reduction import Line

GAP: Final = 16.0
"""The room between two neighbours of a column, in units of the page."""
WITHIN: Final = 3
"""How many columns a line within one column counts for: it may have to lead round boxes."""
DISORDER: Final = 800.0
"""How much longer lines may be for each crossing that is avoided, or each slot between ends within a column."""
ORDER_SWEEPS: Final = 3
HEIGHT_SWEEPS: Final = 8


@dataclass(frozen=True, slots=True)
class Lane:
    """The way of a line through a column."""

    line: Line
    column: int


Slot = str | Lane
"""What has a place in a column: a box, named by its id, or a lane, which is 0 high."""
Columns = Sequence[Sequence[Slot]]
"""The slots of each column from top to bottom."""
Linked = Mapping[Slot, Sequence[Slot]]
"""What follows on each slot, or comes before it, on the way of a line."""


@dataclass(frozen=True)
class Layout:
    """The columns, and the top of each slot, measured downwards from 0."""

    columns: Columns
    chains: Mapping[Line, Sequence[Slot]]
    """The slots through which each line goes, its two boxes included."""
    tops: Mapping[Slot, float]
    heights: Mapping[Slot, float]

    def column(self, slot: Slot) -> int:
        """Return the number of the column in which a slot stands."""
        return next(index for index, slots in enumerate(self.columns) if slot in slots)

    def middle(self, slot: Slot) -> float:
        """Return how high the middle of a slot stands."""
        return self.tops[slot] + self.heights[slot] / 2


def laid_out(heights: Mapping[str, float], lines: Collection[Line], count: int, room: float) -> Layout | None:
    """Return boxes of these heights in `count` columns, or None where a column would be higher than `room`.

    `lines` must not lead in a circle.
    """
    column = _assigned(heights, lines, count, room)
    columns: list[list[Slot]] = [[name for name in column if column[name] == index] for index in range(count)]
    chains: dict[Line, list[Slot]] = {}
    for line in lines:
        lanes = [Lane(line, index) for index in range(column[line[0]] + 1, column[line[1]])]
        chains[line] = [line[0], *lanes, line[1]]
        for lane in lanes:
            columns[lane.column].append(lane)
    sizes = {slot: 0.0 if isinstance(slot, Lane) else heights[slot] for slots in columns for slot in slots}
    if any(_height(slots, sizes) > room for slots in columns):
        return None
    linked: dict[Slot, list[Slot]] = {slot: [] for slot in sizes}
    for one, other in (link for chain in chains.values() for link in pairwise(chain)):
        linked[one].append(other)
        linked[other].append(one)
    ordered = _ordered(columns, linked, sizes)
    return Layout(ordered, chains, _tops(ordered, linked, sizes, room), sizes)


def _height(slots: Sequence[Slot], heights: Mapping[Slot, float]) -> float:
    return fsum(heights[slot] + GAP for slot in slots) - GAP


def _stacked(slots: Sequence[Slot], heights: Mapping[Slot, float]) -> list[float]:
    """Return how high the middle of each slot stands where they are stacked downwards from 0."""
    ends = accumulate(heights[slot] + GAP for slot in slots)
    return [end - GAP - heights[slot] / 2 for slot, end in zip(slots, ends, strict=True)]


# -- columns ------------------------------------------------------------------------------------------------


def _assigned(heights: Mapping[str, float], lines: Collection[Line], count: int, room: float) -> dict[str, int]:
    """Return the column of each box, so that no line leads to the left; a box on which others depend comes first.

    Boxes are ranked by the longest way to them; then one at a time moves as long as lines become shorter, or less
    stands out of `room`.
    """
    rank = ranks(heights, lines)
    share = min(1.0, count / (1 + max(rank.values(), default=0)))
    column = {name: int(rank[name] * share) for name in sorted(heights, key=rank.__getitem__)}

    def cost() -> float:
        used = [-GAP] * count
        length = 0
        for name, index in column.items():
            used[index] += heights[name] + GAP
        for source, target in lines:
            length += column[target] - column[source] or WITHIN
            for index in range(column[source] + 1, column[target]):
                used[index] += GAP
        return length + fsum(max(0.0, height - room) for height in used)

    least, before = cost(), inf
    while least < before:
        before = least
        for name in column:
            best = column[name]
            first = max((column[source] for source, target in lines if target == name), default=0)
            last = min((column[target] for source, target in lines if source == name), default=count - 1)
            for index in range(first, last + 1):
                column[name] = index
                if (now := cost()) < least:
                    best, least = index, now
            column[name] = best
    return column


def ranks(names: Iterable[str], lines: Iterable[Line]) -> dict[str, int]:
    """Return for each box, lower ranks first, how many lines the longest way to it has."""
    sorter: TopologicalSorter[str] = TopologicalSorter(dict.fromkeys(names, ()))
    for source, target in lines:
        sorter.add(target, source)
    sorter.prepare()
    found: dict[str, int] = {}
    rank = 0
    while sorter.is_active():
        ready = sorter.get_ready()
        found |= dict.fromkeys(ready, rank)
        sorter.done(*ready)
        rank += 1
    return found


# -- the order in a column ----------------------------------------------------------------------------------


def _ordered(columns: Columns, linked: Linked, heights: Mapping[Slot, float]) -> Columns:
    """Return the tidiest of the orders to which sorting the columns from one side to the other and back leads.

    Both sides are begun with, and the columns as they came and upside down: each leads to orders that the others do
    not find.
    """
    best, least = columns, inf
    # What is linked within a column keeps its order.
    upside_down: Columns = [
        slots if any(below in linked[above] for above, below in combinations(slots, 2)) else slots[::-1]
        for slots in columns
    ]
    for first, order in product((1, -1), (columns, upside_down)):
        for sweep in range(ORDER_SWEEPS):
            step = -first if sweep % 2 else first
            order = _exchanged(_sorted(order, linked, heights, step), linked, heights)
            if (now := _untidiness(order, linked, heights)) < least:
                best, least = order, now
    return best


def _sorted(columns: Columns, linked: Linked, heights: Mapping[Slot, float], step: int) -> Columns:
    """Return each column sorted by barycentres: the mean heights of what its slots are linked with a column before.

    Columns follow each other from left to right where `step` is 1, from right to left where it is -1. Boxes linked
    within a column keep their order.
    """
    middle = _middles(columns, heights)
    found: list[Sequence[Slot]] = [()]
    for slots in columns[::step]:
        wanted = {
            slot: fmean([middle[other] for other in linked[slot] if other in found[-1]] or [middle[slot]])
            for slot in slots
        }
        for above, below in combinations(slots, 2):
            if below in linked[above]:
                wanted[below] = max(wanted[below], wanted[above] + 1)
        found.append(sorted(slots, key=wanted.__getitem__))
        middle |= _middles(found[-1:], heights)
    return found[1:][::step]


def _exchanged(columns: Columns, linked: Linked, heights: Mapping[Slot, float]) -> Columns:
    """Return the columns after slots have changed places wherever that makes them tidier.

    What is linked within a column keeps its order.
    """
    found = [list(slots) for slots in columns]
    least, before = _untidiness(found, linked, heights), inf
    while least < before:
        before = least
        for slots in found:
            for i, j in combinations(range(len(slots)), 2):
                upper, lower = slots[i], slots[j]
                if not any(other in linked[upper] or other in linked[lower] for other in slots[i : j + 1]):
                    slots[i], slots[j] = slots[j], slots[i]
                    if (now := _untidiness(found, linked, heights)) < least:
                        least = now
                    else:
                        slots[i], slots[j] = slots[j], slots[i]
    return found


def _untidiness(columns: Columns, linked: Linked, heights: Mapping[Slot, float]) -> float:
    """Return how much lines cross, climb or fall, and lead round boxes within a column."""
    middle = _middles(columns, heights)
    length, disorder = 0.0, 0
    for slots, following in pairwise([*columns, ()]):
        ends = [(middle[slot], middle[other]) for slot in slots for other in linked[slot] if other in following]
        length += fsum(abs(left - right) for left, right in ends)
        disorder += sum((a - b) * (c - d) < 0 for (a, c), (b, d) in combinations(ends, 2))
        numbered = combinations(enumerate(slots), 2)
        disorder += sum(j - i - 1 for (i, above), (j, below) in numbered if below in linked[above])
    return length + DISORDER * disorder


def _middles(columns: Columns, heights: Mapping[Slot, float]) -> dict[Slot, float]:
    """Return how high the middle of each slot stands where every column is stacked around 0."""
    return {
        slot: y - _height(slots, heights) / 2
        for slots in columns
        for slot, y in zip(slots, _stacked(slots, heights), strict=True)
    }


# -- heights ------------------------------------------------------------------------------------------------


def _tops(columns: Columns, linked: Linked, heights: Mapping[Slot, float], room: float) -> dict[Slot, float]:
    """Return the top of each slot, so that its middle is as near as can be to those of what it is linked with."""
    middle = {slot: y + room / 2 for slot, y in _middles(columns, heights).items()}
    for sweep in range(HEIGHT_SWEEPS):
        for slots in columns if sweep % 2 else reversed(columns):
            wanted = [fmean(middle[other] for other in linked[slot] or [slot]) for slot in slots]
            middle |= zip(slots, _apart(slots, wanted, heights, room), strict=True)
    return {slot: y - heights[slot] / 2 for slot, y in middle.items()}


def _apart(
    slots: Sequence[Slot], wanted: Sequence[float], heights: Mapping[Slot, float], room: float
) -> list[float]:
    """Return the middles nearest to the wanted ones that keep the slots in order, apart and within `room`."""
    stacked = _stacked(slots, heights)
    # How much lower slots are wanted than stacked must not decrease downwards. Where it does, they are pooled and
    # lowered by their mean: the pool adjacent violators algorithm, which gives the least squares.
    pools: list[list[float]] = []
    for y, least in zip(wanted, stacked, strict=True):
        pools.append([y - least])
        while len(pools) > 1 and fmean(pools[-2]) > fmean(pools[-1]):
            pools[-2:] = [pools[-2] + pools[-1]]
    spare = room - _height(slots, heights)
    lower = [min(max(fmean(pool), 0), spare) for pool in pools for _ in pool]
    return [y + more for y, more in zip(stacked, lower, strict=True)]
