"""Lines of styled text, wrapped to a width; widths are counted in cells of the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import zip_longest

from prompt_toolkit.utils import get_cwidth
from wcwidth import wrap

from advisor.escaping import on_one_line
from advisor.terminal.paragraph import Paragraph

StyledLine = list[tuple[str, str]]
"""Parts of one line: the style and the text of each."""

MORE: StyledLine = [("class:dim", " …")]
DIVIDER = " │ "
LEAST_ROOM = 8
"""The cells that a text keeps behind its lead, however narrow the terminal is."""
LEAST_LINES = 5
"""The lines that must be left below a heading; where there are fewer, the heading scrolls as well."""


@dataclass
class Lines:
    """Collects lines of at most `width` cells, of which `height` can be in view, and remembers which must be."""

    width: int
    height: int = sys.maxsize
    lines: list[StyledLine] = field(default_factory=list)
    focus: int = 0
    heading: int = 0

    def add(self, text: str, style: str = "", lead: str = "", indent: str | None = None) -> None:
        """Add a paragraph; `lead` stands before its first line, `indent` before the others.

        Without an `indent` they begin under the end of the lead.
        """
        cells = get_cwidth(lead)
        indent = " " * cells if indent is None else indent
        room = max(self.width, cells + LEAST_ROOM)
        wrapped = wrap(on_one_line(text), room, initial_indent=lead, subsequent_indent=indent) or [lead]
        self.lines += [[(style, line)] for line in wrapped]

    def blank(self) -> None:
        """Add an empty line."""
        self.lines.append([("", "")])

    def write(self, paragraphs: Iterable[Paragraph]) -> None:
        """Add paragraphs."""
        for paragraph in paragraphs:
            if paragraph.text:
                self.add(paragraph.text, paragraph.style, paragraph.lead)
            else:
                self.blank()

    def write_beside(self, left: Iterable[Paragraph], right: Iterable[Paragraph]) -> None:
        """Add paragraphs in a left and a right half of equal width, which begin on the same line."""
        width = (self.width - len(DIVIDER)) // 2
        halves = Lines(width), Lines(width)
        for half, paragraphs in zip(halves, (left, right), strict=True):
            half.write(paragraphs)
        for one, other in zip_longest(halves[0].lines, halves[1].lines, fillvalue=()):
            used = sum(get_cwidth(text) for _, text in one)
            self.lines.append([*one, ("", " " * max(width - used, 0)), ("class:dim", DIVIDER), *other])

    def end_heading(self) -> None:
        """Say that the lines so far stay at the top while the others scroll."""
        self.heading = len(self.lines)

    def keep_in_view(self) -> None:
        """Say that the next line is the one that must stay in view."""
        self.focus = len(self.lines)

    @property
    def in_view(self) -> list[StyledLine]:
        """The lines around the focus, below the heading; "…" stands where there is more.

        All that shows on the screen comes from here, so here its control characters are made visible.
        """
        heading = self.heading if self.height - self.heading >= LEAST_LINES else 0
        above, scrolled, room = self.lines[:heading], self.lines[heading:], self.height - heading
        top = max(0, min(self.focus - heading - room // 2, len(scrolled) - room))
        shown = scrolled[top : top + room]
        if len(shown) > 2:
            if top > 0:
                shown[0] = MORE
            if top + room < len(scrolled):
                shown[-1] = MORE
        return [[(style, on_one_line(text)) for style, text in line] for line in above + shown]
