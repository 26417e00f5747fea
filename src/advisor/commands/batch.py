"""`advisor batch`: one case a line in, one line of conclusions out."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic
from typing import BinaryIO, Final

from rich.progress import Progress, TaskProgressColumn

from advisor.batch.lines import BatchOptions
from advisor.batch.pool import run_batch
from advisor.catalogue import say
from advisor.commands.common import DONE, NEGATIVE, STDIN, knowledge_of, refuse_same_file, standard_input
from advisor.commands.progress import progress_bar
from advisor.folders import naming, open_file
from advisor.knowledge.document import MAX_BYTES
from advisor.output import opened, tell
from advisor.text import Language

LONGEST: Final = MAX_BYTES + len(b"\r\n") + 1
"""How much of a line is read at once; it is enough to see that the line is too long."""

KEPT_BACK: Final = 0.25
"""For how many seconds answers are kept back, to be written together."""


def run(arguments: argparse.Namespace, language: Language) -> int:
    """Answer every line; a bad one becomes an error and makes the status 1."""
    source = Path(arguments.file)
    options = BatchOptions(
        language=language,
        explain=arguments.explain,
        as_of=arguments.as_of,
        name=str(STDIN) if arguments.file == "-" else arguments.file,
    )
    knowledge = knowledge_of(arguments)
    refuse_same_file(arguments.file, arguments.output, language)
    lines = bad = 0
    with (
        _source(arguments.file, source) as stream,
        opened(arguments.output) as out,
        progress_bar(TaskProgressColumn()) as bar,
        closing(run_batch(_lines(stream, bar, Path(options.name)), knowledge, options, arguments.jobs)) as answers,
    ):
        bar.add_task("", total=None if arguments.file == "-" else os.fstat(stream.fileno()).st_size)
        written = monotonic()
        for answer in answers:
            lines += 1
            bad += answer.bad
            out.write(answer.text)
            out.write("\n")
            if monotonic() - written >= KEPT_BACK:
                out.flush()
                written = monotonic()
    tell(say("cli.batch_done", language, lines=lines, bad=bad))
    return NEGATIVE if bad else DONE


@contextmanager
def _source(name: str, path: Path) -> Iterator[BinaryIO]:
    if name == "-":
        yield standard_input()
        return
    with open_file(path, pipes=True) as stream:
        yield stream


def _lines(stream: BinaryIO, bar: Progress, path: Path) -> Iterator[bytes]:
    """Yield the lines, while the bar shows how many bytes have been read.

    Of a line that is too long comes only so much that it can be seen to be. Raises `InputError`, which names the
    file, where it cannot be read any more.
    """
    with naming(path):
        while line := stream.readline(LONGEST):
            yield line.removesuffix(b"\n").removesuffix(b"\r")
            bar.advance(bar.task_ids[0], len(line))
            while len(line) == LONGEST and not line.endswith(b"\n"):
                line = stream.readline(LONGEST)
                bar.advance(bar.task_ids[0], len(line))
