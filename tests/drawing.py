"""Reading a picture back from its SVG, and judging whether it is readable.

Readable is measured: on A3 no text is smaller than seven points, none leaves its box or the page, no two overlap,
and no line runs through a box.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from xml.etree import ElementTree

import pytest

SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {"svg", "title", "rect", "g", "text", "path", "polygon"}
A3_MM, POINT_MM = 420, 25.4 / 72
PAIR = re.compile(r"([-\d.]+),([-\d.]+)")


def parsed(drawn: str) -> ElementTree.Element:
    """Return a picture in which every place is measured from the corner of the page."""
    root = ElementTree.fromstring(drawn)  # noqa: S314 - what the program wrote a moment ago
    _move(root, 0, 0)
    return root


def _move(element: ElementTree.Element, x: float, y: float) -> None:
    """Move an element, and by what its groups are moved too what is in it."""
    moved = re.fullmatch(r"translate\(([-\d.]+) ([-\d.]+)\)", element.attrib.pop("transform", "translate(0 0)"))
    assert moved
    x, y = x + float(moved[1]), y + float(moved[2])
    if "x" in element.attrib:
        element.attrib |= {"x": f"{float(element.attrib['x']) + x}", "y": f"{float(element.attrib['y']) + y}"}
    if "d" in element.attrib:
        element.attrib["d"] = PAIR.sub(lambda p: f"{float(p[1]) + x},{float(p[2]) + y}", element.attrib["d"])
    for part in element:
        _move(part, x, y)


@dataclass(frozen=True)
class Box:
    """Where something stands."""

    left: float
    top: float
    right: float
    bottom: float

    def within(self, other: Box) -> bool:
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def _of_text(text: ElementTree.Element) -> Box:
    """Return the room of a text: `textLength` wide, as high as capitals above the line and tails below it."""
    x, y, size, width = (float(text.attrib[key]) for key in ("x", "y", "font-size", "textLength"))
    return Box(x, y - 0.73 * size, x + width, y + 0.22 * size)


def _of_rect(rect: ElementTree.Element) -> Box:
    x, y, width, height = (float(rect.attrib[key]) for key in ("x", "y", "width", "height"))
    return Box(x, y, x + width, y + height)


def groups(root: ElementTree.Element, kind: str) -> dict[str, ElementTree.Element]:
    """Return the groups of a kind (decision, question, statement, flow) by name."""
    found = {g.attrib["class"]: g for g in root.iter(f"{SVG}g") if "class" in g.attrib}
    return {name.partition(":")[2]: g for name, g in found.items() if name.startswith(f"{kind}:")}


def on_line(path: ElementTree.Element) -> Iterator[tuple[float, float]]:
    """Yield points of a line made of curves."""
    start, *curves = [
        [(float(x), float(y)) for x, y in PAIR.findall(part)] for part in re.split("[MC]", path.attrib["d"])[1:]
    ]
    point = start[0]
    for a, b, end in curves:
        for step in range(13):
            t = step / 12
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            corners = (point, a, b, end)
            yield (
                sum(w * c[0] for w, c in zip(weights, corners, strict=True)),
                sum(w * c[1] for w, c in zip(weights, corners, strict=True)),
            )
        point = end


def assert_readable(root: ElementTree.Element, *, on_a3: bool = True) -> None:
    """Fail where a picture cannot be read."""
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    page = Box(0, 0, width, height)
    texts = list(root.iter(f"{SVG}text"))
    rooms = [_of_text(text) for text in texts]
    smallest = min(float(text.attrib["font-size"]) for text in texts)
    decisions = {name: _of_rect(next(g.iter(f"{SVG}rect"))) for name, g in groups(root, "decision").items()}

    assert 2**0.5 == pytest.approx(width / height, abs=0.001)
    if on_a3:
        assert smallest * A3_MM / width / POINT_MM >= 7
    assert all(room.within(page) for room in rooms)
    ordered = sorted(zip(rooms, texts, strict=True), key=lambda pair: pair[0].top)
    for index, (room, text) in enumerate(ordered):
        for other, other_text in ordered[index + 1 :]:
            if other.top >= room.bottom:
                break
            assert not room.meets(other), (text.text, other_text.text)
    for name, group in groups(root, "decision").items():
        assert all(_of_text(text).within(decisions[name]) for text in group.iter(f"{SVG}text")), name
    for first, second in combinations(decisions.values(), 2):
        assert not first.meets(second)
    for name, flow in groups(root, "flow").items():
        for x, y in on_line(next(flow.iter(f"{SVG}path"))):
            inside = [
                d for d, b in decisions.items() if b.left + 1 < x < b.right - 1 and b.top + 1 < y < b.bottom - 1
            ]
            assert not inside, (name, inside)
