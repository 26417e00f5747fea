"""The real program in a pseudo-terminal, seen through a terminal emulator."""

from __future__ import annotations

import os
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

import pytest

pexpect = pytest.importorskip("pexpect", reason="a pseudo-terminal needs a POSIX system")
pyte = pytest.importorskip("pyte")

DOWN, LEFT, ENTER, ESCAPE, SPACE, BACKSPACE = "\x1b[B", "\x1b[D", "\r", "\x1b", " ", "\x7f"
END, PAGE_UP = "\x1b[F", "\x1b[5~"
F1, F2, F3, F4, CONTROL_C = "\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOS", "\x03"
F5, F6, F7 = "\x1b[15~", "\x1b[17~", "\x1b[18~"
START = "1" + ENTER
"""What begins the interview on its start page."""


class Terminal:
    """The real program in a pseudo-terminal, seen through a terminal emulator."""

    def __init__(
        self,
        home: Path,
        words: list[str],
        columns: int = 120,
        rows: int = 34,
        preexec_fn: Callable[[], object] | None = None,
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.Stream(self.screen)
        self.written = ""
        cache = os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache"))
        own = {"HOME": str(home), "XDG_DATA_HOME": str(home), "XDG_CACHE_HOME": cache}
        environment = {**os.environ, **own, "TERM": "xterm-256color", "PYTHONUTF8": "1"}
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "advisor", *words],
            env=environment,
            dimensions=(rows, columns),
            encoding="utf-8",
            preexec_fn=preexec_fn,
        )

    @property
    def text(self) -> str:
        """What is on the screen, in one line."""
        return " ".join(" ".join(self.screen.display).split())

    def wait(self, *what: str | Callable[[str], bool], seconds: float = 40.0) -> str:
        """Read until the screen shows all of `what` at once; fail with the screen where it never does.

        A screen can arrive in pieces: everything that a claim reads has to be waited for.
        """
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                self._read()
            except pexpect.TIMEOUT:
                pass
            except pexpect.EOF:
                break
            text = self.text
            if all(part in text if isinstance(part, str) else part(text) for part in what):
                return text
        raise AssertionError(f"never saw {what!r} at once:\n" + "\n".join(self.screen.display))

    def settle(self, seconds: float = 0.4) -> None:
        """Read until nothing more comes for a while."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                self._read()
                end = time.monotonic() + seconds
            except pexpect.TIMEOUT:
                pass
            except pexpect.EOF:
                return

    def ended(self) -> int:
        """Read until the program ends, and return its status; where a signal ended it, its negative number."""
        self.read_to_the_end()
        return -self.child.signalstatus if self.child.exitstatus is None else self.child.exitstatus

    def read_to_the_end(self) -> None:
        """Read until the program has ended."""
        while True:
            try:
                self._read(seconds=40.0)
            except pexpect.EOF:
                self.child.wait()
                return

    @property
    def is_given_back(self) -> bool:
        """Whether the program has left the screen, the cursor and the keys as it found them."""
        begin, end = self.written.rpartition("\x1b[?1049h")[::2]
        keys = termios.tcgetattr(self.child.child_fd)[3]
        shown = end.rpartition("\x1b[?25l")[2]
        return (
            bool(begin)
            and "\x1b[?1049l" in end
            and "\x1b[?25h" in shown
            and bool(keys & termios.ICANON and keys & termios.ECHO)
        )

    def _read(self, seconds: float = 0.1) -> None:
        text = self.child.read_nonblocking(65536, timeout=seconds)
        self.written += text
        self.stream.feed(text)

    def type(self, keys: str) -> None:
        """Type keys."""
        self.child.send(keys)

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the terminal."""
        self.settle()  # what was written for the old size is not for the new one
        self.screen.resize(rows, columns)
        self.child.setwinsize(rows, columns)
