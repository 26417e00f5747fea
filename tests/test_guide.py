"""The guide for rule authors holds: its examples work on a copy, its commands and findings are those there are."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from advisor.command_line import build_parser
from advisor.knowledge.exception import Kind
from broken_knowledge import NAMES, described
from guide import BLOCK, GUIDE, IN_PART, Block, Walk, blocks, shows

BLOCKS = blocks()
SHOWN = [block for block in BLOCKS if block.kind == "text" and not block.slip]
SLIPS = [block for block in BLOCKS if block.slip]
COMMANDS = [block for block in BLOCKS if block.kind == "sh"]
TAG = re.compile(rf"\[((?:{'|'.join(get_args(Kind))}) [^\]]+)\]")
EXCEPTIONS = "Pengecualian yang disengaja"
TABLES = {"rules": "dibaca seperti kalimat", "instruments": "## 4.", "knowledge": "## 12."}
"""After which words the table stands that explains the keys of a file, by the name of its schema."""


def _before(block: Block) -> Block:
    """Return the commands that print what a block shows."""
    return max((found for found in COMMANDS if found.line < block.line), key=lambda found: found.line)


LONG = [block for block in SHOWN if _before(block).mark == "berat"]
QUICK = [block for block in SHOWN if block not in LONG]


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Walk:
    """All that the guide does, done once."""
    return Walk(tmp_path_factory.mktemp("guide")).follow()


def _tags(text: str) -> list[str]:
    """Return the kind and subject of each finding in a text, whatever its line breaks."""
    return TAG.findall(" ".join(text.split()))


# -- worked examples ----------------------------------------------------------------------------------------


@pytest.mark.heavy
def test_the_commands_print_what_the_guide_shows(walk: Walk) -> None:
    printed = {block.line: walk.printed[block.line].output for block in QUICK}

    assert len(printed) > 6
    assert {} == {block.line: printed[block.line] for block in QUICK if not shows(block.text, printed[block.line])}


@pytest.mark.heavy
def test_the_scenarios_cover_the_worked_example_too(tmp_path: Path) -> None:
    walk = Walk(tmp_path).follow("berat")

    (block,) = LONG
    printed = walk.printed[_before(block).line].output
    assert shows(block.text, printed), printed


@pytest.mark.heavy
def test_no_command_of_the_guide_is_refused(walk: Walk) -> None:
    printed = [walk.printed[block.line] for block in COMMANDS]

    assert len([status for each in printed for status in each.statuses]) > 6
    assert {0, 1} == {status for each in printed for status in each.statuses}


@pytest.mark.heavy
def test_check_finds_on_the_copy_what_the_guide_shows_and_nothing_else(walk: Walk) -> None:
    checks = [block for block in QUICK if "advisor check" in _before(block).text]
    told = {block.line: walk.printed[block.line].output.partition(EXCEPTIONS) for block in checks}

    assert len(told) > 2
    assert all(marked for _, marked, _ in told.values())
    found = {line: _tags(text) for line, (text, *_) in told.items()}
    whole = [block for block in checks if block.mark != IN_PART]
    assert {block.line: _tags(block.text) for block in whole} == {block.line: found[block.line] for block in whole}
    for block in checks:
        if block.mark == IN_PART:
            assert set(_tags(block.text)) < set(found[block.line])


@pytest.mark.heavy
def test_a_slip_of_the_pen_is_refused_as_the_guide_shows(walk: Walk) -> None:
    slips = SLIPS
    assert slips
    for block in slips:
        refused = walk.printed[block.line]
        assert [2] == refused.statuses
        assert shows(block.text, refused.complaints), refused.complaints


@pytest.mark.heavy
def test_a_new_file_begins_with_the_line_that_names_its_schema(walk: Walk) -> None:
    new = [block.file for block in BLOCKS if block.mark.startswith("berkas") and block.kind == "yaml"]
    with_schema = [file for file in new if {"kbase", "scenarios"} & set(Path(file).parts)]

    assert 1 == len(new) - len(with_schema), "answers alone have none"
    assert len(with_schema) > 5
    for file in (file for file in with_schema if (walk.root / file).exists()):
        first = (walk.root / file).read_text("utf-8").splitlines()[0]
        schema = first.removeprefix("# yaml-language-server: $schema=")
        assert ((walk.root / file).parent / schema).is_file(), first


@pytest.mark.heavy
def test_pytest_runs_the_scenarios_of_the_copy_with_the_settings_shown(walk: Walk) -> None:
    if not (walk.root / "draf" / "pyproject.toml").exists():
        pytest.skip("the settings stand further down")
    words = ["-m", "pytest", "tests/scenarios/desa-batas.yaml", "-k", "desa", "-p", "no:cacheprovider"]
    run = subprocess.run(
        [sys.executable, *words], cwd=walk.root / "draf", capture_output=True, text=True, check=False
    )

    assert 0 == run.returncode, run.stdout
    assert "3 passed" in run.stdout


# -- commands and findings ----------------------------------------------------------------------------------


def _named() -> Iterator[str]:
    """Yield the commands that the guide names, in its blocks and in its sentences."""
    for block in COMMANDS:
        yield from (line for line in block.text.splitlines() if line.startswith("advisor"))
    sentences = BLOCK.sub("", GUIDE.read_text("utf-8"))
    yield from re.findall(r"`(advisor [a-z-][^`]*)`", sentences)


def _options(command: str) -> set[str]:
    """Return the options of a command (of the interview, where none is named). Raises `KeyError`."""
    (commands,) = (action.choices for action in build_parser("id")._actions if isinstance(action.choices, dict))
    return set(commands[command]._option_string_actions)


@pytest.mark.parametrize("words", sorted(set(_named())))
def test_every_command_that_the_guide_names_is_there_with_its_options(words: str) -> None:
    command = words.split()[1]
    given = set(re.findall(r"(?<= )--?[a-z]+", words))

    assert set() == given - _options("interview" if command.startswith("-") else command)


def test_every_option_that_the_guide_names_alone_belongs_to_some_command() -> None:
    sentences = BLOCK.sub("", GUIDE.read_text("utf-8"))
    commands = {words.split()[1] for words in _named()} - {"--plain"}
    known = set().union(*map(_options, commands))

    named = set(re.findall(r"`(--[a-z]+)", sentences))
    assert len(named) > 5
    assert set() == named - known


def _rows() -> list[tuple[str, str]]:
    """Return the kinds of findings in the table of the guide, each with its example."""
    table = GUIDE.read_text("utf-8").partition("| Jenis | Artinya |")[2].partition("\n\n")[0]
    cells = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in table.splitlines()[2:]]
    return [(row[0].strip("`"), row[-1]) for row in cells]


def test_the_table_of_findings_has_every_kind_once_in_the_order_of_the_program() -> None:
    assert list(get_args(Kind)) == [kind for kind, _ in _rows()]


@pytest.mark.heavy
def test_the_example_of_every_kind_is_a_sentence_that_check_says(walk: Walk) -> None:
    said = {(finding["kind"], finding["id"]) for name in NAMES for finding in described(name)["findings"]}
    printed = "".join(each.output for each in walk.printed.values())

    assert set() == {(kind, text) for kind, text in set(_rows()) - said if f"{text} [{kind} " not in printed}


# -- keys ---------------------------------------------------------------------------------------------------


def _properties(schema: object) -> set[str]:
    """Return every key that files of a JSON Schema may have, at any depth."""
    if isinstance(schema, list):
        return set().union(*map(_properties, schema))
    if not isinstance(schema, dict):
        return set()
    return set(schema.get("properties", ())).union(*map(_properties, schema.values()))


def _explained() -> Iterator[tuple[str, str]]:
    """Yield the schema of each file, and each of its keys, that the tables of the guide explain."""
    text = GUIDE.read_text("utf-8")
    yield from re.findall(r"^\| `kbase/(\w+)[^|]*\| `(\w+)` \|", text, re.M)
    for schema, after in TABLES.items():
        table = re.search(r"(?:^\|.*\n)+", text.partition(after)[2], re.M)
        assert table
        for names in re.findall(r"^\| (`[^|]*`)", table[0], re.M):
            yield from ((schema, name) for name in re.findall(r"`(\w+)`", names))


@pytest.mark.heavy
def test_every_key_that_the_guide_explains_is_a_key_of_its_file(walk: Walk) -> None:
    schemas = walk.root / "draf" / "kbase" / "schema"
    explained = set(_explained())

    assert {"conclusions", "doubts", "factors", "questions", "roles", "steps", "terms", *TABLES} == {
        schema for schema, _ in explained
    }
    for schema, key in sorted(explained):
        known = _properties(json.loads((schemas / f"{schema}.schema.json").read_text("utf-8")))
        assert key in known, f"{schema}: {key}"
