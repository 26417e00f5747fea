"""Why the operating system refuses something, in the words of the catalogue."""

from __future__ import annotations

import errno
import os
from typing import Final

from advisor.catalogue import text_of
from advisor.text import Text

KNOWN: Final = (
    "eacces",
    "eagain",
    "ebadf",
    "ebusy",
    "edquot",
    "eexist",
    "efbig",
    "einval",
    "eio",
    "eisdir",
    "eloop",
    "emfile",
    "enametoolong",
    "enfile",
    "enodev",
    "enoent",
    "enolck",
    "enomem",
    "enospc",
    "enotdir",
    "enotempty",
    "enotsup",
    "enxio",
    "eperm",
    "epipe",
    "erofs",
    "estale",
    "etimedout",
    "etxtbsy",
    "exdev",
)
"""The errors of the system, by their names, for which the catalogue has a sentence."""

NUMBERS: Final = {getattr(errno, name.upper()): name for name in KNOWN if hasattr(errno, name.upper())}
"""The same by their numbers; not every system has all of them."""

WINDOWS: Final = os.name == "nt"

DENIED: Final = 5
IN_USE: Final = frozenset({32, 33})
"""What Windows reports of a file that another program has open or has locked."""


def may_be_in_use(error: OSError) -> bool:
    """Return whether Windows may have refused something only because another program has the file open."""
    return getattr(error, "winerror", None) in IN_USE | {DENIED}


def is_broken_pipe(error: OSError) -> bool:
    """Return whether whoever read our standard output has gone; Windows calls that an invalid argument."""
    return isinstance(error, BrokenPipeError) or (WINDOWS and error.errno == errno.EINVAL)


def reason_of(error: OSError | ValueError) -> Text:
    """Return why the system refused; its own words, in quotation marks, where we have none.

    A `ValueError` is what Python says of a name that the system cannot be asked for.
    """
    if isinstance(error, ValueError):
        return text_of("system.name")
    if getattr(error, "winerror", None) in IN_USE:
        return text_of("system.in_use")
    name = NUMBERS.get(error.errno) if error.errno is not None else None
    if name is None:
        return text_of("system.other", said=error.strerror or str(error) or type(error).__name__)
    return text_of(f"system.{name}")
