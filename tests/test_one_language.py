"""One language at a time: what the system, argparse, YAML, JSON and the validator say comes from the catalogue.

Their own words stand behind ours, in quotation marks, and only where there is no text for them.
"""

from __future__ import annotations

import argparse
import ast
import errno
import inspect
import json
import os
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from pydantic_core import ValidationError, core_schema

from advisor.argument_parser import reason_in
from advisor.folders import built_in
from advisor.knowledge.document import Document, parse_document
from advisor.knowledge.fact import FactFile, Manifest
from advisor.knowledge.instrument import InstrumentFile
from advisor.knowledge.json_syntax import reason_of_json
from advisor.knowledge.question import QuestionFile
from advisor.knowledge.reading import Reader, findings
from advisor.knowledge.roles import Roles
from advisor.knowledge.rule import DecisionFile
from advisor.knowledge.shape import Shape
from advisor.knowledge.term import Doubt, StepFile
from advisor.knowledge.yaml_syntax import syntax_problem
from advisor.problem import InputError, Place, Problem
from advisor.system_error import reason_of
from advisor.text import LANGUAGES, Language, Text
from pseudo import CATALOGUE, Said, stray

FILE = Path("9")
QUOTED = re.compile(r'"[^"]*"')


def _unquoted(text: str, language: Language) -> list[str]:
    """Return the words of a text that are not of its language and do not stand in quotation marks."""
    return stray(QUOTED.sub("", text), language)


def _assert_one_language(found: Text | Problem) -> None:
    for language in LANGUAGES:
        text = found.in_language(language) if isinstance(found, Text) else found.sentence(language)
        assert [] == _unquoted(text, language), text


# -- the catalogue --------------------------------------------------------------------------------------------

OTHERS: dict[Language, str] = {
    "id": r"\b(the|is|are|not|with|and|or|for|this|that|cannot|must|line|be|has|have|where|which|there)\b",
    "en": r"\b(yang|dan|tidak|adalah|dengan|untuk|berkas|ini|itu|atau|pada|dari|harus|bukan|ada|jika|bila)\b",
}
"""Common words of the other language."""


def test_no_word_of_the_other_language_stands_in_a_text() -> None:
    for key, texts in CATALOGUE.items():
        for language in LANGUAGES:
            text = re.sub(r"\{[^}]*\}", "", QUOTED.sub("", texts[language])).lower()
            assert [] == re.findall(OTHERS[language], text), key
    assert re.search(OTHERS["id"], CATALOGUE["value.day"]["en"])
    assert re.search(OTHERS["en"], CATALOGUE["value.day"]["id"])


# -- the system -----------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("said")
@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_whatever_the_system_refuses_is_said_in_one_language(number: int) -> None:
    _assert_one_language(reason_of(OSError(number, os.strerror(number))))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("ENOENT", "berkas atau folder itu tidak ada"),
        ("EISDIR", "ini folder, bukan berkas"),
        ("ENOSPC", "ruang penyimpanan penuh"),
        ("ENAMETOOLONG", "namanya terlalu panjang; pilih yang lebih pendek"),
    ],
)
def test_what_goes_wrong_most_often_is_said_in_our_words(name: str, said: str) -> None:
    assert said == reason_of(OSError(getattr(errno, name), "whatever the system says")).id


def test_what_the_system_says_of_anything_else_is_quoted() -> None:
    assert 'sistem menyebutkan: "Level 3 halted"' == reason_of(OSError(99999, "Level 3 halted")).id
    assert 'the system says: "odd"' == reason_of(OSError("odd")).en
    assert 'the system says: "OSError"' == reason_of(OSError()).en


@pytest.mark.usefixtures("said")
def test_a_name_that_the_system_cannot_be_asked_for_is_said_in_one_language() -> None:
    with pytest.raises(ValueError, match="null") as refused:
        Path("a\0b").read_bytes()

    _assert_one_language(reason_of(refused.value))


# -- argparse -------------------------------------------------------------------------------------------------

SAID = {
    "unrecognized arguments: %s": ("unrecognized arguments: 9", "cli.unrecognised"),
    "the following arguments are required: %s": (
        "the following arguments are required: 9",
        "cli.required",
    ),
    "one of the arguments %s is required": ("one of the arguments --9 --8 is required", "cli.one_required"),
    "expected one argument": ("argument --9: expected one argument", "cli.needs_value"),
    "expected at least one argument": ("argument --9: expected at least one argument", "cli.needs_value"),
    "not allowed with argument %s": ("argument --9: not allowed with argument --8", "cli.not_together"),
    "ignored explicit argument %r": ("argument --9: ignored explicit argument '8'", "cli.takes_no_value"),
    "invalid choice: %(value)r (choose from %(choices)s)": (
        "argument --9: invalid choice: '8' (choose from '6', '7')",
        "cli.no_choice",
    ),
}
"""What argparse says of words, an example of it, and the key of what is said instead."""

NEVER = {
    " (default: %(default)s)": "no help of ours shows a default so",
    "subcommands": "the parser has its own titles",
    "show program's version number and exit": "the parser says itself what the option does",
    "usage: ": "the formatter has its own",
    "positional arguments": "the parser has its own titles",
    "options": "the parser has its own titles",
    "show this help message and exit": "the parser adds the option by itself",
    "%(prog)s: error: %(message)s\n": "the parser raises instead",
    "%(prog)s: warning: %(message)s\n": "nothing is deprecated",
    "option '%(option)s' is deprecated": "nothing is deprecated",
    "command '%(parser_name)s' is deprecated": "nothing is deprecated",
    "argument '%(argument_name)s' is deprecated": "nothing is deprecated",
    "%(heading)s:": "a heading of ours with its colon",
    "argument %(argument_name)s: %(message)s": "what stands before each of the others",
    "ambiguous option: %(option)s could match %(matches)s": "no option may be cut short",
    "expected at most one argument": "where one is optional anything fits",
    "expected %s argument": "no option takes a fixed number of words",
    "expected %s arguments": "no option takes a fixed number of words",
    "invalid %(type)s value: %(value)r": "what reads a value says itself what is wrong with it",
    "can't open '%(filename)s': %(error)s": "files are opened by the commands",
    'argument "-" with mode %r': "files are opened by the commands",
    "unknown parser %(parser_name)r (choices: %(choices)s)": "that it is one of the choices is seen first",
    "unexpected option string: %s": "options are written as they are",
    "cannot have multiple subparser arguments": "a mistake of who builds the parser",
    "cannot merge actions - two groups are named %r": "a mistake of who builds the parser",
    "conflicting option string: %s": "a mistake of who builds the parser",
    "conflicting option strings: %s": "a mistake of who builds the parser",
    "conflicting subparser: %s": "a mistake of who builds the parser",
    "conflicting subparser alias: %s": "a mistake of who builds the parser",
    "dest= is required for options like %r": "a mistake of who builds the parser",
    "invalid conflict_resolution value: %r": "a mistake of who builds the parser",
    "invalid option string %(option)r: must start with a character %(prefix_chars)r": "a mistake of who builds it",
    "mutually exclusive arguments must be optional": "a mistake of who builds the parser",
    "'required' is an invalid argument for positionals": "a mistake of who builds the parser",
    ".__call__() not defined": "a mistake of who builds the parser",
    "%r is not callable": "a mistake of who builds the parser",
}
"""What argparse says that nobody reads, and why."""


def _texts_of_argparse() -> Iterator[str]:
    """Yield what argparse hands to gettext: all that it says."""
    for node in ast.walk(ast.parse(inspect.getsource(argparse))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "ngettext"):
            yield from (part.value for part in node.args if isinstance(part, ast.Constant))


def test_all_that_argparse_can_say_is_known() -> None:
    texts = set(_texts_of_argparse())

    assert set() == texts - set(SAID) - set(NEVER)
    assert set(SAID) <= texts


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("message", "key"), SAID.values())
def test_what_argparse_says_is_said_in_one_language(message: str, key: str, language: Language, said: Said) -> None:
    text = reason_in(language, message)

    assert [] == stray(text, language)
    assert key in said.keys_said


@pytest.mark.usefixtures("said")
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_argparse_may_come_to_say_is_quoted(language: Language) -> None:
    text = reason_in(language, "something brand new")

    assert text.endswith(' "something brand new"')
    assert [] == _unquoted(text, language)


# -- YAML -----------------------------------------------------------------------------------------------------

SOURCES = (
    "as_of: 2024-05-31\nanswers:\n  sector: a\n  bases: [a, b]\n  x:\n    - c\n    - 'd'\n  y: {a: b, c: \"d\"}",
    "%YAML 1.1\n---\na: !!str |2-\n  text\nb: &x [1]\nc: *x\n? k\n: v\n...\n",
    '{"answers": {"sector": "ro\\u00e9ads", "bases": ["a"]}}',
    "a: >-\n  x\n  y\nb: !<tag:x> 'y'\n%TAG ! tag:x\n",
)
STROKES = (
    *"[]{},:?!&*%|>@`\"'#-\\\n\t 01aü\x07\0", ": ", "- ", "? ", "---", "...", "%TAG ! x", "%YAML 1.", "\\x",
    "\\uD83D", "!!", "!<", "* ", "|0", ">x", "\n  ", "\n\t", "'s",
)  # fmt: skip


def _broken(drawn: random.Random) -> str:
    """Return YAML in which somebody has typed at random."""
    text = drawn.choice(SOURCES)
    for _ in range(drawn.choice((1, 1, 1, 2, 3))):
        at = drawn.randrange(len(text) + 1)
        match drawn.choice(("type", "type", "type", "delete", "cut")):
            case "type":
                text = text[:at] + drawn.choice(STROKES) + text[at:]
            case "delete":
                text = text[:at] + text[at + drawn.randrange(1, 4) :]
            case _:
                text = text[:at]
    return text


@pytest.mark.usefixtures("said")
@pytest.mark.parametrize("count", [2_000, pytest.param(100_000, marks=pytest.mark.heavy)])
def test_whatever_is_wrong_with_yaml_is_said_in_our_words(count: int) -> None:
    drawn = random.Random(count)  # noqa: S311
    told: dict[str, Problem] = {}
    for _ in range(count):
        try:
            parse_document(_broken(drawn).encode(), FILE)
        except InputError as error:
            told |= {problem.key: problem for problem in error.problems}

    assert "yaml.syntax" not in told
    assert len([key for key in told if key.startswith("yaml.syntax.")]) > 15
    for problem in told.values():
        _assert_one_language(problem)


@pytest.mark.usefixtures("said")
@pytest.mark.parametrize("error", [yaml.MarkedYAMLError(problem="something new"), yaml.YAMLError("something new")])
def test_what_the_parser_of_yaml_may_come_to_say_is_quoted(error: yaml.YAMLError) -> None:
    problem = syntax_problem(error, "", FILE)

    assert ("yaml.syntax", Place("9")) == (problem.key, problem.place)
    assert problem.sentence("id").endswith(' "something new"')
    _assert_one_language(problem)


# -- JSON -----------------------------------------------------------------------------------------------------

BROKEN = {
    "": "json.value",
    "{": "json.name",
    "{1: 2}": "json.name",
    '{"a" 1}': "json.colon",
    "[1 2]": "json.comma",
    '{"a": 1 "b": 2}': "json.comma",
    "[1, ]": None,  # a value is missing, or the comma is one too many: that depends on the version of Python
    "1 2": "json.complete",
    '"a': "json.quote",
    '"a\n"': "json.control",
    '"\\q"': "json.escape",
    '"\\u12"': "json.escape",
    "[" * 100_000: "json.too_deep",
    "9" * 5000: "json.number",
}


@pytest.mark.parametrize(("text", "key"), BROKEN.items(), ids=lambda part: part and part[:12])
def test_whatever_is_wrong_with_json_is_said_in_our_words(text: str, key: str | None, said: Said) -> None:
    with pytest.raises((ValueError, RecursionError)) as refused:
        json.loads(text)

    reason = reason_of_json(refused.value)

    _assert_one_language(reason)
    assert "json.other" not in said.keys_said
    assert key is None or key in said.keys_said


@pytest.mark.usefixtures("said")
def test_bytes_that_are_no_text_and_what_json_may_come_to_say_are_told_in_one_language() -> None:
    with pytest.raises(UnicodeDecodeError) as refused:
        json.loads(b'"\xff"')

    _assert_one_language(reason_of_json(refused.value))
    new = reason_of_json(json.JSONDecodeError("Something new", "x", 0))
    assert new.en.endswith(' "Something new"')
    _assert_one_language(new)


# -- the validator --------------------------------------------------------------------------------------------

CONTEXT: dict[str, Any] = {
    **dict.fromkeys(
        (
            "error", "class_name", "class", "pattern", "expected", "field_type", "method_name", "encoding",
            "encoding_error", "discriminator", "tag", "expected_tags", "expected_schemes", "attribute",
        ),
        "Name",
    ),
    **dict.fromkeys(
        (
            "min_length", "max_length", "actual_length", "gt", "ge", "lt", "le", "multiple_of", "tz_expected",
            "tz_actual", "expected_version", "max_digits", "decimal_places", "whole_digits",
        ),
        1,
    ),
}  # fmt: skip
"""Whatever an error of pydantic may tell beside its type."""


@pytest.mark.usefixtures("said")
@pytest.mark.parametrize("kind", get_args(core_schema.ErrorType))
def test_whatever_the_validator_finds_is_said_without_its_own_words(kind: Any) -> None:
    error = ValidationError.from_exception_data(
        "Name", [{"type": kind, "loc": ("9",), "input": "", "ctx": CONTEXT}]
    )

    (problem,) = findings(error, Document(FILE, {"9": ""}, {}), Doubt)

    _assert_one_language(problem)
    for language in LANGUAGES:
        assert "Name" not in problem.sentence(language)
        assert error.errors()[0]["msg"] not in problem.sentence(language)


SHAPES: tuple[tuple[type[Shape], str], ...] = (
    (Manifest, "kbase/knowledge.yaml"),
    (QuestionFile, "kbase/questions/30-object.yaml"),
    (FactFile, "kbase/facts.yaml"),
    (InstrumentFile, "kbase/instruments/pp28-2018.yaml"),
    (StepFile, "kbase/steps.yaml"),
    (Roles, "kbase/roles.yaml"),
    (DecisionFile, "rules/dprd_approval.yaml"),
)
WRONG = (None, [], {}, 3, 2.5, "", "a b", "\ud800", True, [None], {"a": 1}, "9" * 30, 10**30, float("nan"))


def _first(data: Any) -> Any:
    """Return data with only the first thing of each list."""
    if isinstance(data, dict):
        return {key: _first(value) for key, value in data.items()}
    return [_first(item) for item in data[:1]] if isinstance(data, list) else data


def _variants(data: Any) -> Iterator[Any]:
    """Yield data in which one part is something that it should not be."""
    yield from WRONG
    if isinstance(data, dict):
        for key, value in data.items():
            yield from ({**data, key: variant} for variant in _variants(value))
    elif isinstance(data, list):
        yield from ([variant] for item in data for variant in _variants(item))


@pytest.mark.parametrize(("shape", "name"), SHAPES, ids=lambda part: part if isinstance(part, str) else "")
def test_nothing_in_a_file_of_knowledge_is_wrong_in_a_way_for_which_there_is_no_text(
    shape: type[Shape], name: str
) -> None:
    folder, _, file = name.partition("/")
    data = _first(parse_document((built_in(folder) / file).read_bytes(), FILE).data)
    reader = Reader()
    for variant in _variants(data):
        reader.part(Document(FILE, variant, {}), shape)

    assert len({problem.key for problem in reader.problems}) > 3
    assert [] == [problem.in_language("en") for problem in reader.problems if problem.key == "value.shape"]
