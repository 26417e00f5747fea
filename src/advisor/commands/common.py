"""What several commands do with their arguments."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from advisor.catalogue import say
from advisor.folders import naming
from advisor.inference.case import Case, CaseReader
from advisor.knowledge.document import MAX_BYTES
from advisor.knowledge_base import Knowledge
from advisor.knowledge_cache import kept_knowledge
from advisor.output import opened, write_json
from advisor.papers.document import Document
from advisor.papers.formats import FORMATS, JSON, RESULT_FORMATS, Format, named_format, write_document
from advisor.paths import same_file
from advisor.problem import UsageError, nearest
from advisor.text import Language

DONE: Final = 0
NEGATIVE: Final = 1
UNUSABLE: Final = 2

STDIN: Final = Path("<stdin>")
"""What messages call standard input."""


def knowledge_of(arguments: argparse.Namespace) -> Knowledge:
    """Return the knowledge that `--kbase` and `--rules` name. Raises `KnowledgeError`."""
    return kept_knowledge(arguments.kbase, arguments.rules)


def case_of(arguments: argparse.Namespace, knowledge: Knowledge) -> Case:
    """Return the answers file (`-` for stdin) on the day of `--as-of`. Raises `AnswersError`."""
    reader = CaseReader(knowledge.library, knowledge.rulebase)
    if arguments.file == "-":
        with naming(STDIN):
            raw = standard_input().read(MAX_BYTES + 1)
        return reader.text(raw, str(STDIN), arguments.as_of)
    return reader.file(Path(arguments.file), arguments.as_of)


def standard_input() -> BinaryIO:
    """Return stdin as bytes."""
    return sys.stdin.buffer


def write_result(
    arguments: argparse.Namespace,
    language: Language,
    report: Callable[[], Document],
    data: Callable[[], Any] | None = None,
) -> None:
    """Write a result to `--output`, as `--format` or the ending of its name says: its data as JSON, or its report.

    Raises `UsageError` where the two say different things, or where it cannot be written so.
    """
    form = format_of(arguments, language, RESULT_FORMATS if data is not None else FORMATS)
    if form == JSON and data is not None:
        with opened(arguments.output) as stream:
            write_json(data(), stream)
    else:
        write_document(report(), cast("Format", form), arguments.output)


def format_of(arguments: argparse.Namespace, language: Language, formats: Collection[str] = RESULT_FORMATS) -> str:
    """Return the one of `formats` to write a result in. Raises `UsageError` as `write_result` does.

    A command that has much to do asks for it first, so that nobody waits for what cannot be written.
    """
    output: Path | None = arguments.output
    to_screen = output is None or str(output) == "-"
    named = None if output is None or to_screen else named_format(output)
    asked: str | None = arguments.format
    if None not in (asked, named) and asked != named:
        raise UsageError(say("cli.other_ending", language, file=output, asked=asked, named=named))
    form = asked or named or FORMATS[0]
    if form not in formats:
        raise UsageError(say("cli.no_such_format", language, form=form, formats=", ".join(formats)))
    if form == "docx" and to_screen and sys.stdout.isatty():
        raise UsageError(say("cli.not_on_a_screen", language))
    return form


def refuse_format_with(arguments: argparse.Namespace, option: str, language: Language) -> None:
    """Raise `UsageError` where a format is asked for with an option that writes an answers file."""
    if arguments.format is not None and getattr(arguments, option.removeprefix("--")):
        reason = say("cli.not_together", language, name="--format", other=option)
        raise UsageError(say("cli.usage_error", language, reason=reason))


def hint_at(name: str, known: Collection[str], language: Language) -> str:
    """Return the name that was meant, as messages on unknown names give it; "" where none is near."""
    near = nearest(name, known)
    return say("near", language, near=near) if near else ""


def unknown_case(name: str, cases: Collection[str], language: Language) -> UsageError:
    """Return the error that says that there is no such case, and which there are."""
    near = hint_at(name.lower(), cases, language)
    return UsageError(say("cli.unknown_case", language, name=name, near=near, known=", ".join(cases)))


def refuse_unknown_rules(prefixes: Iterable[str], names: Collection[str], language: Language) -> None:
    """Raise `UsageError`, with the nearest of `names`, where none of them begins with one of `prefixes`."""
    for prefix in prefixes:
        if not any(name.startswith(prefix) for name in names):
            near = hint_at(prefix, names, language)
            raise UsageError(say("mutation.no_rule", language, name=prefix, near=near))


def refuse_without(needed: str, given: Mapping[str, object], language: Language) -> None:
    """Raise `UsageError` for the first word that was given, where all of them change nothing without `needed`."""
    _refuse_idle("cli.idle_without", needed, given, language)


def refuse_beside(other: str, given: Mapping[str, object], language: Language) -> None:
    """Raise `UsageError` for the first word that was given, where all of them change nothing beside `other`."""
    _refuse_idle("cli.idle_beside", other, given, language)


def _refuse_idle(key: str, other: str, given: Mapping[str, object], language: Language) -> None:
    for name, value in given.items():
        if value:
            raise UsageError(say(key, language, name=name, other=other))


def refuse_same_file(source: str, output: Path | None, language: Language) -> None:
    """Raise `UsageError` where the output would overwrite the input."""
    if source != "-" and output is not None and same_file(source, output):
        raise UsageError(say("cli.same_file", language, file=output))
