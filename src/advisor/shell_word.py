"""Words as they are typed into a shell."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

from advisor.system_error import WINDOWS


def shell_word(word: str | Path) -> str:
    """Return a word so that a shell takes it for one, in quotation marks where it holds spaces and the like."""
    return subprocess.list2cmdline([str(word)]) if WINDOWS else shlex.quote(str(word))
