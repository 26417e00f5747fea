"""Progress bars on stderr, where that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TimeRemainingColumn

from advisor.output import unguarded

T = TypeVar("T")


@contextmanager
def showing_progress(items: Iterable[T], total: int) -> Iterator[Iterable[T]]:
    """Give the items; until the end a bar shows how many of them have been taken."""
    with progress_bar(MofNCompleteColumn()) as bar:
        yield bar.track(items, total=total)


def progress_bar(amount: ProgressColumn) -> Progress:
    """Return a bar with an amount and the time that is left; it goes away at the end, however that comes."""
    console = Console(file=unguarded(sys.stderr))
    columns = (BarColumn(), amount, TimeRemainingColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
