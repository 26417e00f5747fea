"""The lines between the boxes."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from advisor.graph.arrangement import Arrangement, Lane, Slot
from advisor.graph.palette import scheme_of
from advisor.graph.picture import Flow
from advisor.graph.shape import Group, Stroke

Point = tuple[float, float]
ARROW = 7.0
GUTTER = 20.0


@dataclass(frozen=True)
class Routes:
    """Draws lines through the gaps between the columns, and in lanes past the boxes."""

    arrangement: Arrangement
    tops: dict[Slot, float]
    lefts: list[float]
    width: float

    def lines(self, flows: Iterable[Flow], *, of_case: bool) -> list[Group]:
        """Return a line for each flow, those of the path last (on top)."""
        flows = sorted(flows, key=lambda flow: flow.marked)
        chains = {(f.source, f.target): self.arrangement.chain((f.source, f.target)) for f in flows}
        ports = self._ports(chains)
        found: list[Group] = []
        for flow in flows:
            pair = (flow.source, flow.target)
            scheme = scheme_of(of_case=of_case, marked=flow.marked)
            points = self._points(chains[pair], ports[(pair, "out")], ports[(pair, "in")])
            stroke = Stroke(tuple(points), scheme.flow, thickness(flow.weight))
            found.append(Group((stroke,), flow.details, f"flow:{flow.source}:{flow.target}"))
        return found

    def _column(self, slot: Slot) -> int:
        if isinstance(slot, Lane):
            return slot.column
        return next(index for index, column in enumerate(self.arrangement.columns) if slot in column)

    def _middle(self, slot: Slot) -> float:
        return self.tops[slot] + self.arrangement.height(slot) / 2

    def _ports(self, chains: dict[tuple[str, str], list[Slot]]) -> dict[tuple[tuple[str, str], str], float]:
        """Return how high each line leaves and enters its boxes, so that lines at one side do not cross there."""
        sides: dict[tuple[str, str], list[tuple[float, tuple[str, str], str]]] = {}
        for pair, chain in chains.items():
            inner = self._column(pair[0]) == self._column(pair[1])
            sides.setdefault((pair[0], "left" if inner else "right"), []).append(
                (self._middle(chain[1]), pair, "out")
            )
            sides.setdefault((pair[1], "left"), []).append((self._middle(chain[-2]), pair, "in"))
        ports: dict[tuple[tuple[str, str], str], float] = {}
        for (name, _), ends in sides.items():
            height = self.arrangement.height(name)
            step = min(14.0, (height - 20) / max(1, len(ends) - 1))
            first = self._middle(name) - step * (len(ends) - 1) / 2
            for number, (_, pair, end) in enumerate(sorted(ends)):
                ports[(pair, end)] = first + step * number
        return ports

    def _points(self, chain: list[Slot], leaves: float, enters: float) -> list[Point]:
        first, last = self._column(chain[0]), self._column(chain[-1])
        left = self.lefts[first]
        if first == last:
            return self._inside(chain, left, leaves, enters)
        points: list[Point] = [(left + self.width, leaves)]
        for slot in chain[1:-1]:
            x, y = self.lefts[self._column(slot)], self._middle(slot)
            points += _curve(points[-1], (x, y))
            points += _curve(points[-1], (x + self.width, y))
        return [*points, *_curve(points[-1], (self.lefts[last], enters))]

    def _inside(self, chain: list[Slot], left: float, leaves: float, enters: float) -> list[Point]:
        """Return a line within a column: straight down to the next box, or round what lies between."""
        source, target = chain[0], chain[-1]
        column = self.arrangement.columns[self._column(source)]
        if column.index(target) == column.index(source) + 1:
            x = left + self.width / 2
            begin, end = self.tops[source] + self.arrangement.height(source), self.tops[target]
            return [(x, begin), (x, begin + 4), (x, end - 4), (x, end)]
        out = left - GUTTER
        return [(left, leaves), (out, leaves), (out, enters), (left, enters)]


def thickness(weight: int) -> float:
    """Return how thick a line is that stands for so many rules."""
    return 1.3 + 0.8 * math.log2(max(1, weight))


def _curve(begin: Point, end: Point) -> list[Point]:
    """Return the rest of a curve that leaves and arrives level."""
    middle = (begin[0] + end[0]) / 2
    return [(middle, begin[1]), (middle, end[1]), end]
