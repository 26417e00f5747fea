"""Where kbase/, rules/ and the scenarios lie (in the package or in a checkout), and reading what is in folders.

All files are read here: never without end, and only regular ones unless a person has named a pipe.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from advisor.paths import is_folder
from advisor.problem import InputError, Problem, place_of
from advisor.system_error import reason_of

PACKAGE = Path(__file__).resolve().parent
IN_CHECKOUT = {"kbase": "kbase", "rules": "rules", "scenarios": "tests/scenarios"}

YAML: Final = ".yaml"

MOST_BYTES: Final = 4_000_000
"""What a file that people write is never larger than."""

MOST_ENTRIES: Final = 20_000
"""How many files and folders a folder may hold; one with more is not what was meant."""

_FLAGS: Final = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOCTTY", "O_BINARY"))
"""Opening waits for nobody: not for the writer of a pipe, nor for a device."""


def built_in(name: str) -> Path:
    """Return the built-in folder `name` ("kbase", "rules" or "scenarios")."""
    installed = PACKAGE / "_knowledge" / name
    return installed if installed.is_dir() else PACKAGE.parents[1] / IN_CHECKOUT[name]


def knowledge_folders(kbase: Path | str | None, rules: Path | str | None) -> tuple[Path, Path]:
    """Return the folders that are meant: those given and, in place of None, the built-in ones."""
    return (
        Path(kbase) if kbase is not None else built_in("kbase"),
        Path(rules) if rules is not None else built_in("rules"),
    )


# -- which files there are ----------------------------------------------------------------------------------


def yaml_files(folder: Path, *, deep: bool = False) -> list[Path]:
    """Return every `*.yaml` in a folder, with `deep` also in the folders within it, sorted by path.

    Hidden ones (`.name`) are passed over: editors keep their locks and copies there. Links are followed. The list
    is empty where there is no such folder. What is in it may be a folder or a link to nothing; reading it says so.

    Raises `InputError` where a folder cannot be read, leads back to one around it, or holds far too much.
    """
    found = list(entries(folder, deep=deep))
    problems = [problem for _, problem in found if problem is not None]
    if problems:
        raise InputError(problems)
    return [path for path, _ in found]


def entries(folder: Path, *, deep: bool) -> Iterator[tuple[Path, Problem | None]]:
    """Yield the files that `yaml_files` returns, and with its problem each folder that cannot be looked through."""
    left = MOST_ENTRIES
    waiting: list[tuple[Path, frozenset[tuple[int, int]]]] = [(folder, frozenset())]
    while waiting:
        path, around = waiting.pop()
        if around and path.suffix == YAML:
            yield path, None
            continue
        if not is_folder(path):
            continue
        try:
            identity, inside = _inside(path)
        except InputError as error:
            yield path, error.problems[0]
            continue
        left -= len(inside)
        if left < 0:
            yield folder, Problem(place_of(folder), "folder.too_many", {"most": str(MOST_ENTRIES)})
            return
        if identity in around:
            yield path, Problem(place_of(path), "folder.loop")
            continue
        # The last to be put there is the first to be looked at.
        looked_at = (entry for entry in reversed(inside) if deep or entry.suffix == YAML)
        waiting += [(entry, around | {identity}) for entry in looked_at]


def _inside(folder: Path) -> tuple[tuple[int, int], list[Path]]:
    """Return what identifies a folder, and what is in it and not hidden, by name. Raises `InputError`."""
    with naming(folder, "folder.unreadable"):
        state = folder.stat()
        # By name: paths themselves are sorted without regard to case on Windows.
        inside = sorted(
            (path for path in folder.iterdir() if not path.name.startswith(".")), key=lambda path: path.name
        )
    return (state.st_dev, state.st_ino), inside


# -- what is in a file --------------------------------------------------------------------------------------


def content_of(path: Path, most: int, *, pipes: bool = False) -> bytes:
    """Return the content of a file, `most` bytes of it at most.

    A pipe or a terminal is read only with `pipes`, which is for files that a person has named; a pipe to which
    nobody writes is empty. Raises `InputError`, which names the file, where it cannot be read.
    """
    with open_file(path, pipes=pipes) as stream, naming(path):
        return stream.read(most)


def open_file(path: Path, *, pipes: bool = False) -> BinaryIO:
    """Open a file for reading, as `content_of` does. Raises `InputError` where it cannot be opened."""
    with naming(path):
        try:
            handle = os.open(path, _FLAGS)
        except PermissionError:
            # That is what Windows says of folders.
            if is_folder(path):
                raise InputError([Problem(place_of(path), "file.is_folder")]) from None
            raise
        try:
            # What was opened counts: under the name there may be something else by now.
            mode = os.fstat(handle).st_mode
            if stat.S_ISDIR(mode):
                raise InputError([Problem(place_of(path), "file.is_folder")])
            if not stat.S_ISREG(mode):
                if not pipes or not (stat.S_ISFIFO(mode) or os.isatty(handle)):
                    raise InputError([Problem(place_of(path), "file.not_regular")])
                if sys.platform != "win32":
                    os.set_blocking(handle, True)
            return os.fdopen(handle, "rb")
        except BaseException:
            with suppress(OSError):  # it may be closed already, with the stream that nobody will get
                os.close(handle)
            raise


@contextmanager
def naming(path: Path, key: str = "file.unreadable") -> Iterator[None]:
    """Raise `InputError`, which names the path, where the system refuses what is done."""
    try:
        yield
    except (OSError, ValueError) as error:
        # A name with a NUL in it is a wrong value to Python, and never comes to the system.
        raise InputError([Problem(place_of(path), key, texts={"reason": reason_of(error)})]) from error
