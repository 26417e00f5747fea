"""What several commands do with their arguments."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import BinaryIO, Final, TextIO

from advisor.catalogue import say
from advisor.inference.case import Case, CaseReader
from advisor.knowledge.document import MAX_BYTES
from advisor.knowledge_base import Knowledge
from advisor.knowledge_cache import kept_knowledge
from advisor.problem import AnswersError, Problem, UsageError, nearest, place_of
from advisor.text import Language

DONE: Final = 0
NEGATIVE: Final = 1
UNUSABLE: Final = 2


def knowledge_of(arguments: argparse.Namespace) -> Knowledge:
    """Return the knowledge that `--kbase` and `--rules` name. Raises `KnowledgeError`."""
    return kept_knowledge(arguments.kbase, arguments.rules)


def case_of(arguments: argparse.Namespace, knowledge: Knowledge) -> Case:
    """Return the answers file (`-` for stdin) on the day of `--as-of`. Raises `AnswersError`."""
    reader = CaseReader(knowledge.library, knowledge.rulebase)
    if arguments.file == "-":
        return reader.text(standard_input().read(MAX_BYTES + 1), "<stdin>", arguments.as_of)
    return reader.file(Path(arguments.file), arguments.as_of)


def standard_input() -> BinaryIO:
    """Return stdin as bytes. Raises `AnswersError` where whoever called has closed it."""
    if sys.stdin is None:
        raise AnswersError([Problem(place_of("<stdin>"), "answers.empty")])
    return sys.stdin.buffer


def write_json(data: object, stream: TextIO) -> None:
    """Write plain data as JSON, indented, with a line break behind it."""
    json.dump(data, stream, ensure_ascii=False, indent=2)
    stream.write("\n")


def refuse_unknown_rules(prefixes: Iterable[str], names: Collection[str], language: Language) -> None:
    """Raise `UsageError`, with the nearest of `names`, where none of them begins with one of `prefixes`."""
    for prefix in prefixes:
        if not any(name.startswith(prefix) for name in names):
            near = nearest(prefix, names)
            told = say("near", language, near=near) if near else ""
            raise UsageError(say("mutation.no_rule", language, name=prefix, near=told))


def refuse_same_file(source: str, output: Path | None, language: Language) -> None:
    """Raise `UsageError` where the output would overwrite the input."""
    if source == "-" or output is None:
        return
    if output.exists() and Path(source).exists() and output.samefile(source):
        raise UsageError(say("cli.same_file", language, file=output))
