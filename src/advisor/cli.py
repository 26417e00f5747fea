"""The command line: reads words, calls, writes. Exit status 0 done, 1 a negative finding, 2 unusable input."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO

import yaml
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TimeRemainingColumn

from advisor.advice.advising import advise
from advisor.advice.as_data import advice_data
from advisor.batch import BatchOptions, run_batch
from advisor.catalogue import say
from advisor.command_line import UsageError, build_parser, language_of, with_command
from advisor.inference.case import CaseReader
from advisor.interview_command import list_sessions, run_interview
from advisor.knowledge.document import MAX_BYTES
from advisor.knowledge_base import Knowledge, load_knowledge
from advisor.output import CannotWriteError, opened
from advisor.problem import AnswersError, InputError, KnowledgeError, Problem, nearest, place_of
from advisor.report.case_report import write_case, write_case_list
from advisor.report.question_report import write_blank_answers, write_questions
from advisor.report.text_report import write_text_report
from advisor.text import Language

DONE, NEGATIVE, UNUSABLE = 0, 1, 2
DISTRIBUTION = "kerjasama-advisor"


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    given = list(sys.argv[1:] if words is None else words)
    if sys.stdout is None:  # closed by whoever called: nobody reads, so nothing need be written
        sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115 - open for the rest of the program
    for stream in (sys.stdout, sys.stderr):
        # A terminal of another encoding shows "?" for what it cannot show, instead of stopping the program.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    language = language_of(given)
    try:
        arguments = build_parser(version(DISTRIBUTION), language).parse_args(with_command(given))
        return COMMANDS[arguments.command](arguments, language)
    except UsageError as error:
        return _complain(str(error))
    except KnowledgeError as error:
        count = len(error.problems)
        return _complain(say("cli.knowledge_broken", language, count=count) + "\n" + error.in_language(language))
    except InputError as error:
        return _complain(error.in_language(language))
    except CannotWriteError as error:
        return _complain(say("cli.cannot_write", language, file=error.path, reason=error.reason))
    except BrokenPipeError:
        # The reader of our output has gone (a pager was left, say): nothing is wrong, and nobody listens.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        return _complain(say("cli.cannot_write", language, file="<stdout>", reason=error.strerror or str(error)))
    except KeyboardInterrupt:
        return _complain(say("cli.interrupted", language))


def _complain(message: str) -> int:
    print(message, file=sys.stderr)
    return UNUSABLE


def _knowledge(arguments: argparse.Namespace) -> Knowledge:
    return load_knowledge(arguments.kbase, arguments.rules)


def _advise(arguments: argparse.Namespace, language: Language) -> int:
    knowledge = _knowledge(arguments)
    reader = CaseReader(knowledge.library, knowledge.rulebase)
    if arguments.file == "-":
        raw = _stdin().read(MAX_BYTES + 1)
        case = reader.text(raw, "<stdin>", arguments.as_of)
    else:
        case = reader.file(Path(arguments.file), arguments.as_of)
    _refuse_same_file(arguments.file, arguments.output, language)
    advice = advise(knowledge, case)
    with opened(arguments.output) as stream:
        if arguments.format == "json":
            json.dump(advice_data(advice, language), stream, ensure_ascii=False, indent=2)
            stream.write("\n")
        else:
            write_text_report(knowledge.library, advice, language, stream)
    return DONE


def _refuse_same_file(source: str, output: Path | None, language: Language) -> None:
    if source == "-" or output is None:
        return
    if output.exists() and Path(source).exists() and output.samefile(source):
        raise UsageError(say("cli.same_file", language, file=output))


def _batch(arguments: argparse.Namespace, language: Language) -> int:
    source = Path(arguments.file)
    options = BatchOptions(
        language=language,
        explain=arguments.explain,
        as_of=arguments.as_of,
        kbase=arguments.kbase,
        rules=arguments.rules,
        name="<stdin>" if arguments.file == "-" else arguments.file,
    )
    _knowledge(arguments)
    _refuse_same_file(arguments.file, arguments.output, language)
    lines = bad = 0
    with _source(arguments.file, source) as stream, opened(arguments.output) as out:
        total = None if arguments.file == "-" else source.stat().st_size
        for answer in run_batch(_with_progress(stream, total), options):
            lines += 1
            bad += answer.bad
            out.write(answer.text + "\n")
    print(say("cli.batch_done", language, lines=lines, bad=bad), file=sys.stderr)
    return NEGATIVE if bad else DONE


def _stdin() -> BinaryIO:
    if sys.stdin is None:  # closed by whoever called
        raise AnswersError([Problem(place_of("<stdin>"), "answers.empty")])
    return sys.stdin.buffer


@contextlib.contextmanager
def _source(name: str, path: Path) -> Iterator[BinaryIO]:
    if name == "-":
        yield _stdin()
        return
    try:
        if path.is_dir():
            raise AnswersError([Problem(place_of(path), "file.is_folder")])
        stream = path.open("rb")
    except OSError as error:
        values = {"reason": error.strerror or str(error)}
        raise AnswersError([Problem(place_of(path), "file.unreadable", values)]) from error
    with stream:
        yield stream


def _with_progress(stream: Iterable[bytes], total: int | None) -> Iterator[bytes]:
    """Yield the lines, showing on a terminal's stderr how far the reading is (in bytes)."""
    console = Console(stderr=True)
    columns = (BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=total)
        for line in stream:
            yield line.rstrip(b"\r\n")
            progress.advance(task, len(line))


def _cases(arguments: argparse.Namespace, language: Language) -> int:
    library = _knowledge(arguments).library
    if arguments.id is None:
        if arguments.answers:
            raise UsageError(say("cli.answers_need_case", language))
        with opened(None) as stream:
            write_case_list(library, language, stream)
        return DONE
    case = library.cases.get(arguments.id.lower())
    if case is None:
        near = nearest(arguments.id.lower(), library.cases)
        hint = say("near", language, near=near) if near else ""
        known = ", ".join(library.cases)
        raise UsageError(say("cli.unknown_case", language, name=arguments.id, near=hint, known=known))
    with opened(None) as stream:
        if arguments.answers:
            answers = {n: list(v) if isinstance(v, tuple) else v for n, v in case.answers.items()}
            data = {"as_of": case.as_of, "answers": answers}
            yaml.safe_dump(data, stream, sort_keys=False, allow_unicode=True, default_flow_style=None)
        else:
            write_case(library, case, language, stream)
    return DONE


def _questions(arguments: argparse.Namespace, language: Language) -> int:
    library = _knowledge(arguments).library
    if arguments.id is not None and arguments.id not in library.questions:
        near = nearest(arguments.id, library.questions)
        hint = say("near", language, near=near) if near else ""
        raise UsageError(say("cli.unknown_question", language, name=arguments.id, near=hint))
    with opened(None) as stream:
        if arguments.blank:
            write_blank_answers(library, language, stream)
        else:
            write_questions(library, language, stream, arguments.id)
    return DONE


def _interview(arguments: argparse.Namespace, language: Language) -> int:
    if arguments.resume == "":
        list_sessions(language)
        return DONE
    knowledge = _knowledge(arguments)
    run_interview(
        knowledge,
        language,
        arguments.file,
        arguments.as_of,
        arguments.resume,
        arguments.output,
        plain=arguments.plain,
    )
    return DONE


COMMANDS = {"interview": _interview, "advise": _advise, "batch": _batch, "cases": _cases, "questions": _questions}

if __name__ == "__main__":
    sys.exit(main())
