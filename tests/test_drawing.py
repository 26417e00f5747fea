"""Drawings: nothing overlaps or runs out of its place, whatever is drawn; they say what the document says."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import date, timedelta
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFont

from advisor.papers.document import Bar, Ladder, State, Timeline
from advisor.papers.drawing import (
    COLOURS,
    FILLS,
    HIGHEST,
    WIDTH,
    Drawing,
    Label,
    Rectangle,
    Stroke,
    drawings_of,
)
from advisor.papers.pictures import day_text
from advisor.papers.png import png_of
from advisor.papers.svg import svg_of
from advisor.papers.time_scale import marked_days
from advisor.papers.type_size import SCALE, drawable
from contrast import contrast
from paper_texts import WORDS, letters

START = date(2026, 12, 1)
NAMES = st.lists(WORDS, min_size=1, max_size=7)
MANY = settings(max_examples=100, deadline=None)


def _breadth(label: Label) -> float:
    """Return how wide a label is, as Pillow draws it; bold letters are drawn twice, a dot beside each other."""
    width: float = ImageFont.load_default(label.size * SCALE).getlength(drawable(label.text))
    return (width + label.bold) / SCALE


def _edges(label: Label) -> tuple[float, float]:
    left = label.x - _breadth(label) / 2 if label.middle else label.x
    return left, left + _breadth(label)


def _labels(drawing: Drawing) -> list[Label]:
    return [shape for shape in drawing.shapes if isinstance(shape, Label)]


def _assert_in_place(drawing: Drawing) -> None:
    """Assert that nothing stands outside the sheet, and no text over another one."""
    lines: dict[float, list[tuple[float, float]]] = {}
    for shape in drawing.shapes:
        match shape:
            case Label():
                left, right = _edges(shape)
                assert left >= 0
                assert right <= WIDTH + 0.01
                assert shape.size <= shape.y <= drawing.height
                lines.setdefault(shape.y, []).append((left, right))
            case Rectangle(x, y, width, height):
                assert x >= 0
                assert x + width <= WIDTH + 0.01
                assert y >= 0
                assert y + height <= drawing.height
            case Stroke(points):
                assert all(0 <= x <= WIDTH + 0.01 and 0 <= y <= drawing.height for x, y in points)
    for line in lines.values():
        assert all(before[1] <= behind[0] for before, behind in pairwise(sorted(line)))
    assert drawing.height <= HIGHEST + 1


def _text(labels: Iterable[Label]) -> str:
    return letters(label.text for label in labels)


# -- ladders ------------------------------------------------------------------------------------------------


@st.composite
def ladders(draw: st.DrawFn) -> Ladder:
    columns = tuple(draw(NAMES))
    states = st.tuples(*[st.sampled_from(("yes", "no", "open", "free"))] * len(columns))
    rows = draw(st.lists(st.tuples(WORDS, states), max_size=12))
    return Ladder(draw(WORDS), columns, tuple(rows), draw(st.none() | st.integers(0, len(columns) - 1)))


@MANY
@given(ladders())
def test_nothing_in_a_ladder_runs_out_of_its_column(ladder: Ladder) -> None:
    for drawing in drawings_of(ladder, "id"):
        _assert_in_place(drawing)
        names = [label for label in _labels(drawing) if not label.middle]
        left = min((_edges(label)[0] for label in _labels(drawing) if label.bold), default=WIDTH)
        assert all(_edges(label)[1] <= left for label in names)


def _rows(count: int, width: int, name: str = "syarat") -> tuple[tuple[str, tuple[State, ...]], ...]:
    return tuple((f"{name} {number}", ("yes",) * width) for number in range(count))


def test_a_ladder_that_is_higher_than_a_page_goes_on_on_another_sheet_below_the_same_heads() -> None:
    ladder = Ladder("Tangga", ("forum", "badan"), _rows(60, 2))

    sheets = drawings_of(ladder, "id")

    assert 2 == len(sheets)
    found = [re.findall(r"syarat (\d+):", sheet.words) for sheet in sheets]
    assert [str(number) for number in range(60)] == found[0] + found[1]
    assert all({"forum", "badan"} <= {label.text for label in _labels(sheet)} for sheet in sheets)


def test_words_above_columns_are_set_smaller_before_they_are_broken() -> None:
    seven = ("Sekretariat", "Koordinasi", "Komunikasi", "Perjanjian", "Perusahaan", "Kementerian", "Kabupaten")
    (drawing,) = drawings_of(Ladder("Tangga", seven, _rows(1, 7)), "id")

    assert set(seven) <= {label.text for label in _labels(drawing)}


def test_a_very_long_name_is_cut_in_the_drawing_and_whole_in_its_words() -> None:
    name = "sangat panjang " * 700
    (drawing,) = drawings_of(Ladder("Tangga", ("forum",), ((name.strip(), ("yes",)),)), "id")

    assert any(label.text.endswith("…") for label in _labels(drawing))
    assert name.strip() in drawing.words


def test_marks_are_told_apart_without_their_colours() -> None:
    shapes = {}
    for state in COLOURS:
        (drawing,) = drawings_of(Ladder("Tangga", ("forum",), (("syarat", (state,)),)), "id")
        strokes = [len(shape.points) for shape in drawing.shapes if isinstance(shape, Stroke)]
        shapes[state] = (*strokes, *(label.text for label in _labels(drawing) if label.colour == COLOURS[state]))

    assert 4 == len(set(shapes.values()))


def test_marks_and_texts_stand_out_from_their_ground() -> None:
    assert all(contrast(COLOURS[state], FILLS[state]) >= 4.5 for state in COLOURS)


# -- timelines ----------------------------------------------------------------------------------------------


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    days = st.integers(0, draw(st.sampled_from((0, 1, 13, 40, 200, 800, 1826))))
    bars = []
    for name in draw(st.lists(WORDS, max_size=60)):
        first, last = sorted((draw(days), draw(days)))
        bars.append(Bar(name, START + timedelta(first), START + timedelta(last), draw(st.booleans())))
    return Timeline(draw(WORDS), tuple(bars))


@MANY
@given(timelines())
def test_nothing_in_a_timeline_runs_out_of_its_place(timeline: Timeline) -> None:
    for drawing in drawings_of(timeline, "id"):
        _assert_in_place(drawing)


@pytest.mark.parametrize("days", [1, 2, 10, 31, 90, 365, 2 * 365, 1826])
def test_the_scale_of_a_timeline_marks_some_days_and_not_too_many(days: int) -> None:
    marks = marked_days(START, START + timedelta(days - 1), 500 / days, 13)

    assert 1 <= len(marks) <= 15
    assert len(marks) >= min(days, 4)
    assert all(START <= day for day, _ in marks)


def test_a_bar_is_as_long_as_its_work() -> None:
    timeline = Timeline("Jadwal", (Bar("a", START, START), Bar("b", START, START + timedelta(99))))
    (drawing,) = drawings_of(timeline, "id")

    short, long = (shape.width for shape in drawing.shapes if isinstance(shape, Rectangle) and shape.height == 10)
    assert short == pytest.approx(long / 100, abs=1)


def test_a_deadline_says_that_it_is_one() -> None:
    (drawing,) = drawings_of(Timeline("Jadwal", (Bar("Persetujuan DPRD", START, START, fixed=True),)), "id")

    assert "Persetujuan DPRD (tenggat)" in {label.text for label in _labels(drawing)}
    assert "Persetujuan DPRD (tenggat): 1 Desember 2026" in drawing.words


def test_days_are_said_as_people_write_them() -> None:
    (drawing,) = drawings_of(Timeline("Jadwal", (Bar("a", START, START + timedelta(30)),)), "en")

    assert f"{day_text(START, 'en')} – 31 December 2026" in {label.text for label in _labels(drawing)}


def test_a_timeline_without_work_is_an_empty_sheet() -> None:
    (drawing,) = drawings_of(Timeline("Jadwal", ()), "id")

    assert ([], "Jadwal") == (_labels(drawing), drawing.words)


# -- SVG and PNG --------------------------------------------------------------------------------------------


@MANY
@given(ladders() | timelines())
def test_svg_and_png_are_of_the_same_shapes(picture: Ladder | Timeline) -> None:
    for drawing in drawings_of(picture, "id"):
        svg = svg_of(drawing, "name")
        assert _text(_labels(drawing)) == letters(map(unescape, re.findall(r"<text [^>]*>([^<]*)<", svg)))
        assert unescape(re.findall(r"<title [^>]*>([^<]*)<", svg)[0]) == drawing.words


def test_a_png_is_sharp_and_always_the_same() -> None:
    (drawing,) = drawings_of(Ladder("Tangga", ("forum", "badan"), _rows(3, 2)), "id")

    content = png_of(drawing)
    image = Image.open(io.BytesIO(content))
    assert (WIDTH * SCALE, round(drawing.height * SCALE)) == image.size
    assert content == png_of(drawing)


def test_letters_that_the_type_lacks_are_drawn_as_those_it_has() -> None:
    assert "1 Mei 2026 - cafe" == drawable("1 Mei 2026 – café")
