"""The command line: which words it understands, and with which knowledge it works."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from advisor import cli
from advisor.commands.common import UNUSABLE
from advisor.folders import built_in
from program import refused, run


def test_options_without_a_command_belong_to_the_interview(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    status = cli.main(["--lang", "en", "cases"])

    out, err = capsys.readouterr()
    assert (UNUSABLE, "") == (status, out)
    assert err.startswith("cases: the file cannot be read")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["advice"], "'advice'"),
        (["advise"], "FILE"),
        (["batch"], "FILE.jsonl"),
        (["advise", "a.yaml", "b.yaml"], "b.yaml"),
        (["advise", "a.yaml", "--fromat", "json"], "--fromat"),
        (["advise", "a.yaml", "--format", "xml"], "'xml'"),
        (["advise", "a.yaml", "--lang", "fr"], "'fr'"),
        (["advise", "a.yaml", "--lang"], "--lang"),
        (["advise", "a.yaml", "-o"], "-o"),
        (["batch", "a.jsonl", "--format", "json"], "--format"),
        (["cases", "--as-of", "2024-05-31"], "--as-of"),
    ],
    ids=" ".join,
)
def test_words_that_cannot_be_understood_are_refused_with_the_usage(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    err = refused(capsys, *words)

    assert err.startswith("usage: advisor")
    assert said in err


def test_a_usage_error_ends_the_program_with_2() -> None:
    done = run("advice")

    assert (2, b"") == (done.returncode, done.stdout)
    assert done.stderr.startswith(b"usage: advisor")
    assert b"Traceback" not in done.stderr


def test_a_usage_error_speaks_the_language_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    indonesian = refused(capsys, "advise", "a.yaml", "--nothing")
    english = refused(capsys, "advise", "a.yaml", "--nothing", "--lang", "en")

    assert "Perintah tidak dapat dipahami" in indonesian
    assert "The command cannot be understood" in english


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--help"], "Penasihat Kerja Sama"),
        (["advise", "--help"], "beri saran"),
        (["batch", "-h"], "simpulkan banyak kasus"),
        (["cases", "--help", "--lang", "en"], "show the cases of the study"),
        (["--version"], "advisor "),
    ],
    ids=" ".join,
)
def test_help_and_version_are_no_errors(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    status = cli.main(words)

    out, err = capsys.readouterr()
    assert (0, "") == (status, err)
    assert said in out


# -- other knowledge --------------------------------------------------------------------------------------------


@pytest.fixture
def folders(tmp_path: Path) -> Path:
    for name in ("kbase", "rules"):
        shutil.copytree(built_in(name), tmp_path / name)
    return tmp_path


def test_other_folders_can_be_used(folders: Path) -> None:
    version = folders / "kbase/knowledge.yaml"
    version.write_text(re.sub(r"(?m)^version:.*$", 'version: "mine"', version.read_text("utf-8")), "utf-8")
    words = ["--format", "json", "--kbase", str(folders / "kbase"), "--rules", str(folders / "rules")]

    done = run(
        "advise",
        "-",
        *words,
        given=(b"as_of: 2024-05-31\nanswers: {counterparts: [individual], lawful_object: no}\n"),
    )

    assert (0, b"") == (done.returncode, done.stderr)
    assert "mine" == json.loads(done.stdout)["knowledge"]["version"]


@pytest.mark.parametrize("command", [["advise", "a.yaml"], ["batch", "a.jsonl"], ["cases"]], ids=" ".join)
def test_broken_knowledge_is_refused_with_every_finding(
    command: list[str], folders: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts, era = folders / "kbase/facts.yaml", folders / "rules/era.yaml"
    fact = "  - {id: bordering, kind: flag, label: {id: Berbatasan, en: Adjoining}}\n"
    facts.write_text(facts.read_text("utf-8").rstrip("\n") + "\n" + fact, "utf-8")
    era.write_text(era.read_text("utf-8").replace("id: era.b", "id: era.a"), "utf-8")

    err = refused(capsys, *command, "--kbase", folders / "kbase", "--rules", folders / "rules", "--lang", "en")

    heading, first, second = err.splitlines()
    assert "the knowledge cannot be used; 2 findings:" == heading
    assert re.match(rf'{re.escape(str(facts))}:\d+:10: the id "bordering" is already used at ', first)
    assert re.match(rf'{re.escape(str(era))}:\d+:9: the id "era.a" is already used at ', second)


@pytest.mark.parametrize("option", ["--kbase", "--rules"])
def test_a_folder_that_does_not_exist_isrefused(
    option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    err = refused(capsys, "cases", option, tmp_path / "nothing")

    assert err.startswith("pengetahuan tidak dapat dipakai; ")
    assert f"{tmp_path / 'nothing'}" in err.splitlines()[1]
