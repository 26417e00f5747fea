"""Lines of styled text, wrapped to a width; what the screens draw with."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field

Fragment = tuple[str, str]
StyledLine = list[Fragment]
MORE: StyledLine = [("class:dim", " …")]


@dataclass
class Lines:
    """Collects lines for a width, and remembers which of them must stay in view."""

    width: int
    lines: list[StyledLine] = field(default_factory=list)
    focus: int = 0

    def add(self, text: str, style: str = "", *, indent: str = "", first: str | None = None) -> None:
        """Add a paragraph; `first` stands before its first line, `indent` before the others."""
        start = indent if first is None else first
        room = max(self.width, len(start) + 8)
        wrapped = textwrap.wrap(text, room, initial_indent=start, subsequent_indent=indent) or [start]
        self.lines += [[(style, line)] for line in wrapped]

    def focused(self) -> None:
        """Say that the next line is the one that must stay in view."""
        self.focus = len(self.lines)

    def blank(self) -> None:
        """Add an empty line."""
        self.lines.append([("", "")])

    def window(self, height: int) -> list[StyledLine]:
        """Return `height` lines around the focus; an ellipsis stands where there is more."""
        top = max(0, min(self.focus - height // 2, len(self.lines) - height))
        shown = self.lines[top : top + height]
        if len(shown) > 2:
            if top > 0:
                shown = [MORE, *shown[1:]]
            if top + height < len(self.lines):
                shown = [*shown[:-1], MORE]
        return shown


def joined(lines: list[StyledLine]) -> list[Fragment]:
    """Return lines as one run of fragments."""
    fragments: list[Fragment] = []
    for index, line in enumerate(lines):
        if index:
            fragments.append(("", "\n"))
        fragments += line
    return fragments
