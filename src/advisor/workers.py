"""Work spread over processes: tasks out, what comes of them back in order."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from itertools import islice
from typing import Any, Final, Generic, TypeVar, cast

from advisor.signals import ENDING

T = TypeVar("T")
R = TypeVar("R")

UNDER_WAY: Final = 4
"""How many tasks a process may have before it; so a long list of tasks is never held in memory."""

TRIES: Final = 2
"""How often a task is tried whose process ends: killed by somebody, or because memory has run out."""

# Processes that begin with nothing are the same on every system, and copy no thread in the midst of its work.
_CONTEXT: Final = multiprocessing.get_context("spawn")


class WorkerEndedError(Exception):
    """The process that had a task has ended, again and again, before the task was done."""


def spread(
    make: Callable[..., Callable[[T], R]],
    given: tuple[Any, ...],
    tasks: Iterable[T],
    count: int,
    lost: Callable[[T], R] | None = None,
) -> Iterator[R]:
    """Yield what comes of each task, in order, as it becomes known.

    Each of `count` processes calls `make(*given)` once and then the function that it returns for each of its tasks;
    all of them are handed over by pickling. What a task raises is raised here. `lost` says what stands in the place
    of a result whose process has ended each time; without it `WorkerEndedError` is raised.

    The processes end with the last task, where the results are not wanted any more, and with this process, however
    that ends. They take no notice of Ctrl+C.
    """
    crew = _Crew(make, given, count, lost)
    rest = iter(tasks)
    try:
        waiting = deque(crew.takes(task) for task in islice(rest, UNDER_WAY * count))
        while waiting:
            result = waiting.popleft().result()
            waiting.extend(crew.takes(task) for task in islice(rest, 1))
            yield result
    finally:
        crew.end()


class _Crew(Generic[T, R]):
    """Processes; each has a thread here, which hands it one task after the other and waits for what comes of it."""

    def __init__(
        self,
        make: Callable[..., Callable[[T], R]],
        given: tuple[Any, ...],
        count: int,
        lost: Callable[[T], R] | None,
    ) -> None:
        self._made_by = make, given
        self._lost = lost
        self._workers: set[_Worker[T, R]] = set()
        self._changing = threading.Lock()
        self._ended = False
        self._mine = threading.local()
        self._threads = ThreadPoolExecutor(count, initializer=_leave_signals_to_others)

    def takes(self, task: T) -> Future[R]:
        """Put a task behind those that wait already."""
        _prepare_to_start()
        return self._threads.submit(self._result, task)

    def end(self) -> None:
        """End all processes, whatever they are at."""
        with self._changing:
            self._ended = True
            for worker in self._workers:
                worker.end()
        self._threads.shutdown(cancel_futures=True)

    def _result(self, task: T) -> R:
        for _ in range(TRIES):
            worker = self._worker_of_thread()
            try:
                return worker.result(task)
            except (EOFError, OSError):
                self._give_up(worker)
        if self._lost is None:
            raise WorkerEndedError
        return self._lost(task)

    def _worker_of_thread(self) -> _Worker[T, R]:
        """Return the process of this thread, which is started where there is none."""
        if getattr(self._mine, "worker", None) is None:
            with self._changing:
                if self._ended:
                    raise CancelledError
                self._mine.worker = _Worker(*self._made_by)
                self._workers.add(self._mine.worker)
        return cast("_Worker[T, R]", self._mine.worker)

    def _give_up(self, worker: _Worker[T, R]) -> None:
        with self._changing:
            self._workers.discard(worker)
            self._mine.worker = None
        worker.end()


class _Worker(Generic[T, R]):
    """One process."""

    def __init__(self, make: Callable[..., Callable[[T], R]], given: tuple[Any, ...]) -> None:
        self._first: tuple[Any, ...] | None = (make, given)
        self._connection, theirs = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    def result(self, task: T) -> R:
        """Return what comes of a task, or raise what it raises; `EOFError` or `OSError` where the process ends."""
        if self._first is not None:
            self._connection.send(self._first)
            self._first = None
        self._connection.send(task)
        error, result = self._connection.recv()
        if error is not None:
            raise error
        return cast("R", result)

    def end(self) -> None:
        """End the process, and wait for that."""
        self._process.kill()
        self._process.join()


def _prepare_to_start() -> None:
    # Starting it changes which signals a thread takes, so it must be running before `_leave_signals_to_others`.
    if sys.platform != "win32":
        from multiprocessing import resource_tracker

        resource_tracker.ensure_running()


def _leave_signals_to_others() -> None:
    """Let this thread, and the processes that it starts, take none of the signals that ask a program to end.

    The main thread takes them and ends the processes, which would otherwise have much to say of Ctrl+C.
    """
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)


def _serve(connection: Any) -> None:
    """Do one task after the other, as long as there is somebody who wants it done."""
    if sys.platform == "win32":
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    else:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])
    threading.Thread(target=_end_with_parent, daemon=True).start()
    make, given = connection.recv()
    function: Callable[[Any], Any] | None = None
    while True:
        try:
            task = connection.recv()
        except EOFError:
            return
        answer: tuple[Exception | None, Any]
        try:
            function = function or make(*given)
            answer = None, function(task)
        except Exception as error:
            answer = error, None
        connection.send(answer)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
