"""The command line: reads words, calls a command. Exit status 0 done, 1 a negative finding, 2 unusable input."""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path

from advisor.catalogue import say
from advisor.command_line import build_parser, language_of, with_command
from advisor.commands.common import DONE, UNUSABLE
from advisor.output import CannotWriteError
from advisor.problem import InputError, KnowledgeError, UsageError
from advisor.system_error import reason_of
from advisor.text import Language

COLLECT_AFTER = 100_000
"""The new objects after which garbage is looked for: what a command loads stays, and looking takes long."""


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    given = list(sys.argv[1:] if words is None else words)
    if sys.stdout is None:  # closed by whoever called: nobody reads, so nothing need be written
        sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115 - open for the rest of the program
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            _encode(stream)
    gc.set_threshold(COLLECT_AFTER)
    language = language_of(given)
    try:
        parser = build_parser(language)
        arguments = parser.parse_args(with_command(given, parser.commands))
        return _run(arguments, language)
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
        return _complain(_refusal(error, language))
    except KeyboardInterrupt:
        return _complain(say("cli.interrupted", language))


def _encode(stream: TextIOWrapper) -> None:
    """Let a terminal show "?" for what its encoding lacks; a pipe or a file gets the bytes that `-o` writes."""
    if stream.isatty() or "PYTHONIOENCODING" in os.environ:
        stream.reconfigure(errors="replace")
    else:
        stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")


def _complain(message: str) -> int:
    print(message, file=sys.stderr)
    return UNUSABLE


def _refusal(error: OSError, language: Language) -> str:
    """Return what is said of an error of the system that nobody has placed."""
    reason = reason_of(error)
    if error.filename is None:
        return say("cli.system", language, reason=reason)
    return say("cli.system_file", language, file=error.filename, reason=reason)


def _run(arguments: argparse.Namespace, language: Language) -> int:
    command = import_module(f"advisor.commands.{arguments.command}")
    status: int = command.run(arguments, language)
    return status


if __name__ == "__main__":
    sys.exit(main())
