"""Work is spread over processes in order, lazily, and an interrupt ends all of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial

import pytest

from advisor.workers import UNDER_WAY, spread


def test_results_come_in_the_order_of_the_tasks() -> None:
    assert [2**number for number in range(50)] == list(spread(partial, (pow, 2), range(50), 3))


def test_what_a_task_raises_is_raised_here_after_the_results_before_it() -> None:
    results = spread(partial, (divmod, 7), [2, 0, 1], 2)

    assert (3, 1) == next(results)
    with pytest.raises(ZeroDivisionError):
        next(results)


def test_no_more_tasks_are_taken_than_a_few_for_each_process() -> None:
    taken = 0

    def tasks() -> Iterator[int]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield number

    results = spread(partial, (pow, 2), tasks(), 2)
    assert 1 == next(results)

    assert taken <= 2 * UNDER_WAY + 1
    del results


@pytest.mark.skipif(sys.platform == "win32", reason="signals to a group of processes")
@pytest.mark.parametrize("more", [[], ["--mutate", "--rule", "dprd.", "--rule", "steps."]])
@pytest.mark.parametrize("seconds", [2.0, 4.0])
def test_an_interrupt_ends_scenarios_and_mutants_in_several_processes(seconds: float, more: list[str]) -> None:
    command = [sys.executable, "-m", "advisor", "test", "--jobs", "2", "--lang", "en", *more]

    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        time.sleep(seconds)
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=30)

    assert (2, b"interrupted\n") == (process.returncode, err[-len(b"interrupted\n") :])
