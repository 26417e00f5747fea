"""What the command line accepts: one parser for each command."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import Any, NoReturn

from advisor.catalogue import say
from advisor.output import opened
from advisor.problem import UsageError
from advisor.text import LANGUAGES, Language
from advisor.understanding.day import read_day

DISTRIBUTION = "kerjasama-advisor"

# What argparse says of words that it cannot take, and what is said instead; the first that fits.
REASONS = (
    (r"the following arguments are required: (?P<names>.+)", "cli.required"),
    (r"unrecognized arguments: (?P<words>.+)", "cli.unrecognised"),
    (r"one of the arguments (?P<names>.+) is required", "cli.one_required"),
    (r"argument (?P<name>.+?): expected (?:at least )?one argument", "cli.needs_value"),
    (r"argument (?P<name>.+?): not allowed with argument (?P<other>.+)", "cli.not_together"),
    (r"argument (?P<name>.+?): ignored explicit argument (?P<given>.+)", "cli.takes_no_value"),
    (r"argument (?P<name>.+?): invalid choice: (?P<given>.+) \(choose from (?P<known>.+)\)", "cli.no_choice"),
    (r"argument (?P<name>.+?): (?P<reason>.+)", "cli.bad_value"),
)


class Parser(argparse.ArgumentParser):
    """A parser that raises instead of leaving the program, and speaks the language asked for."""

    language: Language = "id"

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._positionals.title = say("cli.arguments", self.language)
        self._optionals.title = say("cli.options", self.language)

    def error(self, message: str) -> NoReturn:
        """Raise `UsageError` with the usage of the command."""
        reason = _reason(message, self.language)
        raise UsageError(self.format_usage() + say("cli.usage_error", self.language, reason=reason))

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        """Leave after --help or --version."""
        raise SystemExit(status)


def language_of(words: Sequence[str]) -> Language:
    """Return the language that the words ask for, before they are parsed (for messages about the words)."""
    asked = "id"
    for word, following in zip_longest(words, words[1:], fillvalue=""):
        value = following if word == "--lang" else word.removeprefix("--lang=")
        if value in LANGUAGES and word.startswith("--lang"):
            asked = value
    return "en" if asked == "en" else "id"


def with_command(words: Sequence[str]) -> list[str]:
    """Return the words with the command `interview` put in where none stands (`advisor`, `advisor --resume`)."""
    if not words or (words[0].startswith("-") and words[0] not in ("-h", "--help", "--version")):
        return ["interview", *words]
    return list(words)


class _ShowVersion(argparse.Action):
    """Writes the version and leaves. It is looked up only then, since that takes a while."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        with opened(None) as stream:
            stream.write(f"advisor {version(DISTRIBUTION)}\n")
        parser.exit()


def build_parser(language: Language) -> Parser:
    """Return the parser of all commands, with help in `language`."""

    def text(key: str) -> str:
        return say(f"cli.{key}", language)

    Parser.language = language
    parser = Parser(prog="advisor", description=text("description"), add_help=False, allow_abbrev=False)
    parser.add_argument("-h", "--help", action="help", help=text("help"))
    parser.add_argument("--version", action=_ShowVersion, nargs=0, help=text("version"))
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def command(name: str) -> Parser:
        sub: Parser = commands.add_parser(
            name,
            help=text(f"command.{name}"),
            description=text(f"command.{name}"),
            add_help=False,
            allow_abbrev=False,
        )
        sub.add_argument("-h", "--help", action="help", help=text("help"))
        sub.add_argument("--lang", choices=LANGUAGES, default="id", help=text("lang"))
        sub.add_argument("--kbase", type=Path, metavar="DIR", help=text("kbase"))
        sub.add_argument("--rules", type=Path, metavar="DIR", help=text("rules"))
        return sub

    interview = command("interview")
    interview.add_argument("file", nargs="?", type=Path, metavar="FILE", help=text("interview_file"))
    interview.add_argument("--as-of", type=_day(language), metavar="D", help=text("as_of"))
    interview.add_argument("--plain", action="store_true", help=text("plain"))
    interview.add_argument("--resume", nargs="?", const="", metavar="NAME", help=text("resume"))
    interview.add_argument("-o", "--output", type=Path, metavar="OUT", help=text("interview_output"))

    advise = command("advise")
    advise.add_argument("file", metavar="FILE", help=text("file"))
    advise.add_argument("--as-of", type=_day(language), metavar="D", help=text("as_of"))
    advise.add_argument("--format", choices=("text", "json"), default="text", help=text("format"))
    advise.add_argument("-o", "--output", type=Path, metavar="OUT", help=text("output"))
    advise.add_argument("--receipt", type=Path, metavar="R.json", help=text("receipt"))

    batch = command("batch")
    batch.add_argument("file", metavar="FILE.jsonl", help=text("batch_file"))
    batch.add_argument("--as-of", type=_day(language), metavar="D", help=text("as_of"))
    batch.add_argument("--explain", action="store_true", help=text("explain"))
    batch.add_argument("--jobs", type=_count(language), metavar="N", help=text("jobs"))
    batch.add_argument("-o", "--output", type=Path, metavar="OUT", help=text("output"))

    cases = command("cases")
    cases.add_argument("id", nargs="?", metavar="ID", help=text("case_id"))
    cases.add_argument("--answers", action="store_true", help=text("case_answers"))

    explain = command("explain")
    explain.add_argument("file", metavar="FILE", help=text("file"))
    kind = explain.add_mutually_exclusive_group(required=True)
    kind.add_argument("--how", metavar="C", help=text("how"))
    kind.add_argument("--why-not", metavar="C=VALUE", help=text("why_not"))
    kind.add_argument("--what-if", nargs="+", action="extend", metavar="Q=V", help=text("what_if"))
    kind.add_argument("--reach", metavar="C=VALUE", help=text("reach"))
    explain.add_argument("--as-of", type=_day(language), metavar="D", help=text("as_of"))
    explain.add_argument("--format", choices=("text", "json"), default="text", help=text("format"))
    explain.add_argument("-o", "--output", type=Path, metavar="OUT", help=text("output"))

    compare = command("compare")
    compare.add_argument("files", nargs="+", metavar="FILE", help=text("compare_files"))
    compare.add_argument("--as-of", type=_day(language), metavar="D", help=text("as_of"))
    compare.add_argument("--format", choices=("text", "json"), default="text", help=text("format"))
    compare.add_argument("-o", "--output", type=Path, metavar="OUT", help=text("output"))

    teach = command("teach")
    teach.add_argument("case", nargs="?", metavar="CASE", help=text("teach_case"))
    teach.add_argument("--as-of", type=_day(language), metavar="D", help=text("as_of"))
    teach.add_argument("--plain", action="store_true", help=text("plain"))

    graph = command("graph")
    graph.add_argument("file", nargs="?", metavar="FILE", help=text("graph_file"))
    graph.add_argument("--as-of", type=_day(language), metavar="D", help=text("as_of"))
    graph.add_argument("-o", "--output", type=Path, required=True, metavar="OUT", help=text("graph_output"))

    replay = command("replay")
    replay.add_argument("file", type=Path, metavar="R.json", help=text("replay_file"))
    replay.add_argument("--format", choices=("text", "json"), default="text", help=text("format"))

    check = command("check")
    check.add_argument("--format", choices=("text", "json"), default="text", help=text("format"))
    check.add_argument("--all", action="store_true", help=text("check_all"))
    check.add_argument("--examples", type=Path, metavar="DIR", help=text("check_examples"))
    check.add_argument("-o", "--output", type=Path, metavar="OUT", help=text("output"))

    test = command("test")
    test.add_argument("paths", nargs="*", type=Path, metavar="PATH", help=text("test_paths"))
    test.add_argument("--coverage", action="store_true", help=text("test_coverage"))
    test.add_argument("--mutate", action="store_true", help=text("test_mutate"))
    test.add_argument("--answer", nargs="+", action="extend", default=[], metavar="Q=V", help=text("test_answer"))
    test.add_argument("--rule", action="append", default=[], metavar="PREFIX", help=text("test_rule"))
    test.add_argument("--html", type=Path, metavar="OUT.html", help=text("test_html"))
    test.add_argument("--junit", type=Path, metavar="OUT.xml", help=text("test_junit"))
    test.add_argument("--jobs", type=_count(language), metavar="N", help=text("jobs"))
    test.add_argument("--format", choices=("text", "json"), default="text", help=text("format"))
    test.add_argument("-o", "--output", type=Path, metavar="OUT", help=text("output"))

    witness = command("witness")
    witness.add_argument("rules_named", nargs="*", metavar="RULE", help=text("witness_rules"))
    witness.add_argument("--as-of", type=_day(language), metavar="D", help=text("witness_as_of"))
    witness.add_argument("-o", "--output", type=Path, metavar="OUT.yaml", help=text("output"))

    diff = command("diff")
    diff.add_argument("old", type=Path, metavar="OLD", help=text("diff_old"))
    diff.add_argument("new", nargs="?", type=Path, metavar="NEW", help=text("diff_new"))
    diff.add_argument("--scenarios", nargs="+", type=Path, metavar="PATH", help=text("diff_scenarios"))
    diff.add_argument("--format", choices=("text", "json"), default="text", help=text("format"))
    diff.add_argument("-o", "--output", type=Path, metavar="OUT", help=text("output"))

    schema = command("schema")
    schema.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help=text("schema_output"))

    questions = command("questions")
    questions.add_argument("id", nargs="?", metavar="ID", help=text("question_id"))
    questions.add_argument("--blank", action="store_true", help=text("blank"))
    return parser


def _reason(message: str, language: Language) -> str:
    """Return what argparse says in the language asked for; as it says it where that is nothing known."""
    for pattern, key in REASONS:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return say(key, language, **found.groupdict())
    return message


def _count(language: Language) -> Callable[[str], int]:
    """Return what reads a number of processes; argparse shows its message."""

    def count(text: str) -> int:
        if not text.isdigit() or int(text) == 0:
            raise argparse.ArgumentTypeError(say("cli.not_a_count", language, given=text))
        return int(text)

    return count


def _day(language: Language) -> Callable[[str], date]:
    """Return what reads a date; argparse shows its message."""

    def day(text: str) -> date:
        found = read_day(text)
        if found is None:
            raise argparse.ArgumentTypeError(say("cli.not_a_day", language, given=text))
        return found

    return day
