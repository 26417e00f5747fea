"""The command line: reads words, calls a command. Exit status 0 done, 1 a negative finding, 2 unusable input."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Final

from advisor.catalogue import say
from advisor.command_line import build_parser, language_of, with_command
from advisor.commands.common import DONE, UNUSABLE
from advisor.output import CannotWriteError, tell
from advisor.problem import InputError, KnowledgeError, UsageError
from advisor.standard_streams import standard_streams
from advisor.system_error import reason_of
from advisor.text import Language
from advisor.workers import WorkerEndedError

COLLECT_AFTER: Final = 100_000
"""The new objects after which garbage is looked for: what a command loads stays, and looking takes long."""

LONGEST_WORD: Final = 10_000
"""How many characters a word may have, twice as many as the name of a file. What is longer is told in part."""

TOLD: Final = 40
"""So much of a word that is too long is told."""


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status. Raises `KeyboardInterrupt` where Ctrl+C is no way to leave it."""
    given = list(sys.argv[1:] if words is None else words)
    gc.set_threshold(COLLECT_AFTER)
    with standard_streams():
        return _answered(given, language_of(given))


def _answered(words: Sequence[str], language: Language) -> int:
    """Run one command and say what keeps it from its work; return the exit status."""
    long = next((word for word in words if len(word) > LONGEST_WORD), None)
    if long is not None:
        told = {"word": long[:TOLD], "length": len(long), "most": LONGEST_WORD}
        return _complain(say("cli.long_word", language, **told))
    try:
        return _run(words, language)
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
        return DONE
    except OSError as error:
        return _complain(_refusal(error, language))
    except WorkerEndedError:
        return _complain(say("cli.process_ended", language))


def _complain(message: str) -> int:
    tell(message)
    return UNUSABLE


def _refusal(error: OSError, language: Language) -> str:
    """Return what is said of an error of the system that nobody has placed."""
    reason = reason_of(error)
    if error.filename is None:
        return say("cli.system", language, reason=reason)
    return say("cli.system_file", language, file=error.filename, reason=reason)


def _run(words: Sequence[str], language: Language) -> int:
    arguments = _parsed(words, language)
    status = DONE
    if arguments is not None:
        command = import_module(f"advisor.commands.{arguments.command}")
        status = command.run(arguments, language)
    sys.stdout.flush()  # only then is known whether everything could be written
    return status


def _parsed(words: Sequence[str], language: Language) -> argparse.Namespace | None:
    """Return what the words ask for, or None where help or the version was all, which is written then."""
    try:
        parser = build_parser(language)
        return parser.parse_args(with_command(words, parser.commands))
    except SystemExit:
        return None


if __name__ == "__main__":
    sys.exit(main())
