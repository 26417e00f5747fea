"""The streams of the program: whether they can be drawn on, and what is typed."""

from __future__ import annotations

import os
import sys
from io import StringIO
from typing import TextIO


def can_be_drawn_on() -> bool:
    """Return whether both streams are a terminal that moves its cursor."""
    streams = (sys.stdin, sys.stdout)
    if os.environ.get("TERM") == "dumb" or not all(stream is not None and stream.isatty() for stream in streams):
        return False
    # Imported late: it is needed only here and takes a while.
    from prompt_toolkit.output.defaults import create_output

    try:
        create_output()
    except Exception:
        # On Windows a terminal need not be a console; the error for that is a class that only Windows has.
        return False
    return True


def typed_lines() -> TextIO:
    """Return standard input; one on which nothing is typed where whoever called has closed it."""
    return sys.stdin if sys.stdin is not None else StringIO()
