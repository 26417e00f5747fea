"""A batch spread over processes: chunks of lines out, their answers back in order."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import chain, islice
from typing import Final

from advisor.batch.lines import BatchLine, BatchOptions, LineAnswerer

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
    pool = ProcessPoolExecutor(count, initializer=_start, initargs=(options,))
    try:
        # No more than a few chunks a process are under way at once, so a long file is never held in memory.
        waiting = [pool.submit(_work, chunk) for chunk in first]
        for chunk in chunks:
            waiting.append(pool.submit(_work, chunk))
            if len(waiting) > 4 * count:
                yield from waiting.pop(0).result()
        for future in waiting:
            yield from future.result()
    finally:
        # Whoever stops reading early does not wait for what nobody wants any more.
        pool.shutdown(wait=True, cancel_futures=True)


def _chunks(lines: Iterable[bytes], size: int) -> Iterator[Chunk]:
    numbered = iter(enumerate(lines, start=1))
    while chunk := list(islice(numbered, size)):
        yield chunk


_answerer: LineAnswerer | None = None


def _start(options: BatchOptions) -> None:
    global _answerer
    # A process that is interrupted while it takes a chunk from the queue blocks the queue for the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _answerer = LineAnswerer(options)


def _work(chunk: Chunk) -> list[BatchLine]:
    if _answerer is None:  # pragma: no cover - the pool always runs the initializer first
        raise RuntimeError("the worker process was not initialised")
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return list(_answerer.answers(chunk))
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
