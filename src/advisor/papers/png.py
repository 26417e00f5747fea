"""Drawings as PNG."""

from __future__ import annotations

from io import BytesIO

from advisor.papers.drawing import Drawing, Label, Rectangle, Stroke
from advisor.papers.type_size import SCALE, drawable, font


def png_of(drawing: Drawing) -> bytes:
    """Return a drawing as PNG. The same drawing gives the same bytes."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (round(drawing.width * SCALE), round(drawing.height * SCALE)), "#ffffff")
    pen = ImageDraw.Draw(image)
    for shape in drawing.shapes:
        match shape:
            case Rectangle(x, y, width, height, fill):
                pen.rectangle((x * SCALE, y * SCALE, (x + width) * SCALE - 1, (y + height) * SCALE - 1), fill=fill)
            case Stroke(points, colour, width):
                dots = [(x * SCALE, y * SCALE) for x, y in points]
                pen.line(dots, fill=colour, width=max(round(width * SCALE), 1), joint="curve")
            case Label(x, y, text, bold, middle, colour, size):
                for shift in (0, 1) if bold else (0,):  # the type has no bold letters: they are drawn twice
                    place = (x * SCALE + shift, y * SCALE)
                    pen.text(place, drawable(text), colour, font(size), anchor="ms" if middle else "ls")
    stream = BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()
