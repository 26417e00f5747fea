"""Progress bars on stderr, where that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TimeRemainingColumn

from advisor.output import unguarded

T = TypeVar("T")


def progress_bar(*columns: ProgressColumn) -> Progress:
    """Return a bar that shows only on a terminal, and goes away at the end."""
    console = Console(file=unguarded(sys.stderr))
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


def with_progress(items: Iterable[T], total: int) -> Iterator[T]:
    """Yield the items, showing on a terminal's stderr how many there are already."""
    with progress_bar(BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()) as progress:
        yield from progress.track(items, total=total)
