"""Files that are written aside until they take the place of another, so that nobody ever finds half of one."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final, Self

from advisor.signals import unbroken

PART: Final = ".part"
"""The ending of the names of such files, which begin with a dot."""


class PartFile:
    """A file beside `target` that is removed at the end of a `with` statement if it is still there then.

    No signal comes between its making and its removal, so that a program that is ended leaves none.
    """

    def __init__(self, target: Path) -> None:
        self.target = target
        self._path: Path | None = None

    def __enter__(self) -> Self:
        """Return this file, which is not made yet."""
        return self

    @unbroken
    def begin(self) -> tuple[int, Path]:
        """Make the file, and return its handle and its path. Raises OSError."""
        handle, name = tempfile.mkstemp(dir=self.target.parent, prefix=".", suffix=PART)
        self._path = Path(name)
        return handle, self._path

    @unbroken
    def __exit__(self, *wrong: object) -> None:
        """Remove the file; what went wrong before is what is told."""
        if self._path is not None:
            with suppress(OSError):
                self._path.unlink(missing_ok=True)
