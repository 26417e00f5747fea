"""Running the program as a person does, and in this process where it must refuse what it is given."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from advisor import cli
from advisor.commands.common import UNUSABLE


def run(*words: str | Path, given: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program as a user does."""
    command = [sys.executable, "-m", "advisor", *map(str, words)]
    settings = plain_environment() | environment
    return subprocess.run(command, input=given, capture_output=True, env=settings, timeout=60, check=False)


def plain_environment() -> dict[str, str]:
    """Return the environment without what says how wide and colourful a terminal is."""
    return {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR", "FORCE_COLOR")}


def refused(capsys: pytest.CaptureFixture[str], *words: str | Path) -> str:
    """Run words that must be refused: status 2, nothing on stdout; return what stands on stderr."""
    status = cli.main([str(word) for word in words])

    out, err = capsys.readouterr()
    assert (UNUSABLE, "") == (status, out)
    assert "Traceback" not in err
    assert err.endswith("\n")
    return err


def interrupted(*words: str | Path, after: float) -> tuple[int, bytes]:
    """Run the program, interrupt it and all its processes some seconds after it has started two, as Ctrl+C does.

    Return its status and what it wrote to stderr.
    """
    command = [sys.executable, "-m", "advisor", *map(str, words)]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        while len(_children(process.pid)) < 2:
            assert process.poll() is None, "it ended before it had started two processes"
            time.sleep(0.02)
        time.sleep(after)
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=30)
    return process.returncode, err


def _children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
