"""Where results go: a file that is replaced whole or not at all, a terminal of any width, a pipe."""

from __future__ import annotations

import io
import json
import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from advisor import cli
from advisor.advice.advice import Advice
from advisor.advice.advising import advise
from advisor.commands import cases
from advisor.commands.common import UNUSABLE
from advisor.knowledge_base import Knowledge
from advisor.papers import text_writer
from advisor.papers.text_writer import write_text
from advisor.report.advice_report import advice_report
from advisor.report.case_report import case_list_report, case_report
from advisor.text import LANGUAGES, Language
from program import on_a_terminal, refused, run

WIDTHS = (40, 60, 80, 120)


# -- a file -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("flag", ["-o", "--output"])
@pytest.mark.usefixtures("loaded")
def test_output_goes_to_the_file_and_nothing_to_stdout(
    kartamantul: Path, tmp_path: Path, flag: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "advice.json"
    status = cli.main(["advise", str(kartamantul), "--format", "json", flag, str(out)])

    assert 0 == status
    assert "" == capsys.readouterr().out
    assert "2013-06-01" == json.loads(out.read_text("utf-8"))["as_of"]
    assert [out] == list(tmp_path.iterdir())


@pytest.mark.usefixtures("loaded")
def test_output_replaces_what_stood_there_and_keeps_its_mode(kartamantul: Path, tmp_path: Path) -> None:
    out = tmp_path / "advice.txt"
    out.write_text("old")
    out.chmod(0o640)

    status = cli.main(["advise", str(kartamantul), "-o", str(out)])

    assert 0 == status
    assert "SARAN KERJA SAMA" in out.read_text("utf-8")
    assert 0o640 == out.stat().st_mode & 0o777


@pytest.mark.usefixtures("loaded")
def test_output_through_a_link_keeps_the_link(kartamantul: Path, tmp_path: Path) -> None:
    target, link = tmp_path / "target.txt", tmp_path / "link.txt"
    target.write_text("old")
    link.symlink_to(target)

    status = cli.main(["advise", str(kartamantul), "-o", str(link)])

    assert 0 == status
    assert link.is_symlink()
    assert "SARAN KERJA SAMA" in target.read_text("utf-8")


@pytest.mark.usefixtures("loaded")
def test_unusable_answers_leave_an_output_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers, out = tmp_path / "answers.yaml", tmp_path / "advice.txt"
    answers.write_text("answers: {initiator: citty}\n")
    out.write_text("old")

    refused(capsys, "advise", answers, "-o", out)

    assert "old" == out.read_text()
    assert {answers, out} == set(tmp_path.iterdir())


@pytest.mark.usefixtures("loaded")
def test_a_failure_while_writing_leaves_an_existing_output_alone(
    kartamantul: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def failing(document: object, stream: io.TextIOBase) -> None:
        stream.write("half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(text_writer, "write_text", failing)
    out = tmp_path / "advice.txt"
    out.write_text("old")

    err = refused(capsys, "advise", kartamantul, "-o", out)

    assert "sistem operasi menolak (ruang penyimpanan penuh)\n" == err
    assert "old" == out.read_text()
    assert [out] == list(tmp_path.iterdir())


@pytest.mark.parametrize("where", ["missing/advice.txt", "file/advice.txt", "folder"])
@pytest.mark.usefixtures("loaded")
def test_an_output_that_cannot_be_written_isrefused(
    kartamantul: Path, tmp_path: Path, where: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("old")
    (tmp_path / "folder").mkdir()

    err = refused(capsys, "advise", kartamantul, "-o", tmp_path / where)

    assert err.startswith(f"{tmp_path / where}: tidak dapat ditulis (")
    assert {tmp_path / "file", tmp_path / "folder"} == set(tmp_path.iterdir())
    assert [] == list((tmp_path / "folder").iterdir())


# -- what cannot be written --------------------------------------------------------------------------------


FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")


@needs_full
def test_standard_output_that_is_full_is_named() -> None:
    with FULL.open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "advisor", "cases", "--lang", "en"],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip

    assert UNUSABLE == done.returncode
    assert "<stdout>: cannot be written (the storage is full)\n" == done.stderr


@needs_full
def test_a_device_that_is_full_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert UNUSABLE == cli.main(["check", "-o", str(FULL), "--lang", "en"])
    assert f"{FULL}: cannot be written (the storage is full)\n" == capsys.readouterr().err


def test_a_file_that_cannot_be_written_to_its_end_is_named_and_left_as_it_was(tmp_path: Path) -> None:
    out = tmp_path / "schema" / "vocabulary.schema.json"
    out.parent.mkdir()
    out.write_text("old")

    done = subprocess.run(
        [sys.executable, "-m", "advisor", "schema", "-o", str(out.parent), "--lang", "en"],
        capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000)),
    )  # fmt: skip

    assert (UNUSABLE, "") == (done.returncode, done.stdout)
    assert f"{out}: cannot be written (the file becomes too large)\n" == done.stderr
    assert "old" == out.read_text()
    assert [out] == list(out.parent.iterdir())


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(24, "Too many open files", "somewhere"), "somewhere: the operating system refuses ("),
        (OSError(11, "Resource temporarily unavailable"), "the operating system refuses (the system is too busy"),
    ],
)
def test_an_error_of_the_system_that_is_not_about_the_output_is_not_blamed_on_it(
    error: OSError, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def failing(*_: object) -> None:
        raise error

    monkeypatch.setattr(cases, "case_list_report", failing)

    assert UNUSABLE == cli.main(["cases", "--lang", "en"])
    assert capsys.readouterr().err.startswith(said)


# -- width and colour -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def advices(knowledge: Knowledge) -> dict[str, Advice]:
    """The advice on two cases of the study, and on one of which little is known."""
    found = {"little known": advise(knowledge, {"as_of": "2024-05-31", "answers": {"sector": "solid_waste"}})}
    for name in ("kunci-bersama", "kartamantul"):
        case = knowledge.library.cases[name]
        answers = {n: list(v) if isinstance(v, tuple) else v for n, v in case.answers.items()}
        found[name] = advise(knowledge, {"as_of": case.as_of, "answers": answers})
    return found


def test_a_report_is_as_wide_as_the_terminal(kartamantul: Path) -> None:
    done = run("advise", kartamantul, COLUMNS="60")

    assert 60 == max(map(len, done.stdout.decode().splitlines()))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.usefixtures("loaded")
def test_no_line_is_longer_than_the_terminal_is_wide(
    kartamantul: Path, width: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))

    for words in (["advise", str(kartamantul)], ["cases"], ["cases", "wonosobo"]):
        assert 0 == cli.main(words)
        lines = capsys.readouterr().out.splitlines()
        assert [] == [line for line in lines if len(line) > width]
        assert min(width, 110) == max(map(len, lines))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_of_any_report_is_longer_than_any_width(
    advices: dict[str, Advice], knowledge: Knowledge, language: Language
) -> None:
    for advice in advices.values():
        for width in WIDTHS:
            stream = io.StringIO()
            write_text(advice_report(knowledge.library, advice, language), stream, width)
            assert [] == [line for line in stream.getvalue().splitlines() if len(line) > width]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_about_a_case_is_longer_than_any_width(knowledge: Knowledge, language: Language) -> None:
    library = knowledge.library
    for width in WIDTHS:
        stream = io.StringIO()
        write_text(case_list_report(library, language), stream, width)
        for case in library.cases.values():
            write_text(case_report(library, case, language), stream, width)
        assert [] == [line for line in stream.getvalue().splitlines() if len(line) > width]


COLOUR = re.compile(r"\x1b\[[0-9;]*3[0-9]")


def test_a_terminal_gets_colours() -> None:
    assert COLOUR.search(on_a_terminal("cases", "kartamantul"))


def test_no_color_forbids_colours() -> None:
    text = on_a_terminal("cases", "kartamantul", NO_COLOR="1")

    assert "KARTAMANTUL" in text
    assert not COLOUR.search(text)


def test_a_pipe_gets_no_escapes(kartamantul: Path) -> None:
    assert b"\x1b" not in run("advise", kartamantul, TERM="xterm-256color").stdout


# -- a reader that goes -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [["advise", "-"], ["advise", "-", "--format", "json"], ["cases"]], ids=" ".join)
def test_a_reader_that_goes_early_is_no_error(words: list[str], kartamantul: Path) -> None:
    command = [sys.executable, "-m", "advisor", *words]
    with (
        kartamantul.open("rb") as given,
        subprocess.Popen(command, stdin=given, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program,
    ):
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.close()
        err = program.stderr.read()
        status = program.wait(60)

    assert (0, b"") == (status, err)
