"""What is too hard to prove ends after a limit, with a message that says what was being proved."""

from __future__ import annotations

import _thread
from itertools import combinations
from pathlib import Path
from threading import Timer

import pycard
import pytest

from advisor import cli
from advisor.commands.common import UNUSABLE
from advisor.inference import solver
from advisor.inference.cnf import Cnf, denied
from advisor.inference.solver import Solver
from advisor.inference.time_limit import DEFAULT, MOST_NAMED, VARIABLE, OutOfTimeError, deciding, time_limit
from advisor.problem import InputError, Place
from hostile import add_conclusion, add_questions, add_rules, choices, pigeonhole, pigeons, rule
from knowledge_copy import EXTRA, Copy, assert_told

HOLES = 11
"""So many that a solver of this kind needs hours."""


class Pigeonhole:
    """A solver over clauses that cannot hold together where `hard` does, which takes very long to prove."""

    def __init__(self) -> None:
        cnf = Cnf()
        self.hard, self.easy = cnf.new(), cnf.new()
        there = [[cnf.new() for _ in range(HOLES)] for _ in range(HOLES + 1)]
        cnf.add(*([denied(self.hard), *holes] for holes in there))
        for hole in range(HOLES):
            cnf.add(*([denied(one[hole]), denied(other[hole])] for one, other in combinations(there, 2)))
        self.solver = Solver(cnf)


@pytest.fixture(autouse=True)
def _soon_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a question count as a long one early, so that the tests are short."""
    monkeypatch.setattr(solver, "SHORT", 5_000)


def _refusal(pigeons: Pigeonhole) -> OutOfTimeError:
    with pytest.raises(OutOfTimeError) as raised:
        pigeons.solver.satisfiable([pigeons.hard])
    (problem,) = raised.value.problems
    assert_told(problem)
    return raised.value


def test_the_solver_ends_at_the_limit_and_can_be_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "0.3")
    pigeons = Pigeonhole()

    with deciding("rule", Place("rules/a.yaml", 3, 5), "a.rule"):
        (problem,) = _refusal(pigeons).problems

    assert (Place("rules/a.yaml", 3, 5), "limit.rule", "a.rule", "0.3") == (
        *(problem.place, problem.key),
        *(problem.values[name] for name in ("name", "seconds")),
    )
    assert pigeons.solver.satisfiable([denied(pigeons.hard), pigeons.easy])


def test_many_short_questions_about_one_thing_end_at_the_limit_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "0.05")
    pigeons = Pigeonhole()

    def ask() -> None:
        while True:
            pigeons.solver.satisfiable([pigeons.easy])

    with deciding("fact", None, *map(str, range(MOST_NAMED + 1))), pytest.raises(OutOfTimeError) as raised:
        ask()

    (problem,) = raised.value.problems
    assert ("limit.fact", "0, 1, 2, 3, 4, …") == (problem.key, problem.values["name"])


def test_what_is_decided_within_something_else_is_named_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "0.001")
    pigeons = Pigeonhole()
    keys = []
    with deciding("fact", None, "outer"):
        with deciding("question", None, "inner"):
            keys.append(_refusal(pigeons).problems[0].key)
        keys.append(_refusal(pigeons).problems[0].key)
    keys.append(_refusal(pigeons).problems[0].key)

    assert ["limit.question", "limit.fact", "limit.answers"] == keys


def test_an_interrupt_is_heard_while_the_solver_works() -> None:
    pigeons = Pigeonhole()
    interrupt = Timer(0.4, _thread.interrupt_main)
    interrupt.start()

    with pytest.raises(KeyboardInterrupt):
        pigeons.solver.satisfiable([pigeons.hard])

    assert pigeons.solver.satisfiable([denied(pigeons.hard), pigeons.easy])


def test_an_interrupt_that_pysat_takes_for_itself_is_one_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise pycard.error("Caught keyboard interrupt")

    monkeypatch.setattr(pycard, "itot_new", interrupted)
    cnf = Cnf()
    literals = [cnf.new() for _ in range(4)]

    with pytest.raises(KeyboardInterrupt):
        cnf.at_least(2, literals)


@pytest.mark.parametrize("given", ["x", "0", "-1", "1e3", "²", "0.0", "9" * 5000, " 5"])
def test_a_limit_that_is_no_number_of_seconds_is_refused(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, given)

    with pytest.raises(InputError) as raised:
        time_limit()

    (problem,) = raised.value.problems
    assert_told(problem)
    assert VARIABLE == problem.place.file


@pytest.mark.parametrize(("given", "seconds"), [("", DEFAULT), ("120", 120.0), ("0.5", 0.5)])
def test_the_limit_is_that_of_the_environment(given: str, seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, given)

    assert seconds == time_limit()


# -- commands -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """Knowledge with a rule that never fires, which is very hard to prove."""
    copy = Copy.made(tmp_path_factory.mktemp("hard"))
    add_questions(copy, [choices("pigeons", pigeons(HOLES))])
    add_conclusion(copy, "counted", "enough")
    add_rules(copy, [rule("pigeons", pigeonhole("pigeons", HOLES), {"counted": "enough"})])
    return copy


@pytest.mark.parametrize(
    ("words", "key", "name"),
    [
        pytest.param(["check"], "can hold", '"extra.pigeons"', marks=pytest.mark.heavy),
        (["witness", "extra.pigeons", "--as-of", "2024-05-31"], "can hold", '"extra.pigeons"'),
        (["advise", "{answers}"], "possible values", '"counted"'),
        (["explain", "{answers}", "--reach", "counted=enough"], "possible values", '"counted"'),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_command_ends_with_the_name_of_what_it_could_not_prove(
    words: list[str],
    key: str,
    name: str,
    hard: Copy,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    answers = tmp_path / "answers.yaml"
    answers.write_text("as_of: 2024-05-31\nanswers: {}\n", "utf-8")
    monkeypatch.setenv(VARIABLE, "0.4")
    folders = ["--kbase", str(hard.path("kbase")), "--rules", str(hard.path("rules"))]

    status = cli.main([*(word.format(answers=answers) for word in words), *folders, "--lang", "en"])

    out, err = capsys.readouterr()
    assert (UNUSABLE, "") == (status, out)
    (line,) = err.splitlines()
    assert line.startswith(f"{hard.path(EXTRA)}:2:")
    assert (key in line, name in line, VARIABLE in line) == (True, True, True)
