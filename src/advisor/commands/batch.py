"""`advisor batch`: one case a line in, one line of conclusions out."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TimeRemainingColumn

from advisor.batch.lines import BatchOptions
from advisor.batch.pool import run_batch
from advisor.catalogue import say
from advisor.commands.common import DONE, NEGATIVE, knowledge_of, refuse_same_file, standard_input
from advisor.folders import open_file
from advisor.output import opened
from advisor.text import Language


def run(arguments: argparse.Namespace, language: Language) -> int:
    """Answer every line; a bad one becomes an error and makes the status 1."""
    source = Path(arguments.file)
    options = BatchOptions(
        language=language,
        explain=arguments.explain,
        as_of=arguments.as_of,
        kbase=arguments.kbase,
        rules=arguments.rules,
        name="<stdin>" if arguments.file == "-" else arguments.file,
    )
    knowledge_of(arguments)
    refuse_same_file(arguments.file, arguments.output, language)
    lines = bad = 0
    with _source(arguments.file, source) as stream, opened(arguments.output) as out:
        total = None if arguments.file == "-" else os.fstat(stream.fileno()).st_size
        for answer in run_batch(_with_progress(stream, total), options, arguments.jobs):
            lines += 1
            bad += answer.bad
            out.write(answer.text + "\n")
    print(say("cli.batch_done", language, lines=lines, bad=bad), file=sys.stderr)
    return NEGATIVE if bad else DONE


@contextlib.contextmanager
def _source(name: str, path: Path) -> Iterator[BinaryIO]:
    if name == "-":
        yield standard_input()
        return
    with open_file(path, pipes=True) as stream:
        yield stream


def _with_progress(stream: Iterable[bytes], total: int | None) -> Iterator[bytes]:
    """Yield the lines, showing on a terminal's stderr how far the reading is (in bytes)."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield from (line.rstrip(b"\r\n") for line in stream)
        return
    columns = (BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=total)
        for line in stream:
            yield line.rstrip(b"\r\n")
            progress.advance(task, len(line))
