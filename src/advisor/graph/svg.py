"""Writing SVG that needs nothing else: no fonts, scripts, styles or links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from advisor.graph.style import PAPER
from advisor.graph.typesetting import Piece

FONTS: Final = "Helvetica, Arial, 'Liberation Sans', 'Nimbus Sans', sans-serif"
LEADING: Final = 1.2
CAPITALS: Final = 0.72
"""How high capital letters are, in parts of the size."""
ARROW: Final = 7.0
# What XML has no place for, not even as a reference.
FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Point = tuple[float, float]


def document(width: float, height: float, title: str, language: str) -> Element:
    """Return an empty picture that is printed as wide as A3 (420 mm)."""
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {_number(width)} {_number(height)}",
            "width": "420mm",
            "height": f"{_number(420 * height / width)}mm",
            "font-family": FONTS,
            "lang": language,
            "role": "img",
        },
    )
    _add_tooltip(root, title)
    rectangle(root, 0, 0, width, height, PAPER)
    return root


def written(root: Element) -> str:
    """Return a picture as text, in which every letter is one of ASCII, so that it survives every encoding."""
    indent(root, " ")
    return bytes(tostring(root, encoding="us-ascii", xml_declaration=True)).decode("ascii") + "\n"


def group(name: str = "", tooltip: str = "") -> Element:
    """Return an empty group; `tooltip` shows where the pointer rests on it."""
    element = Element("g", {"class": name} if name else {})
    if tooltip:
        _add_tooltip(element, tooltip)
    return element


def place(parent: Element, element: Element, x: float = 0, y: float = 0) -> Element:
    """Add a group so that its 0, 0 stands at `x`, `y` of its parent; return it."""
    if x or y:
        element.set("transform", f"translate({_number(x)} {_number(y)})")
    parent.append(element)
    return element


def rectangle(
    parent: Element, x: float, y: float, width: float, height: float, fill: str, radius: float = 0
) -> Element:
    """Add a rectangle and return it."""
    size = {"x": _number(x), "y": _number(y), "width": _number(width), "height": _number(height)}
    rounded = {"rx": _number(radius)} if radius else {}
    return SubElement(parent, "rect", {**size, **rounded, "fill": fill})


def set_height(element: Element, height: float) -> None:
    """Give a rectangle the height that what stands on it was found to need."""
    element.set("height", _number(height))


def text(parent: Element, lines: Iterable[Sequence[Piece]], x: float, y: float) -> float:
    """Add lines of text from `x`, `y` (the top of the first one) downwards; return where they end."""
    for line in lines:
        size = max(piece.style.size for piece in line)
        for piece in line:
            attributes = {
                "x": _number(x + piece.x),
                "y": _number(y + (LEADING + CAPITALS) / 2 * size),
                "font-size": _number(piece.style.size),
                "fill": piece.style.colour,
                # Whatever font is there, the text takes the room that was kept for it.
                "textLength": _number(piece.width),
                "lengthAdjust": "spacingAndGlyphs",
            }
            if piece.style.bold:
                attributes["font-weight"] = "bold"
            SubElement(parent, "text", attributes).text = _clean(piece.text)
        y += LEADING * size
    return y


def arrow(parent: Element, points: Sequence[Point], colour: str, width: float) -> None:
    """Add a line of curves that ends level or upright, with an arrow head.

    `points` are where the line begins, and for each curve its two control points and its end.
    """
    (x, y), (from_x, from_y) = points[-1], points[-2]
    across, down = (x > from_x) - (x < from_x), (y > from_y) - (y < from_y)
    size = ARROW + width
    # The line stops within the head, so that the head stays sharp.
    stop = (x - 0.8 * size * across, y - 0.8 * size * down)
    begin, *rest = map(_pair, [*points[:-1], stop])
    curves = "".join("C" + " ".join(rest[index : index + 3]) for index in range(0, len(rest), 3))
    line = {"d": f"M{begin}{curves}", "fill": "none", "stroke": colour, "stroke-width": _number(width)}
    SubElement(parent, "path", line)
    back_x, back_y, half_x, half_y = x - size * across, y - size * down, size / 2 * down, size / 2 * across
    head = [(x, y), (back_x + half_x, back_y + half_y), (back_x - half_x, back_y - half_y)]
    SubElement(parent, "polygon", {"points": " ".join(map(_pair, head)), "fill": colour})


def _add_tooltip(parent: Element, words: str) -> None:
    SubElement(parent, "title").text = _clean(words)


def _clean(words: str) -> str:
    """Return a text without the characters that XML has no place for."""
    return FORBIDDEN.sub("\ufffd", words)


def _pair(point: Point) -> str:
    return f"{_number(point[0])},{_number(point[1])}"


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
