"""The paper that a report is written on: what is written becomes the blocks of a document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from advisor.escaping import on_one_line
from advisor.papers.binding import bound
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
from advisor.papers.sentences import is_sentence, sentences
from advisor.text import Language


class Paper:
    """Takes one block after the other.

    Here control characters in their texts become visible, citations get their no-break spaces, and it is remembered
    which sentences have been said, and where.
    """

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self._blocks: list[Block] = []
        self._once: set[str] = set()
        self._place = ""
        self._said: dict[str, str] = {}

    @property
    def document(self) -> Document:
        """What has been written so far."""
        return Document(self.language, tuple(self._blocks))

    @property
    def place(self) -> str:
        """The heading under which is being written."""
        return self._place

    def fresh(self, text: str) -> str:
        """Return what of a text has not been said on this paper: its sentences but for those that have."""
        return " ".join(part for part in sentences(self._clean(text)) if part not in self._said)

    def said(self, text: str) -> bool:
        """Whether the first sentence of a text was said on this paper."""
        return next(iter(sentences(self._clean(text))), "") in self._said

    def where(self, text: str) -> str:
        """Return under which heading the first sentence of a text was said; "" where it was not."""
        return next((self._said[part] for part in sentences(self._clean(text)) if part in self._said), "")

    def title(self, text: str, *, on_screen: bool = True) -> None:
        """Write the title of the document; `on_screen` says whether a text on a terminal has it too."""
        self._blocks.append(Title(self._headed(text), on_screen=on_screen))

    def annex(self, text: str) -> None:
        """Begin an annex with its title."""
        self._blocks.append(Title(self._headed(text), annex=True))

    def heading(self, text: str, place: str = "") -> None:
        """Write the heading of a section, to which others point by the name `place` (default: the heading)."""
        self._blocks.append(Heading(self._headed(text)))
        self._place = self._clean(place) or self._place

    def subheading(self, text: str, value: str = "", note: str = "") -> None:
        """Write the name of something, what is said of it, and a note behind it."""
        self._blocks.append(Subheading(self._headed(text), self._clean(value), self._clean(note)))

    def paragraph(self, text: str, indent: int = 0, tone: Tone = "plain") -> None:
        """Write a paragraph."""
        self._blocks.append(Paragraph(self._told(text), indent, tone))

    def bullet(self, text: str, source: str = "", indent: int = 2, mark: str = "•") -> None:
        """Write an item of a list, with its source."""
        self._blocks.append(Item(self._told(text), self._clean(source), indent, mark))

    def once(self, key: str, text: str, indent: int = 2, mark: str = "!") -> None:
        """Write an item of a list, unless one with the same key stands on this paper already."""
        if key not in self._once:
            self._once.add(key)
            self.bullet(text, indent=indent, mark=mark)

    def pairs(self, rows: Iterable[tuple[str, str]], indent: int = 0) -> None:
        """Write names and what is said of each."""
        self._blocks.append(Pairs(tuple((self._clean(name), self._told(value)) for name, value in rows), indent))

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[str]], indent: int = 0) -> None:
        """Write a table; each row has a cell for each heading."""
        cells = tuple(tuple(map(self._told, row)) for row in rows)
        self._blocks.append(Table(tuple(map(self._clean, headings)), cells, indent))

    def verbatim(self, lines: Iterable[str], indent: int = 0) -> None:
        """Write lines as they are."""
        self._blocks.append(Verbatim(tuple(map(on_one_line, lines)), indent))

    def picture(self, picture: Ladder | Timeline) -> None:
        """Put in a picture."""
        caption = self._clean(picture.caption)
        if isinstance(picture, Ladder):
            columns = tuple(map(self._clean, picture.columns))
            rows = tuple((self._clean(name), states) for name, states in picture.rows)
            self._blocks.append(replace(picture, caption=caption, columns=columns, rows=rows))
        else:
            bars = tuple(replace(bar, label=self._clean(bar.label)) for bar in picture.bars)
            self._blocks.append(replace(picture, caption=caption, bars=bars))

    def passage(self, passage: Passage) -> None:
        """Write a passage; of its words those that are texts are cleaned."""
        self._blocks.append(self._passed(passage))

    def grid(self, grid: Grid) -> None:
        """Write passages side by side; of their words those that are texts are cleaned."""
        rows = tuple(tuple(tuple(map(self._passed, cell)) for cell in row) for row in grid.rows)
        self._blocks.append(replace(grid, rows=rows))

    def blank(self) -> None:
        """Leave a gap."""
        self._blocks.append(Gap())

    def _passed(self, passage: Passage) -> Passage:
        words = tuple(self._told(part) if isinstance(part, str) else part for part in passage.words)
        return replace(passage, words=words)

    def _clean(self, text: str) -> str:
        return bound(on_one_line(text), self.language)

    def _headed(self, text: str) -> str:
        self._place = self._clean(text)
        return self._place

    def _told(self, text: str) -> str:
        clean = self._clean(text)
        for part in sentences(clean):
            if is_sentence(part):
                self._said.setdefault(part, self._place)
        return clean
