"""Where kbase/ and rules/ lie: beside the package when installed, at the top of a checkout otherwise."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def built_in(name: str) -> Path:
    """Return the built-in folder `name` ("kbase" or "rules")."""
    installed = PACKAGE / "_knowledge" / name
    return installed if installed.is_dir() else PACKAGE.parents[1] / name
