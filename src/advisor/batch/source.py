"""Where the lines of a batch come from: a file, a pipe or standard input, never read whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from advisor.folders import naming
from advisor.knowledge.document import MAX_BYTES

LONGEST: Final = MAX_BYTES + 2
"""Of a longer line only so much is read: with its line end that is more than is accepted."""


def lines_of(stream: BinaryIO, path: Path) -> Iterator[bytes]:
    """Yield the lines of a stream with their ends, of those that are too long only the beginning.

    Raises `InputError`, which names `path`, where the stream cannot be read to its end.
    """
    with naming(path):
        while line := stream.readline(LONGEST):
            yield line
            while len(line) == LONGEST and not line.endswith(b"\n"):
                line = stream.readline(LONGEST)
