"""The formats of results: every report in each of them, chosen by --format or by the name of the file."""

from __future__ import annotations

import io
import json
import re
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import docx
import pytest

from advisor import cli
from advisor.commands import common
from advisor.commands.common import UNUSABLE
from advisor.papers.document import Document, Title
from advisor.papers.docx_writer import docx_of
from advisor.papers.formats import FORMATS, RESULT_FORMATS, write_document
from advisor.papers.html_writer import html_of
from advisor.papers.text_writer import write_text
from knowledge_copy import Copy
from paper_texts import in_docx, in_html, in_markdown, letters, pieces
from program import on_a_terminal, refused, run

SCENARIOS = Path(__file__).parent / "scenarios"
BEGINNINGS = {"html": b"<!DOCTYPE html>", "docx": b"PK\x03\x04", "md": b"# ", "json": b"{"}
CASE = "CASE"
"""Stands for an answers file."""

WITH_JSON = (
    *(("explain", CASE, "--how", "institutional_form"), ("explain", CASE, "--what-if", "cost_sharing=not_agreed")),
    ("explain", CASE, "--why-not", "institutional_form=cooperation_body"),
    ("explain", CASE, "--reach", "institutional_form=cooperation_body"),
    *(("compare", CASE, CASE), ("check", "--all"), ("replay", "RECEIPT"), ("diff", "OTHER")),
    ("test", str(next(SCENARIOS.glob("*.yaml"))), "--coverage"),
)
WITHOUT_JSON = (("cases",), ("cases", "kartamantul"), ("questions",), ("questions", "sector"))


@pytest.fixture(scope="module")
def receipt(kartamantul: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A receipt of the advice on a case of the study."""
    path = tmp_path_factory.mktemp("receipt") / "r.json"
    assert 0 == cli.main(["advise", str(kartamantul), "--receipt", str(path), "-o", str(path.with_name("a.txt"))])
    return path


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Knowledge that calls one form otherwise."""
    copy = Copy.made(tmp_path_factory.mktemp("other"))
    copy.replace("kbase/terms/institutional_forms.yaml", "forum komunikasi", "forum bicara")
    return copy.root


@pytest.fixture
def words(kartamantul: Path, receipt: Path, other: Path, request: pytest.FixtureRequest) -> list[str]:
    """The words of a command, with files in them."""
    files = {CASE: str(kartamantul), "RECEIPT": str(receipt), "OTHER": str(other)}
    return [files.get(word, word) for word in request.param]


each_command = pytest.mark.parametrize("words", [*WITH_JSON, *WITHOUT_JSON], indirect=True, ids=" ".join)


# -- every report -------------------------------------------------------------------------------------------


@each_command
@pytest.mark.usefixtures("loaded")
def test_a_report_says_the_same_in_every_format(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[Document] = []

    def write(document: Document, form: Any, path: Path | None) -> None:
        written.append(document)
        write_document(document, form, path)

    monkeypatch.setattr(common, "write_document", write)

    assert cli.main([*words, "-o", str(tmp_path / "a.md")]) in (0, 1)

    (document,) = written
    assert isinstance(document.blocks[0], Title)
    assert 3 <= len(pieces(document))
    assert pieces(document) == in_markdown((tmp_path / "a.md").read_text("utf-8"))
    assert pieces(document, drawn=True) == in_html(html_of(document)) == in_docx(docx_of(document))
    stream = io.StringIO()
    write_text(document, stream, 3000)
    shown = Document(
        document.language, tuple(b for b in document.blocks if not isinstance(b, Title) or b.on_screen)
    )
    assert letters(pieces(shown, between="", named="")) == letters([stream.getvalue()])


@pytest.mark.parametrize("form", RESULT_FORMATS)
@pytest.mark.parametrize("how", ["--format", "ending", "both"])
@pytest.mark.usefixtures("loaded")
def test_format_or_ending_choose_how_an_advice_is_written(
    form: str, how: str, kartamantul: Path, tmp_path: Path
) -> None:
    ending = {"text": "txt"}.get(form, form)
    out = tmp_path / ("advice" if how == "--format" else f"advice.{ending}")

    assert 0 == cli.main(
        ["advise", str(kartamantul), "-o", str(out), *(["--format", form] if how != "ending" else [])]
    )

    content = out.read_bytes()
    assert content.startswith(BEGINNINGS.get(form, b""))
    assert len(content) > 2000
    if form == "docx":
        assert docx.Document(str(out)).paragraphs
    if form == "json":
        assert json.loads(content)["as_of"] == "2013-06-01"
    if form == "text":
        assert "SARAN KERJA SAMA" in content.decode().splitlines()[0]


@pytest.mark.usefixtures("loaded")
def test_a_name_without_an_ending_is_a_text_and_capitals_do_not_matter(tmp_path: Path) -> None:
    for name, beginning in (
        ("cases", b"\xe2\x95\x90"),
        ("cases.HTM", b"<!DOCTYPE"),
        ("cases.text", b"\xe2\x95\x90"),
    ):
        assert 0 == cli.main(["cases", "-o", str(tmp_path / name)])
        assert (tmp_path / name).read_bytes().startswith(beginning)


# -- what is refused ----------------------------------------------------------------------------------------


@each_command
@pytest.mark.usefixtures("loaded")
def test_an_ending_that_says_otherwise_is_refused_before_the_work(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "a.docx"

    err = refused(capsys, *words, "--format", "html", "-o", out)
    assert f'"{out}" berakhiran untuk format docx, padahal --format html' in err
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize("ending", ["pdf", "doc", "ODT", "rtf"])
@pytest.mark.parametrize("command", ["cases", "check", "questions"])
@pytest.mark.usefixtures("loaded")
def test_a_document_that_is_not_written_here_is_not_written_under_its_name(
    ending: str, command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    err = refused(capsys, command, "-o", tmp_path / f"a.{ending}", "--lang", "en")

    assert f"cannot be written as {ending.lower()}; choose from: text, md, html, docx" in err
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize("words", WITHOUT_JSON, ids=" ".join)
@pytest.mark.usefixtures("loaded")
def test_where_there_is_no_json_its_ending_is_refused(
    words: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    err = refused(capsys, *words, "-o", tmp_path / "a.json")

    assert "tidak dapat ditulis sebagai json; pilihannya: text, md, html, docx" in err


@pytest.mark.parametrize("words", [("cases", "kartamantul", "--answers"), ("questions", "--blank")], ids=" ".join)
@pytest.mark.usefixtures("loaded")
def test_an_answers_file_has_no_other_format(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    err = refused(capsys, *words, "--format", "html")

    assert f"--format tidak dapat dipakai bersama {words[-1]}" in err


def test_a_docx_is_not_thrown_at_a_screen(kartamantul: Path) -> None:
    for words in (("cases", "--format", "docx"), ("advise", kartamantul, "--format", "docx", "-o", "-")):
        text = on_a_terminal(*words)
        assert "PK" not in text
        assert "" == text.strip()


# -- where it goes ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("output", [(), ("-o", "-")], ids=["pipe", "-"])
@pytest.mark.parametrize("form", FORMATS)
def test_every_format_goes_through_a_pipe(form: str, output: tuple[str, ...]) -> None:
    done = run("cases", "--format", form, *output)

    assert (0, b"") == (done.returncode, done.stderr)
    assert done.stdout.startswith(BEGINNINGS.get(form, b"\xe2\x95\x90"))
    if form == "docx":
        assert "KARTAMANTUL" in " ".join(in_docx(done.stdout))


@pytest.mark.parametrize("ending", ["docx", "html", "md", "txt"])
def test_a_disk_that_fails_leaves_what_stood_there(ending: str, tmp_path: Path) -> None:
    out = tmp_path / f"cases.{ending}"
    out.write_text("old")

    done = subprocess.run(
        [sys.executable, "-m", "advisor", "questions", "-o", str(out), "--lang", "en"],
        capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (3_000, 3_000)),
    )  # fmt: skip

    assert (UNUSABLE, "") == (done.returncode, done.stdout)
    assert f"{out}: cannot be written (the file becomes too large)\n" == done.stderr
    assert "old" == out.read_text()
    assert [out] == list(tmp_path.iterdir())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_behind_a_pipe_is_named() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "advisor", "cases", "--format", "docx", "--lang", "en"],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip

    assert (UNUSABLE, "<stdout>: cannot be written (the storage is full)\n") == (done.returncode, done.stderr)


def test_the_help_names_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("advise", "explain", "compare", "check", "test", "diff", "replay", "cases", "questions"):
        assert 0 == cli.main([command, "--help"])
        (known,) = re.findall(r"--format \{([a-z,]+)\}", capsys.readouterr().out)[:1]
        assert set(known.split(",")) == set(FORMATS if command in ("cases", "questions") else RESULT_FORMATS)


# -- what a text costs --------------------------------------------------------------------------------------


def test_who_wants_a_text_does_not_wait_for_what_writes_papers(kartamantul: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "advisor", "advise", str(kartamantul)],
        capture_output=True, check=False,
    )  # fmt: skip

    imported = {line.rpartition("|")[2].strip() for line in done.stderr.decode().splitlines() if "|" in line}
    assert "advisor.papers.text_writer" in imported
    assert not {"docx", "lxml", "PIL", "holidays", "icalendar", "advisor.papers.html_writer"} & imported
