"""Work spread over processes: tasks out, what comes of them back in order."""

from __future__ import annotations

import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from typing import Any, Final, TypeVar

T = TypeVar("T")
R = TypeVar("R")

UNDER_WAY: Final = 4
"""How many tasks a process may have before it; so a long list of tasks is never held in memory."""


def spread(
    make: Callable[..., Callable[[T], R]], given: tuple[Any, ...], tasks: Iterable[T], count: int
) -> Iterator[R]:
    """Return what comes of each task, in order, as it becomes known.

    Each of `count` processes calls `make(*given)` once and then the function that it returns for each of its tasks;
    all of them are handed over by pickling. The processes are started at once, before whoever shows progress starts
    threads of its own. What a task raises is raised here.
    """
    pool = ProcessPoolExecutor(count, initializer=_start, initargs=(make, given))
    rest = iter(tasks)
    try:
        with _interrupts_put_off():
            waiting = deque(pool.submit(_work, task) for task in islice(rest, UNDER_WAY * count))
    except BaseException:
        pool.shutdown(wait=True, cancel_futures=True)
        raise
    return _results(pool, waiting, rest)


@contextmanager
def _interrupts_put_off() -> Iterator[None]:
    """Raise KeyboardInterrupt only at the end: a process that was started and is not known yet is never ended."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    noted: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: noted.append(number))
    try:
        yield
    except Exception as error:
        # The processes are interrupted too, and one that has ended makes what is done here fail.
        if noted:
            raise KeyboardInterrupt from error
        raise
    finally:
        signal.signal(signal.SIGINT, before)
    if noted:
        raise KeyboardInterrupt


def _results(pool: ProcessPoolExecutor, waiting: deque[Future[R]], rest: Iterator[T]) -> Iterator[R]:
    try:
        while waiting:
            result = waiting.popleft().result()
            waiting.extend(pool.submit(_work, task) for task in islice(rest, 1))
            yield result
    finally:
        # Whoever stops early does not wait for what nobody wants any more.
        pool.shutdown(wait=True, cancel_futures=True)


_function: Callable[[Any], Any] | None = None


def _start(make: Callable[..., Callable[[T], R]], given: tuple[Any, ...]) -> None:
    global _function
    # Who interrupts does not wait until everything is made; no task is lost yet.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _function = make(*given)
    # A process that is interrupted while it takes a task from the queue blocks the queue for the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _work(task: Any) -> Any:
    if _function is None:  # pragma: no cover - the pool always runs the initializer first
        raise RuntimeError("the worker process was not initialised")
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return _function(task)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
