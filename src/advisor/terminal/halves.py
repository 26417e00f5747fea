"""Two halves: lines of text beside each other, for what is compared."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest

from prompt_toolkit.utils import get_cwidth

from advisor.terminal.lines import Lines, StyledLine
from advisor.terminal.paragraph import Paragraph, draw

DIVIDER = " │ "


def draw_halves(left: Iterable[Paragraph], right: Iterable[Paragraph], lines: Lines) -> None:
    """Draw paragraphs in a left and a right half of equal width, beginning on the same line."""
    width = (lines.width - len(DIVIDER)) // 2
    halves = [Lines(width), Lines(width)]
    for half, paragraphs in zip(halves, (left, right), strict=True):
        draw(paragraphs, half)
    for first, second in zip_longest(halves[0].lines, halves[1].lines, fillvalue=()):
        lines.lines.append([*_filled([*first], width), ("class:dim", DIVIDER), *second])


def _filled(line: StyledLine, width: int) -> StyledLine:
    used = sum(get_cwidth(text) for _, text in line)
    return [*line, ("", " " * max(width - used, 0))]
