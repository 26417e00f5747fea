"""Where kbase/, rules/ and the scenarios lie (in the package when installed, else in a checkout), and digests."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
IN_CHECKOUT = {"kbase": "kbase", "rules": "rules", "scenarios": "tests/scenarios"}


def built_in(name: str) -> Path:
    """Return the built-in folder `name` ("kbase", "rules" or "scenarios")."""
    installed = PACKAGE / "_knowledge" / name
    return installed if installed.is_dir() else PACKAGE.parents[1] / IN_CHECKOUT[name]


def digest_of(folders: Iterable[Path]) -> str:
    """Return the SHA-256 (hex) over the names and contents of all YAML files in the folders."""
    found = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*.yaml")):
            content = path.read_bytes()
            found.update(f"{folder.name}/{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
            found.update(content)
    return found.hexdigest()
