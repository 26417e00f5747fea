"""Rows: full cases decided by the same rules, by this program, by a hand-written function, and by other engines.

Nothing is timed before it was seen to decide every case alike.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Final

from advisor import conclude_many
from advisor.advice.advice import Conclusion
from advisor.advice.conclusions import era_of
from advisor.inference.case import Case, CaseReader
from advisor.inference.firing import Result
from advisor.inference.formula import Atom
from advisor.inference.program import program_of
from advisor.knowledge.library import Library
from advisor.knowledge_base import Knowledge
from engines import business_rules, clips, hand_written, zen
from engines.translation import Decision, Engine, Rules
from measuring import ADVISOR, Cost, Row, cost, cpu_seconds
from random_cases import Data, full_cases, open_cases

DECIDED: Final = 2_000
"""How many full cases are decided in memory."""

SLOWLY: Final = 200
"""How many of them other engines get, which take longer."""

LINES: Final = 50_000
"""How many lines a batch of full cases has."""

OPEN_LINES: Final = 2000
LEFT_OPEN: Final = 10
"""How many lines a batch of open cases has, and how many answers are missing in each."""

ROUNDS: Final = 3
"""How often a batch is run; the best run counts."""

HAND_WRITTEN: Final = "the hand-written function"


def deciding_rows(knowledge: Knowledge, day: date) -> Iterator[Row]:
    """Yield what one full case costs in memory. Raises `AssertionError` where an engine decides otherwise."""
    rules = Rules(program_of(knowledge.rulebase, knowledge.library, day), knowledge.library)
    reader = CaseReader(knowledge.library, knowledge.rulebase)
    cases = [reader.data(data) for data in full_cases(knowledge, day, DECIDED, seed=1)]
    by_hand = _on_answers(hand_written.engine(rules))
    expected = [by_hand(case) for case in cases]
    base = _per_case(by_hand, cases)
    yield Row("hand-written function, if and elif", _microseconds(base), 1.0, HAND_WRITTEN)

    concluded = [_of_conclusions(knowledge.library, found) for found in conclude_many(knowledge, cases)]
    _agree("conclude_many", concluded, [_spoken_of(knowledge.library, decision) for decision in expected])
    at_once = cpu_seconds(lambda: conclude_many(knowledge, cases)) / len(cases)
    yield Row("`conclude_many`", _microseconds(at_once), at_once / base, HAND_WRITTEN)

    few = cases[:SLOWLY]
    engines = {
        "advisor's generated Python, one by one": (_generated(knowledge, rules, day), cases),
        f"zen-engine {version('zen-engine')}": (_on_answers(zen.engine(rules)), few),
        f"business-rules {version('business-rules')}": (_on_answers(business_rules.engine(rules)), few),
        f"clipspy {version('clipspy')}": (_on_answers(clips.engine(rules)), few),
        f"experta {version('experta')}, with advisor's matcher": (_experta(knowledge, rules, day), few),
    }
    for name, (engine, given) in engines.items():
        _agree(name, [engine(case) for case in given], expected[: len(given)])
        each = _per_case(engine, given)
        yield Row(name, _microseconds(each), each / base, HAND_WRITTEN)


def batch_rows(knowledge: Knowledge, day: date, folder: Path) -> Iterator[Row]:
    """Yield what a line of a batch costs, start and end of the program included."""
    rules = Rules(program_of(knowledge.rulebase, knowledge.library, day), knowledge.library)
    era = era_of(knowledge, knowledge.on(day))
    program, lines, by_hand, ours = (folder / n for n in ("decide.py", "full.jsonl", "by-hand.jsonl", "ours.jsonl"))
    program.write_text(hand_written.script(rules, era), "utf-8")
    _write(lines, full_cases(knowledge, day, LINES, seed=2))
    commands: dict[str, list[str | Path]] = {
        "hand-written function with `json`": [sys.executable, program, lines, by_hand],
        "`advisor batch --jobs 1`": [*ADVISOR, "batch", lines, "-o", ours, "--jobs", "1"],
        "`advisor batch --jobs 2`": [*ADVISOR, "batch", lines, "-o", ours, "--jobs", "2"],
    }
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            costs[name].append(cost(command))
            if ours in command:
                _agree(name, _read(ours), _read(by_hand))
    base = min(c.cpu for c in next(iter(costs.values())))
    for name, found in costs.items():
        cpu, wall = min(c.cpu for c in found), min(c.wall for c in found)
        took = f"{_microseconds(cpu / LINES)} CPU, {LINES / wall:,.0f} lines a second"
        yield Row(f"{name}, {LINES:,} full lines", took, cpu / base, "the function with `json`")
    _write(lines, open_cases(knowledge, day, OPEN_LINES, 3, LEFT_OPEN))
    cpu = min(cost([*ADVISOR, "batch", lines, "-o", ours, "--jobs", "1"]).cpu for _ in range(ROUNDS))
    took = f"{1000 * cpu / OPEN_LINES:.1f} ms CPU, {OPEN_LINES / cpu:,.0f} lines a CPU second"
    yield Row(f"`advisor batch --jobs 1`, {OPEN_LINES} lines with {LEFT_OPEN} answers open", took)


def _per_case(engine: Callable[[Case], Decision], cases: Sequence[Case]) -> float:
    return cpu_seconds(lambda: [engine(case) for case in cases]) / len(cases)


def _on_answers(engine: Engine) -> Callable[[Case], Decision]:
    return lambda case: engine(case.answers)


def _generated(knowledge: Knowledge, rules: Rules, day: date) -> Callable[[Case], Decision]:
    generated = knowledge.on(day).generated
    return lambda case: _of_result(rules, generated.run(tuple(case.codes.values())))


def _experta(knowledge: Knowledge, rules: Rules, day: date) -> Callable[[Case], Decision]:
    experta = knowledge.on(day).experta
    return lambda case: _of_result(rules, experta.run(tuple(case.codes.values())))


def _of_result(rules: Rules, result: Result) -> Decision:
    return frozenset((name, value) for name in rules.wanted for value in result.values(name))


def _of_conclusions(library: Library, found: Mapping[str, Conclusion]) -> Decision:
    true: set[Atom] = set()
    for name, conclusion in found.items():
        if isinstance(conclusion.value, bool):
            true.add((name, "yes" if conclusion.value else "no"))
        elif isinstance(conclusion.value, str):
            true.add((name, conclusion.value))
        else:
            true |= {(name, value) for value in conclusion.value or ()}
        if conclusion.contested:
            true.add((library.roles.contested, name))
    return frozenset(true)


def _spoken_of(library: Library, decision: Decision) -> Decision:
    """Return what a decision says of conclusions that are spoken of: where the gate does not hold, of it alone."""
    gate = library.roles.gate
    return decision if (gate, "yes") in decision else frozenset(atom for atom in decision if gate in atom)


def _agree(name: str, found: Sequence[object], expected: Sequence[object]) -> None:
    different = [index for index, (one, other) in enumerate(zip(found, expected, strict=True)) if one != other]
    if different:
        raise AssertionError(f"{name} decides {len(different)} cases otherwise, the first of them {different[0]}")


def _write(path: Path, cases: Sequence[Data]) -> None:
    path.write_text("".join(json.dumps(case) + "\n" for case in cases), "utf-8")


def _read(path: Path) -> list[object]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _microseconds(seconds: float) -> str:
    return f"{1_000_000 * seconds:,.0f} µs"
