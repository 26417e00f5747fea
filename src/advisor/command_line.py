"""What the command line accepts: one parser for each command."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Collection, Sequence
from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Final, cast, get_args

from advisor.argument_parser import Parser
from advisor.catalogue import say
from advisor.knowledge.timetable import JointLeave
from advisor.output import opened
from advisor.papers.formats import FORMATS, RESULT_FORMATS
from advisor.text import LANGUAGES, Language
from advisor.understanding.day import read_day

DISTRIBUTION: Final = "kerjasama-advisor"
LANG: Final = "--lang"
FILES: Final = (".yaml", ".yml", ".json")
"""How the names of answers files end."""


def language_of(words: Sequence[str]) -> Language:
    """Return the language that the words ask for, before they are parsed (for messages about the words)."""
    language: Language = "id"
    for word, following in pairwise([*words, ""]):
        if word == "--":
            break
        value = following if word == LANG else word.removeprefix(f"{LANG}=") if word.startswith(LANG) else ""
        language = next((known for known in LANGUAGES if known == value), language)
    return language


def with_command(words: Sequence[str], commands: Collection[str]) -> list[str]:
    """Return the words with their command first, also where the language was named before it.

    The command is `interview` where none stands: before options (`advisor --resume`), and before what can only be
    a file (`advisor answers.yaml`). Any other word is left for the parser to refuse.
    """
    length = 0
    if words and words[0] == LANG:
        length = 2
    elif words and words[0].startswith(f"{LANG}="):
        length = 1
    language, rest = list(words[:length]), list(words[length:])
    if rest and rest[0] in ("-h", "--help", "--version"):
        return rest
    if not rest or rest[0].startswith("-") or (rest[0] not in commands and _is_file(Path(rest[0]))):
        return ["interview", *language, *rest]
    return [rest[0], *language, *rest[1:]]


def _is_file(path: Path) -> bool:
    return path.suffix.lower() in FILES or len(path.parts) > 1 or path.is_file()


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

    def named(place: str) -> str:
        return text(f"place.{place}")

    parser = Parser(language, prog="advisor", description=text("description"))
    parser.add_argument("--version", action=_ShowVersion, nargs=0, help=text("version"))
    commands = parser.add_subparsers(
        dest="command",
        metavar=named("command"),
        required=True,
        parser_class=cast("type[Parser]", partial(Parser, language)),  # whatever makes one will do
    )

    def command(name: str) -> Parser:
        sub: Parser = commands.add_parser(name, help=text(f"command.{name}"), description=text(f"command.{name}"))
        sub.add_argument(LANG, choices=LANGUAGES, default="id", help=text("lang"))
        sub.add_argument("--kbase", type=Path, metavar=named("folder"), help=text("kbase"))
        sub.add_argument("--rules", type=Path, metavar=named("folder"), help=text("rules"))
        return sub

    interview = command("interview")
    interview.add_argument("file", nargs="?", type=Path, metavar=named("file"), help=text("interview_file"))
    interview.add_argument("--as-of", type=_day(language), metavar="D", help=text("as_of"))
    interview.add_argument("--plain", action="store_true", help=text("plain"))
    interview.add_argument("--resume", nargs="?", const="", metavar=named("name"), help=text("resume"))
    interview.add_argument("-o", "--output", type=Path, metavar=named("output"), help=text("interview_output"))

    advise = command("advise")
    advise.add_argument("file", metavar=named("file"), help=text("file"))
    advise.add_argument("--as-of", type=_day(language), metavar="D", help=text("as_of"))
    advise.add_argument("--full", action="store_true", help=text("full"))
    advise.add_argument("--memo", action="store_true", help=text("memo"))
    advise.add_argument("--template", type=Path, metavar=named("template"), help=text("template"))
    advise.add_argument("--paper", metavar=named("paper"), help=text("paper"))
    advise.add_argument("--format", choices=RESULT_FORMATS, help=text("format"))
    advise.add_argument("-o", "--output", type=Path, metavar=named("output"), help=text("output"))
    advise.add_argument("--receipt", type=Path, metavar="R.json", help=text("receipt"))

    steps = command("steps")
    steps.add_argument("file", metavar=named("file"), help=text("file"))
    steps.add_argument("--start", type=_day(language), metavar="D", help=text("start"))
    steps.add_argument("--as-of", type=_day(language), metavar="D", help=text("as_of"))
    steps.add_argument("--joint-leave", choices=get_args(JointLeave), help=text("joint_leave"))
    steps.add_argument("--format", choices=(*RESULT_FORMATS, "ics"), help=text("format"))
    steps.add_argument("-o", "--output", type=Path, metavar=named("output"), help=text("output"))

    draft = command("draft")
    draft.add_argument("file", metavar=named("file"), help=text("file"))
    draft.add_argument("--as-of", type=_day(language), metavar="D", help=text("as_of"))
    draft.add_argument(
        "-o", "--output", type=Path, default=Path(), metavar=named("folder"), help=text("draft_output")
    )

    batch = command("batch")
    batch.add_argument("file", metavar=named("lines"), help=text("batch_file"))
    batch.add_argument("--as-of", type=_day(language), metavar="D", help=text("as_of"))
    batch.add_argument("--explain", action="store_true", help=text("explain"))
    batch.add_argument("--jobs", type=_count(language), metavar="N", help=text("jobs"))
    batch.add_argument("-o", "--output", type=Path, metavar=named("output"), help=text("output"))

    cases = command("cases")
    cases.add_argument("id", nargs="?", metavar="ID", help=text("case_id"))
    cases.add_argument("--answers", action="store_true", help=text("case_answers"))
    cases.add_argument("--format", choices=FORMATS, help=text("format"))
    cases.add_argument("-o", "--output", type=Path, metavar=named("output"), help=text("output"))

    explain = command("explain")
    explain.add_argument("file", metavar=named("file"), help=text("file"))
    kind = explain.add_mutually_exclusive_group(required=True)
    kind.add_argument("--how", metavar="C", help=text("how"))
    kind.add_argument("--why-not", metavar=named("value"), help=text("why_not"))
    kind.add_argument("--what-if", nargs="+", action="extend", metavar="Q=V", help=text("what_if"))
    kind.add_argument("--reach", metavar=named("value"), help=text("reach"))
    explain.add_argument("--as-of", type=_day(language), metavar="D", help=text("as_of"))
    explain.add_argument("--format", choices=RESULT_FORMATS, help=text("format"))
    explain.add_argument("-o", "--output", type=Path, metavar=named("output"), help=text("output"))

    compare = command("compare")
    compare.add_argument("files", nargs="+", metavar=named("file"), help=text("compare_files"))
    compare.add_argument("--as-of", type=_day(language), metavar="D", help=text("as_of"))
    compare.add_argument("--format", choices=RESULT_FORMATS, help=text("format"))
    compare.add_argument("-o", "--output", type=Path, metavar=named("output"), help=text("output"))

    teach = command("teach")
    teach.add_argument("case", nargs="?", metavar=named("case"), help=text("teach_case"))
    teach.add_argument("--as-of", type=_day(language), metavar="D", help=text("as_of"))
    teach.add_argument("--plain", action="store_true", help=text("plain"))

    graph = command("graph")
    graph.add_argument("file", nargs="?", metavar=named("file"), help=text("graph_file"))
    graph.add_argument("--as-of", type=_day(language), metavar="D", help=text("as_of"))
    graph.add_argument(
        "-o", "--output", type=Path, required=True, metavar=named("output"), help=text("graph_output")
    )

    replay = command("replay")
    replay.add_argument("file", type=Path, metavar="R.json", help=text("replay_file"))
    replay.add_argument("--format", choices=RESULT_FORMATS, help=text("format"))
    replay.add_argument("-o", "--output", type=Path, metavar=named("output"), help=text("output"))

    check = command("check")
    check.add_argument("--format", choices=RESULT_FORMATS, help=text("format"))
    check.add_argument("--all", action="store_true", help=text("check_all"))
    check.add_argument("--examples", type=Path, metavar=named("folder"), help=text("check_examples"))
    check.add_argument("-o", "--output", type=Path, metavar=named("output"), help=text("output"))

    test = command("test")
    test.add_argument("paths", nargs="*", type=Path, metavar=named("path"), help=text("test_paths"))
    test.add_argument("--coverage", action="store_true", help=text("test_coverage"))
    test.add_argument("--mutate", action="store_true", help=text("test_mutate"))
    test.add_argument("--answer", nargs="+", action="extend", default=[], metavar="Q=V", help=text("test_answer"))
    test.add_argument("--rule", action="append", default=[], metavar=named("prefix"), help=text("test_rule"))
    test.add_argument("--html", type=Path, metavar=named("page"), help=text("test_html"))
    test.add_argument("--junit", type=Path, metavar=named("junit"), help=text("test_junit"))
    test.add_argument("--jobs", type=_count(language), metavar="N", help=text("jobs"))
    test.add_argument("--format", choices=RESULT_FORMATS, help=text("format"))
    test.add_argument("-o", "--output", type=Path, metavar=named("output"), help=text("output"))

    witness = command("witness")
    witness.add_argument("rules_named", nargs="*", metavar=named("rule"), help=text("witness_rules"))
    witness.add_argument("--as-of", type=_day(language), metavar="D", help=text("witness_as_of"))
    witness.add_argument("-o", "--output", type=Path, metavar=named("scenarios"), help=text("output"))

    diff = command("diff")
    diff.add_argument("old", type=Path, metavar=named("old"), help=text("diff_old"))
    diff.add_argument("new", nargs="?", type=Path, metavar=named("new"), help=text("diff_new"))
    diff.add_argument("--scenarios", nargs="+", type=Path, metavar=named("path"), help=text("diff_scenarios"))
    diff.add_argument("--format", choices=RESULT_FORMATS, help=text("format"))
    diff.add_argument("-o", "--output", type=Path, metavar=named("output"), help=text("output"))

    schema = command("schema")
    schema.add_argument(
        "-o", "--output", type=Path, required=True, metavar=named("folder"), help=text("schema_output")
    )

    questions = command("questions")
    questions.add_argument("id", nargs="?", metavar="ID", help=text("question_id"))
    questions.add_argument("--blank", action="store_true", help=text("blank"))
    questions.add_argument("--format", choices=FORMATS, help=text("format"))
    questions.add_argument("-o", "--output", type=Path, metavar=named("output"), help=text("output"))
    return parser


def _count(language: Language) -> Callable[[str], int]:
    """Return what reads a number of processes; argparse shows its message."""

    def count(text: str) -> int:
        if not re.fullmatch(r"[1-9][0-9]{0,3}", text):
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
