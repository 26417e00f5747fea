"""Where text goes: standard output and error, or a file that is replaced whole or not at all; never as it came."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, TextIO, cast

from advisor.escaping import Styled, escaped

STDOUT: Final = Path("<stdout>")
"""What messages call standard output."""
STDERR: Final = Path("<stderr>")


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


@contextmanager
def opened(path: Path | None) -> Iterator[TextIO]:
    """Give a text stream: standard output where `path` is None or "-", else a file.

    Control characters that are written to it become visible. A format that has escapes of its own uses them first.

    The file appears under its name only when all of it was written; where that fails, what stood there before
    is still there. Raises `CannotWriteError` for what is done to the stream; any other error in the body passes as
    it is.
    """
    if path is None or str(path) == "-":
        stream = guarded(sys.stdout, STDOUT)
        yield stream
        stream.flush()
        return
    with writing_to(path):
        target = path.resolve()
        is_replaced = target.is_file() or not target.exists()
        if is_replaced:
            handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        else:
            handle, name = os.open(target, os.O_WRONLY), ""  # a pipe or device is written to, not replaced
    try:
        with _closed(os.fdopen(handle, "w", encoding="utf-8"), path) as stream:
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
        yield guarded(stream, path)
    except BaseException:
        with suppress(OSError):  # what went wrong first is what is told
            stream.close()
        raise
    with writing_to(path):
        stream.close()


def guarded(stream: TextIO, path: Path) -> TextIO:
    """Return a text stream through which no control character goes as it came; what fails names `path`."""
    return stream if isinstance(stream, GuardedStream) else cast("TextIO", GuardedStream(stream, path))


def tell(message: str) -> None:
    """Write a message to standard error."""
    print(message, file=sys.stderr)


def unguarded(stream: TextIO) -> TextIO:
    """Return the stream itself, for what draws on a terminal with control characters of its own."""
    return stream.stream if isinstance(stream, GuardedStream) else stream


class GuardedStream:
    """A text stream that escapes and names its failures; in everything else it is the stream itself."""

    def __init__(self, stream: TextIO, path: Path) -> None:
        self.stream = stream
        self._path = path

    def write(self, text: str) -> int:
        """Write `text`, escaped unless it is `Styled`. Raises as `writing_to` does."""
        try:  # spelt out, because it is done for every word of a report
            return self.stream.write(text if isinstance(text, Styled) else escaped(text))
        except OSError as error:
            raise _told(error, self._path) from error

    def writelines(self, texts: Iterable[str]) -> None:
        """Write several texts. Raises as `writing_to` does."""
        for text in texts:
            self.write(text)

    def flush(self) -> None:
        """Write what is still kept back. Raises as `writing_to` does."""
        with writing_to(self._path):
            self.stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
