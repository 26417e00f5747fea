"""The paper that a report is written on: what is written becomes the blocks of a document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from advisor.escaping import on_one_line
from advisor.papers.document import (
    Block,
    Document,
    Gap,
    Grid,
    Heading,
    Item,
    Ladder,
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
from advisor.text import Language


class Paper:
    """Takes one block after the other; control characters in their texts become visible here."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self._blocks: list[Block] = []
        self._once: set[str] = set()

    @property
    def document(self) -> Document:
        """What has been written so far."""
        return Document(self.language, tuple(self._blocks))

    def title(self, text: str) -> None:
        """Write the title of the document."""
        self._blocks.append(Title(on_one_line(text)))

    def annex(self, text: str) -> None:
        """Begin an annex with its title."""
        self._blocks.append(Title(on_one_line(text), annex=True))

    def heading(self, text: str) -> None:
        """Write the heading of a section."""
        self._blocks.append(Heading(on_one_line(text)))

    def subheading(self, text: str, value: str = "", note: str = "") -> None:
        """Write the name of something, what is said of it, and a note behind it."""
        self._blocks.append(Subheading(on_one_line(text), on_one_line(value), on_one_line(note)))

    def paragraph(self, text: str, indent: int = 0, tone: Tone = "plain") -> None:
        """Write a paragraph."""
        self._blocks.append(Paragraph(on_one_line(text), indent, tone))

    def bullet(self, text: str, source: str = "", indent: int = 2, mark: str = "•") -> None:
        """Write an item of a list, with its source."""
        self._blocks.append(Item(on_one_line(text), on_one_line(source), indent, mark))

    def once(self, key: str, text: str, indent: int = 2, mark: str = "!") -> None:
        """Write an item of a list, unless one with the same key stands on this paper already."""
        if key not in self._once:
            self._once.add(key)
            self.bullet(text, indent=indent, mark=mark)

    def pairs(self, rows: Iterable[tuple[str, str]], indent: int = 0) -> None:
        """Write names and what is said of each."""
        self._blocks.append(Pairs(tuple((on_one_line(name), on_one_line(value)) for name, value in rows), indent))

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[str]], indent: int = 0) -> None:
        """Write a table; each row has a cell for each heading."""
        cells = tuple(tuple(map(on_one_line, row)) for row in rows)
        self._blocks.append(Table(tuple(map(on_one_line, headings)), cells, indent))

    def verbatim(self, lines: Iterable[str], indent: int = 0) -> None:
        """Write lines as they are."""
        self._blocks.append(Verbatim(tuple(map(on_one_line, lines)), indent))

    def picture(self, picture: Ladder | Timeline) -> None:
        """Put in a picture, whose texts are clean already."""
        self._blocks.append(picture)

    def passage(self, passage: Passage) -> None:
        """Write a passage, whose texts are clean already."""
        self._blocks.append(passage)

    def grid(self, grid: Grid) -> None:
        """Write passages side by side, whose texts are clean already."""
        self._blocks.append(grid)

    def blank(self) -> None:
        """Leave a gap."""
        self._blocks.append(Gap())
