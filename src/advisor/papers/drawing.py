"""Drawings of ladders and timelines: shapes on sheets, laid out once, from which SVG and PNG are written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from advisor.papers.document import Bar, Ladder, State, Timeline
from advisor.papers.pictures import MARKS, bar_words, column_names, words_of
from advisor.papers.time_scale import marked_days
from advisor.papers.type_size import breadth, wrapped
from advisor.text import Language

WIDTH: Final = 760
"""In units that are pixels where nothing is scaled."""

HIGHEST: Final = 1000
"""The height of a sheet in units: on A4 a picture and its caption fit on a page."""

SIZE: Final = 13
LINE: Final = 17
HEADS: Final = (13, 12, 11, 10, 9)
"""The sizes of type above columns: the first in which no word has to be broken, else the last."""

NAMES: Final = 250
FEWER: Final = 190
"""The width of the column with the names of rows; and where there are many columns beside it."""

MANY: Final = 5

INK, GRID, FAINT, CHOSEN, WHITE = "#1b1f24", "#8c959f", "#d0d7de", "#dbeafe", "#ffffff"
COLOURS: Final[dict[State, str]] = {"yes": "#116329", "no": "#a40e26", "open": "#7a4b00", "free": "#57606a"}
FILLS: Final[dict[State, str]] = {"yes": "#dff5e3", "no": "#fde2e4", "open": "#fff3d1", "free": "#ffffff"}
BAR, DEADLINE = "#0b5394", "#a40e26"


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    fill: str


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through several points."""

    points: tuple[tuple[float, float], ...]
    colour: str
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Label:
    """A line of text, whose base line is at `y`; it begins at `x`, or has its middle there."""

    x: float
    y: float
    text: str
    bold: bool = False
    middle: bool = False
    colour: str = INK
    size: int = SIZE

    @property
    def breadth(self) -> float:
        """How wide it is."""
        return breadth(self.text, self.size, bold=self.bold)


Shape = Rectangle | Stroke | Label


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes on a sheet, and what they say in words, for who cannot see them."""

    height: float
    shapes: tuple[Shape, ...]
    words: str
    width: float = WIDTH


def drawings_of(picture: Ladder | Timeline, language: Language) -> tuple[Drawing, ...]:
    """Return a picture as one sheet, or as several below each other where it is higher than a page."""
    if isinstance(picture, Ladder):
        return tuple(_ladder_sheets(picture, language))
    return tuple(_timeline_sheets(picture, language))


def _sheets(heights: Sequence[float], top: float) -> Iterator[slice]:
    """Yield which rows stand on one sheet below a head of a height."""
    first, used = 0, top
    for number, height in enumerate(heights):
        if number > first and used + height > HIGHEST:
            yield slice(first, number)
            first, used = number, top
        used += height
    yield slice(first, len(heights))


# -- ladders ------------------------------------------------------------------------------------------------


def _ladder_sheets(ladder: Ladder, language: Language) -> Iterator[Drawing]:
    """Lay out a ladder: a row for each need or condition, a column for each form, the chosen one behind a tint."""
    names = NAMES if len(ladder.columns) <= MANY else FEWER
    width = (WIDTH - names) / max(len(ladder.columns), 1)
    columns = column_names(ladder, language)
    size = _head_size(columns, width - 8)
    heads = [wrapped(name, width - 8, size, bold=True) for name in columns]
    top = float(LINE * max((len(head) for head in heads), default=1) + 12)
    lines = [wrapped(name, names - 12, SIZE) for name, _ in ladder.rows]
    heights = [float(max(LINE * len(line) + 8, 28)) for line in lines]
    for sheet in _sheets(heights, top):
        rows = ladder.rows[sheet]
        total = top + sum(heights[sheet])
        shapes: list[Shape] = [Rectangle(0, 0, WIDTH, total + 1, WHITE)]
        if ladder.chosen is not None:
            shapes.append(Rectangle(names + ladder.chosen * width, 0, width, total, CHOSEN))
        for number, head in enumerate(heads):
            shapes += _lines(head, names + (number + 0.5) * width, 4, size, bold=True, middle=True)
        y = top
        for (_, states), said, height in zip(rows, lines[sheet], heights[sheet], strict=True):
            shapes.append(Stroke(((0, y), (WIDTH, y)), GRID, 0.6))
            shapes += _lines(said, 4, y + 4)
            for number, state in enumerate(states):
                shapes += _mark(state, names + (number + 0.5) * width, y + height / 2)
            y += height
        yield Drawing(total + 1, tuple(shapes), words_of(replace(ladder, rows=rows), language))


def _head_size(columns: Sequence[str], width: float) -> int:
    words = [word for name in columns for word in name.split()]
    fitting = (size for size in HEADS if all(breadth(word, size, bold=True) <= width for word in words))
    return next(fitting, HEADS[-1])


def _mark(state: State, x: float, y: float) -> Iterator[Shape]:
    """Yield a mark around a point; its shape tells it from the others, and not the colour alone."""
    yield Rectangle(x - 11, y - 10, 22, 20, FILLS[state])
    colour = COLOURS[state]
    if state == "yes":
        yield Stroke(((x - 6, y), (x - 2, y + 5), (x + 6, y - 5)), colour, 2.4)
    elif state == "no":
        yield Stroke(((x - 5, y - 5), (x + 5, y + 5)), colour, 2.4)
        yield Stroke(((x - 5, y + 5), (x + 5, y - 5)), colour, 2.4)
    elif state == "free":
        yield Stroke(((x - 5, y), (x + 5, y)), colour, 1.6)
    else:
        yield Label(x, y + 5, MARKS[state], bold=True, middle=True, colour=colour)


# -- timelines ----------------------------------------------------------------------------------------------


def _timeline_sheets(timeline: Timeline, language: Language) -> Iterator[Drawing]:
    """Lay out a timeline: a bar for each piece of work over a scale of days, with its days below it."""
    bars = timeline.bars
    first = min((bar.first for bar in bars), default=date.min)
    last = max((bar.last for bar in bars), default=date.min)
    unit = (WIDTH - NAMES - 10) / (last.toordinal() - first.toordinal() + 1)
    lines = [wrapped(bar_words(bar, language)[0], NAMES - 12, SIZE) for bar in bars]
    heights = [float(LINE * max(len(line), 2) + 10) for line in lines]
    top = float(LINE + 12)
    for sheet in _sheets(heights, top):
        total = top + sum(heights[sheet])
        shapes: list[Shape] = [Rectangle(0, 0, WIDTH, total + 1, WHITE)]
        for day, name in marked_days(first, last, unit, SIZE) if bars else ():
            x = NAMES + unit * (day.toordinal() - first.toordinal())
            shapes.append(Stroke(((x, 4), (x, total)), FAINT, 0.6))
            label = Label(x + 3, 16, name)
            if label.x + label.breadth <= WIDTH:
                shapes.append(label)
        y = top
        for bar, said, height in zip(bars[sheet], lines[sheet], heights[sheet], strict=True):
            shapes.append(Stroke(((0, y), (WIDTH, y)), GRID, 0.6))
            shapes += _lines(said, 4, y + 4)
            shapes += _bar(bar, NAMES + unit * (bar.first.toordinal() - first.toordinal()), y, unit, language)
            y += height
        yield Drawing(total + 1, tuple(shapes), words_of(replace(timeline, bars=bars[sheet]), language))


def _bar(bar: Bar, x: float, y: float, unit: float, language: Language) -> Iterator[Shape]:
    width = max(unit * (bar.last.toordinal() - bar.first.toordinal() + 1), 4)
    yield Rectangle(min(x, WIDTH - width), y + 6, width, 10, DEADLINE if bar.fixed else BAR)
    _, first, last = bar_words(bar, language)
    label = Label(x, y + 31, first if first == last else f"{first} – {last}")
    yield replace(label, x=min(x, WIDTH - 4 - label.breadth))


def _lines(
    lines: Sequence[str], x: float, y: float, size: int = SIZE, *, bold: bool = False, middle: bool = False
) -> list[Shape]:
    return [Label(x, y + SIZE + LINE * number, line, bold, middle, size=size) for number, line in enumerate(lines)]
