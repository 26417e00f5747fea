"""The whole picture on a page of the shape of A3."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final
from xml.etree.ElementTree import Element

from advisor.catalogue import say
from advisor.graph import svg
from advisor.graph.boxes import decision_box, question_panel
from advisor.graph.layout import Layout, laid_out
from advisor.graph.picture import Picture
from advisor.graph.routes import routes
from advisor.graph.style import INK, OPEN, PALE, RULE, SMALL, TITLE, scheme_of
from advisor.graph.typesetting import Run, Style, wrapped

WIDTH: Final = 1680.0
HEIGHT: Final = 1188.0
LARGER: Final = 1.1
MARGIN: Final = 26.0
HEADER: Final = 62.0
HEADINGS: Final = (24.0, 18.0, 13.0)
"""Sizes of the title, the larger ones for shorter titles."""
LEGEND: Final = 46.0
QUESTIONS: Final = 264.0
QUESTIONS_GAP: Final = 30.0
BOX_WIDTHS: Final = (184.0, 158.0, 135.0)
"""How wide decisions are at least, as it is tried."""
COLUMN_GAP: Final = 36.0


def svg_of(pictures: Iterable[Picture]) -> str:
    """Return as SVG the first picture (of at least one) that fits on A3, else the last on a larger page."""
    page: Element | None = None
    for picture in pictures:
        page = _page(picture, 1)
        if page is not None:
            break
    scale = LARGER
    while page is None:  # ends, as there is more room each time, and the boxes do not grow
        page = _page(picture, scale)
        scale *= LARGER
    return svg.written(page)


def _page(picture: Picture, scale: float) -> Element | None:
    """Return the picture on a page `scale` times as wide and high as A3, or None where it does not fit."""
    top, left = MARGIN + HEADER, MARGIN + QUESTIONS + QUESTIONS_GAP
    across, bottom = WIDTH * scale - MARGIN, HEIGHT * scale - MARGIN - LEGEND
    questions = question_panel(picture, QUESTIONS)
    decisions = _decisions(picture, across - left, bottom - top)
    if decisions is None or questions.height > bottom - top:
        return None
    page = svg.document(WIDTH * scale, HEIGHT * scale, picture.title, picture.language)
    _add_header(page, picture, across - MARGIN)
    svg.place(page, questions.group, MARGIN, top)
    svg.place(page, decisions, left, top)
    svg.rectangle(page, MARGIN, bottom + 8, across - MARGIN, 0.6, RULE)
    svg.place(page, _legend(picture, across - MARGIN), MARGIN, bottom + 14)
    return page


def _decisions(picture: Picture, across: float, room: float) -> Element | None:
    """Return decisions and lines in columns as wide as can be; None where all would be higher than `room`."""
    lines = [(flow.source, flow.target) for flow in picture.flows]
    for least in BOX_WIDTHS:
        count = int((across + COLUMN_GAP) / (least + COLUMN_GAP))
        width = (across + COLUMN_GAP) / count - COLUMN_GAP
        boxes = {
            box.id: decision_box(box, width, picture.language, of_case=picture.of_case) for box in picture.boxes
        }
        layout = laid_out({name: box.height for name, box in boxes.items()}, lines, count, room)
        if layout is not None:
            drawn = svg.group()
            _add_flows(drawn, picture, layout, width)
            for name, box in boxes.items():
                svg.place(drawn, box.group, (width + COLUMN_GAP) * layout.column(name), layout.tops[name])
            return drawn
    return None


def _add_flows(parent: Element, picture: Picture, layout: Layout, width: float) -> None:
    """Add the lines, those on the path last, so that they are on top."""
    points = routes(layout, width, width + COLUMN_GAP)
    for flow in sorted(picture.flows, key=lambda flow: flow.marked):
        colour = scheme_of(of_case=picture.of_case, marked=flow.marked).flow
        line = svg.place(parent, svg.group(f"flow:{flow.source}:{flow.target}", flow.details))
        svg.arrow(line, points[flow.source, flow.target], colour, 1.3 + 0.8 * math.log2(flow.weight))


def _add_header(page: Element, picture: Picture, width: float) -> None:
    titles = [wrapped([Run(picture.title, Style(size, INK, bold=True))], width) for size in HEADINGS]
    title = next((lines for lines in titles if len(lines) == 1), titles[-1])
    y = svg.text(page, title[:1], MARGIN, MARGIN - 4)
    svg.text(page, wrapped([Run(picture.subtitle, Style(TITLE, PALE))], width)[:1], MARGIN, y)


def _legend(picture: Picture, width: float) -> Element:
    """Return what colours, lines and numbers mean."""
    on = scheme_of(of_case=picture.of_case, marked=True)
    off = scheme_of(of_case=picture.of_case, marked=False)
    ink = Style(SMALL, INK)
    legend = svg.group()
    x = 0.0

    def explain(sample: float, key: str, style: Style) -> None:
        """Add the words for a sample that is so wide, and go on behind them."""
        nonlocal x
        (words, *_) = wrapped([Run(say(key, picture.language), style)], width)
        svg.text(legend, [words], x + sample, 0)
        x += sample + words[-1].x + words[-1].width + 24

    svg.rectangle(legend, x, 1, 20, 11, on.headline, 3)
    explain(26, "graph.headline", ink)
    svg.rectangle(legend, x, 1, 20, 11, on.tint, 3)
    explain(26, "graph.conclusion", ink)
    svg.rectangle(legend, x + 8, 5, 3, 3, on.ink)
    explain(18, "graph.fact", ink)
    if picture.of_case:
        _add_sample(legend, x, on.flow, 3)
        explain(34, "graph.path", Style(SMALL, on.strong, bold=True))
        _add_sample(legend, x, off.flow, 3)
        explain(34, "graph.off_path", Style(SMALL, off.ink))
        svg.rectangle(legend, x, 4, 6, 6, OPEN)
        explain(12, "graph.open_answer", Style(SMALL, OPEN))
    _add_sample(legend, x, on.flow, 1.3)
    _add_sample(legend, x + 36, on.flow, 5)
    explain(70, "graph.thickness", ink)
    svg.text(legend, wrapped([Run("7", Style(SMALL, on.strong, bold=True))], width), x, 0)
    explain(12, "graph.numbers", ink)
    hint = Run(say("graph.hint", picture.language), Style(SMALL, PALE))
    svg.text(legend, wrapped([hint], width)[:2], 0, 17)
    return legend


def _add_sample(parent: Element, x: float, colour: str, width: float) -> None:
    svg.arrow(parent, [(x, 6.5), (x + 10, 6.5), (x + 20, 6.5), (x + 28, 6.5)], colour, width)
