"""The way of each line from box to box: through the room between the columns, and in lanes past other boxes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from advisor.graph.layout import Layout
from advisor.graph.reduction import Line
from advisor.graph.svg import Point

PORT_GAP: Final = 14.0
GUTTER: Final = 20.0
"""How far left of its column a line leads round boxes."""


def routes(layout: Layout, width: float, step: float) -> dict[Line, list[Point]]:
    """Return for each line its points: where it begins, and three for each curve.

    Boxes are `width` wide, and `step` lies between the left sides of two columns.
    """
    ports = _ports(layout)
    found: dict[Line, list[Point]] = {}
    for line, chain in layout.chains.items():
        source, target = line
        first, last = layout.column(source), layout.column(target)
        left, leaves, enters = step * first, ports[source, line], ports[target, line]
        if first < last:
            stops = [(left + width, leaves)]
            for number, lane in enumerate(chain[1:-1], first + 1):
                stops += [(step * number, layout.middle(lane)), (step * number + width, layout.middle(lane))]
            found[line] = _curved([*stops, (step * last, enters)])
        elif layout.columns[first].index(target) == layout.columns[first].index(source) + 1:
            x, begin, end = left + width / 2, layout.tops[source] + layout.heights[source], layout.tops[target]
            found[line] = [(x, begin), (x, begin), (x, end - 1), (x, end)]
        else:
            found[line] = [(left, leaves), (left - GUTTER, leaves), (left - GUTTER, enters), (left, enters)]
    return found


def _ports(layout: Layout) -> dict[tuple[str, Line], float]:
    """Return how high each line leaves and enters its boxes: in the order of where it leads, so as not to cross."""
    sides: dict[tuple[str, str], list[tuple[float, Line]]] = {}
    for line, chain in layout.chains.items():
        source, target = line
        out = "left" if layout.column(source) == layout.column(target) else "right"
        sides.setdefault((source, out), []).append((layout.middle(chain[1]), line))
        sides.setdefault((target, "left"), []).append((layout.middle(chain[-2]), line))
    ports: dict[tuple[str, Line], float] = {}
    for (name, _), ends in sides.items():
        gap = min(PORT_GAP, (layout.heights[name] - 20) / len(ends))
        for number, (_, line) in enumerate(sorted(ends)):
            ports[name, line] = layout.middle(name) + gap * (number - (len(ends) - 1) / 2)
    return ports


def _curved(stops: Sequence[Point]) -> list[Point]:
    """Return curves from stop to stop that are level at each."""
    points = [stops[0]]
    for (x, y), (next_x, next_y) in pairwise(stops):
        middle = (x + next_x) / 2
        points += [(middle, y), (middle, next_y), (next_x, next_y)]
    return points
