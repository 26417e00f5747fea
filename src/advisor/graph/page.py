"""The whole picture on a page of the shape of A3, laid out without another program."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

from advisor.graph.arrangement import Arrangement, arranged
from advisor.graph.block import decision_block, question_block
from advisor.graph.columns import columns, height_of
from advisor.graph.flow import Pair, layers
from advisor.graph.measure import Run, Type, wrapped
from advisor.graph.palette import INK, LEADING, OPEN, PALE, RULE, SMALL, TITLE, scheme_of
from advisor.graph.picture import Picture
from advisor.graph.placement import column_height, placed
from advisor.graph.routes import Routes
from advisor.graph.shape import Block, Group, Rect, Shape, Stroke, set_lines

WIDTH: Final = 1680.0
HEIGHT: Final = 1188.0
MARGIN: Final = 26.0
QUESTIONS: Final = 264.0
HEADER: Final = 62.0
LEGEND: Final = 46.0
HEADINGS: Final = (24.0, 18.0, 13.0)
"""Sizes of the title, the larger ones for shorter titles."""
BOX_GAP: Final = 18.0
LANES: Final = 40.0
"""Room that is kept in a column for lines that pass through."""
FEWEST_COLUMNS: Final = 4
MOST_COLUMNS: Final = 8
WIDEST: Final = 230.0
LARGER: Final = 1.1


@dataclass(frozen=True)
class Page:
    """A drawing of a size."""

    width: float
    height: float
    title: str
    language: str
    shapes: tuple[Shape, ...]


def page_of(pictures: Iterable[Picture]) -> Page:
    """Return the first picture (of at least one) that fits on A3, else the last on a larger page of its shape."""
    page: Page | None = None
    for picture in pictures:
        page = _Sheet(picture, WIDTH, HEIGHT).page()
        if page is not None:
            return page
    scale = LARGER
    while page is None:  # ends, as boxes grow no wider than they may be, and so no higher
        page = _Sheet(picture, WIDTH * scale, HEIGHT * scale).page()
        scale *= LARGER
    return page


@dataclass(frozen=True)
class _Grid:
    """The boxes in their columns."""

    arrangement: Arrangement
    blocks: dict[str, Block]
    lefts: list[float]
    width: float

    @property
    def height(self) -> float:
        """How high the highest column is at least."""
        return max((column_height(self.arrangement, column) for column in self.arrangement.columns), default=0)


@dataclass(frozen=True)
class _Sheet:
    """One size of page."""

    picture: Picture
    width: float
    height: float

    def page(self) -> Page | None:
        """Return the page, or None where its content does not fit."""
        top, bottom = MARGIN + HEADER, self.height - MARGIN - LEGEND
        questions = question_block(self.picture, QUESTIONS)
        if questions.height > bottom - top:
            return None
        drawn = self._decisions(top, bottom)
        if drawn is None:
            return None
        shapes: list[Shape] = [*drawn, *(shape.moved(MARGIN, top) for shape in questions.shapes)]
        shapes += [*self._header(), *self._legend(bottom + 14)]
        return Page(self.width, self.height, self.picture.title, self.picture.language, tuple(shapes))

    def _decisions(self, top: float, bottom: float) -> list[Shape] | None:
        left = MARGIN + QUESTIONS + 30
        pairs = [(flow.source, flow.target) for flow in self.picture.flows]
        ids = [box.id for box in self.picture.boxes]
        found: list[tuple[float, _Grid]] = []
        for short in (True, False):
            layer = layers(ids, pairs, short=short)
            deepest = 1 + max(layer.values(), default=0)
            for count in range(min(FEWEST_COLUMNS, deepest), min(MOST_COLUMNS, deepest) + 1):
                grid = self._grid(layer, pairs, count, left, bottom - top)
                if grid is not None:
                    found.append((grid.arrangement.untidiness(), grid))
        return self._drawn(min(found, key=itemgetter(0))[1], top, bottom) if found else None

    def _grid(self, layer: dict[str, int], pairs: list[Pair], count: int, left: float, room: float) -> _Grid | None:
        """Return the boxes in so many columns, or None where one of them is higher than there is room."""
        across = self.width - MARGIN - left
        gap = 46.0 if count < 7 else 36.0
        width = min(WIDEST, (across - gap * (count - 1)) / count)
        blocks = {
            box.id: decision_block(box, self.picture.words, width, of_case=self.picture.of_case)
            for box in self.picture.boxes
        }
        heights = {name: block.height for name, block in blocks.items()}
        chosen = columns(layer, pairs, heights, count, BOX_GAP, room - LANES)
        if any(height_of(names, heights, BOX_GAP) > room for names in chosen):
            return None
        arrangement = arranged(chosen, pairs, heights, BOX_GAP)
        step = (across - width) / max(1, len(chosen) - 1)
        grid = _Grid(arrangement, blocks, [left + step * index for index in range(len(chosen))], width)
        return grid if grid.height <= room else None

    def _drawn(self, grid: _Grid, top: float, bottom: float) -> list[Shape]:
        tops = placed(grid.arrangement, top, bottom)
        routes = Routes(grid.arrangement, tops, grid.lefts, grid.width)
        shapes: list[Shape] = list(routes.lines(self.picture.flows, of_case=self.picture.of_case))
        for x, column in zip(grid.lefts, grid.arrangement.columns, strict=True):
            for slot in column:
                if isinstance(slot, str):
                    shapes += [shape.moved(x, tops[slot]) for shape in grid.blocks[slot].shapes]
        return shapes

    def _header(self) -> list[Shape]:
        room = self.width - 2 * MARGIN
        sizes = (Type(size, INK, bold=True) for size in HEADINGS)
        titles = [wrapped([Run(self.picture.title, type_)], room) for type_ in sizes]
        title = next((lines for lines in titles if len(lines) == 1), titles[-1])
        letters, y = set_lines(title[:1], MARGIN, MARGIN - 4, LEADING)
        more, _ = set_lines(wrapped([Run(self.picture.subtitle, Type(TITLE, PALE))], room)[:1], MARGIN, y, LEADING)
        return [*letters, *more]

    def _legend(self, y: float) -> list[Shape]:
        """Return what the colours and lines mean."""
        words, of_case = self.picture.words, self.picture.of_case
        on, off = scheme_of(of_case=of_case, marked=True), scheme_of(of_case=of_case, marked=False)
        ink = Type(SMALL, INK)
        entries: list[tuple[Shape, float, Run]] = [
            (Rect(0, 1, 20, 11, fill=on.headline, radius=3), 26, Run(words.headline, ink)),
            (Rect(0, 1, 20, 11, fill=on.conclusion, radius=3), 26, Run(words.conclusion, ink)),
            (Rect(8, 5, 3, 3, fill=on.ink), 18, Run(words.fact, ink)),
        ]
        if of_case:
            entries += [
                (_sample(on.flow), 34, Run(words.path, Type(SMALL, on.strong, bold=True))),
                (_sample(off.flow), 34, Run(words.off_path, Type(SMALL, off.ink))),
                (Rect(0, 4, 6, 6, fill=OPEN), 12, Run(words.open, Type(SMALL, OPEN))),
            ]
        entries.append(
            (Group((_sample(on.flow, 1.3), _sample(on.flow, 5).moved(36, 0))), 70, Run(words.thickness, ink))
        )
        number, _ = set_lines(wrapped([Run("7", Type(SMALL, on.strong, bold=True))], 20), 0, 0, LEADING)
        entries.append((Group(tuple(number)), 12, Run(words.numbers, ink)))
        shapes: list[Shape] = [Rect(MARGIN, y - 6, self.width - 2 * MARGIN, 0.6, fill=RULE)]
        x = MARGIN
        for sample, inset, run in entries:
            lines = wrapped([run], 400)
            letters, _ = set_lines(lines[:1], inset, 0, LEADING)
            end = inset + max(piece.x + piece.width for piece in lines[0])
            shapes.append(Group((sample, *letters)).moved(x, y))
            x += end + 24
        hint, _ = set_lines(
            wrapped([Run(words.hint, Type(SMALL, PALE))], self.width - 2 * MARGIN)[:2], MARGIN, y + 17, LEADING
        )
        return [*shapes, *hint]


def _sample(colour: str, line: float = 3) -> Stroke:
    return Stroke(((0, 6.5), (10, 6.5), (20, 6.5), (28, 6.5)), colour, line)
