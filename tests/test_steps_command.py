"""`advisor steps`: which words it takes, and how it writes and refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from icalendar import Calendar

from advisor import cli
from advisor.commands.common import DONE
from advisor.text import LANGUAGES
from advisor.timetable.as_data import SCHEMA
from knowledge_copy import Copy
from program import refused, run

KEYS = {
    "schema", "knowledge", "title", "as_of", "era", "start", "start_reason", "settled", "signing", "done",
    "entries", "budget", "unsigned_assumed", "late_by", "missed", "other_law", "calendar",
}  # fmt: skip

pytestmark = pytest.mark.usefixtures("loaded")


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "answers.yaml"
    path.write_text(
        "title: TPA <bersama> & \\u202e😀\nas_of: 2024-06-03\nanswers: {initiator: regency, "
        "counterparts: [regency_city_same_province], region_count: 2, burdens_budget: yes, budgeted: no}\n",
        "utf-8",
    )
    return path


def test_the_timetable_goes_to_stdout_and_nothing_else_does(kartamantul: Path) -> None:
    done = run("steps", kartamantul)

    assert (0, b"") == (done.returncode, done.stderr)
    assert "JADWAL LANGKAH KERJA SAMA" in done.stdout.decode()


def test_nothing_is_wider_than_the_terminal(kartamantul: Path) -> None:
    lines = run("steps", kartamantul, COLUMNS="80").stdout.decode().splitlines()

    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_data_has_its_keys(language: str, answers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["steps", str(answers), "--start", "2 Februari 2026", "--format", "json", "--lang", language]
    assert DONE == cli.main(words)

    data = json.loads(capsys.readouterr().out)
    assert set(data) == KEYS
    assert (SCHEMA, "2026-02-02", "asked") == (data["schema"], data["start"], data["start_reason"])


@pytest.mark.parametrize("ending", ["txt", "md", "html", "docx", "json", "ics"])
def test_the_ending_of_the_file_chooses_the_format(ending: str, answers: Path, tmp_path: Path) -> None:
    path = tmp_path / f"out.{ending}"

    assert DONE == cli.main(["steps", str(answers), "-o", str(path)])

    content = path.read_bytes()
    begins = {"docx": b"PK", "json": b"{", "ics": b"BEGIN:VCALENDAR", "html": b"<!DOCTYPE html>"}
    assert content.startswith(begins.get(ending, b""))
    assert b"\x1b" not in content or ending == "docx"


def test_a_calendar_takes_whatever_a_title_holds(answers: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.ics"
    hostile = "a,b;c\\d:e\nBEGIN:VEVENT\nSUMMARY:x\u202e\x1b[2J" + "😀" * 3000
    data = yaml.safe_load(answers.read_text("utf-8"))
    answers.write_text(json.dumps(data | {"title": hostile, "as_of": "2024-06-03"}), "utf-8")

    assert DONE == cli.main(["steps", str(answers), "-o", str(path)])

    (calendar,) = Calendar.from_ical(path.read_bytes(), multiple=True)
    assert "a,b;c\\d:e" in str(calendar["x-wr-calname"])
    assert "x" not in {str(event["summary"]) for event in calendar.walk("VEVENT")}
    assert b"\x1b" not in path.read_bytes()


def test_joint_leave_is_counted_where_that_is_asked_for(answers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    signed = []
    for choice in ("stops", "counts"):
        words = ["steps", str(answers), "--start", "2026-02-02", "--joint-leave", choice, "--format", "json"]
        assert DONE == cli.main(words)
        data = json.loads(capsys.readouterr().out)
        assert choice == data["calendar"]["joint_leave"]
        signed.append(data["signing"]["with_possible"])
    assert signed[0] > signed[1]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--start", "besok"], '"besok" bukan tanggal'),
        (["--start", "2026-02-30"], '"2026-02-30" bukan tanggal'),
        (["--start"], "--start"),
        (["--start", "2006-01-02"], "2007 sampai 2045"),
        (["--start", "9999-12-31"], "2007 sampai 2045"),
        (["--joint-leave", "maybe"], "maybe"),
        (["--format", "ics", "-o", "x.json"], "--format ics"),
        (["--format", "pdf"], "pdf"),
    ],
)
def test_what_cannot_be_used_is_refused_with_what_was_expected(
    words: list[str], told: str, answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told in refused(capsys, "steps", answers, *words)


def test_a_calendar_is_no_format_of_other_commands(answers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "ics" in refused(capsys, "advise", answers, "-o", "x.ics")


def test_the_answers_are_never_written_over(answers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = answers.read_bytes()
    refused(capsys, "steps", answers, "--format", "text", "-o", answers)

    assert before == answers.read_bytes()


def test_knowledge_without_periods_is_named(
    answers: Path, copy: Copy, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("timetable", "holidays"):
        copy.path(f"kbase/{name}.yaml").unlink()
    bare = copy.load()
    monkeypatch.setattr("advisor.commands.common.kept_knowledge", lambda kbase, rules: bare)

    assert "kbase/timetable.yaml" in refused(capsys, "steps", answers)
