"""The parts of the layout keep what they promise for any boxes, lines and texts."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.graph import page
from advisor.graph.content import pictures_of_rules
from advisor.graph.layout import Layout, laid_out, ranks
from advisor.graph.reduction import Line, without_cycles, without_shortcuts
from advisor.graph.typesetting import Run, Style, width_of, wrapped
from advisor.inference.day import Day
from advisor.knowledge_base import Knowledge
from advisor.text import LANGUAGES, Language
from graphs import graph_of

pytestmark = pytest.mark.knowledge


def test_lines_that_lead_back_and_shortcuts_are_left_out() -> None:
    lines = [("a", "b"), ("b", "c"), ("a", "c"), ("c", "a"), ("c", "d")]
    forward = without_cycles("abcd", lines)

    assert [("a", "b"), ("b", "c"), ("c", "d"), ("a", "c")] == forward
    assert [("a", "b"), ("b", "c"), ("c", "d")] == without_shortcuts(forward)


def test_every_line_leads_to_a_later_rank(knowledge: Knowledge, day: Day) -> None:
    graph = graph_of(knowledge, day)
    ids = [decision.id for decision in graph.decisions]
    lines = without_shortcuts(without_cycles(ids, graph.flows))
    rank = ranks(ids, lines)

    assert all(rank[source] < rank[target] for source, target in lines)
    assert all(number >= 0 for number in rank.values())
    assert set(ids) == set(rank)


@st.composite
def boxes_and_lines(draw: st.DrawFn) -> tuple[dict[str, float], list[Line]]:
    """Draw boxes, and lines from earlier boxes to later ones."""
    names = [f"box{number}" for number in range(draw(st.integers(0, 12)))]
    heights = {name: draw(st.floats(20, 200)) for name in names}
    lines = [(a, b) for number, a in enumerate(names) for b in names[number + 1 :] if draw(st.integers(0, 3)) == 0]
    return heights, lines


@given(boxes_and_lines(), st.integers(1, 6))
def test_boxes_stand_apart_within_their_room_and_lines_never_lead_back(
    drawn: tuple[dict[str, float], list[Line]], count: int
) -> None:
    heights, lines = drawn
    room = 2000.0
    layout = laid_out(heights, lines, count, room)
    assert layout is not None

    assert set(heights) | set(layout.tops) == set(layout.tops)
    for column in layout.columns:
        ends = [(layout.tops[slot], layout.tops[slot] + layout.heights[slot]) for slot in column]
        assert all(-1e-6 <= top and bottom <= room + 1e-6 for top, bottom in ends)
        assert all(bottom + 15.9 < top for (_, bottom), (top, _) in pairwise(ends))
    for source, target in lines:
        before, after = layout.column(source), layout.column(target)
        assert (before, layout.tops[source]) < (after, layout.tops[target])
        assert [*range(before + 1, after)] == [layout.column(lane) for lane in layout.chains[source, target][1:-1]]


def test_what_has_no_room_is_not_laid_out() -> None:
    heights = {"a": 60.0, "b": 60.0, "c": 60.0}

    assert laid_out(heights, [], 3, 60) is not None
    assert laid_out(heights, [], 2, 60) is None
    assert laid_out(heights, [], 3, 59) is None


def test_no_line_crosses_another_where_none_has_to() -> None:
    layout = laid_out(dict.fromkeys("abcdef", 100.0), [("a", "f"), ("b", "e"), ("c", "d")], 2, 400)
    assert layout is not None
    partner = {"a": "f", "b": "e", "c": "d"}
    left, right = layout.columns

    assert [partner[str(name)] for name in left] == list(right)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lines_of_the_rules_seldom_cross(
    language: Language, knowledge: Knowledge, day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    layouts: list[Layout | None] = []

    def noted(heights: dict[str, float], lines: list[Line], count: int, room: float) -> Layout | None:
        layouts.append(laid_out(heights, lines, count, room))
        return layouts[-1]

    monkeypatch.setattr(page, "laid_out", noted)
    as_of = next(as_of for as_of, found in knowledge._by_date.items() if found is day)
    page.svg_of(pictures_of_rules(knowledge, graph_of(knowledge, day), as_of, language))
    layout = layouts[-1]
    assert layout is not None
    ends = [
        (layout.column(left), layout.middle(left), layout.middle(right))
        for chain in layout.chains.values()
        for left, right in pairwise(chain)
        if layout.column(left) < layout.column(right)
    ]
    # Of what leads from one column to the next, any two lines could cross.
    pairs = [(c - d) * (e - f) < 0 for (a, c, e), (b, d, f) in combinations(ends, 2) if a == b]

    assert len(layout.chains) > 20
    assert sum(pairs) <= 10
    assert sum(pairs) < len(pairs) / 10


@pytest.mark.parametrize("text", ["a", "kerja sama antardaerah", "x" * 300, "日本語" * 40, "a b " * 50])
@pytest.mark.parametrize("width", [30.0, 120.0, 400.0])
def test_no_line_of_text_is_wider_than_it_may_be_and_none_is_lost(text: str, width: float) -> None:
    style = Style(11, "#000000")
    lines = wrapped([Run(text, style), Run(text, Style(11, "#000000", bold=True))], width)

    assert all(piece.x + piece.width <= width for line in lines for piece in line)
    assert (text + text).replace(" ", "") == "".join(p.text for line in lines for p in line).replace(" ", "")
    assert 0 == width_of("", style)
    assert not wrapped([Run("", style)], width)


def test_a_number_is_not_parted_from_the_name_after_it() -> None:
    style = Style(10, "#000000")
    runs = [part for n in range(10, 60) for part in (Run(f"{n}", style, tied=True), Run(f"Name{n},", style))]
    lines = [" ".join(piece.text for piece in line) for line in wrapped(runs, 150)]

    assert len(lines) > 10
    assert not [line for line in lines if line[-1].isdigit()]
