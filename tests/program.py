"""Running the program as a person does, and in this process where it must refuse what it is given."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from advisor import cli
from advisor.commands.common import UNUSABLE

PROGRAM = (sys.executable, "-m", "advisor")
UNUSUAL = ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "PYTHONUNBUFFERED")
BEGUN = 10
"""Hundredths of a second of work after which Python has started."""
LONG = 60.0
"""Seconds after which something is taken to hang, on a machine that has much else to do."""


def run(*words: str | Path, given: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program as a user does."""
    command = [*PROGRAM, *map(str, words)]
    settings = plain_environment() | environment
    return subprocess.run(command, input=given, capture_output=True, env=settings, timeout=LONG, check=False)


def plain_environment() -> dict[str, str]:
    """Return the environment without what says how wide and colourful a terminal is, and how soon Python writes."""
    return {name: value for name, value in os.environ.items() if name not in UNUSUAL}


def refused(capsys: pytest.CaptureFixture[str], *words: str | Path) -> str:
    """Run words that must be refused: status 2, nothing on stdout; return what stands on stderr."""
    status = cli.main([str(word) for word in words])

    out, err = capsys.readouterr()
    assert (UNUSABLE, "") == (status, out)
    assert "Traceback" not in err
    assert err.endswith("\n")
    return err


def on_a_terminal(*words: str | Path, **environment: str) -> str:
    """Run the program with a terminal as its output; return what it shows there."""
    ours, theirs = pty.openpty()
    command = [*PROGRAM, *map(str, words)]
    settings = plain_environment() | {"TERM": "xterm-256color", "COLUMNS": "80"} | environment
    with subprocess.Popen(command, stdout=theirs, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, env=settings):
        os.close(theirs)
        found = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:
                break
            if not part:
                break
            found += part
    os.close(ours)
    return found.decode()


@contextmanager
def started(*words: str | Path, **settings: Any) -> Iterator[subprocess.Popen[bytes]]:
    """Run the program beside this one, in a process group of its own; what is left of it at the end is ended."""
    usual = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    usual |= {"env": plain_environment(), "start_new_session": True}
    with subprocess.Popen([*PROGRAM, *map(str, words)], **(usual | settings)) as process:
        try:
            yield process
        finally:
            process.kill()


def ended(process: subprocess.Popen[bytes]) -> tuple[int, bytes]:
    """Wait for the program; return its status and what it wrote to stderr."""
    _, err = process.communicate(timeout=LONG)
    return process.returncode, err


def wait_until(true: Callable[[], object]) -> None:
    """Wait until something is true; fail where it never is."""
    end = time.monotonic() + LONG
    while not true():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.02)


def wait_until_begun(process: subprocess.Popen[bytes]) -> None:
    """Wait until a program is past its first moment, when a signal meets Python itself, which has much to say."""
    wait_until(lambda: not is_running(process.pid) or ticks_of(process.pid) >= BEGUN)


def ticks_of(pid: int) -> int:
    """Return how long a process has worked, in hundredths of a second."""
    return sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]))


def workers_of(pid: int) -> list[int]:
    """Return the processes over which a program has spread its work."""
    found = [child for task in Path(f"/proc/{pid}/task").glob("*/children") for child in task.read_text().split()]
    return [int(child) for child in found if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


def is_running(pid: int) -> bool:
    """Return whether there is such a process, and it has not ended already."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except OSError:
        return False


def interrupted(*words: str | Path, number: int = signal.SIGINT) -> tuple[int, bytes]:
    """Run the program, and interrupt it with all its processes, as Ctrl+C does, once two of them have work.

    Return its status and what it wrote to stderr.
    """
    with started(*words) as process:
        wait_until(lambda: len(workers_of(process.pid)) == 2)
        os.killpg(process.pid, number)
        return ended(process)
