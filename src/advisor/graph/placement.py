"""How high on the page each box stands: near what it is joined with, in the order of its column."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from advisor.graph.arrangement import Arrangement, Lane, Slot

SWEEPS: Final = 16
LANE_GAP: Final = 8.0
STRAIGHT: Final = 3.0
"""How much more it counts that a line goes straight past boxes than that it meets a box in the middle."""


def placed(arrangement: Arrangement, top: float, bottom: float) -> dict[Slot, float]:
    """Return the top of each slot, between `top` and `bottom` where there is room for all."""
    tops = _stacked(arrangement, top, bottom)
    linked: dict[Slot, list[tuple[Slot, float]]] = {slot: [] for column in arrangement.columns for slot in column}
    for links in arrangement.links:
        for left, right in links:
            weight = STRAIGHT ** (isinstance(left, Lane) + isinstance(right, Lane))
            linked[left].append((right, weight))
            linked[right].append((left, weight))
    order = range(len(arrangement.columns))
    for sweep in range(SWEEPS):
        for index in order if sweep % 2 else reversed(order):
            column = arrangement.columns[index]
            wanted = []
            for slot in column:
                half = arrangement.height(slot) / 2
                middles = [(tops[other] + arrangement.height(other) / 2, weight) for other, weight in linked[slot]]
                total = sum(weight for _, weight in middles)
                wanted.append(sum(y * weight for y, weight in middles) / total - half if total else tops[slot])
            tops |= _fitted(arrangement, column, wanted, top, bottom)
    return tops


def gap_between(arrangement: Arrangement, above: Slot, below: Slot) -> float:
    """Return the room between two neighbours of a column."""
    if isinstance(above, Lane) or isinstance(below, Lane):
        return LANE_GAP
    return arrangement.gap


def column_height(arrangement: Arrangement, column: list[Slot]) -> float:
    """Return the least height of a column."""
    gaps = sum(gap_between(arrangement, a, b) for a, b in pairwise(column))
    return sum(arrangement.height(slot) for slot in column) + gaps


def _stacked(arrangement: Arrangement, top: float, bottom: float) -> dict[Slot, float]:
    tops: dict[Slot, float] = {}
    for column in arrangement.columns:
        y = top + max(0.0, bottom - top - column_height(arrangement, column)) / 2
        for slot, below in zip(column, [*column[1:], None], strict=True):
            tops[slot] = y
            y += arrangement.height(slot) + (gap_between(arrangement, slot, below) if below is not None else 0)
    return tops


def _fitted(
    arrangement: Arrangement, column: list[Slot], wanted: list[float], top: float, bottom: float
) -> dict[Slot, float]:
    """Return the tops nearest to those wanted (by least squares) at which nothing overlaps."""
    offsets = [0.0]
    for above, below in pairwise(column):
        offsets.append(offsets[-1] + arrangement.height(above) + gap_between(arrangement, above, below))
    # Less the offsets, the tops must not decrease: neighbours out of order are pooled at their mean.
    pools: list[tuple[float, int]] = []
    for want, offset in zip(wanted, offsets, strict=True):
        total, count = want - offset, 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            more, number = pools.pop()
            total, count = total + more, count + number
        pools.append((total, count))
    highest = bottom - offsets[-1] - arrangement.height(column[-1])
    levels = [min(max(total / count, top), max(highest, top)) for total, count in pools for _ in range(count)]
    return {slot: level + offset for slot, level, offset in zip(column, levels, offsets, strict=True)}
