"""Where kbase/, rules/ and the scenarios lie (in the package or in a checkout), and reading what is in them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from advisor.problem import InputError, Problem, place_of

PACKAGE = Path(__file__).resolve().parent
KNOWLEDGE = ("kbase", "rules")
IN_CHECKOUT = {"kbase": "kbase", "rules": "rules", "scenarios": "tests/scenarios"}


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


def yaml_files(folder: Path, *, deep: bool = False) -> list[Path]:
    """Return every `*.yaml` in a folder, with `deep` also in the folders within it, sorted by path.

    Hidden ones (`.name`) are passed over: editors keep their locks and copies there. The list is empty where there
    is no such folder. What is in the list may still be a folder or a link to nothing; reading it says so.
    """
    found = folder.rglob("*.yaml") if deep else folder.glob("*.yaml")
    return sorted(path for path in found if not _is_hidden(path.relative_to(folder)))


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def content_of(path: Path, most: int = -1, *, pipes: bool = False) -> bytes:
    """Return the content of a file, `most` bytes of it at most (-1: all).

    A pipe or a device is read only with `pipes`, which is for files that a person has named. Raises `InputError`,
    which names the file, where it cannot be read.
    """
    try:
        if path.is_dir():
            raise InputError([Problem(place_of(path), "file.is_folder")])
        if not pipes and path.exists() and not path.is_file():
            # Who reads a pipe to which nobody writes waits without end.
            raise InputError([Problem(place_of(path), "file.not_regular")])
        with path.open("rb") as stream:
            return stream.read(most)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError([Problem(place_of(path), "file.unreadable", {"reason": reason})]) from error


def contents_of(folders: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of all YAML files, at any depth, in a kbase/ and a rules/ folder.

    A name is `kbase/...` or `rules/...`, whatever the folder itself is called. Raises `InputError` where a file
    cannot be read.
    """
    for name, folder in zip(KNOWLEDGE, folders, strict=False):
        for path in yaml_files(folder, deep=True):
            yield f"{name}/{path.relative_to(folder).as_posix()}", content_of(path)


def digest_of(folders: Iterable[Path]) -> str:
    """Return the SHA-256 (hex) over the names and contents of a kbase/ and a rules/ folder. Raises `InputError`."""
    return digest_of_contents(contents_of(folders))


def digest_of_contents(contents: Iterable[tuple[str, bytes]]) -> str:
    """Return the SHA-256 (hex) over names and contents; see `contents_of`."""
    found = hashlib.sha256()
    for name, content in contents:
        found.update(f"{name}\0{len(content)}\0".encode())
        found.update(content)
    return found.hexdigest()
