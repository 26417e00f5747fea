"""Drawings of ladders and timelines: laid out once, as shapes, and written as SVG or PNG."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import escape
from io import BytesIO
from textwrap import wrap
from typing import Final

from advisor.papers.document import Ladder, State, Timeline
from advisor.papers.pictures import MARKS, day_text
from advisor.text import Language

WIDTH: Final = 760
"""In units that are pixels where nothing is scaled."""

SIZE: Final = 13
LINE: Final = 17
WIDE: Final = 0.56
"""How wide a letter is, as a share of the size of the type; on the safe side for any sans serif."""

NAMES: Final = 250
"""The width of the column with the names of rows."""

INK, PALE, GRID, CHOSEN = "#1b1f24", "#f3f5f7", "#8c959f", "#dbeafe"
COLOURS: Final[dict[State, str]] = {"yes": "#116329", "no": "#a40e26", "open": "#7a4b00", "free": "#57606a"}
FILLS: Final[dict[State, str]] = {"yes": "#dff5e3", "no": "#fde2e4", "open": "#fff3d1", "free": "#ffffff"}
BAR, DEADLINE = "#0b5394", "#a40e26"
SCALE: Final = 2
"""How many dots of a PNG a unit has on each side, so that it is sharp in print."""


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


Shape = Rectangle | Stroke | Label


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes on a sheet, and what they say in words, for who cannot see them."""

    height: float
    shapes: tuple[Shape, ...]
    words: str
    width: float = field(default=WIDTH)


# -- layout -------------------------------------------------------------------------------------------------


def ladder_drawing(ladder: Ladder) -> Drawing:
    """Lay out a ladder: a row for each need or condition, a column for each form, the chosen one behind a tint."""
    width = (WIDTH - NAMES) / max(len(ladder.columns), 1)
    heads = [_wrapped(name, width - 8, bold=True) for name in ladder.columns]
    top = LINE * max((len(head) for head in heads), default=1) + 12
    rows = [(_wrapped(name, NAMES - 12), states) for name, states in ladder.rows]
    heights = [max(LINE * len(lines) + 8, 26) for lines, _ in rows]
    total = top + sum(heights)
    shapes: list[Shape] = [Rectangle(0, 0, WIDTH, total, "#ffffff")]
    if ladder.chosen is not None:
        shapes.append(Rectangle(NAMES + ladder.chosen * width, 0, width, total, CHOSEN))
    for number, head in enumerate(heads):
        middle = NAMES + (number + 0.5) * width
        shapes += _lines(head, middle, 4, bold=True, middle=True)
    y = float(top)
    for (lines, states), height in zip(rows, heights, strict=True):
        shapes.append(Stroke(((0, y), (WIDTH, y)), GRID, 0.6))
        shapes += _lines(lines, 4, y + 4)
        for number, state in enumerate(states):
            shapes += _mark(state, NAMES + (number + 0.5) * width, y + height / 2)
        y += height
    return Drawing(total + 1, tuple(shapes), _ladder_words(ladder))


def timeline_drawing(timeline: Timeline, language: Language) -> Drawing:
    """Lay out a timeline: a bar for each piece of work, over a scale of months."""
    first = min((bar.first for bar in timeline.bars), default=date.min)
    last = max((bar.last for bar in timeline.bars), default=date.min)
    days = max((last - first).days + 1, 1)
    room = WIDTH - NAMES - 10
    rows = [(bar, _wrapped(bar.label, NAMES - 12)) for bar in timeline.bars]
    heights = [LINE * max(len(lines), 2) + 8 for _, lines in rows]
    top = LINE + 12
    total = top + sum(heights)

    def place(day: date) -> float:
        return NAMES + room * (day - first).days / days

    shapes: list[Shape] = [Rectangle(0, 0, WIDTH, total, "#ffffff")]
    for day in _months(first, last):
        shapes.append(Stroke(((place(day), top - 4), (place(day), total)), GRID, 0.4))
        if place(day) < WIDTH - 55:
            shapes.append(Label(place(day) + 3, 16, f"{day.month}/{day.year}"))
    y = float(top)
    for (bar, lines), height in zip(rows, heights, strict=True):
        shapes.append(Stroke(((0, y), (WIDTH, y)), GRID, 0.6))
        shapes += _lines(lines, 4, y + 4)
        start, end = place(bar.first), place(bar.last + timedelta(1))
        shapes.append(Rectangle(start, y + 6, max(end - start, 3), 10, DEADLINE if bar.fixed else BAR))
        said = day_text(bar.last, language)
        shapes.append(Label(min(start, WIDTH - 4 - _breadth(said)), y + 30, said))
        y += height
    return Drawing(total + 1, tuple(shapes), _timeline_words(timeline, language))


def _months(first: date, last: date) -> Iterator[date]:
    """Yield the first days of months to mark: all of them, or every so many where there are many."""
    count = (last.year - first.year) * 12 + last.month - first.month
    step = max(1, -(-count // 8))
    for number in range(1, count + 1, step):
        months = first.month - 1 + number
        yield date(first.year + months // 12, months % 12 + 1, 1)


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


def _lines(lines: Sequence[str], x: float, y: float, *, bold: bool = False, middle: bool = False) -> list[Shape]:
    return [Label(x, y + SIZE + LINE * number, line, bold, middle) for number, line in enumerate(lines)]


def _wrapped(text: str, width: float, *, bold: bool = False) -> list[str]:
    letters = max(int(width / (SIZE * (WIDE + (0.04 if bold else 0)))), 4)
    return wrap(text, letters) or [""]


def _breadth(text: str) -> float:
    return len(text) * SIZE * WIDE


def _ladder_words(ladder: Ladder) -> str:
    rows = (
        f"{name}: "
        + ", ".join(f"{column} {MARKS[state]}" for column, state in zip(ladder.columns, states, strict=True))
        for name, states in ladder.rows
    )
    return f"{ladder.caption}. {'; '.join(rows)}."


def _timeline_words(timeline: Timeline, language: Language) -> str:
    bars = (f"{b.label}: {day_text(b.first, language)} – {day_text(b.last, language)}" for b in timeline.bars)
    return f"{timeline.caption}. {'; '.join(bars)}."


# -- SVG ----------------------------------------------------------------------------------------------------


def ladder_svg(ladder: Ladder, name: str) -> str:
    """Return a ladder as SVG to stand in a page; `name` is an id that nothing else there has."""
    return _svg(ladder_drawing(ladder), name)


def timeline_svg(timeline: Timeline, name: str, language: Language) -> str:
    """Return a timeline as SVG to stand in a page; `name` is an id that nothing else there has."""
    return _svg(timeline_drawing(timeline, language), name)


def _svg(drawing: Drawing, name: str) -> str:
    size = f'viewBox="0 0 {drawing.width:g} {drawing.height:g}" width="{drawing.width:g}"'
    shapes = "".join(map(_svg_shape, drawing.shapes))
    return (
        f'<svg {size} role="img" aria-labelledby="{name}" font-family="sans-serif" font-size="{SIZE}">'
        f'<title id="{name}">{escape(drawing.words)}</title>{shapes}</svg>'
    )


def _svg_shape(shape: Shape) -> str:
    match shape:
        case Rectangle(x, y, width, height, fill):
            return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{fill}"/>'
        case Stroke(points, colour, width):
            path = " ".join(f"{x:g},{y:g}" for x, y in points)
            return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width:g}"/>'
        case Label(x, y, text, bold, middle, colour):
            weight = ' font-weight="bold"' if bold else ""
            anchor = ' text-anchor="middle"' if middle else ""
            return f'<text x="{x:g}" y="{y:g}" fill="{colour}"{weight}{anchor}>{escape(text)}</text>'


# -- PNG ----------------------------------------------------------------------------------------------------


def png_of(drawing: Drawing) -> bytes:
    """Return a drawing as PNG, in `SCALE` dots a unit. The type is one that comes with Pillow."""
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", (round(drawing.width * SCALE), round(drawing.height * SCALE)), "#ffffff")
    pen = ImageDraw.Draw(image)
    font = ImageFont.load_default(SIZE * SCALE)
    for shape in drawing.shapes:
        match shape:
            case Rectangle(x, y, width, height, fill):
                pen.rectangle((x * SCALE, y * SCALE, (x + width) * SCALE, (y + height) * SCALE), fill=fill)
            case Stroke(points, colour, width):
                dots = [(x * SCALE, y * SCALE) for x, y in points]
                pen.line(dots, fill=colour, width=max(round(width * SCALE), 1), joint="curve")
            case Label(x, y, text, bold, middle, colour):
                anchor = "ms" if middle else "ls"
                bolder = 1 if bold else 0
                place = (x * SCALE, y * SCALE)
                pen.text(
                    place, text, fill=colour, font=font, anchor=anchor, stroke_width=bolder, stroke_fill=colour
                )
    stream = BytesIO()
    image.save(stream, "PNG", optimize=True)
    return stream.getvalue()
