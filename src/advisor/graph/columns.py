"""Which column of the page each decision stands in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import inf

from advisor.graph.flow import Pair


def columns(
    layer: Mapping[str, int],
    pairs: Collection[Pair],
    heights: Mapping[str, float],
    count: int,
    gap: float,
    room: float,
) -> list[list[str]]:
    """Return at most `count` columns from left to right, none higher than `room` if that can be had.

    Neighbouring layers share a column; then boxes move where there is room, as long as no line leads back. In a
    column the ids of an earlier layer come first.
    """
    by_layer: list[list[str]] = [[] for _ in range(1 + max(layer.values(), default=0))]
    for name, number in layer.items():
        by_layer[number].append(name)
    filled = [names for names in by_layer if names]
    shared = _shared(filled, heights, count, gap)
    while _moved(shared, pairs, heights, gap, room):
        pass
    return [sorted(names, key=layer.__getitem__) for names in shared]


def height_of(names: Sequence[str], heights: Mapping[str, float], gap: float) -> float:
    """Return how high a column is."""
    return sum(heights[name] for name in names) + gap * max(0, len(names) - 1)


def _shared(by_layer: list[list[str]], heights: Mapping[str, float], count: int, gap: float) -> list[list[str]]:
    """Return the layers joined into at most `count` columns of which the highest is as low as can be."""
    # For each number of layers, from the left, the best columns so far and the height of their highest.
    nothing: list[list[str]] = []
    best = [(0.0, nothing), *((inf, nothing) for _ in by_layer)]
    for _ in range(count):
        longer = list(best)
        for end in range(1, len(by_layer) + 1):
            for begin in range(end):
                column = [name for names in by_layer[begin:end] for name in names]
                highest = max(best[begin][0], height_of(column, heights, gap))
                if highest < longer[end][0]:
                    longer[end] = (highest, [*best[begin][1], column])
        best = longer
    return best[-1][1]


def _moved(
    shared: list[list[str]], pairs: Collection[Pair], heights: Mapping[str, float], gap: float, room: float
) -> bool:
    """Move one box out of the highest column where that is too high; return whether that could be done."""
    column_of = {name: index for index, names in enumerate(shared) for name in names}
    sizes = [height_of(names, heights, gap) for names in shared]
    highest = max(range(len(shared)), key=sizes.__getitem__)
    if sizes[highest] <= room:
        return False
    moves: list[tuple[float, int, str]] = []
    for name in shared[highest]:
        first = max((column_of[source] for source, target in pairs if target == name), default=0)
        last = min((column_of[target] for source, target in pairs if source == name), default=len(shared) - 1)
        for index in range(first, last + 1):
            size = sizes[index] + heights[name] + gap
            if index != highest and size < sizes[highest]:
                moves.append((max(size, sizes[highest] - heights[name] - gap), index, name))
    if not moves:
        return False
    _, index, name = min(moves)
    shared[highest].remove(name)
    shared[index].append(name)
    return True
