"""The command line: which words it understands, and with which knowledge it works."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from datetime import date
from pathlib import Path

import pytest

from advisor import cli
from advisor.command_line import build_parser, with_command
from advisor.commands.common import UNUSABLE
from advisor.folders import built_in
from program import refused, run


def test_options_without_a_command_belong_to_the_interview(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    status = cli.main(["--plain", "cases", "--lang", "en"])

    out, err = capsys.readouterr()
    assert (UNUSABLE, "") == (status, out)
    assert err.startswith("cases: the file cannot be read")


@pytest.mark.parametrize("words", ["cases {}", "explain a.yaml --what-if sector={}", "{}", "cases --lang en {}"])
def test_of_a_word_that_is_far_too_long_the_beginning_is_told(
    words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    err = refused(capsys, *words.format("x" * 100_000).split())

    assert len(err) < 200
    assert ("at most 10000" if "en" in words else "paling banyak 10000") in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["advice"], "'advice'"),
        (["advise"], "BERKAS"),
        (["batch"], "BERKAS.jsonl"),
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

    assert err.startswith("pemakaian: advisor")
    assert said in err


@pytest.mark.parametrize(
    ("words", "idle", "needed"),
    [
        (["interview", "a.yaml", "--resume"], "a.yaml", "--resume"),
        (["--resume", "--as-of", "2024-05-31"], "--as-of", "--resume NAMA"),
        (["--resume", "-o", "a.yaml"], "-o", "--resume NAMA"),
        (["questions", "sector", "--blank"], "sector", "--blank"),
        (["teach", "--as-of", "2024-05-31"], "--as-of", "KASUS"),
        (["cases", "--answers"], "--answers", "kasus"),
        (["diff", "old", "new", "--rules", "other"], "--rules", "BARU"),
        (["test", "--rule", "era"], "--rule", "--mutate"),
        (["test", "--mutate", "--rule", "era", "--junit", "j.xml"], "--junit", "--rule"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
@pytest.mark.usefixtures("loaded")
def test_a_word_that_would_change_nothing_is_refused_with_what_it_needs(
    words: list[str], idle: str, needed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    err = refused(capsys, *words)

    assert err.startswith(f"{idle} ")
    assert needed in err


@pytest.mark.parametrize(
    ("words", "understood"),
    [
        ("", "interview"),
        ("--resume", "interview --resume"),
        ("answers.yaml", "interview answers.yaml"),
        ("answers.YML --plain", "interview answers.YML --plain"),
        ("folder/answers", "interview folder/answers"),
        ("jawaban", "interview jawaban"),
        ("jawabn", "jawabn"),
        ("advize", "advize"),
        ("cases", "cases"),
        ("advise answers.yaml", "advise answers.yaml"),
        ("--lang en", "interview --lang en"),
        ("--lang=en answers.yaml -o a", "interview --lang=en answers.yaml -o a"),
        ("--lang en advise a.yaml", "advise --lang en a.yaml"),
        ("--lang", "interview --lang"),
        ("--lang en --help", "--help"),
        ("--version", "--version"),
    ],
)
def test_a_command_may_be_left_out_and_a_language_may_stand_first(
    words: str, understood: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("jawaban", "cases"):  # what is called like a command is one
        Path(name).touch()

    assert understood == " ".join(with_command(words.split(), build_parser("id").commands))


def test_a_file_alone_begins_the_interview_with_its_answers(tmp_path: Path) -> None:
    path, kept = tmp_path / "jawaban.yaml", tmp_path / "jawaban kita.yaml"
    path.write_text("as_of: 24 November 2026\nanswers: {initiator: Kabupaten}\n", "utf-8")

    done = run(path, "--plain", "-o", kept, given=b"keluar\n", XDG_DATA_HOME=str(tmp_path))

    assert (0, b"") == (done.returncode, done.stderr)
    assert "as_of: 2026-11-24\nanswers: {initiator: regency}\n" == kept.read_text("utf-8")
    assert f"advisor advise {shlex.quote(str(kept))}" in done.stdout.decode()


@pytest.mark.parametrize(
    ("words", "near"), [(["advize", "a.yaml"], "advise"), (["kases"], "cases"), (["Batch", "a"], "batch")]
)
def test_a_command_that_is_misspelt_is_refused_with_the_one_that_is_meant(
    words: list[str], near: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert f'bukan pilihan untuk PERINTAH; maksudnya "{near}"?' in refused(capsys, *words)
    assert f'is no choice for COMMAND; do you mean "{near}"?' in refused(capsys, *words, "--lang=en")


@pytest.mark.parametrize(
    "day", ["2024-W01-1", "20240531", "2024-02-30", "besok", "31/5", "٣/٤/٢٠٢٤", "2024-05-31T00:00"]
)
def test_a_day_that_is_none_is_refused(day: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert f'--as-of: "{day}" is not a date;' in refused(capsys, "advise", "a", "--as-of", day, "--lang", "en")


@pytest.mark.parametrize("day", ["2026-11-24", "24/11/2026", "24-11-2026", "24 November 2026", "24 nop 2026"])
def test_a_day_may_be_written_in_many_ways(day: str) -> None:
    arguments = build_parser("id").parse_args(["advise", "a.yaml", "--as-of", day])

    assert date(2026, 11, 24) == arguments.as_of


def test_a_usage_error_ends_the_program_with_2() -> None:
    done = run("advice")

    assert (2, b"") == (done.returncode, done.stdout)
    assert done.stderr.startswith(b"pemakaian: advisor")
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
        (["--help", "--lang", "en"], "usage: advisor"),
        (["--lang", "en", "--help"], "show all questions"),
        (["--help", "--lang=fr"], "pemakaian: advisor"),
        (["advise", "-h", "--lang"], "pemakaian: advisor"),
        (["advise", "--help", "--", "--lang=en"], "pemakaian: advisor"),
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
