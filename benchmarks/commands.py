"""Rows: what a person waits for, as ratios to what any start of the program costs."""

from __future__ import annotations

import os
import re
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect

from advisor.folders import built_in
from advisor.interview.interviewer import Interviewer
from advisor.interview.session import Session
from advisor.knowledge_base import Knowledge
from advisor.understanding.reading import UNKNOWN, Answer
from measuring import ADVISOR, Row, cost, ratios

ROUNDS = 5
START = "`advisor --version`"
PARTIAL = """
as_of: 2026-11-24
answers:
  initiator: regency
  counterparts: [regency_city_same_province]
  region_count: 3
  sector: solid_waste
  activities: [build_facility, operate_service]
  burdens_budget: yes
  budgeted: unknown
"""


def advice_rows(folder: Path) -> Iterator[Row]:
    """Yield what an advice and an explanation cost."""
    full, partial, empty = folder / "kartamantul.yaml", folder / "partial.yaml", folder / "empty.yaml"
    full.write_bytes(_output("cases", "kartamantul", "--answers"))
    partial.write_text(PARTIAL, "utf-8")
    empty.write_text("as_of: 2026-11-24\n", "utf-8")
    commands: dict[str, list[str | Path]] = {
        "`advisor advise`, KARTAMANTUL": ["advise", full],
        "`advisor advise`, the partial example above": ["advise", partial],
        "`advisor advise`, no answers": ["advise", empty],
        "`advisor explain --how`, KARTAMANTUL": ["explain", full, "--how", "institutional_form"],
        "`advisor explain --reach`, KARTAMANTUL": ["explain", full, "--reach", "dprd_approval=required"],
    }
    yield from _against_start({name: _wall([*ADVISOR, *words]) for name, words in commands.items()})


def proof_rows(folder: Path) -> Iterator[Row]:
    """Yield what proving the knowledge costs; each is measured once, on all processors."""
    old = _changed_knowledge(folder / "old")
    commands: dict[str, list[str | Path]] = {
        "`advisor check`": ["check"],
        "`advisor test`": ["test"],
        "`advisor diff`, one rule changed": ["diff", old],
    }
    for name, words in commands.items():
        yield Row(name, f"{cost([*ADVISOR, *words], statuses=(0, 1)).wall:.1f} s")


def interview_rows(knowledge: Knowledge, folder: Path) -> Iterator[Row]:
    """Yield how long a person waits for the first question, and for the next one on the study's cases."""
    importing = _wall([sys.executable, "-c", "import prompt_toolkit"])
    (first,) = ratios(importing, {"first": lambda: _first_question(folder)}, ROUNDS).values()
    yield Row("first question on the screen", f"{first[0]:.2f} s", first[1], "`import prompt_toolkit`")
    times = [1000 * seconds for seconds in _next_questions(knowledge)]
    yield Row("next question", f"{statistics.median(times):.1f} ms median, {max(times):.0f} ms worst")


def _against_start(commands: dict[str, Callable[[], float]]) -> Iterator[Row]:
    start = _wall([*ADVISOR, "--version"])
    for name, (took, ratio) in ratios(start, commands, ROUNDS).items():
        yield Row(name, f"{took:.2f} s", ratio, START)


def _wall(command: list[str | Path]) -> Callable[[], float]:
    return lambda: cost(command).wall


def _output(*words: str) -> bytes:
    import subprocess

    return subprocess.run([*ADVISOR, *words], capture_output=True, check=True).stdout  # noqa: S603


def _changed_knowledge(folder: Path) -> Path:
    """Return a copy of kbase/ and rules/ in which the first threshold of a rule is another."""
    for name in ("kbase", "rules"):
        shutil.copytree(built_in(name), folder / name)
    for path in sorted((folder / "rules").glob("*.yaml")):
        text = path.read_text("utf-8")
        changed = re.sub(r"over: (\d+)", lambda found: f"over: {int(found[1]) + 1}", text, count=1)
        if changed != text:
            path.write_text(changed, "utf-8")
            return folder
    raise RuntimeError("no rule has a threshold")


def _first_question(home: Path) -> float:
    """Return the seconds from starting the program to its first question on the screen."""
    environment = {**os.environ, "XDG_DATA_HOME": str(home), "TERM": "xterm-256color", "PYTHONUTF8": "1"}
    begin = time.perf_counter()
    child = pexpect.spawn(
        ADVISOR[0], list(ADVISOR[1:]), env=environment, dimensions=(34, 120), encoding="utf-8", timeout=60
    )
    child.expect("pertanyaan ke-1")
    passed = time.perf_counter() - begin
    child.close(force=True)
    return passed


def _next_questions(knowledge: Knowledge) -> Iterator[float]:
    """Yield the seconds until each question of the study's cases is there, but for the first of each."""
    for case in knowledge.library.cases.values():
        interviewer, session = Interviewer(knowledge), Session(case.as_of)
        while True:
            begin = time.perf_counter()
            turn = interviewer.turn(session)
            if session.given:
                yield time.perf_counter() - begin
            if turn.question is None:
                break
            raw = case.answers.get(turn.question, UNKNOWN)
            answer: Answer = ("yes" if raw else "no") if isinstance(raw, bool) else raw
            session = turn.session.answered(turn.question, answer)
