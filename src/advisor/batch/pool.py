"""A batch: its lines piece by piece, answered here at first, and by several processes where it takes a while."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator
from functools import partial
from itertools import islice
from math import inf
from time import perf_counter
from typing import Final, NamedTuple

from advisor.batch.lines import BatchLine, BatchOptions, LineAnswerer, unanswered
from advisor.knowledge_base import Knowledge
from advisor.workers import spread

FIRST_LINES: Final = 10
MOST_LINES: Final = 250
"""How many lines are answered at once: at first, when it is not known how long they take, and at most."""

MOST_BYTES: Final = 1_000_000
"""How many bytes the lines that are answered at once may have together, but for the last of them."""

SECONDS: Final = 0.25
"""How long the lines that are answered at once should take: whoever reads the answers soon sees the first ones."""

ALONE: Final = 0.5
"""After how many seconds of work processes are started; each takes a fifth of a second until it is of use."""

Piece = list[tuple[int, bytes]]


class Answered(NamedTuple):
    """The answers to a piece, and how many seconds they took."""

    lines: list[BatchLine]
    seconds: float


def run_batch(
    lines: Iterable[bytes], knowledge: Knowledge, options: BatchOptions, workers: int | None = None
) -> Generator[BatchLine, None, None]:
    """Yield the answer to each line, in order. A bad line becomes an error line, and the rest goes on.

    Work is spread over `workers` processes (default: one a core) once it has taken a moment. The lines of a process
    that is ended from outside become error lines where it happens again when they are tried anew.
    """
    count = workers if workers is not None else os.cpu_count() or 1
    pieces = _Pieces(lines)
    answerer = LineAnswerer(knowledge, options)
    worked = 0.0
    for piece in pieces:
        began = perf_counter()
        yield from answerer.answers(piece)
        took = perf_counter() - began
        pieces.took(len(piece), took)
        worked += took
        if count > 1 and worked >= ALONE:
            break
    for answered in spread(_answering, (knowledge, options), pieces, count, partial(_lost, options)):
        pieces.took(len(answered.lines), answered.seconds)
        yield from answered.lines


class _Pieces:
    """Lines, with their numbers, in pieces that take about as long as they should."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = iter(enumerate(lines, start=1))
        self._size = FIRST_LINES

    def __iter__(self) -> Iterator[Piece]:
        return self

    def __next__(self) -> Piece:
        piece: Piece = []
        room = MOST_BYTES
        for number, raw in islice(self._lines, self._size):
            piece.append((number, raw))
            room -= len(raw)
            if room <= 0:
                break
        if not piece:
            raise StopIteration
        return piece

    def took(self, lines: int, seconds: float) -> None:
        """Learn how long it took to answer so many lines."""
        wanted = round(lines * SECONDS / seconds) if seconds else MOST_LINES
        self._size = min(max(wanted, 1), MOST_LINES)


def _answering(knowledge: Knowledge, options: BatchOptions) -> Callable[[Piece], Answered]:
    answerer = LineAnswerer(knowledge, options)

    def answered(piece: Piece) -> Answered:
        began = perf_counter()
        lines = list(answerer.answers(piece))
        return Answered(lines, perf_counter() - began)

    return answered


def _lost(options: BatchOptions, piece: Piece) -> Answered:
    """Answer lines that nobody could answer; those after them come one by one, since some may be like them."""
    return Answered([unanswered(options, number) for number, _ in piece], inf)
