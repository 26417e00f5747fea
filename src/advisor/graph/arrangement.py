"""The order of the boxes in their columns, so that few lines cross and lines are short."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from advisor.graph.flow import Pair

LANE_HEIGHT: Final = 8.0
CROSSING: Final = 100.0
BETWEEN: Final = 120.0
SWEEPS: Final = 12


@dataclass(frozen=True, slots=True)
class Lane:
    """Where a line passes through a column between its ends."""

    pair: Pair
    column: int


Slot = str | Lane
"""What takes room in a column: a box (by its id), or a lane."""


@dataclass
class Arrangement:
    """The slots of each column from top to bottom, and the links between neighbouring columns."""

    columns: list[list[Slot]]
    links: list[list[tuple[Slot, Slot]]]
    inner: list[list[Pair]]
    heights: Mapping[str, float]
    gap: float

    def height(self, slot: Slot) -> float:
        """Return how high a slot is."""
        return LANE_HEIGHT if isinstance(slot, Lane) else self.heights[slot]

    def chain(self, pair: Pair) -> list[Slot]:
        """Return the slots through which the line of a pair goes, ends included."""
        lanes = [slot for column in self.columns for slot in column if isinstance(slot, Lane) and slot.pair == pair]
        return [pair[0], *sorted(lanes, key=lambda lane: lane.column), pair[1]]

    def untidiness(self) -> float:
        """Return how much the lines cross each other and lead round boxes."""
        return sum(_Search(self).costs())


def arranged(
    boxes: list[list[str]], pairs: Iterable[Pair], heights: Mapping[str, float], gap: float
) -> Arrangement:
    """Return a good order of the boxes of each column, with lanes for lines that pass through."""
    column_of = {name: index for index, names in enumerate(boxes) for name in names}
    columns: list[list[Slot]] = [list(names) for names in boxes]
    links: list[list[tuple[Slot, Slot]]] = [[] for _ in range(max(0, len(boxes) - 1))]
    inner: list[list[Pair]] = [[] for _ in boxes]
    for pair in pairs:
        first, last = column_of[pair[0]], column_of[pair[1]]
        if first == last:
            inner[first].append(pair)
            continue
        chain: list[Slot] = [pair[0], *(Lane(pair, column) for column in range(first + 1, last)), pair[1]]
        for offset, (left, right) in enumerate(pairwise(chain)):
            links[first + offset].append((left, right))
            if isinstance(right, Lane):
                columns[first + offset + 1].append(right)
    arrangement = Arrangement(columns, links, inner, heights, gap)
    _Search(arrangement).run()
    return arrangement


class _Search:
    """Moves one slot at a time to where it costs least, until nothing gets better."""

    def __init__(self, arrangement: Arrangement) -> None:
        self.arrangement = arrangement
        self.middles = [self._middles(column) for column in arrangement.columns]

    def costs(self) -> Iterator[float]:
        """Yield the cost of each gap and each column."""
        yield from (self._cost_of_gap(gap) for gap in range(len(self.arrangement.links)))
        yield from (self._cost_inside(index) for index in range(len(self.arrangement.columns)))

    def run(self) -> None:
        """Search."""
        for index in range(1, len(self.arrangement.columns)):
            self._by_neighbours(index)
        for _ in range(SWEEPS):
            better = [self._improve(index) for index in range(len(self.arrangement.columns))]
            if not any(better):
                return

    def _middles(self, column: list[Slot]) -> dict[Slot, float]:
        """Return the middle of each slot where the column is stacked around the middle of the page."""
        heights = [self.arrangement.height(slot) for slot in column]
        y = -(sum(heights) + self.arrangement.gap * (len(column) - 1)) / 2
        found: dict[Slot, float] = {}
        for slot, height in zip(column, heights, strict=True):
            found[slot] = y + height / 2
            y += height + self.arrangement.gap
        return found

    def _by_neighbours(self, index: int) -> None:
        """Order a column by the mean of what its slots are linked with on the left."""
        column = self.arrangement.columns[index]
        before: dict[Slot, list[float]] = {slot: [] for slot in column}
        for left, right in self.arrangement.links[index - 1]:
            before[right].append(self.middles[index - 1][left])
        ordered = sorted(column, key=lambda slot: sum(before[slot]) / len(before[slot]) if before[slot] else 0)
        if self._allowed(index, ordered):
            self._set(index, ordered)

    def _improve(self, index: int) -> bool:
        better = False
        for slot in list(self.arrangement.columns[index]):
            column = self.arrangement.columns[index]
            rest = [other for other in column if other != slot]
            orders = [[*rest[:place], slot, *rest[place:]] for place in range(len(column))]
            now = self._cost(index)
            best, least = column, now
            for order in orders:
                if order != column and self._allowed(index, order):
                    self._set(index, order)
                    cost = self._cost(index)
                    if cost < least - 1e-6:
                        best, least = order, cost
            self._set(index, best)
            better = better or least < now
        return better

    def _set(self, index: int, column: list[Slot]) -> None:
        self.arrangement.columns[index] = column
        self.middles[index] = self._middles(column)

    def _allowed(self, index: int, column: list[Slot]) -> bool:
        place = {slot: number for number, slot in enumerate(column)}
        return all(place[source] < place[target] for source, target in self.arrangement.inner[index])

    def _cost(self, index: int) -> float:
        cost = 0.0
        for gap in (index - 1, index):
            if 0 <= gap < len(self.arrangement.links):
                cost += self._cost_of_gap(gap)
        return cost + self._cost_inside(index)

    def _cost_inside(self, index: int) -> float:
        place = {slot: number for number, slot in enumerate(self.arrangement.columns[index])}
        return sum(BETWEEN * (place[b] - place[a] - 1) for a, b in self.arrangement.inner[index])

    def _cost_of_gap(self, gap: int) -> float:
        left, right = self.middles[gap], self.middles[gap + 1]
        ends = [(left[a], right[b]) for a, b in self.arrangement.links[gap]]
        crossings = sum((a - c) * (b - d) < 0 for number, (a, b) in enumerate(ends) for c, d in ends[:number])
        return CROSSING * crossings + sum(abs(a - b) for a, b in ends) / 8
