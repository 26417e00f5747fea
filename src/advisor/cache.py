"""Bytes that take a while to make, kept on disk from one start of the program to the next.

They are kept in a folder of the person's own that nobody else may write to, with a checksum. Whatever is wrong with
the folder or a file in it is no error: then nothing is kept, or what is kept is passed over and written anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import time
from pathlib import Path
from typing import Final

from platformdirs import user_cache_path

from advisor.part_file import PART, PartFile

KEEP: Final = 8
"""How many files are kept: a trainer or a jurist has a few knowledge bases, of a megabyte each."""

MOST_BYTES: Final = 100_000_000
"""A file that is larger is something else."""

ABANDONED: Final = 3600
"""After so many seconds a file that is half written belongs to a program that was ended."""

_KEPT: Final = ".kept"
_FLAGS: Final = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))


class Cache:
    """Keeps bytes by a key, which is a word that can stand in the name of a file."""

    def __init__(self, folder: Path | None = None) -> None:
        """`folder` is where files are kept (default: the cache folder of the person)."""
        self.folder = folder if folder is not None else _own_folder()

    def get(self, key: str) -> bytes | None:
        """Return what was kept under a key; None where nothing can be used."""
        if self.folder is None:
            return None
        try:
            if not _is_trusted(self.folder):
                return None
            found = _read(self.folder / f"{key}{_KEPT}")
        except OSError:
            return None
        checksum, content = found[: len(_checksum(key, b""))], found[len(_checksum(key, b"")) :]
        return content if checksum == _checksum(key, content) else None

    def put(self, key: str, content: bytes) -> None:
        """Keep bytes under a key, and drop the oldest that were kept."""
        if self.folder is None:
            return
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if _is_trusted(self.folder):
                self.folder.chmod(0o700)
                _tidy(self.folder, KEEP - 1)
                _write(self.folder / f"{key}{_KEPT}", _checksum(key, content) + content)


def _own_folder() -> Path | None:
    """Return the cache folder of the person; None where they have no home."""
    try:
        folder = user_cache_path("kerjasama-advisor", appauthor=False)
    except RuntimeError:
        return None
    return folder if folder.is_absolute() else None


def _checksum(key: str, content: bytes) -> bytes:
    """Return what shows that a file is whole and stands under its own name."""
    return hashlib.blake2b(content, digest_size=32, key=hashlib.sha256(key.encode()).digest()).digest()


def _is_trusted(folder: Path) -> bool:
    """Whether a folder, and the link that leads to it, is ours. Raises OSError where there is none."""
    state = folder.stat()
    return _is_ours(state) and folder.lstat().st_uid == state.st_uid


def _is_ours(state: os.stat_result) -> bool:
    """Whether nobody else can have written what has this state; where files have no owner the system sees to it."""
    return not hasattr(os, "getuid") or (state.st_uid == os.getuid() and not state.st_mode & 0o022)


def _read(path: Path) -> bytes:
    """Return the content of a regular file of ours, b"" of anything else. Raises OSError."""
    handle = os.open(path, _FLAGS)
    with os.fdopen(handle, "rb") as stream:
        state = os.fstat(handle)
        usable = stat.S_ISREG(state.st_mode) and _is_ours(state) and state.st_size <= MOST_BYTES
        return stream.read(MOST_BYTES) if usable else b""


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all. Raises OSError."""
    with PartFile(path) as part:
        handle, written = part.begin()
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        written.replace(path)


def _tidy(folder: Path, keep: int) -> None:
    """Remove what ended programs left half written, and all but the newest files. Raises OSError."""
    for part in folder.glob(f".*{PART}"):
        if part.lstat().st_mtime < time.time() - ABANDONED:
            part.unlink(missing_ok=True)
    kept = sorted(folder.glob(f"*{_KEPT}"), key=lambda path: path.lstat().st_mtime)
    for old in kept[: max(len(kept) - keep, 0)]:
        old.unlink(missing_ok=True)
