"""Where text goes: standard output and error, or a file that is replaced whole or not at all; never as it came."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import sleep
from typing import IO, Any, BinaryIO, Final, TextIO, cast

from advisor.escaping import Styled, escaped, json_escaped
from advisor.part_file import PartFile
from advisor.paths import resolved
from advisor.system_error import is_broken_pipe, may_be_in_use, reason_of
from advisor.text import Text

STDOUT: Final = Path("<stdout>")
"""What messages call standard output."""
STDERR: Final = Path("<stderr>")

WAITS: Final = (0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.4)
"""Seconds before each new try to replace a file that somebody has open; virus scanners let go of one soon."""


class CannotWriteError(Exception):
    """The output cannot be written; `reason` says why."""

    def __init__(self, path: Path, reason: Text) -> None:
        super().__init__(reason.en)
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
    if isinstance(error, BrokenPipeError):
        return error
    if path == STDOUT and is_broken_pipe(error):
        return BrokenPipeError(*error.args)
    return CannotWriteError(path, reason_of(error))


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

    Control characters that are written to it become visible. A format that has escapes of its own uses them first.

    The file appears under its name only when all of it was written; where that fails, what stood there before
    is still there. Raises `CannotWriteError` for what is done to the stream; any other error in the body passes as
    it is.
    """
    if path is None or str(path) == "-":
        shown = guarded(sys.stdout, STDOUT)
        yield shown
        shown.flush()
        return
    # Lines end alike on every system, so that what is written is the same everywhere. What is no UTF-8, such as
    # bytes in the name of a file, is escaped as JSON does it.
    with (
        _handle(path) as handle,
        _closed(os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace", newline="\n"), path) as stream,
    ):
        yield guarded(cast("TextIO", stream), path)


@contextmanager
def opened_bytes(path: Path | None) -> Iterator[BinaryIO]:
    """Give a stream of bytes: standard output where `path` is None or "-", else a file; see `opened`."""
    if path is None or str(path) == "-":
        with writing_to(STDOUT):
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        return
    with _handle(path) as handle, _closed(os.fdopen(handle, "wb"), path) as stream, writing_to(path):
        yield cast("BinaryIO", stream)


@contextmanager
def _handle(path: Path) -> Iterator[int]:
    """Give the handle of a file, which appears under its name once the body is done. Raises `CannotWriteError`."""
    with writing_to(path):
        target = _target(path)
        is_replaced = target.is_file() or not target.exists()
    if not is_replaced:
        with writing_to(path):
            handle = os.open(target, os.O_WRONLY)
        yield handle  # a pipe or device is written to, not replaced
        return
    with PartFile(target) as part:
        with writing_to(path):
            handle, written = part.begin()
        yield handle
        with writing_to(path):
            written.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
            replaced(written, target)


def replaced(temporary: Path, target: Path) -> None:
    """Put a finished file in the place of `target`. Raises OSError.

    Windows refuses that as long as anybody has the file open, so there it is tried again for a second.
    """
    for wait in WAITS:
        try:
            temporary.replace(target)
        except PermissionError as error:
            if not may_be_in_use(error):
                raise
            sleep(wait)
        else:
            return
    temporary.replace(target)


@contextmanager
def _closed(stream: IO[Any], path: Path) -> Iterator[IO[Any]]:
    """Give a stream, and close it. Raises `CannotWriteError` where that fails, as it does on a full disk."""
    try:
        yield stream
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


def write_json(data: object, stream: TextIO) -> None:
    """Write plain data as JSON, indented, with a line break behind it."""
    stream.write(json_escaped(json.dumps(data, ensure_ascii=False, indent=2)) + "\n")
