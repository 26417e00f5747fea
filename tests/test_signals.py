"""Ctrl+C, SIGTERM and SIGHUP end every command at every moment: without a word, and with all that belongs to it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from advisor.signals import end_by
from at_an_import import environment
from program import LONG, ended, run, started, ticks_of, wait_until
from terminal import Terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sends signals that Windows does not have")

OPEN: Final = b'{"as_of": "2024-05-31", "answers": {"sector": "roads"}}\n'
"""A line of a batch of which little is known, so that it takes a while."""

SIGTERM_TOO: Final = pytest.param(signal.SIGTERM, marks=pytest.mark.heavy)
SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


# -- while the program is loaded ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "at"), [(signal.SIGINT, 1), (signal.SIGTERM, 30), (signal.SIGHUP, 120), (signal.SIGINT, 250)]
)
def test_a_signal_ends_the_program_while_it_is_being_loaded(number: int, at: int, tmp_path: Path) -> None:
    done = run("cases", **environment(tmp_path, number, at))

    assert (-number, b"", b"") == (done.returncode, done.stdout, done.stderr)


@pytest.mark.heavy
@pytest.mark.parametrize("number", SIGNALS)
@pytest.mark.parametrize("words", [["cases"], ["check", "--lang", "en"]], ids=" ".join)
def test_a_signal_ends_the_program_at_each_of_its_imports(number: int, words: list[str], tmp_path: Path) -> None:
    # Together the signals try every third import.
    for at in range(1 + 3 * SIGNALS.index(number), 420, 9):
        done = run(*words, **environment(tmp_path, number, at))
        if done.returncode != -number:
            assert (0, b"") == (done.returncode, done.stderr), f"at import {at}"
            assert at > 250
            return
        # What writes a result is imported last, so that some of it may be written.
        assert (b"" == done.stdout or at > 250, b"") == (True, done.stderr), f"at import {at}"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_what_is_ignored_when_the_program_starts_stays_ignored(number: int, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "advisor", "--version"], env=os.environ | environment(tmp_path, number, 40),
        preexec_fn=lambda: signal.signal(number, signal.SIG_IGN), capture_output=True, check=False,
    )  # fmt: skip

    assert (0, b"") == (done.returncode, done.stderr)
    assert done.stdout.startswith(b"advisor ")


# -- what the program is at ---------------------------------------------------------------------------------

HARD: Final = """
from itertools import combinations
from advisor.inference.cnf import Cnf
from advisor.inference.solver import Solver

def work():
    cnf, holes = Cnf(), range(11)
    sits = {(bird, hole): cnf.new() for bird in range(12) for hole in holes}
    for bird in range(12):
        cnf.add([sits[bird, hole] for hole in holes])
    for hole in holes:
        for one, other in combinations(range(12), 2):
            cnf.add([-sits[one, hole], -sits[other, hole]])
    print("ready", flush=True)
    Solver(cnf).satisfiable([])
"""
"""Twelve birds in eleven holes, for which a solver takes very long."""

GOING: Final = """
import signal, time

class Going:
    def __del__(self):
        signal.raise_signal(NUMBER)

def work():
    print("ready", flush=True)
    Going()
    while True:
        time.sleep(0.05)
"""
"""A signal arrives while an object goes, where Python lets nothing be raised."""

STUBBORN: Final = """
import signal

def work():
    try:
        print("ready", flush=True)
        signal.pause()
    finally:
        signal.raise_signal(NUMBER)
        print("still there", flush=True)
"""
"""A second signal arrives while things are put in order after the first."""


def _ended_in(source: str, number: int, *, sent: bool) -> tuple[int, bytes, bytes]:
    """Run `work` as the program runs itself; return its status and what it wrote after "ready"."""
    script = f"NUMBER = {int(number)}\n{source}\nfrom advisor.signals import run_until_ended\nrun_until_ended(work)"
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        try:
            assert process.stdout is not None
            assert b"ready\n" == process.stdout.readline()
            if sent:
                time.sleep(0.3)
                process.send_signal(number)
            out, err = process.communicate(timeout=LONG)
        finally:
            process.kill()
    return process.returncode, out, err


@pytest.mark.parametrize("number", [signal.SIGINT, SIGTERM_TOO])
def test_a_signal_ends_the_program_while_the_solver_works(number: int) -> None:
    assert (-number, b"", b"") == _ended_in(HARD, number, sent=True)


@pytest.mark.parametrize("number", [signal.SIGINT, SIGTERM_TOO])
def test_a_signal_is_not_lost_where_nothing_can_be_raised(number: int) -> None:
    assert (-number, b"", b"") == _ended_in(GOING, number, sent=False)


@pytest.mark.parametrize("number", [signal.SIGINT, SIGTERM_TOO])
def test_a_second_signal_waits_for_nothing(number: int) -> None:
    assert (-number, b"", b"") == _ended_in(STUBBORN, number, sent=True)


@pytest.mark.parametrize("number", [SIGTERM_TOO, signal.SIGHUP])
def test_a_signal_ends_a_lesson_that_waits_for_a_line(number: int) -> None:
    with started("teach", "kartamantul", stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        while not process.stdout.readline().startswith(b"Fakta"):
            pass
        process.send_signal(number)

        assert (-number, b"") == ended(process)


@pytest.mark.heavy
def test_a_pipe_that_nobody_reads_does_not_keep_the_program(kartamantul: Path) -> None:
    ours, theirs = os.pipe()
    os.set_blocking(theirs, False)
    while True:
        try:
            os.write(theirs, b"x" * 4096)
        except BlockingIOError:
            break
    os.set_blocking(theirs, True)
    with started("advise", kartamantul, "--format", "json", stdout=theirs) as process:
        # Once it waits for the pipe, in which there is no room, it does nothing more.
        wait_until(lambda: "pipe_write" in Path(f"/proc/{process.pid}/wchan").read_text() or _sleeps(process.pid))
        process.send_signal(signal.SIGINT)

        assert (-signal.SIGINT, b"") == ended(process)
    os.close(ours)
    os.close(theirs)


def _sleeps(pid: int) -> bool:
    """Return whether a process has done nothing for half a second, after it had worked for a while."""
    before = ticks_of(pid)
    time.sleep(0.5)
    return ticks_of(pid) == before > 10


def test_where_a_signal_cannot_end_a_process_its_status_tells_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")

    with pytest.raises(SystemExit) as left:
        end_by(signal.SIGINT)

    assert 130 == left.value.code


# -- a terminal ---------------------------------------------------------------------------------------------


@pytest.fixture
def lesson_in_terminal(tmp_path: Path) -> Iterator[Terminal]:
    """A lesson that fills the terminal."""
    terminal = Terminal(tmp_path, ["teach", "kartamantul"])
    terminal.wait("Fakta kasus ini")
    yield terminal
    terminal.child.close(force=True)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_gives_the_terminal_back(number: int, lesson_in_terminal: Terminal) -> None:
    lesson_in_terminal.child.kill(number)
    lesson_in_terminal.read_to_the_end()

    assert number == lesson_in_terminal.child.signalstatus
    assert lesson_in_terminal.is_given_back
    assert "Traceback" not in lesson_in_terminal.written


def test_an_interrupt_from_elsewhere_leaves_the_screen_as_its_key_does(lesson_in_terminal: Terminal) -> None:
    lesson_in_terminal.child.kill(signal.SIGINT)
    lesson_in_terminal.read_to_the_end()

    assert 0 == lesson_in_terminal.child.exitstatus
    assert lesson_in_terminal.is_given_back
    assert "sigint" not in lesson_in_terminal.written


def test_the_program_ends_with_its_terminal(tmp_path: Path) -> None:
    err = tmp_path / "err"
    err.touch()
    terminal = Terminal(
        tmp_path, ["teach", "kartamantul"], preexec_fn=lambda: os.dup2(os.open(err, os.O_WRONLY), 2)
    )
    terminal.wait("Fakta kasus ini")
    os.close(terminal.child.child_fd)

    terminal.child.wait()

    assert signal.SIGHUP == terminal.child.signalstatus
    assert b"" == err.read_bytes()


def test_a_signal_gives_the_cursor_back_where_a_bar_has_hidden_it(tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    cases.write_bytes(OPEN * 1_000)
    terminal = Terminal(tmp_path, ["batch", str(cases), "--jobs", "1", "-o", str(tmp_path / "out")])
    terminal.wait("%")

    terminal.child.kill(signal.SIGINT)
    terminal.read_to_the_end()

    assert signal.SIGINT == terminal.child.signalstatus
    assert "\x1b[?25h" in terminal.written.rpartition("\x1b[?25l")[2]
