"""Standard input, output and error as the program can count on them, whatever the caller has made of them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import Final, TextIO, cast

from advisor.output import STDERR, STDOUT, CannotWriteError, GuardedStream, guarded
from advisor.system_error import WINDOWS

NOT_DRAWN_ON: Final = frozenset({"dumb", "unknown", "emacs"})
"""What terminals are called, in TERM, that move no cursor or of which nobody knows whether they do."""


@contextmanager
def standard_streams() -> Iterator[None]:
    """Give the program standard streams for as long as it runs.

    A stream that the caller has closed is there, too: nothing comes from it, and what is written to it fails. Bytes
    and letters that a stream's encoding lacks become "?" or its like. What goes out is escaped (see `escaping`); it
    raises what `output` says where standard output does not take it, and is dropped where standard error does not.
    """
    with ExitStack() as stack:
        stack.callback(setattr, sys, "stdin", sys.stdin)
        sys.stdin, out, err = (
            _usable(stream, mode, stack)
            for stream, mode in ((sys.stdin, "r"), (sys.stdout, "w"), (sys.stderr, "w"))
        )
        with redirect_stdout(guarded(out, STDOUT)), redirect_stderr(cast("TextIO", _Messages(err, STDERR))):
            yield
        # Not where the program is ended from outside: a pipe that nobody reads would keep it from that.
        for stream in (out, err):
            _let_go(stream)


def can_be_drawn_on() -> bool:
    """Return whether input and output are a terminal that moves its cursor."""
    term = os.environ.get("TERM", "").lower()
    # Only Windows has no TERM where all is well.
    if term in NOT_DRAWN_ON or not (term or WINDOWS) or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    # Imported late: it is needed only here and takes a while.
    from prompt_toolkit.output.defaults import create_output

    try:
        create_output()
    except Exception:
        # On Windows a terminal need not be a console; the error for that is a class that only Windows has.
        return False
    return True


class _Messages(GuardedStream):
    """Standard error: where a message cannot be delivered nobody can be told of it."""

    def write(self, text: str) -> int:
        """Write `text` if that is possible."""
        with suppress(CannotWriteError, BrokenPipeError):
            super().write(text)
        return len(text)

    def flush(self) -> None:
        """Write what is still kept back, if that is possible."""
        with suppress(CannotWriteError, BrokenPipeError):
            super().flush()


def _usable(stream: TextIO | None, mode: str, stack: ExitStack) -> TextIO:
    """Return the stream, or one that is closed with `stack` where there is none."""
    if stream is None:
        # Nothing can be read from the device of nothing, nor written to what was opened for reading. It takes the
        # number of the closed stream, so that no file of ours gets it and is written to by mistake.
        stream = cast("TextIO", os.fdopen(os.open(os.devnull, os.O_RDONLY), mode))
        stack.callback(_close, stream)
    if isinstance(stream, TextIOWrapper):
        if mode == "r" or stream.isatty() or "PYTHONIOENCODING" in os.environ:
            stream.reconfigure(errors="replace")
        else:  # a pipe or a file gets the bytes that `-o` writes
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    return stream


def _close(stream: TextIO) -> None:
    with suppress(OSError):
        stream.close()


def _let_go(stream: TextIO) -> None:
    """Write what is still kept back; where that fails, see to it that Python does not try again and complain."""
    try:
        stream.flush()
    except OSError:
        with suppress(OSError), Path(os.devnull).open("wb") as nothing:
            os.dup2(nothing.fileno(), stream.fileno())
