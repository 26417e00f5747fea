"""Things that take a while to make, kept on disk between one start of the program and the next.

Each is named by everything that it follows from, the program's own code among it, so that what is found is what
would be made. The folder is the person's own; whatever is wrong with it, things are made anew.

Dataclasses that are kept by the thousand have no slots: Python would read each of them back by code of its own.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import pickle
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

from platformdirs import user_cache_path

from advisor.folders import PACKAGE

KEEP: Final = 8
"""How many things of a kind are kept: a trainer or a jurist has a few knowledge bases, of a megabyte each."""

T = TypeVar("T")


class Cache:
    """Keeps things by kind and by what they follow from."""

    def __init__(self, folder: Path | None = None) -> None:
        """`folder` is where things are kept (default: the cache folder of the person)."""
        self.folder = folder if folder is not None else user_cache_path("kerjasama-advisor", appauthor=False)

    def get(self, kind: type[T], make: Callable[[], T], *follows_from: object) -> T:
        """Return the thing of this kind that follows from `follows_from`: as it was kept, else from `make`.

        What `make` raises is raised, and nothing is kept. A folder that cannot be used is no error.
        """
        path = self.folder / f"{kind.__name__.lower()}-{self._name(follows_from)}.pickle"
        found = _read(path, kind)
        if found is None:
            found = make()
            _write(path, found)
        return found

    def _name(self, follows_from: tuple[object, ...]) -> str:
        parts = (_code(), sys.implementation.cache_tag, *map(str, follows_from))
        return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:32]


@cache
def _code() -> str:
    """Return a digest of the program's own files, which say what shape things have.

    Their sizes and times stand for what is in them: reading them all takes as long as reading back what was kept.
    """
    found = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*.py")):
        state = path.stat()
        found.update(f"{path}\0{state.st_size}\0{state.st_mtime_ns}\0{state.st_ctime_ns}\0".encode())
    return found.hexdigest()


def _read(path: Path, kind: type[T]) -> T | None:
    try:
        if hasattr(os, "getuid") and path.stat().st_uid != os.getuid():
            return None  # a pickle is a program: one that somebody else has put there is not run
        with _no_collection():
            found: Any = pickle.loads(path.read_bytes())  # noqa: S301 - the person's own file
    except Exception:
        return None
    return found if isinstance(found, kind) else None


@contextlib.contextmanager
def _no_collection() -> Iterator[None]:
    """Look for no garbage meanwhile: of many new things none is, and looking takes a third of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _write(path: Path, thing: object) -> None:
    """Keep a thing for next time, and drop the oldest of its kind."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        with os.fdopen(handle, "wb") as stream:
            pickle.dump(thing, stream, protocol=pickle.HIGHEST_PROTOCOL)
        Path(name).replace(path)
        kind = path.name.partition("-")[0]
        kept = sorted(path.parent.glob(f"{kind}-*.pickle"), key=lambda p: p.stat().st_mtime)
        for old in kept[:-KEEP]:
            old.unlink(missing_ok=True)
