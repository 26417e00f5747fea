"""Work is spread over processes in order, lazily, and an interrupt ends all of them."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from functools import partial

import pytest

from advisor.workers import UNDER_WAY, spread
from program import interrupted


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


def test_an_interrupt_outweighs_what_fails_because_the_processes_were_interrupted_too() -> None:
    def tasks() -> Iterator[int]:
        signal.raise_signal(signal.SIGINT)
        raise BrokenPipeError
        yield 1

    with pytest.raises(KeyboardInterrupt):
        spread(partial, (pow, 2), tasks(), 1)


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes where Linux lists them")
@pytest.mark.parametrize("more", [[], ["--mutate", "--rule", "dprd.", "--rule", "steps."]], ids=["test", "mutate"])
@pytest.mark.parametrize("after", [0.0, 0.7])
def test_an_interrupt_ends_scenarios_and_mutants_in_several_processes(after: float, more: list[str]) -> None:
    status, err = interrupted("test", "--jobs", "2", "--lang", "en", *more, after=after)

    assert (2, "interrupted") == (status, err.decode().splitlines()[-1])
