"""Where kbase/, rules/ and the scenarios lie (in the package when installed, else in a checkout), and digests."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
KNOWLEDGE = ("kbase", "rules")
IN_CHECKOUT = {"kbase": "kbase", "rules": "rules", "scenarios": "tests/scenarios"}


def built_in(name: str) -> Path:
    """Return the built-in folder `name` ("kbase", "rules" or "scenarios")."""
    installed = PACKAGE / "_knowledge" / name
    return installed if installed.is_dir() else PACKAGE.parents[1] / IN_CHECKOUT[name]


def contents_of(folders: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of all YAML files in the folders, which are a kbase/ and a rules/.

    A name is `kbase/...` or `rules/...`, whatever the folder itself is called.
    """
    for name, folder in zip(KNOWLEDGE, folders, strict=False):
        for path in sorted(folder.rglob("*.yaml")):
            yield f"{name}/{path.relative_to(folder).as_posix()}", path.read_bytes()


def digest_of(folders: Iterable[Path]) -> str:
    """Return the SHA-256 (hex) over the names and contents of all YAML files in the folders."""
    return digest_of_contents(contents_of(folders))


def digest_of_contents(contents: Iterable[tuple[str, bytes]]) -> str:
    """Return the SHA-256 (hex) over names and contents; see `contents_of`."""
    found = hashlib.sha256()
    for name, content in contents:
        found.update(f"{name}\0{len(content)}\0".encode())
        found.update(content)
    return found.hexdigest()
