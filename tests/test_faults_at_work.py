"""Signals at random moments of every command, and workers that die: it ends soon, whole or not at all."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from advisor.interview.store import Saved, SessionStore
from advisor.knowledge_base import Knowledge
from faults import members_of
from knowledge_copy import Copy
from program import (
    LONG,
    PROGRAM,
    ended,
    is_running,
    plain_environment,
    started,
    wait_until,
    wait_until_begun,
    workers_of,
)
from receipts import plain_case, text_of
from terminal import ENTER, START, Terminal

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes in /proc")

SOON: Final = 5.0
"""Seconds after which a program that was asked to end is taken to go on; it needs a tenth, on a quiet machine."""

SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
MOMENTS: Final = 2
LATEST: Final = 3.0
"""Seconds after which a signal is sent at the latest; what goes on for longer is at the same all the time."""

OPEN: Final = b'{"as_of": "2024-05-31", "answers": {"sector": "roads"}}\n'
TALK: Final = b"1\npersampahan\n10, 12\nbelum tahu\nnama Kota Yogyakarta\n\nWali Kota\n1\n3\n"

COMMANDS: Final = {
    "advise": "advise CASE -o OUT",
    "advise json": "advise CASE --format json -o OUT --receipt OUT.json",
    "batch": "batch LINES --jobs 2 -o OUT",
    "batch explained": "batch FEW --explain --jobs 2 -o OUT",
    "interview": "interview CASE --plain -o OUT",
    "explain how": "explain CASE --how institutional_form -o OUT",
    "explain why not": "explain CASE --why-not institutional_form=cooperation_body -o OUT",
    "explain reach": "explain CASE --reach institutional_form=cooperation_body -o OUT",
    "compare": "compare CASE FEW.yaml -o OUT",
    "teach": "teach kartamantul --plain",
    "graph": "graph CASE -o OUT.svg",
    "check": "check -o OUT",
    "test": "test SCENARIOS --jobs 2 -o OUT --junit OUT.xml",
    "coverage": "test SCENARIOS --jobs 1 --html OUT.html -o OUT",
    "mutate": "test SCENARIOS --mutate --rule era. --rule funding.formula --jobs 2 -o OUT",
    "witness": "witness dprd. -o OUT",
    "diff": "diff OTHER --scenarios SCENARIOS -o OUT",
    "schema": "schema -o SCHEMAS",
    "steps": "steps CASE -o OUT.ics",
    "draft": "draft CASE -o DRAFTS",
    "questions": "questions --blank -o NEW",
    "cases": "cases kartamantul --answers -o OUT",
    "replay": "replay RECEIPT",
}
TALKING: Final = ("interview", "teach")
"""The commands that listen; there Ctrl+C is a way to leave."""


@dataclass(frozen=True)
class Quiet:
    """How a command ends when nobody disturbs it, after how many seconds, and what is in its folder then."""

    status: int
    seconds: float
    files: dict[str, bytes]
    err: bytes


class Desk:
    """Where commands are run, each in an empty folder of its own."""

    def __init__(self, root: Path, knowledge: Knowledge, case: Path) -> None:
        self.root = root
        self.quiet: dict[str, Quiet] = {}
        (root / "lines.jsonl").write_bytes(OPEN * 60)
        (root / "few.jsonl").write_bytes(OPEN * 5)
        (root / "few.yaml").write_text("answers: {sector: roads}\n")
        (root / "r.json").write_text(text_of(knowledge, plain_case()), "utf-8")
        Copy.made(root / "other").append("rules/steps.yaml", "# saved\n")
        scenarios = Path(__file__).parent / "scenarios"
        self.places = {
            "CASE": case,
            "LINES": root / "lines.jsonl",
            "FEW": root / "few.jsonl",
            "FEW.yaml": root / "few.yaml",
            "RECEIPT": root / "r.json",
            "OTHER": root / "other",
            "SCENARIOS": scenarios / "funding.yaml",
        }

    def words(self, name: str, folder: Path) -> list[str]:
        """Return the words of a command that works in a folder."""
        own = {word: folder / word for word in COMMANDS[name].split() if word.isupper() or word.startswith("OUT")}
        return [str((own | self.places).get(word, word)) for word in COMMANDS[name].split()]

    def of(self, name: str) -> Quiet:
        """Return how a command ends when nobody disturbs it; that is found out once."""
        if name not in self.quiet:
            folder = self.root / f"quiet {name}"
            folder.mkdir()
            began = time.monotonic()
            done = subprocess.run(
                [*PROGRAM, *self.words(name, folder)], input=TALK if name in TALKING else b"",
                capture_output=True, env=_environment(folder), timeout=LONG, check=False,
            )  # fmt: skip
            seconds = time.monotonic() - began
            self.quiet[name] = Quiet(done.returncode, seconds, _files(folder), done.stderr)
        return self.quiet[name]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, knowledge: Knowledge, kartamantul: Path) -> Desk:
    """A desk for all commands."""
    return Desk(tmp_path_factory.mktemp("meja"), knowledge, kartamantul)


def _environment(folder: Path) -> dict[str, str]:
    return plain_environment() | {"XDG_DATA_HOME": str(folder / "home")}


def _files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): re.sub(rb'time="[0-9.]+"', b"", path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file() and "home" not in path.parts
    }


ATTEMPTS: Final = [
    pytest.param(name, number, moment, id=f"{name}-{number.name}-{moment}")
    for name in COMMANDS
    for number in SIGNALS
    for moment in range(MOMENTS)
]


@pytest.mark.heavy
@pytest.mark.parametrize(("name", "number", "moment"), ATTEMPTS)
def test_a_signal_ends_a_command_at_once_and_leaves_its_files_as_they_were_or_whole(
    name: str, number: signal.Signals, moment: int, desk: Desk, tmp_path: Path
) -> None:
    quiet, chance = desk.of(name), random.Random(f"{name} {number} {moment}")  # noqa: S311
    words = desk.words(name, tmp_path)
    for file in quiet.files:
        if file.startswith("OUT"):
            (tmp_path / file).write_text("old")
    settings = {"env": _environment(tmp_path), "stdin": subprocess.PIPE}

    with started(*words, **settings) as process:
        assert process.stdin is not None
        if name in TALKING:
            process.stdin.write(TALK)
            process.stdin.flush()
        wait_until_begun(process)
        time.sleep(chance.uniform(0, min(quiet.seconds, LATEST)))
        own = members_of(process.pid)
        chance.choice((os.kill, os.killpg))(process.pid, number)
        sent = time.monotonic()
        status, err = ended(process)
        took = time.monotonic() - sent
        wait_until(lambda: not any(map(is_running, own)))

    assert took < SOON
    left_by_key = name in TALKING and number == signal.SIGINT
    assert status in (-number, quiet.status), err
    assert b"Traceback" not in err
    if status == -number:
        assert err in (b"", quiet.err)  # it may have done all that it was asked for
    for file, content in _files(tmp_path).items():
        assert file in quiet.files, "something is left"
        assert content in (b"old", quiet.files[file]) or left_by_key, file
    _assert_sessions_are_whole(tmp_path / "home")


def _assert_sessions_are_whole(home: Path) -> None:
    store = SessionStore(home / "kerjasama-advisor" / "sessions")
    assert all(isinstance(entry, Saved) for entry in store.entries())
    assert [] == [path for path in home.rglob("*") if path.name.endswith(".part")]


# -- a terminal ---------------------------------------------------------------------------------------------

KEYS: Final = (
    "1" + ENTER,
    "2" + ENTER * 2,
    "0" + ENTER,
    "\x1b[B" * 3,
    "?",
    "\x1b",
    "kembali" + ENTER,
    "jawaban" + ENTER,
)
TERMINAL_MOMENTS: Final = 5


@pytest.mark.heavy
@pytest.mark.parametrize("moment", range(TERMINAL_MOMENTS))
@pytest.mark.parametrize("number", SIGNALS)
@pytest.mark.parametrize("words", ["", "--plain", "teach kartamantul"])
def test_a_signal_ends_a_talk_on_a_terminal_at_once_and_gives_it_back(
    words: str, number: signal.Signals, moment: int, tmp_path: Path
) -> None:
    chance = random.Random(f"{words} {number} {moment}")  # noqa: S311
    terminal = Terminal(tmp_path, words.split())
    try:
        time.sleep(chance.uniform(0.3, 1.5))
        for _ in range(moment):
            terminal.type(chance.choice((START, *KEYS)))
            terminal.settle(chance.uniform(0.01, 0.2))
        terminal.child.kill(number)
        sent = time.monotonic()
        status = terminal.ended()

        assert time.monotonic() - sent < SOON
        assert status in ((0, -number) if number == signal.SIGINT else (-number,)), terminal.text
        assert "Traceback" not in terminal.written
        assert terminal.is_given_back or "\x1b[?1049h" not in terminal.written
    finally:
        terminal.child.close(force=True)
    _assert_sessions_are_whole(tmp_path)


# -- workers that die ---------------------------------------------------------------------------------------


def _killing(process: subprocess.Popen[bytes], chance: random.Random, kills: int) -> None:
    """End one or all workers of a program, so many times, at random moments."""
    wait_until(lambda: workers_of(process.pid) or process.poll() is not None)
    for _ in range(kills):
        time.sleep(chance.uniform(0, 0.6))
        workers = workers_of(process.pid)
        for worker in workers if chance.random() < 0.5 else workers[:1]:
            if is_running(worker):
                os.kill(worker, chance.choice((signal.SIGKILL, signal.SIGTERM, signal.SIGSEGV)))


@pytest.mark.heavy
@pytest.mark.parametrize("kills", [1, 2, 3, 8])
@pytest.mark.parametrize("seed", range(4))
def test_workers_of_a_batch_that_die_cost_their_lines_at_most(
    seed: int, kills: int, desk: Desk, tmp_path: Path
) -> None:
    whole = desk.of("batch").files["OUT"].splitlines()
    with started(*desk.words("batch", tmp_path)) as process:
        _killing(process, random.Random(100 * seed + kills), kills)  # noqa: S311
        status, err = ended(process)

    lines = (tmp_path / "OUT").read_bytes().splitlines()
    lost = [number for number, line in enumerate(lines) if line != whole[number]]
    assert len(whole) == len(lines)
    assert (1 if lost else 0) == status
    assert b"Traceback" not in err
    for number in lost:
        told = json.loads(lines[number])
        assert {"line": number + 1, "error": told["error"]} == told
        assert "dihentikan dari luar" in told["error"]
        assert desk.places["LINES"].name in told["error"]


@pytest.mark.heavy
@pytest.mark.parametrize("kills", [1, 2, 6])
@pytest.mark.parametrize("name", ["test", "mutate"])
def test_workers_of_a_test_that_die_leave_the_same_result_or_a_message(
    name: str, kills: int, desk: Desk, tmp_path: Path
) -> None:
    quiet = desk.of(name)
    with started(*desk.words(name, tmp_path)) as process:
        _killing(process, random.Random(f"{name} {kills}"), kills)  # noqa: S311
        status, err = ended(process)

    assert b"Traceback" not in err
    if status == 2:
        assert b"salah satu proses pekerja" in err
        assert {} == _files(tmp_path)
    else:
        assert (quiet.status, quiet.files.keys()) == (status, _files(tmp_path).keys())
        assert quiet.files["OUT"] == _files(tmp_path)["OUT"]
