"""What a drawing is made of: text, rectangles and lines, with a place on the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from advisor.graph.measure import Piece, Type


@dataclass(frozen=True, slots=True)
class Letters:
    """A text on one line: `y` is its base line, `width` what it may take."""

    x: float
    y: float
    width: float
    text: str
    type: Type

    def moved(self, x: float, y: float) -> Letters:
        """Return the same, moved."""
        return replace(self, x=self.x + x, y=self.y + y)


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float
    fill: str = "none"
    stroke: str = "none"
    line: float = 1
    radius: float = 0

    def moved(self, x: float, y: float) -> Rect:
        """Return the same, moved."""
        return replace(self, x=self.x + x, y=self.y + y)


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through curves and straight parts: `points` as pairs, three for each curve after the first.

    Where two parts meet, the line goes straight through the curves' ends. It ends in an arrow head.
    """

    points: tuple[tuple[float, float], ...]
    colour: str
    line: float

    def moved(self, x: float, y: float) -> Stroke:
        """Return the same, moved."""
        return replace(self, points=tuple((a + x, b + y) for a, b in self.points))


@dataclass(frozen=True, slots=True)
class Group:
    """Shapes that belong together, with the text that shows where the pointer rests on them."""

    shapes: tuple[Shape, ...]
    details: str = ""
    name: str = ""

    def moved(self, x: float, y: float) -> Group:
        """Return the same, moved."""
        return replace(self, shapes=tuple(shape.moved(x, y) for shape in self.shapes))


Shape = Letters | Rect | Stroke | Group


@dataclass(frozen=True, slots=True)
class Block:
    """Shapes in a frame that begins at 0, 0."""

    width: float
    height: float
    shapes: tuple[Shape, ...] = field(default=())


def set_lines(lines: Iterable[list[Piece]], x: float, y: float, leading: float) -> tuple[list[Letters], float]:
    """Return the letters of lines of text whose first line begins at `x`, `y` (its top), and where they end."""
    letters: list[Letters] = []
    for line in lines:
        size = max(piece.type.size for piece in line)
        base = y + (leading * size + 0.72 * size) / 2
        letters += [Letters(x + piece.x, base, piece.width, piece.text, piece.type) for piece in line]
        y += leading * size
    return letters, y
