"""Where the boxes stand: in columns from left to right, so that lines lead on, are short and seldom cross.

This is layered graph drawing in its usual steps: boxes get columns, columns get an order, and all get a height. Where
a line passes a column on its way, it has a lane there, which keeps room for it between the boxes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import inf
from statistics import fmean
from typing import Final

from advisor.graph.reduction import Line

GAP: Final = 16.0
"""The room between two neighbours of a column, in units of the page."""
WITHIN: Final = 3
"""How many columns a line within one column counts for: it may have to lead round boxes."""
DISORDER: Final = 800.0
"""How much longer lines may be to avoid a crossing, or to have nothing between their ends within a column."""
STRAIGHT: Final = 3
"""How much more it counts for a lane to be level with what it is linked with than for a box."""
ORDER_SWEEPS: Final = 4
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
    ordered = _ordered(columns, _Links.of(columns, chains.values()), sizes)
    return Layout(ordered, chains, _tops(ordered, chains.values(), sizes, room), sizes)


def _height(slots: Sequence[Slot], heights: Mapping[Slot, float]) -> float:
    return sum(heights[slot] + GAP for slot in slots) - GAP


# -- columns ------------------------------------------------------------------------------------------------


def _assigned(heights: Mapping[str, float], lines: Collection[Line], count: int, room: float) -> dict[str, int]:
    """Return the column of each box, so that no line leads to the left; a box on which others depend comes first.

    Boxes are ranked by the longest way to them; then one at a time moves as long as lines become shorter, or less
    stands out of `room`.
    """
    rank = ranks(heights, lines)
    share = min(1.0, count / (1 + max(rank.values(), default=0)))
    column = {name: int(rank[name] * share) for name in sorted(rank, key=rank.__getitem__)}

    def cost() -> float:
        used = [-GAP] * count
        length = 0
        for name, index in column.items():
            used[index] += heights[name] + GAP
        for source, target in lines:
            length += column[target] - column[source] or WITHIN
            for index in range(column[source] + 1, column[target]):
                used[index] += GAP
        return length + sum(max(0.0, height - room) for height in used)

    least, before = cost(), inf
    while least < before:
        before = least
        for name in column:
            best = column[name]
            first = max((column[source] for source, target in lines if target == name), default=0)
            last = min((column[target] for source, target in lines if source == name), default=count - 1)
            for column[name] in range(first, last + 1):
                if (now := cost()) < least:
                    best, least = column[name], now
            column[name] = best
    return column


def ranks(names: Iterable[str], lines: Collection[Line]) -> dict[str, int]:
    """Return for each box how many lines the longest way to it has."""
    before: dict[str, list[str]] = {name: [] for name in names}
    for source, target in lines:
        before[target].append(source)
    found: dict[str, int] = {}

    def rank(name: str) -> int:
        if name not in found:
            found[name] = 1 + max(map(rank, before[name]), default=-1)
        return found[name]

    return {name: rank(name) for name in before}


# -- the order in a column ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Links:
    """What is linked with each slot: in the column to the left, in that to the right, and below it in its own."""

    left: Mapping[Slot, list[Slot]]
    right: Mapping[Slot, list[Slot]]
    below: Mapping[Slot, list[Slot]]

    @classmethod
    def of(cls, columns: Columns, chains: Iterable[Sequence[Slot]]) -> _Links:
        column = {slot: index for index, slots in enumerate(columns) for slot in slots}
        left: dict[Slot, list[Slot]] = {slot: [] for slot in column}
        right: dict[Slot, list[Slot]] = {slot: [] for slot in column}
        below: dict[Slot, list[Slot]] = {slot: [] for slot in column}
        for before, after in (link for chain in chains for link in pairwise(chain)):
            if column[before] == column[after]:
                below[before].append(after)
            else:
                right[before].append(after)
                left[after].append(before)
        return cls(left, right, below)


def _ordered(columns: Columns, links: _Links, heights: Mapping[Slot, float]) -> Columns:
    """Return the tidiest order of the slots in their columns that is found."""
    best, least = columns, inf
    for sweep in range(ORDER_SWEEPS):
        columns = _exchanged(_sorted(columns, links, heights, rightwards=sweep % 2 == 0), links, heights)
        if (now := _untidiness(columns, links, heights)) < least:
            best, least = columns, now
    return best


def _sorted(columns: Columns, links: _Links, heights: Mapping[Slot, float], *, rightwards: bool) -> Columns:
    """Return each column sorted by the mean height of what its slots are linked with in the column before."""
    linked = links.left if rightwards else links.right
    middle = _middles(columns, heights)
    found = []
    for slots in columns if rightwards else reversed(columns):
        wanted = {slot: fmean(middle[other] for other in linked[slot] or [slot]) for slot in slots}
        for slot in slots:
            for other in links.below[slot]:
                wanted[other] = max(wanted[other], wanted[slot] + 1)
        found.append(sorted(slots, key=wanted.__getitem__))
        middle |= _middles(found[-1:], heights)
    return found if rightwards else found[::-1]


def _exchanged(columns: Columns, links: _Links, heights: Mapping[Slot, float]) -> Columns:
    """Return the columns after neighbours have changed places as long as that makes them tidier."""
    found = [list(slots) for slots in columns]
    least, before = _untidiness(found, links, heights), inf
    while least < before:
        before = least
        for slots in found:
            for i, j in pairwise(range(len(slots))):
                slots[i], slots[j] = slots[j], slots[i]
                now = _untidiness(found, links, heights)
                if now < least:
                    least = now
                else:
                    slots[i], slots[j] = slots[j], slots[i]
    return found


def _untidiness(columns: Columns, links: _Links, heights: Mapping[Slot, float]) -> float:
    """Return how much lines cross, climb, fall and lead round boxes; infinite where one leads up in a column."""
    middle = _middles(columns, heights)
    cost = 0.0
    for slots in columns:
        ends = [(middle[slot], middle[other]) for slot in slots for other in links.right[slot]]
        cost += sum(abs(a - b) for a, b in ends)
        cost += DISORDER * sum((a - c) * (b - d) < 0 for (a, b), (c, d) in combinations(ends, 2))
        place = {slot: number for number, slot in enumerate(slots)}
        between = [place[other] - place[slot] - 1 for slot in slots for other in links.below[slot]]
        cost += inf if any(number < 0 for number in between) else DISORDER * sum(between)
    return cost


def _middles(columns: Columns, heights: Mapping[Slot, float]) -> dict[Slot, float]:
    """Return how high the middle of each slot stands where columns are stacked around 0."""
    middles: dict[Slot, float] = {}
    for slots in columns:
        y = -_height(slots, heights) / 2
        for slot in slots:
            middles[slot] = y + heights[slot] / 2
            y += heights[slot] + GAP
    return middles


# -- heights ------------------------------------------------------------------------------------------------


def _tops(
    columns: Columns, chains: Iterable[Sequence[Slot]], heights: Mapping[Slot, float], room: float
) -> dict[Slot, float]:
    """Return the top of each slot, so that its middle is as near as can be to those of what it is linked with."""
    linked: dict[Slot, list[Slot]] = {slot: [] for slots in columns for slot in slots}
    for one, other in (link for chain in chains for link in pairwise(chain)):
        weight = STRAIGHT ** (isinstance(one, Lane) + isinstance(other, Lane))
        linked[one] += [other] * weight
        linked[other] += [one] * weight
    middle = {slot: y + room / 2 for slot, y in _middles(columns, heights).items()}
    for sweep in range(HEIGHT_SWEEPS):
        for slots in columns if sweep % 2 else reversed(columns):
            wanted = [fmean(middle[other] for other in linked[slot] or [slot]) for slot in slots]
            middle |= zip(slots, _apart(wanted, [heights[slot] for slot in slots], room), strict=True)
    return {slot: y - heights[slot] / 2 for slot, y in middle.items()}


def _apart(wanted: Sequence[float], heights: Sequence[float], room: float) -> list[float]:
    """Return the middles nearest to the wanted ones, in the same order, that keep slots apart and within `room`."""
    # How far the middle of each slot is below the top of the column where nothing but gaps lies between the slots.
    least = [sum(heights[:index]) + GAP * index + height / 2 for index, height in enumerate(heights)]
    spare = room - sum(heights) - GAP * (len(heights) - 1)
    # What is wanted beyond that must not decrease downwards; slots where it does are pooled and moved to their mean
    # (the pool adjacent violators algorithm, which gives the least squares).
    pools: list[list[float]] = []
    for y, offset in zip(wanted, least, strict=True):
        pools.append([y - offset])
        while len(pools) > 1 and fmean(pools[-2]) > fmean(pools[-1]):
            pools[-2:] = [pools[-2] + pools[-1]]
    moved = [min(max(fmean(pool), 0), spare) for pool in pools for _ in pool]
    return [offset + more for offset, more in zip(least, moved, strict=True)]
