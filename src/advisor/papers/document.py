"""What a document consists of: blocks of text, with what they are and not how they look.

Every text in a block is plain, stands on one line and holds no control characters; `Paper` sees to that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from advisor.text import Language

Tone = Literal["plain", "strong", "quiet", "warning", "good", "bad"]
"""How loud a paragraph is."""

State = Literal["yes", "no", "open", "free"]
"""What a cell of a ladder says: the need or condition is met, is not, it is not known, or nothing is asked for."""


TO_FILL: Final = "[……]"
"""What stands in a place that is still to be filled in."""


@dataclass(frozen=True, slots=True)
class Title:
    """The title of the document, or of an annex where `annex` says so: an annex begins on a new page.

    `on_screen` is False where a text on a terminal does without it.
    """

    text: str
    annex: bool = False
    on_screen: bool = True


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Subheading:
    """The name of something, what is said of it, and a note behind it."""

    text: str
    value: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `indent` is in columns of text."""

    text: str
    indent: int = 0
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list, behind its mark ("•", "!", "1."), with its source; deeper lists have a larger `indent`."""

    text: str
    source: str = ""
    indent: int = 2
    mark: str = "•"


@dataclass(frozen=True, slots=True)
class Pairs:
    """Names, and what is said of each."""

    rows: tuple[tuple[str, str], ...]
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table; each row has a cell for each heading."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Lines that are shown as they are: an answers file, a message with a place in a file."""

    lines: tuple[str, ...]
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Ladder:
    """A picture: what is asked for (rows), and which of some things in their order (columns) meets it.

    `chosen` is the column that is recommended, None where it is open; `caption` says what the picture shows.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[State, ...]], ...]
    chosen: int | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """A piece of work in a timeline: from its first day to its last; one day where both are the same.

    `fixed` says that its days are given by others, as a deadline of the law is, and not planned.
    """

    label: str
    first: date
    last: date
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """A picture: pieces of work, one below the other, over the days; `caption` says what it shows."""

    caption: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """An empty line between what belongs together and what does not."""


@dataclass(frozen=True, slots=True)
class ToFill:
    """A place in a text that is still to be filled in: what belongs there in a word or two, and in full.

    `text` is what stands there until then.
    """

    label: str
    comment: str
    text: str = TO_FILL


Words = tuple[str | ToFill, ...]
"""A text with places that are still to be filled in."""

Place = Literal["left", "justified", "centre", "right"]
"""Where the lines of a passage stand."""

Look = Literal["plain", "strong", "source", "notice"]
"""What a passage is: text, a heading in it, the source of what stands before it, or a notice about the document."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of an official paper, behind its mark ("a.", "(1)"); `indent` is in columns of text.

    `room` is how many columns there are for the mark (default: as many as it needs). A passage that `holds` stands
    on the same page as what follows it.
    """

    words: Words
    mark: str = ""
    indent: int = 0
    place: Place = "justified"
    look: Look = "plain"
    holds: bool = False
    room: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """Passages side by side, without lines between them; `widths` says how wide the columns are to each other.

    One that is `whole` is not divided between two pages.
    """

    widths: tuple[int, ...]
    rows: tuple[tuple[tuple[Passage, ...], ...], ...]
    whole: bool = False


Block = (
    Title
    | Heading
    | Subheading
    | Paragraph
    | Item
    | Pairs
    | Table
    | Verbatim
    | Ladder
    | Timeline
    | Gap
    | Passage
    | Grid
)


@dataclass(frozen=True, slots=True)
class Document:
    """A document in one language; `banner` is what stands on top of each of its pages (default: its title)."""

    language: Language
    blocks: tuple[Block, ...]
    banner: str = ""

    @classmethod
    def joined(cls, documents: Sequence[Document]) -> Document:
        """Return what stands in several documents of one language as one document."""
        return cls(documents[0].language, tuple(block for document in documents for block in document.blocks))

    @property
    def title(self) -> str:
        """The text of its first title or heading; its banner, which may be "", where it has none."""
        titles = (block.text for block in self.blocks if isinstance(block, (Title, Heading, Subheading)))
        return next(titles, self.banner)
