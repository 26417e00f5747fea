"""A batch spread over processes: chunks of lines out, their answers back in order."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import Final

from advisor.batch.lines import BatchLine, BatchOptions, LineAnswerer
from advisor.workers import spread

CHUNK: Final = 250
"""How many lines are answered at once."""

EXPLAINED_CHUNK: Final = 5
"""How many where reasons are asked for, which takes about a second a line."""

Chunk = list[tuple[int, bytes]]


def run_batch(lines: Iterable[bytes], options: BatchOptions, workers: int | None = None) -> Iterator[BatchLine]:
    """Yield the answer to each line, in order. A bad line becomes an error line, and the rest goes on.

    Work is spread over `workers` processes (default: one a core) once there is more than a few chunks of it.
    """
    count = workers if workers is not None else os.cpu_count() or 1
    chunks = _chunks(lines, EXPLAINED_CHUNK if options.explain else CHUNK)
    first = list(islice(chunks, 3))
    if count < 2 or len(first) < 3:
        answerer = LineAnswerer(options)
        for chunk in chain(first, chunks):
            yield from answerer.answers(chunk)
        return
    for answers in spread(_answering, (options,), chain(first, chunks), count):
        yield from answers


def _chunks(lines: Iterable[bytes], size: int) -> Iterator[Chunk]:
    numbered = iter(enumerate(lines, start=1))
    while chunk := list(islice(numbered, size)):
        yield chunk


def _answering(options: BatchOptions) -> Callable[[Chunk], list[BatchLine]]:
    answerer = LineAnswerer(options)
    return lambda chunk: list(answerer.answers(chunk))
