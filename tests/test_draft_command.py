"""The command `advisor draft`: what it writes where, and what it says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import docx
import pytest

from advisor import cli
from drafting import ADMISSIBLE, WITH

PARTIES = [{"name": "Kabupaten Sleman", "signatory": "Siti Aminah"}, {"name": "Kota Yogyakarta"}]


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "answers.json"
    _write(path, {**ADMISSIBLE, **WITH["region"]})
    return path


def _write(path: Path, answers: dict[str, Any]) -> None:
    path.write_text(json.dumps({"as_of": "2026-06-01", "parties": PARTIES, "answers": answers}), "utf-8")


def _run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    status = cli.main(["draft", *map(str, words)])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_one_file_is_written_for_each_draft_in_the_order_of_the_steps(
    answers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "new" / "drafts"

    status, out, err = _run(capsys, answers, "-o", folder)

    assert (0, "") == (status, err)
    # The stages of pp28-2018:6-1: offer, joint memorandum, approval of the DPRD, agreement.
    assert [
        "01-surat-penawaran.docx",
        "02-kerangka-acuan-kerja.docx",
        "03-kesepakatan-bersama.docx",
        "04-surat-permohonan-persetujuan-dprd.docx",
        "05-perjanjian-kerja-sama.docx",
    ] == sorted(path.name for path in folder.iterdir())
    for path in folder.iterdir():
        assert str(path) in out
        assert "RANCANGAN" == docx.Document(str(path)).sections[0].first_page_header.paragraphs[0].text


def test_what_is_missing_is_said_of_each_draft_and_what_is_not_drafted_behind_them(
    answers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = _run(capsys, answers, "-o", tmp_path / "d", "--lang", "en")
    lines = out.splitlines()

    (place,) = [n for n, line in enumerate(lines) if "05-perjanjian-kerja-sama.docx: Agreement" in line]
    assert "still to be filled in" in lines[place + 1]
    assert "rights of the parties" in lines[place + 1]
    assert any(line.startswith("Other documents of this advice") and "Surat kuasa" in line for line in lines)


def test_comments_are_in_the_language_asked_for_and_the_draft_is_indonesian(
    answers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _run(capsys, answers, "-o", tmp_path / "d", "--lang", "en")
    found = docx.Document(str(tmp_path / "d" / "05-perjanjian-kerja-sama.docx"))

    assert "The emblem of each party, side by side." in {comment.text for comment in found.comments}
    assert "HAK DAN KEWAJIBAN" in {paragraph.text for paragraph in found.paragraphs}


def test_no_file_is_overwritten_and_none_is_written_where_one_is_there(
    answers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = tmp_path / "d" / "03-kesepakatan-bersama.docx"
    there.parent.mkdir()
    there.write_text("mine")

    status, out, err = _run(capsys, answers, "-o", tmp_path / "d")

    assert (2, "") == (status, out)
    assert f'"{there}" sudah ada dan tidak ditimpa' in err
    assert ["mine"] == [path.read_text() for path in there.parent.iterdir()]


def test_the_sources_are_taken_out_all_at_once_by_their_style(
    answers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _run(capsys, answers, "-o", tmp_path / "d")
    found = docx.Document(str(tmp_path / "d" / "05-perjanjian-kerja-sama.docx"))

    sources = {p.text for p in found.paragraphs if p.style is not None and p.style.name == "Advisor Passage Source"}
    others = [p.text for p in found.paragraphs if p.style is not None and p.style.name != "Advisor Passage Source"]
    assert any("PP 28/2018 Pasal 9" in text for text in sources)
    assert not any(text.startswith(("Dasar: ", "Lazim menurut")) for text in others)


def test_a_cooperation_that_cannot_go_ahead_has_no_drafts(
    answers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _write(answers, {**ADMISSIBLE, **WITH["region"], "lawful_object": False})

    status, out, _ = _run(capsys, answers, "-o", tmp_path / "d")

    assert 0 == status
    assert "Tidak ada rancangan, sebab kerja sama ini tidak dapat dilaksanakan" in out
    assert not (tmp_path / "d").exists()


def test_what_still_depends_on_answers_is_not_drafted_but_named(
    answers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    some = {**ADMISSIBLE, **WITH["region"]}
    _write(answers, {name: value for name, value in some.items() if name not in ("budgeted", "burdens_public")})

    _, out, _ = _run(capsys, answers, "-o", tmp_path / "d")

    (line,) = [line for line in out.splitlines() if line.startswith("Belum dirancang")]
    assert "Surat permohonan persetujuan DPRD" in line
