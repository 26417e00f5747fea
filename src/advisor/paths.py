"""Names of files: what they lead to, and how they can be written anywhere. None of these functions raises."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

DEVICE: Final = r"(?i:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.[^/]*)?"
"""A pattern of the names, with or without an ending, that Windows keeps for devices."""


def resolved(path: Path | str) -> Path:
    """Return where a path leads, whatever links are on it; the path itself where that cannot be found out."""
    try:
        return Path(os.path.realpath(path))
    except (OSError, ValueError):
        return Path(path)


def is_there(path: Path | str) -> bool:
    """Whether a path leads to something. No name of the wrong length or with a NUL does."""
    return _state(path) is not None


def is_folder(path: Path | str) -> bool:
    """Whether a path leads to a folder."""
    state = _state(path)
    return state is not None and stat.S_ISDIR(state.st_mode)


def same_file(one: Path | str, other: Path | str) -> bool:
    """Whether two paths lead to the same file, which is there."""
    first, second = _state(one), _state(other)
    return first is not None and second is not None and os.path.samestat(first, second)


def below_home(path: Path) -> str:
    """Return a path with ~ in place of the person's home, as people of systems that know ~ write it."""
    try:
        home = Path.home()
    except RuntimeError:
        return str(path)
    return f"~/{path.relative_to(home)}" if os.name == "posix" and home in path.parents else str(path)


def writable(path: Path | str) -> str:
    """Return a name as text that can be written anywhere: bytes in it that are no UTF-8 are escaped."""
    return str(path).encode("utf-8", "backslashreplace").decode()


def _state(path: Path | str) -> os.stat_result | None:
    try:
        return Path(path).stat()
    except (OSError, ValueError):
        return None
