"""Where results go: standard output, or a file that is replaced whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


class CannotWriteError(Exception):
    """The output cannot be written; `reason` says why."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(reason)
        self.path = path
        self.reason = reason


@contextmanager
def opened(path: Path | None) -> Iterator[TextIO]:
    """Give a text stream: standard output where `path` is None, else a file.

    The file appears under its name only when all of it was written; where that fails, what stood there before
    is still there. Raises `CannotWriteError`.
    """
    if path is None or str(path) == "-":
        yield sys.stdout
        sys.stdout.flush()
        return
    target = path.resolve()
    if target.exists() and not target.is_file():
        try:
            with target.open("w", encoding="utf-8") as stream:  # a pipe or device is written to, not replaced
                yield stream
        except OSError as error:
            raise CannotWriteError(path, error.strerror or str(error)) from error
        return
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise CannotWriteError(path, error.strerror or str(error)) from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            yield stream
        Path(name).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        Path(name).replace(target)
    except OSError as error:
        raise CannotWriteError(path, error.strerror or str(error)) from error
    finally:
        Path(name).unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
