"""Writing a page as SVG."""

from __future__ import annotations

import math
import re
from xml.etree import ElementTree

from advisor.graph.page import Page
from advisor.graph.palette import PAPER
from advisor.graph.shape import Group, Letters, Rect, Shape, Stroke

NAMESPACE = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
FONTS = "Helvetica, Arial, 'Liberation Sans', 'Nimbus Sans', sans-serif"
HEAD = 7.0
# What XML has no place for, not even as a reference.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def svg_of(page: Page) -> str:
    """Return a page as an SVG document that needs nothing else: no fonts, scripts or links."""
    root = ElementTree.Element(
        "svg",
        {
            "xmlns": NAMESPACE,
            "viewBox": f"0 0 {_number(page.width)} {_number(page.height)}",
            "width": "420mm",
            "height": f"{_number(420 * page.height / page.width)}mm",
            "font-family": FONTS,
            "lang": page.language,
            "role": "img",
        },
    )
    ElementTree.SubElement(root, "title").text = clean(page.title)
    ElementTree.SubElement(
        root, "rect", {"width": _number(page.width), "height": _number(page.height), "fill": PAPER}
    )
    for shape in page.shapes:
        _add(root, shape)
    return finished(root)


def finished(root: ElementTree.Element) -> str:
    """Return a document as text in which every letter is one of ASCII, so that it survives every encoding."""
    ElementTree.indent(root, " ")
    written: bytes = ElementTree.tostring(root, encoding="us-ascii", xml_declaration=True)
    return written.decode("ascii") + "\n"


def clean(text: str) -> str:
    """Return a text without the characters that XML has no place for."""
    return FORBIDDEN.sub("\ufffd", text)


def _add(parent: ElementTree.Element, shape: Shape) -> None:
    match shape:
        case Letters():
            _add_letters(parent, shape)
        case Rect():
            _add_rect(parent, shape)
        case Stroke():
            _add_stroke(parent, shape)
        case Group():
            names = {"class": shape.name} if shape.name else {}
            group = ElementTree.SubElement(parent, "g", names)
            if shape.details:
                ElementTree.SubElement(group, "title").text = clean(shape.details)
            for part in shape.shapes:
                _add(group, part)


def _add_letters(parent: ElementTree.Element, letters: Letters) -> None:
    attributes = {
        "x": _number(letters.x),
        "y": _number(letters.y),
        "font-size": _number(letters.type.size),
        "fill": letters.type.colour,
        # Whatever font is there, the text takes the room that was kept for it.
        "textLength": _number(letters.width),
        "lengthAdjust": "spacingAndGlyphs",
    }
    if letters.type.bold:
        attributes["font-weight"] = "bold"
    ElementTree.SubElement(parent, "text", attributes).text = clean(letters.text)


def _add_rect(parent: ElementTree.Element, rect: Rect) -> None:
    attributes = {
        "x": _number(rect.x),
        "y": _number(rect.y),
        "width": _number(rect.width),
        "height": _number(rect.height),
        "fill": rect.fill,
    }
    if rect.stroke != "none":
        attributes |= {"stroke": rect.stroke, "stroke-width": _number(rect.line)}
    if rect.radius:
        attributes["rx"] = _number(rect.radius)
    ElementTree.SubElement(parent, "rect", attributes)


def _add_stroke(parent: ElementTree.Element, stroke: Stroke) -> None:
    """Add a line with its arrow head; the line stops where the head begins, so that the head stays sharp."""
    points = list(stroke.points)
    end, before = points[-1], points[-2]
    length = math.dist(end, before) or 1
    along = ((end[0] - before[0]) / length, (end[1] - before[1]) / length)
    size = HEAD + stroke.line
    points[-1] = (end[0] - along[0] * size * 0.8, end[1] - along[1] * size * 0.8)
    curves = [points[i : i + 3] for i in range(1, len(points), 3)]
    path = f"M{_pair(points[0])}" + "".join("C" + " ".join(map(_pair, curve)) for curve in curves)
    ElementTree.SubElement(
        parent, "path", {"d": path, "fill": "none", "stroke": stroke.colour, "stroke-width": _number(stroke.line)}
    )
    back = (end[0] - along[0] * size, end[1] - along[1] * size)
    side = (-along[1] * size / 2, along[0] * size / 2)
    corners = [end, (back[0] + side[0], back[1] + side[1]), (back[0] - side[0], back[1] - side[1])]
    ElementTree.SubElement(parent, "polygon", {"points": " ".join(map(_pair, corners)), "fill": stroke.colour})


def _pair(point: tuple[float, float]) -> str:
    return f"{_number(point[0])},{_number(point[1])}"


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
