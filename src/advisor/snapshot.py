"""Folders as they were at one moment: each file read once, so that what is digested is what is parsed."""

from __future__ import annotations

import errno
import hashlib
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import sleep
from typing import Final

from advisor.folders import MOST_BYTES, YAML, entries, naming, open_file
from advisor.paths import is_folder
from advisor.problem import InputError, Problem, place_of
from advisor.read_only import ReadOnly
from advisor.system_error import reason_of

KNOWLEDGE: Final = ("kbase", "rules")

MOST_BYTES_IN_ALL: Final = 20_000_000
"""What all files of a folder are never larger than; those of the built-in kbase/ have one million bytes."""

MOST_READINGS: Final = 5
"""How often folders are read anew in which something was saved meanwhile."""

SETTLING: Final = 0.05
"""Seconds before that: programs that save several files do so one after the other."""


State = tuple[int, ...] | None
"""What changes with each save of a file: which file it is, its size and its times; None where there is none."""


@dataclass(frozen=True)
class Snapshot(ReadOnly):
    """The YAML files of a folder and of the folders within it, by path and in the order of paths.

    `unreadable` says of each file and folder that cannot be read why, `states` of each file what it was when read.
    """

    folder: Path
    contents: Mapping[Path, bytes]
    unreadable: Mapping[Path, Problem]
    states: Mapping[Path, State] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, folder: Path) -> Snapshot:
        """Read a folder; where there is none, that is what cannot be read."""
        if not is_folder(folder):
            return cls(folder, {}, {folder: Problem(place_of(folder), "folder.empty")})
        contents: dict[Path, bytes] = {}
        states: dict[Path, State] = {}
        unreadable: dict[Path, Problem] = {}
        left = MOST_BYTES_IN_ALL
        for path, problem in entries(folder, deep=True):
            if problem is not None:
                unreadable[path] = problem
                continue
            try:
                contents[path], states[path] = _content(path)
            except InputError as error:
                unreadable[path] = error.problems[0]
                continue
            left -= len(contents[path])
            if left < 0:
                told = {"most": str(MOST_BYTES_IN_ALL)}
                unreadable[folder] = Problem(place_of(folder), "folder.too_large", told)
                break
        return cls(folder, contents, unreadable, states)

    def files(self, folder: Path) -> list[Path]:
        """Return the files that lie in a folder itself, those that cannot be read among them."""
        found = {*self.contents, *self.unreadable}
        return sorted(path for path in found if path.parent == folder and path.suffix == YAML)

    def content(self, path: Path) -> bytes:
        """Return the content of a file. Raises `InputError` where it is not there or cannot be read."""
        if path in self.contents:
            return self.contents[path]
        told = {"reason": reason_of(FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)))}
        missing = Problem(place_of(path), "file.unreadable", texts=told)
        raise InputError([self.unreadable.get(path, missing)])


def read_together(*folders: Path) -> tuple[Snapshot, ...]:
    """Read folders as they were at one moment, so that nobody is told what half of a change would mean.

    They are read anew where somebody saves something meanwhile. Where that does not end it is what is wrong with
    the first of them.
    """
    for reading in range(MOST_READINGS):
        if reading:
            sleep(SETTLING)
        before = _states(folders)
        found = tuple(map(Snapshot.of, folders))
        if before == _states(folders) and all(before.get(path) == state for path, state in _read_states(found)):
            return found
    first, *others = found
    changed = Problem(place_of(first.folder), "knowledge.changed")
    return Snapshot(first.folder, first.contents, {**first.unreadable, first.folder: changed}), *others


def _read_states(snapshots: Iterable[Snapshot]) -> list[tuple[Path, State]]:
    """Return what each file was when it was read, lest one that came and went is taken for that which is there.

    Nothing on Windows, where a file that is open has other times than a file of its name.
    """
    if sys.platform == "win32":
        return []
    return [item for snapshot in snapshots for item in snapshot.states.items()]


def _states(folders: Iterable[Path]) -> dict[Path, State]:
    """Return what changes with each save: which files there are, and the sizes and times of each."""
    return {path: _state(path) for folder in folders for path, _ in entries(folder, deep=True)}


def _state(path: Path) -> State:
    try:
        return _told(path.stat())
    except (OSError, ValueError):
        return None


def _told(state: os.stat_result) -> State:
    return state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns


def _content(path: Path) -> tuple[bytes, State]:
    with open_file(path) as stream, naming(path):
        content, state = stream.read(MOST_BYTES + 1), os.fstat(stream.fileno())
    if len(content) > MOST_BYTES:
        told = {"size": str(len(content)), "most": str(MOST_BYTES)}
        raise InputError([Problem(place_of(path), "file.too_large", told)])
    return content, _told(state)


def contents_of(snapshots: Iterable[Snapshot]) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of all files of a kbase/ and a rules/.

    A name is `kbase/...` or `rules/...`, whatever the folder itself is called. Raises `InputError` where something
    cannot be read.
    """
    for name, snapshot in zip(KNOWLEDGE, snapshots, strict=False):
        if snapshot.unreadable:
            raise InputError(snapshot.unreadable.values())
        for path, content in snapshot.contents.items():
            yield f"{name}/{path.relative_to(snapshot.folder).as_posix()}", content


def digest_of(snapshots: Iterable[Snapshot]) -> str:
    """Return the SHA-256 (hex) over the names and contents of a kbase/ and a rules/. Raises `InputError`."""
    return digest_of_contents(contents_of(snapshots))


def digest_of_contents(contents: Iterable[tuple[str, bytes]]) -> str:
    """Return the SHA-256 (hex) over names and contents; see `contents_of`."""
    found = hashlib.sha256()
    for name, content in contents:
        # Names of files need not be UTF-8.
        found.update(f"{name}\0{len(content)}\0".encode("utf-8", "surrogatepass"))
        found.update(content)
    return found.hexdigest()
