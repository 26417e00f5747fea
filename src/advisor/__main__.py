"""The program as a process of its own: the command `advisor`, which is the same as `python -m advisor`."""

from __future__ import annotations

import gc
import sys
from types import TracebackType


def start() -> None:
    """Run the program with the words of the command line and end the process with its exit status."""
    # Everything is imported late: that takes a while, in which somebody may press Ctrl+C.
    sys.excepthook = _without_interrupts
    from advisor.signals import run_until_ended

    status = run_until_ended(_main)
    gc.freeze()  # at its end Python would look once more for garbage among all that was loaded
    sys.exit(status)


def _main() -> int:
    from advisor.cli import main

    return main()


def _without_interrupts(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Say what went wrong, but nothing where nothing did."""
    if not issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)


if __name__ == "__main__":
    start()
