"""Documents as text: wrapped to the width at hand, with colours where a terminal shows them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import chain, repeat
from typing import Any, Final, Literal, TextIO, cast

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table as Columns
from rich.text import Text

from advisor.escaping import Styled, escaped
from advisor.papers.binding import NO_BREAK
from advisor.papers.document import (
    Bar,
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
from advisor.papers.pictures import MARKS, caption_of, ladder_table, timeline_table

MAX_WIDTH: Final = 110
MIN_WIDTH: Final = 40
MARK_STYLES: Final = {MARKS["yes"]: "green", MARKS["no"]: "red", MARKS["open"]: "yellow", MARKS["free"]: ""}
USUAL_WORD: Final = 20
"""Longer words may be broken in a table."""
LEAST_NAME: Final = 20
"""The columns that the names of rows have at least beside marks."""
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
            case Title(text, annex, on_screen):
                if on_screen:
                    self._print(*([""] if annex else []))
                    self._ruled(text, "bold", "═", "center")
            case Heading(text):
                self._print("")
                self._ruled(text, "bold cyan", "─", "left")
            case Subheading():
                self._subheading(block)
            case Paragraph(text, indent, tone):
                self._flow(_line(text, STYLES[tone]), indent)
            case Item():
                self._item(block)
            case Pairs():
                self._pairs(block)
            case Table():
                self._table(block)
            case Verbatim(lines, indent):
                # Never wrapped: an editor looks for the places in them, and a person copies them.
                for line in lines:
                    self.stream.write(Styled(f"{' ' * indent}{escaped(line)}\n"))
            case Ladder():
                self._flow(_line(caption_of(block, document.language), "bold"))
                self._ladder(ladder_table(block, document.language))
            case Timeline():
                self._flow(_line(caption_of(block, document.language), "bold"))
                self._table(timeline_table(block, document.language), block.bars)
            case Gap():
                self.stream.write("\n")
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

    def _flow(self, text: Text, indent: int = 0, mark: str = "") -> None:
        """Write a text that is wrapped behind its mark."""
        lead = " " * indent + (f"{mark} " if mark else "")
        hanging = cell_len(lead)
        room = max(self.width - hanging, 1)
        lines = [text] if cell_len(text.plain) <= room else list(text.wrap(self.console, room, overflow="fold"))
        if self.console.is_terminal:
            whole = Text(lead, no_wrap=True, overflow="ignore")
            self._print(whole.append_text(Text("\n" + " " * hanging).join(lines)))
            return
        # Without colours nothing is left to do for rich, which takes its time.
        leads = chain((lead,), repeat(" " * hanging))
        plain = (f"{before}{line.plain}".rstrip(" ") for before, line in zip(leads, lines, strict=False))
        self.stream.write(Styled("\n".join(plain).replace(HELD, NO_BREAK) + "\n"))

    def _ruled(self, text: str, style: str, line: str, align: Literal["left", "center"]) -> None:
        """Write a text within a line; one that does not fit into it stands above it, for rich would cut it off."""
        if cell_len(text) > self.width - 4:
            self._print(_line(text, style), Rule(characters=line))
        else:
            self._print(Rule(_line(text, style), align=align, characters=line))

    def _subheading(self, block: Subheading) -> None:
        line = _line(block.text, "bold")
        if block.value:
            line.append(": ")
            line.append(_line(block.value, "cyan"))
        if block.note:
            line.append(_line(f" ({block.note})", "yellow"))
        self._flow(line)

    def _item(self, block: Item) -> None:
        line = _line(block.text)
        if block.source:
            line.append(_line(f" [{block.source}]", "italic"))
        self._flow(line, block.indent, block.mark)

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
                self._flow(_line(name, "bold"), block.indent)
                self._flow(_line(value), block.indent + 2)
            return
        grid = Columns.grid(padding=(0, 2))
        grid.add_column(style="bold", max_width=self.width // 2, overflow="fold")
        grid.add_column(overflow="fold")
        for name, value in block.rows:
            grid.add_row(_line(name), _line(value))
        self._print(Padding(grid, (0, 0, 0, block.indent)))

    def _table(self, block: Table, bars: Sequence[Bar] = ()) -> None:
        """Write a table, with its cells below each other where they have no room beside each other.

        Behind a row may stand a bar that shows when its work is done.
        """
        if not block.rows:
            return
        room = self.width - block.indent
        if self.width < NARROW or _least_width(block) > room:
            self._narrow_table(block)
            return
        grid = _columns()
        for heading in block.headings:
            grid.add_column(_line(heading), overflow="fold")
        drawn: Iterable[str] = repeat("")
        if bars:
            width = max(room // 3 - 2, 1)
            drawn = _drawn_bars(bars, width)
            grid.add_column(width=width, no_wrap=True, style="cyan")
        for row, bar in zip(block.rows, drawn, strict=False):
            grid.add_row(*map(_line, row), *([Text(bar)] if bars else []))
        self._print(Padding(grid, (0, 0, 0, block.indent)))

    def _ladder(self, table: Table) -> None:
        """Write a table of marks: as narrow columns, or as what has each mark where they have no room."""
        if not table.rows:
            return
        names = max(cell_len(row[0]) for row in table.rows)
        widths = [cell_len(heading) for heading in table.headings[1:]]
        if sum(width + 2 for width in widths) + names > self.width:
            widths = [_longest_word(heading) for heading in table.headings[1:]]
        room = self.width - sum(width + 2 for width in widths)
        if room < max([LEAST_NAME, *(min(_longest_word(row[0]), USUAL_WORD) for row in table.rows)]):
            for name, *marks in table.rows:
                self._flow(_line(name, "bold"))
                for mark in MARK_STYLES:
                    having = [head for head, own in zip(table.headings[1:], marks, strict=True) if own == mark]
                    if having:
                        self._item(Item(", ".join(having), mark=mark))
            return
        grid = _columns()
        grid.add_column(overflow="fold", max_width=room)
        for heading, width in zip(table.headings[1:], widths, strict=True):
            grid.add_column(_line(heading), width=width, vertical="bottom")
        for name, *marks in table.rows:
            grid.add_row(_line(name), *(_line(mark, MARK_STYLES[mark]) for mark in marks))
        self._print(grid)

    def _narrow_table(self, block: Table) -> None:
        for first, *others in block.rows:
            self._flow(_line(first, "bold"), block.indent)
            for heading, cell in zip(block.headings[1:], others, strict=True):
                said = f"{heading}: {cell}" if heading else cell
                self._flow(_line(said), block.indent + 2)


def _columns() -> Columns:
    return Columns(box=None, padding=(0, 2, 0, 0), show_edge=False, header_style="bold")


def _longest_word(text: str) -> int:
    return max(map(cell_len, text.split(" ")), default=1)  # no line ends at a no-break space


def _least_width(table: Table) -> int:
    """Return how many columns a table takes at least in which no usual word is broken."""
    columns = zip(table.headings, *table.rows, strict=True)
    return sum(min(max(map(_longest_word, column)), USUAL_WORD) + 2 for column in columns)


def _drawn_bars(bars: Sequence[Bar], width: int) -> Iterator[str]:
    """Yield each bar as blocks in so many columns; the shortest is one column wide."""
    first = min(bar.first for bar in bars).toordinal()
    days = max(bar.last for bar in bars).toordinal() - first + 1
    for bar in bars:
        start = (bar.first.toordinal() - first) * width // days
        end = -((bar.last.toordinal() + 1 - first) * -width // days)
        start = min(start, width - 1)
        yield " " * start + "█" * max(end - start, 1)


def _line(text: str, style: str = "") -> Text:
    """Return text that is laid out in one piece: nothing in it styles anything.

    rich takes a no-break space for one at which a line may end, so another character stands for it meanwhile.
    """
    return Text(text.replace(NO_BREAK, HELD), style=style)
