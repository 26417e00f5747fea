"""Drawings as SVG that stands in a page of HTML."""

from __future__ import annotations

from html import escape

from advisor.papers.drawing import SIZE, Drawing, Label, Rectangle, Shape, Stroke


def svg_of(drawing: Drawing, name: str) -> str:
    """Return a drawing as SVG; `name` is an id that nothing else in the page has."""
    size = f'viewBox="0 0 {drawing.width:g} {drawing.height:g}" width="{drawing.width:g}"'
    shapes = "".join(map(_shape, drawing.shapes))
    return (
        f'<svg {size} role="img" aria-labelledby="{name}" font-family="Arial, Helvetica, sans-serif"'
        f' font-size="{SIZE}"><title id="{name}">{escape(drawing.words)}</title>{shapes}</svg>'
    )


def _shape(shape: Shape) -> str:
    match shape:
        case Rectangle(x, y, width, height, fill):
            return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{fill}"/>'
        case Stroke(points, colour, width):
            path = " ".join(f"{x:g},{y:g}" for x, y in points)
            return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width:g}"/>'
        case Label():
            return _label(shape)


def _label(label: Label) -> str:
    """Return a label that takes as much room as was measured, in whatever type the browser has."""
    looks = f'x="{label.x:g}" y="{label.y:g}" fill="{label.colour}"'
    if label.text:
        looks += f' textLength="{label.breadth:g}" lengthAdjust="spacingAndGlyphs"'
    if label.bold:
        looks += ' font-weight="bold"'
    if label.middle:
        looks += ' text-anchor="middle"'
    if label.size != SIZE:
        looks += f' font-size="{label.size}"'
    return f"<text {looks}>{escape(label.text)}</text>"
