"""Work that ends the process that does it. It loads nothing else, so that a process soon does it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path


def dying_at(task: int, marker: Path | None) -> Callable[[int], int]:
    """Return what doubles a number, but ends its process at `task`: only once where there is a `marker` to set."""

    def done(number: int) -> int:
        if number == task and not (marker is not None and marker.exists()):
            if marker is not None:
                marker.touch()
            die()
        return 2 * number

    return done


def die() -> None:
    """End this process as the system does when memory has run out."""
    os.kill(os.getpid(), signal.SIGKILL)
