"""Work is spread over processes in order, lazily; what ends a process ends no more than it must."""

from __future__ import annotations

import multiprocessing
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

import pytest

from advisor.workers import UNDER_WAY, WorkerEndedError, spread
from dying import dying_at
from program import LONG, interrupted, is_running, wait_until, workers_of


def test_results_come_in_the_order_of_the_tasks() -> None:
    assert [2**number for number in range(50)] == list(spread(partial, (pow, 2), range(50), 3))


def _looking_here() -> partial[bool]:
    return partial(hasattr, sys.modules[__name__])


def test_a_process_begins_from_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[__name__], "made_here", True, raising=False)

    assert [False] == list(spread(_looking_here, (), ["made_here"], 1))


def test_what_a_task_raises_is_raised_here_after_the_results_before_it() -> None:
    results = spread(partial, (divmod, 7), [2, 0, 1], 2)

    assert (3, 1) == next(results)
    with pytest.raises(ZeroDivisionError):
        next(results)


def test_what_goes_wrong_before_the_first_task_is_raised_here_too() -> None:
    with pytest.raises(ZeroDivisionError):
        next(spread(divmod, (1, 0), [1], 1))


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


def test_no_process_is_left_where_the_results_are_not_wanted_any_more() -> None:
    results = spread(partial, (pow, 2), range(1000), 2)
    next(results)
    assert multiprocessing.active_children()

    del results

    assert [] == multiprocessing.active_children()


def test_no_process_is_left_where_an_interrupt_comes_while_tasks_are_handed_out() -> None:
    def tasks() -> Iterator[int]:
        yield from range(3)
        signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        list(spread(partial, (pow, 2), tasks(), 2))

    assert [] == multiprocessing.active_children()


def test_a_task_whose_process_is_killed_is_done_by_another_one(tmp_path: Path) -> None:
    assert [0, 2, 4, 6, 8] == list(spread(dying_at, (2, tmp_path / "killed"), range(5), 2))
    assert (tmp_path / "killed").exists()


def test_a_task_that_ends_each_process_is_lost_and_no_other_one() -> None:
    assert [0, 2, -1, 6, 8] == list(spread(dying_at, (2, None), range(5), 2, lambda task: -1))


def test_where_nothing_can_stand_in_for_it_a_lost_task_is_an_error() -> None:
    results = spread(dying_at, (1, None), range(5), 1)

    assert 0 == next(results)
    with pytest.raises(WorkerEndedError):
        next(results)


ORPHANS: Final = """
import time
from functools import partial
from advisor.workers import spread

list(spread(partial, (time.sleep,), [1000, 1000], 2))
"""
"""A program whose processes have work for long."""


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes where Linux lists them")
def test_processes_end_with_the_program_even_where_it_can_do_nothing_about_it() -> None:
    with subprocess.Popen([sys.executable, "-c", ORPHANS]) as program:
        wait_until(lambda: len(workers_of(program.pid)) == 2)
        workers = workers_of(program.pid)
        time.sleep(0.5)  # until they are at work, and would notice nothing else
        program.kill()
        assert -signal.SIGKILL == program.wait(LONG)

    wait_until(lambda: not any(map(is_running, workers)))


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes where Linux lists them")
@pytest.mark.parametrize("more", [[], ["--mutate", "--rule", "dprd.", "--rule", "steps."]], ids=["test", "mutate"])
def test_an_interrupt_ends_scenarios_and_mutants_in_several_processes(more: list[str]) -> None:
    assert (-signal.SIGINT, b"") == interrupted("test", "--jobs", "2", *more)
