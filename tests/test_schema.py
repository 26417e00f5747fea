"""Each kind of file has a schema, in the words of the knowledge base, and every file names its own and fits it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from advisor.cli import main
from advisor.knowledge_base import Knowledge
from advisor.schema.node import DRAFT
from advisor.schema.schema_file import SHAPES, name_of, schema_files
from schemas import FOLDER, TOP, as_editors_read, as_the_program_reads, contents, mistakes, registry, schema_of

FILES = sorted(path for folder in ("kbase", "rules", "tests/scenarios") for path in (TOP / folder).rglob("*.yaml"))
RUN = "run: advisor schema -o kbase/schema"
TALK = """\
decision: extra
title: {id: Tambahan, en: Extra}
rules:
  - {id: extra.rule, when: {sector: SECTOR}, then: {needs: talk}, because: {id: A., en: B.},
     cites: [prasetya-2013:10], authority: study, provenance: verified}
"""


def kind_of(path: Path) -> str:
    """Return which of the kinds of files a file is."""
    relative = path.relative_to(TOP)
    exact = relative.as_posix()
    return exact if exact in SHAPES else (relative.parent / "*.yaml").as_posix()


def test_the_committed_schemas_are_what_the_program_writes(knowledge: Knowledge) -> None:
    written = {file.name: file.text for file in schema_files(knowledge.library)}
    committed = {path.name: path.read_text("utf-8") for path in FOLDER.iterdir()}

    assert sorted(written) == sorted(committed), RUN
    assert [] == [name for name in written if written[name] != committed[name]], RUN


@pytest.mark.parametrize("name", sorted(contents()))
def test_a_schema_is_one_of_draft_2020_12(name: str) -> None:
    Draft202012Validator.check_schema(contents()[name])

    assert DRAFT == contents()[name]["$schema"]


def test_every_reference_leads_to_a_definition() -> None:
    count = 0
    for name, node in contents().items():
        resolver = registry().resolver(base_uri=name)
        for reference in _references(node):
            resolver.lookup(reference)
            count += 1

    assert count > 500


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for part in node.values():
            yield from _references(part)
    elif isinstance(node, list):
        for part in node:
            yield from _references(part)


def test_every_definition_is_referred_to() -> None:
    named = {name: set(_references(node)) for name, node in contents().items()}
    everywhere = {
        reference.partition("#")[2] for found in named.values() for reference in found if "json#" in reference
    }

    for name, node in contents().items():
        own = {reference.removeprefix("#") for reference in named[name] if reference.startswith("#")}
        shared = everywhere if name == "vocabulary.schema.json" else set()
        assert [] == [key for key in node.get("$defs", {}) if f"/$defs/{key}" not in own | shared], name


def test_every_file_names_the_schema_of_its_kind_in_its_first_line() -> None:
    assert [] == [str(path) for path in FILES if schema_of(path) != FOLDER / name_of(kind_of(path))]
    assert len(FILES) > 100


@pytest.mark.parametrize("read", [as_the_program_reads, as_editors_read])
def test_every_file_fits_its_schema(read: Callable[[str], Any]) -> None:
    found = {
        str(path.relative_to(TOP)): mistakes(contents()[schema_of(path).name], read(path.read_text("utf-8")))
        for path in FILES
    }

    assert {} == {name: places for name, places in found.items() if places}


# -- the command --------------------------------------------------------------------------------------------


def _copy(folder: Path) -> Path:
    shutil.copytree(TOP / "kbase", folder / "kbase")
    return folder / "kbase"


def test_the_command_writes_every_schema_into_a_new_folder(knowledge: Knowledge, tmp_path: Path) -> None:
    status = main(["schema", "-o", str(tmp_path / "new" / "schema")])

    written = {path.name: path.read_text("utf-8") for path in (tmp_path / "new" / "schema").iterdir()}
    assert (0, {file.name: file.text for file in schema_files(knowledge.library)}) == (status, written)


def test_the_schemas_of_other_knowledge_know_its_words(tmp_path: Path) -> None:
    kbase = _copy(tmp_path)
    topic = kbase / "questions" / "10-purpose.yaml"
    topic.write_text(topic.read_text("utf-8").replace("- {id: roads,", "- {id: bridges,", 1), "utf-8")
    blanks = kbase / "blanks.yaml"
    blanks.write_text(
        blanks.read_text("utf-8").replace("roads: penyelenggaraan", "bridges: penyelenggaraan"), "utf-8"
    )

    status = main(["schema", "--kbase", str(kbase), "-o", str(tmp_path)])

    words = (tmp_path / "vocabulary.schema.json").read_text("utf-8")
    assert (0, True, False) == (status, '"bridges"' in words, '"roads"' in words)


def test_a_rule_that_is_still_wrong_does_not_keep_the_schemas_from_being_written(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "extra.yaml").write_text(TALK.replace("SECTOR", "bridges"), "utf-8")

    assert 0 == main(["schema", "--rules", str(rules), "-o", str(tmp_path / "schema")])


def test_wrong_knowledge_is_refused_with_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kbase = _copy(tmp_path)
    facts = kbase / "facts.yaml"
    facts.write_text(facts.read_text("utf-8").replace("table: eras", "table: ears", 1), "utf-8")

    status = main(["schema", "--kbase", str(kbase), "-o", str(tmp_path / "schema"), "--lang", "en"])

    error = capsys.readouterr().err
    assert (2, True, False) == (status, f"{facts}:" in error, (tmp_path / "schema").exists())


def test_a_file_in_place_of_the_folder_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("", "utf-8")

    status = main(["schema", "-o", str(tmp_path / "file"), "--lang", "en"])

    assert (2, True) == (status, str(tmp_path / "file") in capsys.readouterr().err)
