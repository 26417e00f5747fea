"""What is known to go wrong in experta does not go wrong here."""

from __future__ import annotations

import collections
import logging
import subprocess
import sys
import threading
from typing import Any

from advisor.inference.agenda import StrictStrategy
from advisor.inference.day import Day
from advisor.inference.experta_shim import NOT, Fact, KnowledgeEngine, Rule
from advisor.inference.firing import Result
from advisor.inference.matcher import DirectMatcher
from advisor.inference.program import Row
from advisor.knowledge_base import Knowledge
from conftest import DAYS


class Start(Fact):  # type: ignore[misc]
    """What the rules of this test match."""


class Blocker(Fact):  # type: ignore[misc]
    """What the rules of this test must not find."""


def _engine(count: int, fired: list[int]) -> Any:
    """Return an engine with `count` rules of one salience, each blocked by what a stronger rule asserts."""

    def block(engine: Any) -> None:
        for number in range(count):
            engine.declare(Blocker(number=number))

    block.rank = 0  # type: ignore[attr-defined]
    namespace: dict[str, Any] = {
        "__strategy__": StrictStrategy,
        "__matcher__": DirectMatcher,
        "r_block": Rule(Start(go="yes"), salience=1)(block),
    }
    for number in range(count):

        def fire(engine: Any, number: int = number) -> None:
            fired.append(number)

        fire.rank = number + 1  # type: ignore[attr-defined]
        namespace[f"r_{number}"] = Rule(Start(go="yes"), NOT(Blocker(number=number)), salience=0)(fire)
    return type("Blocked", (KnowledgeEngine,), namespace)()


def test_no_rule_fires_that_a_stronger_rule_has_blocked() -> None:
    fired: list[int] = []
    engine = _engine(40, fired)

    engine.reset()
    engine.declare(Start(go="yes"))
    engine.run()

    assert [] == fired


def test_importing_experta_leaves_the_interpreter_as_it_was() -> None:
    code = (
        "import collections, logging; import advisor.inference.experta_shim;"
        "print(hasattr(collections, 'Mapping'), logging.getLogger().handlers)"
    )

    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)

    assert "False []\n" == done.stdout
    assert not hasattr(collections, "Mapping")
    assert [] == [h for h in logging.getLogger().handlers if type(h) is logging.StreamHandler]


def test_an_engine_that_has_run_before_concludes_the_same(knowledge: Knowledge) -> None:
    day = knowledge.on(DAYS[-1])
    first, second = _two_rows(day)

    once = day.experta.run(first)
    day.experta.run(second)

    assert once == day.experta.run(first)
    assert once.firings == day.experta.run(first).firings


def test_several_threads_may_ask_one_reader(knowledge: Knowledge) -> None:
    day = knowledge.on(DAYS[-1])
    rows = _two_rows(day)
    expected = [day.generated.run(row) for row in rows]
    found: list[tuple[int, Result]] = []

    def ask(index: int) -> None:
        found.extend((index, day.experta.run(rows[index])) for _ in range(5))

    threads = [threading.Thread(target=ask, args=(index,)) for index in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert 10 == len(found)
    assert all(expected[index] == result for index, result in found)


def test_firings_come_in_the_same_order_in_another_process(knowledge: Knowledge) -> None:
    code = (
        "from advisor.loading import load_knowledge\n"
        "from datetime import date\n"
        "day = load_knowledge().on(date(2026, 1, 1))\n"
        "row = tuple(domain.cells[-1] for domain in day.program.domains)\n"
        "print([firing.rule for firing in day.experta.run(row).firings])\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin"},
        ).stdout
        for seed in ("0", "1", "42")
    }

    assert 1 == len(outputs)


def _two_rows(day: Day) -> tuple[Row, Row]:
    """Return two quite different sets of answers that contradict nothing."""
    last = tuple(domain.cells[-1] for domain in day.program.domains)
    middle = tuple(domain.cells[len(domain.cells) // 2] for domain in day.program.domains)
    for row in (last, middle):
        assert not day.generated.contradictions(row)
    return last, middle
