"""Measuring, and the rows of the table."""

from __future__ import annotations

import gc
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ADVISOR: Final = (sys.executable, "-m", "advisor")


@dataclass(frozen=True)
class Row:
    """One line of the table: what was measured, how long it took, and how many times as long as something else."""

    what: str
    took: str
    ratio: float | None = None
    base: str = ""

    def __str__(self) -> str:
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}" if self.ratio < 10 else f"{self.ratio:.0f}"
        return f"| {self.what} | {self.took} | {ratio} | {self.base} |"


@dataclass(frozen=True)
class Cost:
    """What a process cost: seconds on the clock, and CPU seconds of it and of the processes that it started."""

    wall: float
    cpu: float


def cost(command: Sequence[str | Path], *, statuses: Sequence[int] = (0,)) -> Cost:
    """Run a command, silently, and return its cost. Raises `RuntimeError` where its status is not among these."""
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run([str(word) for word in command], capture_output=True, check=False)  # noqa: S603
    wall, after = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in statuses:
        raise RuntimeError(f"{command}: {done.returncode} {done.stderr.decode()}")
    return Cost(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def cpu_seconds(work: Callable[[], object], runs: int = 3) -> float:
    """Return the CPU seconds of some work in this process: the best of a few runs, no garbage collected."""
    times = []
    for _ in range(runs):
        gc.collect()
        gc.disable()
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
        gc.enable()
    return min(times)


def ratios(
    base: Callable[[], float], others: Mapping[str, Callable[[], float]], rounds: int
) -> dict[str, tuple[float, float]]:
    """Return for each of `others` its median, and the median of its ratio to `base` in the same round.

    Each round measures everything once, so that a busy machine is busy for all of them.
    """
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in others}
    for _ in range(rounds):
        one = base()
        for name, measured in others.items():
            other = measured()
            found[name].append((other, other / one))
    return {
        name: (statistics.median(t for t, _ in pairs), statistics.median(r for _, r in pairs))
        for name, pairs in found.items()
    }


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
