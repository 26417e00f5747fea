"""Passages for writers that have no comments: what is to be filled in is said at the end, number by number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from advisor.catalogue import say
from advisor.papers.document import Block, Document, Grid, Heading, Item, Passage, ToFill

TO_FILL: Final = "[……]"
"""What stands in a place that is still to be filled in."""


def text_of_words(passage: Passage) -> str:
    """Return the text of a passage without its mark, as it stands in a draft."""
    return "".join(TO_FILL if isinstance(part, ToFill) else part for part in passage.words)


def places_to_fill(document: Document) -> tuple[ToFill, ...]:
    """Return the places of a document that are still to be filled in, in its order."""
    return tuple(part for passage in passages_of(document) for part in passage.words if isinstance(part, ToFill))


def passages_of(document: Document) -> Iterator[Passage]:
    """Yield the passages of a document, those in grids among them, in its order."""
    for block in document.blocks:
        if isinstance(block, Passage):
            yield block
        elif isinstance(block, Grid):
            yield from (passage for row in block.rows for cell in row for passage in cell)


def noted(document: Document) -> Document:
    """Return a document whose places to fill in are texts: `[……]` with the number of a note at its end.

    What is to be filled in alike has one number.
    """
    numbers: dict[ToFill, int] = {}
    for place in places_to_fill(document):
        numbers.setdefault(place, len(numbers) + 1)
    if not numbers:
        return document
    blocks = [_noted(block, numbers) for block in document.blocks]
    notes = [Item(place.comment, mark=f"{number}.") for place, number in numbers.items()]
    return replace(document, blocks=(*blocks, Heading(say("paper.to_fill", document.language)), *notes))


def _noted(block: Block, numbers: dict[ToFill, int]) -> Block:
    match block:
        case Passage():
            return _noted_passage(block, numbers)
        case Grid():
            rows = tuple(
                tuple(tuple(_noted_passage(passage, numbers) for passage in cell) for cell in row)
                for row in block.rows
            )
            return replace(block, rows=rows)
        case _:
            return block


def _noted_passage(passage: Passage, numbers: dict[ToFill, int]) -> Passage:
    words = (f"{TO_FILL}({numbers[part]})" if isinstance(part, ToFill) else part for part in passage.words)
    return replace(passage, words=("".join(words),))
