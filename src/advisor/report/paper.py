"""The paper that text reports are written on: headings, paragraphs, bullets, wrapped to the width at hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import StringIO
from typing import Any, TextIO, cast

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from advisor.escaping import Styled, on_one_line

MAX_WIDTH = 110
FILLING = re.compile(r"[ ]+((?:\x1b\[[0-9;]*m)*)$", re.MULTILINE)
MIN_WIDTH = 40


class Paper:
    """Writes to a stream; colours only where it is a terminal and NO_COLOR does not forbid them."""

    def __init__(self, stream: TextIO, width: int | None = None) -> None:
        probe = Console(file=stream, highlight=False, soft_wrap=False)
        self.stream = stream
        # rich ends the program where whoever reads its output has gone; so it draws aside, and never on the stream.
        self._drawn = StringIO()
        self._once: set[str] = set()
        self.console = Console(
            file=self._drawn,
            force_terminal=probe.is_terminal,
            color_system=cast("Any", probe.color_system),
            no_color=probe.no_color,
            highlight=False,
            markup=False,
            emoji=False,
            width=width or min(max(probe.width, MIN_WIDTH), MAX_WIDTH),
        )

    def _print(self, *things: RenderableType) -> None:
        """Write, without the spaces by which rich fills lines up."""
        self.console.print(*things)
        self.stream.write(Styled(FILLING.sub(r"\1", self._drawn.getvalue())))
        self._drawn.seek(0)
        self._drawn.truncate()

    @property
    def width(self) -> int:
        """The width in columns."""
        return self.console.width

    def title(self, text: str) -> None:
        """Write the title."""
        self._print(Rule(_line(text, "bold"), characters="═"))

    def heading(self, text: str) -> None:
        """Write the heading of a section."""
        self._print()
        self._print(Rule(_line(text, "bold cyan"), align="left", characters="─"))

    def subheading(self, text: str, value: str = "", note: str = "") -> None:
        """Write the name of something, what is said of it, and a note in brackets."""
        line = _line(text, "bold")
        if value:
            line.append(": ")
            line.append(_line(value, "cyan"))
        if note:
            line.append(_line(f" ({note})", "yellow"))
        self._print(line)

    def paragraph(self, text: str, indent: int = 0, style: str = "") -> None:
        """Write a paragraph."""
        self._print(Padding(_line(text, style), (0, 0, 0, indent)))

    def bullet(self, text: str, source: str = "", indent: int = 2, mark: str = "•") -> None:
        """Write a bullet, with its source in square brackets."""
        line = _line(text)
        if source:
            line.append(_line(f" [{source}]", "dim"))
        hanging = indent + cell_len(mark) + 1
        lines = line.wrap(self.console, max(self.width - hanging, 1), overflow="fold")
        block = Text(" " * indent + f"{mark} ", no_wrap=True, overflow="ignore")
        block.append_text(Text("\n" + " " * hanging).join(lines))
        self._print(block)

    def once(self, key: str, text: str, indent: int = 2, mark: str = "!") -> None:
        """Write a bullet, unless one with the same key stands on this paper already."""
        if key not in self._once:
            self._once.add(key)
            self.bullet(text, indent=indent, mark=mark)

    def pairs(self, rows: Sequence[tuple[str, str]], indent: int = 0) -> None:
        """Write names and what is said of them in two columns (below each other where it is narrow)."""
        if self.width < 60:
            for name, value in rows:
                self.paragraph(name, indent, "bold")
                self.paragraph(value, indent + 2)
            return
        grid = Table.grid(padding=(0, 2))
        grid.add_column(style="bold", max_width=self.width // 2)
        grid.add_column(overflow="fold")
        for name, value in rows:
            grid.add_row(_line(name), _line(value))
        self._print(Padding(grid, (0, 0, 0, indent)))

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[str]], indent: int = 0) -> None:
        """Write a table with headings (the cells of a row below each other where it is narrow)."""
        if self.width < 60:
            for first, *others in rows:
                self.paragraph(first, indent, "bold")
                for heading, cell in zip(headings[1:], others, strict=True):
                    self.paragraph(f"{heading}: {cell}", indent + 2)
            return
        grid = Table(box=None, padding=(0, 2, 0, 0), show_edge=False, header_style="bold")
        for heading in headings:
            grid.add_column(_line(heading), overflow="fold")
        for row in rows:
            grid.add_row(*map(_line, row))
        self._print(Padding(grid, (0, 0, 0, indent)))

    def blank(self) -> None:
        """Write an empty line."""
        self._print()


def _line(text: str, style: str = "") -> Text:
    """Return text that is laid out in one piece: nothing in it breaks the line or styles anything."""
    return Text(on_one_line(text), style=style)
