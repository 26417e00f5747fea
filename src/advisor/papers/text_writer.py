"""Documents as text: wrapped to the width at hand, with colours where a terminal shows them."""

from __future__ import annotations

import re
from io import StringIO
from typing import Any, Final, TextIO, cast

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table as Columns
from rich.text import Text

from advisor.escaping import Styled
from advisor.papers.binding import NO_BREAK
from advisor.papers.document import (
    Block,
    Document,
    Gap,
    Grid,
    Heading,
    Item,
    Ladder,
    Look,
    Pairs,
    Paragraph,
    Passage,
    Subheading,
    Table,
    Timeline,
    Title,
    Tone,
    Verbatim,
)
from advisor.papers.passages import noted, text_of_words
from advisor.papers.pictures import ladder_lines, timeline_table

MAX_WIDTH: Final = 110
MIN_WIDTH: Final = 40
NARROW: Final = 60
"""Below so many columns, what stands beside each other elsewhere stands below each other."""

HELD: Final = "\ufdd0"
"""Stands for a no-break space while rich lays out; no character of any text."""

FILLING: Final = re.compile(r"[ ]+((?:\x1b\[[0-9;]*m)*)$", re.MULTILINE)

STYLES: Final[dict[Tone, str]] = {
    "plain": "",
    "strong": "bold",
    "quiet": "italic",
    "warning": "yellow",
    "good": "bold green",
    "bad": "bold red",
}
"""No colour is darker than the text itself, so that a projector shows it."""

LOOKS: Final[dict[Look, str]] = {"plain": "", "strong": "bold", "source": "italic", "notice": "yellow"}


def write_text(document: Document, stream: TextIO, width: int | None = None) -> None:
    """Write a document to a text stream, `width` columns wide (default: that of the terminal).

    Colours are written only where the stream is a terminal and NO_COLOR does not forbid them.
    """
    writer = _Writer(stream, width)
    document = noted(document)
    for block in document.blocks:
        writer.write(block, document)


class _Writer:
    def __init__(self, stream: TextIO, width: int | None) -> None:
        probe = Console(file=stream, highlight=False, soft_wrap=False)
        self.stream = stream
        # rich ends the program where whoever reads its output has gone; so it draws aside, and never on the stream.
        self._drawn = StringIO()
        self.console = Console(
            file=self._drawn,
            force_terminal=probe.is_terminal,
            # An old console of Windows shows the codes of colours as they are.
            color_system=None if probe.legacy_windows else cast("Any", probe.color_system),
            no_color=probe.no_color,
            highlight=False,
            markup=False,
            emoji=False,
            width=width or min(max(probe.width, MIN_WIDTH), MAX_WIDTH),
        )
        self.width: int = self.console.width

    def write(self, block: Block, document: Document) -> None:
        """Write one block."""
        match block:
            case Title(text, annex):
                self._print(*([""] if annex else []), Rule(_line(text, "bold"), characters="═"))
            case Heading(text):
                self._print("", Rule(_line(text, "bold cyan"), align="left", characters="─"))
            case Subheading():
                self._subheading(block)
            case Paragraph(text, indent, tone):
                self._print(Padding(_line(text, STYLES[tone]), (0, 0, 0, indent)))
            case Item():
                self._item(block)
            case Pairs():
                self._pairs(block)
            case Table():
                self._table(block)
            case Verbatim(lines, indent):
                for line in lines:
                    self._print(Text(" " * indent + line, no_wrap=True, overflow="ignore"))
            case Ladder(caption):
                self._print(_line(caption, "bold"))
                self._pairs(Pairs(tuple(ladder_lines(block)), 2))
            case Timeline():
                self._table(timeline_table(block, document.language))
            case Gap():
                self._print("")
            case Passage():
                self._print(self._passage(block, self.width))
            case Grid():
                self._grid(block)

    def _print(self, *things: RenderableType) -> None:
        """Write, without the spaces by which rich fills lines up."""
        for thing in things:
            self.console.print(thing)
        drawn = self._drawn.getvalue().replace(HELD, NO_BREAK)
        self.stream.write(Styled(FILLING.sub(r"\1", drawn)))
        self._drawn.seek(0)
        self._drawn.truncate()

    def _subheading(self, block: Subheading) -> None:
        line = _line(block.text, "bold")
        if block.value:
            line.append(": ")
            line.append(_line(block.value, "cyan"))
        if block.note:
            line.append(_line(f" ({block.note})", "yellow"))
        self._print(line)

    def _item(self, block: Item) -> None:
        line = _line(block.text)
        if block.source:
            line.append(_line(f" [{block.source}]", "italic"))
        hanging = block.indent + cell_len(block.mark) + 1
        lines = line.wrap(self.console, max(self.width - hanging, 1), overflow="fold")
        item = Text(" " * block.indent + f"{block.mark} ", no_wrap=True, overflow="ignore")
        item.append_text(Text("\n" + " " * hanging).join(lines))
        self._print(item)

    def _passage(self, block: Passage, width: int) -> Text:
        """Return a passage, laid out in so many columns."""
        line = _line(text_of_words(block), LOOKS[block.look])
        hanging = block.indent + (cell_len(block.mark) + 1 if block.mark else 0)
        lines = line.wrap(self.console, max(width - hanging, 1), overflow="fold")
        if block.place in ("centre", "right"):
            for part in lines:
                left = width - hanging - cell_len(part.plain)
                part.pad_left(left // 2 if block.place == "centre" else left)
        passage = Text(
            " " * block.indent + (f"{block.mark} " if block.mark else ""), no_wrap=True, overflow="ignore"
        )
        return passage.append_text(Text("\n" + " " * hanging).join(lines))

    def _grid(self, block: Grid) -> None:
        if self.width < NARROW:
            for passage in (passage for row in block.rows for cell in row for passage in cell):
                self._print(self._passage(passage, self.width))
            return
        room = self.width - 2 * (len(block.widths) - 1)
        widths = [max(room * width // sum(block.widths), 1) for width in block.widths]
        grid = Columns.grid(padding=(0, 2, 0, 0))
        for width in widths:
            grid.add_column(width=width, overflow="fold")
        for row in block.rows:
            grid.add_row(
                *(
                    Text("\n").join(self._passage(passage, width) for passage in cell)
                    for cell, width in zip(row, widths, strict=True)
                )
            )
        self._print(grid)

    def _pairs(self, block: Pairs) -> None:
        if self.width < NARROW:
            for name, value in block.rows:
                self._print(Padding(_line(name, "bold"), (0, 0, 0, block.indent)))
                self._print(Padding(_line(value), (0, 0, 0, block.indent + 2)))
            return
        grid = Columns.grid(padding=(0, 2))
        grid.add_column(style="bold", max_width=self.width // 2)
        grid.add_column(overflow="fold")
        for name, value in block.rows:
            grid.add_row(_line(name), _line(value))
        self._print(Padding(grid, (0, 0, 0, block.indent)))

    def _table(self, block: Table) -> None:
        if self.width < NARROW:
            for first, *others in block.rows:
                self._print(Padding(_line(first, "bold"), (0, 0, 0, block.indent)))
                for heading, cell in zip(block.headings[1:], others, strict=True):
                    self._print(Padding(_line(f"{heading}: {cell}"), (0, 0, 0, block.indent + 2)))
            return
        grid = Columns(box=None, padding=(0, 2, 0, 0), show_edge=False, header_style="bold")
        for heading in block.headings:
            grid.add_column(_line(heading), overflow="fold")
        for row in block.rows:
            grid.add_row(*map(_line, row))
        self._print(Padding(grid, (0, 0, 0, block.indent)))


def _line(text: str, style: str = "") -> Text:
    """Return text that is laid out in one piece: nothing in it styles anything.

    rich takes a no-break space for one at which a line may end, so another character stands for it meanwhile.
    """
    return Text(text.replace(NO_BREAK, HELD), style=style)
