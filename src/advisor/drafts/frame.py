"""Heads and ends of drafts: the title block of an agreement, the head of a letter, signatures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from advisor.drafts.filling import Filling, joined, upper
from advisor.knowledge.draft import Drafted
from advisor.papers.document import Block, Grid, Passage, Words

EMPTY: Final = Passage((), place="centre")
ROOM_TO_SIGN: Final = 3
"""Empty lines between the title of a signatory and the name."""

META: Final = (3, 1, 12)
HALVES: Final = (1, 1)
RIGHT: Final = (5, 6)


@dataclass(frozen=True)
class Frame:
    """The head and the end of the draft of one document."""

    filling: Filling
    drafted: Drafted

    # -- heads ----------------------------------------------------------------------------------------------

    def agreement_head(self) -> Iterator[Block]:
        """Yield the title block of an agreement: between whom, on what, and a number for each party."""
        yield self._line("{emblems}")
        yield self._title()
        yield _centred(("ANTARA",))
        bodies = [self._of(index, "{government}") for index in range(len(self.filling.parties))]
        yield from _listed_lines(bodies, between="DENGAN")
        yield _centred(("TENTANG",))
        yield self._subject()
        yield from self._numbers()

    def decree_head(self) -> Iterator[Block]:
        """Yield the head of a joint decree: who decides, a number for each, and on what."""
        yield self._line("{emblems}")
        yield self._title()
        heads = [self._of(index, "{head}") for index in range(len(self.filling.parties))]
        yield from _listed_lines(heads, between="DAN")
        yield from self._numbers()
        yield _centred(("TENTANG",))
        yield self._subject()
        yield from _listed_lines(heads, between="DAN", end=",")

    def letter_head(self) -> Iterator[Block]:
        """Yield the head of a letter: letterhead, number, subject, addressee, place and day."""
        yield self._line("{letterhead}")
        words = self.filling.words
        rows = (
            ("Nomor", words("{number}")),
            ("Sifat", words("{urgency}")),
            ("Lampiran", words(self.drafted.enclosures or "-")),
            ("Hal", words(self.drafted.subject)),
        )
        yield Passage(words("{place}, {letter_day}"), place="right")
        yield Grid(META, tuple(((_left((name,)),), (_left((":",)),), (_left(said),)) for name, said in rows))
        yield _left(joined(["Yth. ", *words(self.drafted.addressee or "{addressee}")]))
        yield _left(words("di {addressee_place}"))

    def paper_head(self) -> Iterator[Block]:
        """Yield the title of a paper, its subject and who drew it up."""
        yield self._title()
        yield self._subject()
        yield _centred(upper(self.filling.words("{own_government}")))
        yield _centred(self.filling.words("TAHUN {paper_year}"))

    # -- ends -----------------------------------------------------------------------------------------------

    def agreement_end(self) -> Iterator[Block]:
        """Yield the signatures of all parties, two side by side."""
        yield self._signatures(named=True)

    def decree_end(self) -> Iterator[Block]:
        """Yield place and day of a decree, and the signatures of those who decide."""
        words = self.filling.words
        lines = (_left(words("Ditetapkan di {place}")), _left(words("pada tanggal {decree_day}")))
        signatures = self._signatures(named=False)
        yield Grid(HALVES, (((), (EMPTY, *lines)), *signatures.rows), whole=True)

    def single_end(self) -> Iterator[Block]:
        """Yield the signature of the head of the first region, at the right."""
        yield Grid(RIGHT, (((), (*self._head_of(0, named=False), *self._name_of(0))),), whole=True)

    def paper_end(self) -> Iterator[Block]:
        """Yield place and day of a paper, and the signature of the head of the first region."""
        first = Passage(self.filling.words("{place}, {paper_day}"), place="centre")
        yield Grid(RIGHT, (((), (first, *self._head_of(0, named=False), *self._name_of(0))),), whole=True)

    def _signatures(self, *, named: bool) -> Grid:
        """Return the signatures, two side by side, whose names stand at the same height."""
        count = len(self.filling.parties)
        rows: list[tuple[tuple[Passage, ...], ...]] = []
        for index in range(0, count, 2):
            pair = range(index, min(index + 2, count))
            for cells in ([self._head_of(i, named=named) for i in pair], [self._name_of(i) for i in pair]):
                rows.append((*cells, *(((),) * (2 - len(cells)))))
        return Grid(HALVES, tuple(rows), whole=True)

    def _head_of(self, index: int, *, named: bool) -> tuple[Passage, ...]:
        title = (_centred((f"{self.filling.title_of(index)},",)),) if named else ()
        return (EMPTY, *title, _centred(joined([*upper(self._of(index, "{head}")), ","])))

    def _name_of(self, index: int) -> tuple[Passage, ...]:
        return (*((EMPTY,) * ROOM_TO_SIGN), Passage(self._of(index, "{signatory}"), place="centre"))

    # -- lines ----------------------------------------------------------------------------------------------

    def _of(self, index: int, text: str) -> Words:
        return self.filling.words(text, index)

    def _line(self, text: str) -> Passage:
        return Passage(self.filling.words(text), place="centre", holds=True)

    def _title(self) -> Passage:
        return _centred(upper(self.filling.words(self.drafted.title)))

    def _subject(self) -> Passage:
        return _centred(upper(self.filling.words(self.drafted.subject)))

    def _numbers(self) -> Iterator[Passage]:
        for _ in self.filling.parties:
            yield Passage(self.filling.words("NOMOR: {number}"), place="centre", holds=True)


def _listed_lines(names: Sequence[Words], *, between: str, end: str = "") -> Iterator[Passage]:
    """Yield names line by line: A, DENGAN, B; or of three and more A, then B, DAN, C."""
    for index, name in enumerate(names):
        last = index == len(names) - 1
        if index and last:
            yield _centred(("DAN" if len(names) > 2 else between,))
        comma = "," if len(names) > 2 and index < len(names) - 2 else end if last else ""
        yield _centred(joined([*upper(name), comma]))


def _centred(words: Words) -> Passage:
    return Passage(words, place="centre", look="strong", holds=True)


def _left(words: Words) -> Passage:
    return Passage(words, place="left")
