"""Where results go: standard output, or a file that is replaced whole or not at all."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, TextIO, cast

from advisor.paths import resolved

STDOUT: Final = Path("<stdout>")
"""What messages call standard output."""


class CannotWriteError(Exception):
    """The output cannot be written; `reason` says why."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(reason)
        self.path = path
        self.reason = reason


@contextmanager
def writing_to(path: Path) -> Iterator[None]:
    """Name `path` where the system refuses what is done to it.

    Raises `CannotWriteError`; `BrokenPipeError` where whoever read a pipe has gone, since nothing is wrong then.
    """
    try:
        yield
    except OSError as error:
        raise _told(error, path) from error


def _told(error: OSError, path: Path) -> Exception:
    return error if isinstance(error, BrokenPipeError) else CannotWriteError(path, error.strerror or str(error))


def _target(path: Path) -> Path:
    """Return the file to which a path leads. Raises OSError where it leads back to itself or can be no name."""
    target = resolved(path)
    if target.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    if "\0" in str(target):
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    return target


@contextmanager
def opened(path: Path | None) -> Iterator[TextIO]:
    """Give a text stream: standard output where `path` is None or "-", else a file.

    The file appears under its name only when all of it was written; where that fails, what stood there before
    is still there. Raises `CannotWriteError` for what is done to the stream; any other error in the body passes as
    it is.
    """
    if path is None or str(path) == "-":
        stream = _named(sys.stdout, STDOUT)
        yield stream
        stream.flush()
        return
    with writing_to(path):
        target = _target(path)
        is_replaced = target.is_file() or not target.exists()
        if is_replaced:
            handle, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
        else:
            handle, name = os.open(target, os.O_WRONLY), ""  # a pipe or device is written to, not replaced
    try:
        # What is no UTF-8, such as bytes in the name of a file, is escaped as JSON does it.
        with _closed(os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace"), path) as stream:
            yield stream
        if is_replaced:
            with writing_to(path):
                Path(name).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
                Path(name).replace(target)
    finally:
        if is_replaced:
            Path(name).unlink(missing_ok=True)


@contextmanager
def _closed(stream: TextIO, path: Path) -> Iterator[TextIO]:
    """Give a stream whose failures name `path`, and close it."""
    try:
        yield _named(stream, path)
    except BaseException:
        with suppress(OSError):  # what went wrong first is what is told
            stream.close()
        raise
    with writing_to(path):
        stream.close()


def _named(stream: TextIO, path: Path) -> TextIO:
    return cast("TextIO", _Named(stream, path))


class _Named:
    """A text stream whose failures name what is written to; in everything else it is the stream itself."""

    def __init__(self, stream: TextIO, path: Path) -> None:
        self._stream = stream
        self._path = path

    def write(self, text: str) -> int:
        """Write `text`. Raises as `writing_to` does."""
        try:  # spelt out, because it is done for every word of a report
            return self._stream.write(text)
        except OSError as error:
            raise _told(error, self._path) from error

    def writelines(self, texts: Iterable[str]) -> None:
        """Write several texts. Raises as `writing_to` does."""
        for text in texts:
            self.write(text)

    def flush(self) -> None:
        """Write what is still kept back. Raises as `writing_to` does."""
        with writing_to(self._path):
            self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
