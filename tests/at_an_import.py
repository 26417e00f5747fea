"""A `sitecustomize` that raises a signal at an import of the program, whose first is that of `advisor.signals`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

SOURCE: Final = """\
import os, signal, sys

left = int(os.environ["AT_IMPORT"])
begun = False


def hook(event, arguments):
    global begun, left
    if event == "import":
        begun = begun or arguments[0] == "advisor.signals"
        left -= begun
        if begun and left == 0:
            signal.raise_signal(int(os.environ["SIGNAL"]))


sys.addaudithook(hook)
"""


def environment(folder: Path, number: int, at: int) -> dict[str, str]:
    """Return the environment in which a program gets a signal at its import `at`, counted from 1."""
    (folder / "sitecustomize.py").write_text(SOURCE)
    path = os.pathsep.join([str(folder), *filter(None, [os.environ.get("PYTHONPATH")])])
    return {"PYTHONPATH": path, "AT_IMPORT": str(at), "SIGNAL": str(int(number))}
