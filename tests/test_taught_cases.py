"""Cases that are taught: those of the library, and files of a trainer, read with line and column."""

from __future__ import annotations

import io
import re
import sys
from datetime import date
from pathlib import Path

import pytest

from advisor import cli
from advisor.commands import common
from advisor.knowledge_base import Knowledge
from advisor.problem import AnswersError
from advisor.report.wording import Wording
from advisor.teach.case_file import TaughtCaseReader
from advisor.teach.teacher import Teacher
from advisor.terminal.plain_lesson import PlainLesson
from advisor.text import LANGUAGES, Language
from lessons import CASES

pytestmark = pytest.mark.knowledge

GUIDE = Path(__file__).parents[1] / "docs" / "mengajar.md"


# -- own cases ----------------------------------------------------------------------------------------------


def _example() -> str:
    """Return the case file that the guide shows."""
    found = re.search(r"```yaml\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    assert found is not None
    return found.group(1)


def _file(folder: Path, text: str, name: str = "case.yaml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_the_case_file_of_the_guide_is_taught(tmp_path: Path, knowledge: Knowledge) -> None:
    taught = TaughtCaseReader(knowledge).of_file(_file(tmp_path, _example()))
    lesson = Teacher(knowledge).lesson(taught)

    assert taught.study is not None
    assert "TPA DUA KABUPATEN" == taught.study.name
    assert "required" == lesson.conclusions["dprd_approval"].value
    assert ["budgeted", "cost_sharing"] == [given.question for given in lesson.facts if given.reading is not None]


def test_an_answers_file_is_taught_without_a_record(tmp_path: Path, knowledge: Knowledge) -> None:
    text = "as_of: 2024-05-31\ntitle: TPA bersama\nanswers:\n  initiator: regency\n  sector: roads\n"
    taught = TaughtCaseReader(knowledge).of_file(_file(tmp_path, text), date(2013, 6, 1))
    target = io.StringIO()
    wording = Wording(knowledge.library, "id")
    teacher = Teacher(knowledge)
    PlainLesson(teacher, teacher.lesson(taught), wording, io.StringIO("hasil\n"), target).run()

    assert taught.study is None
    assert date(2013, 6, 1) == taught.case.as_of
    assert "TPA bersama" in target.getvalue()
    assert "tidak ada catatan tentang apa yang terjadi" in target.getvalue()


BROKEN: list[tuple[str, str, list[str]]] = [
    ("cites: \\[prasetya-2013:13\\]\n$", "cites: [prasetya-2013:99]\n", ["citation.unknown"]),
    ("cites: \\[pp28-2018:6-2\\]", "cites: [pp28-2018:6-22]", ["citation.unknown"]),
    ("  budgeted: no\n", "", ["reading.without_answer"]),
    ("sector: solid_waste", "sector: solid_wasst", ["answers.unknown_option"]),
    ("region_count: 2", "region_count: 1", ["answers.contradiction"]),
    ("lesson:\n", "leson:\n", ["key.missing", "key.unknown"]),
    ("name: TPA DUA KABUPATEN", "name: [TPA]", ["value.text"]),
    ("as_of: 2024-03-01", "as_of: 1999-01-01", ["answers.not_covered"]),
    ("strengths:\n", "strengths: *all\n", ["yaml.alias"]),
    ("  initiator: regency", "  initiator: regency\n  initiator: city", ["yaml.duplicate_key"]),
]


@pytest.mark.parametrize(("old", "new", "keys"), BROKEN, ids=lambda part: part[0] if isinstance(part, list) else "")
def test_what_is_wrong_with_a_case_file_is_said_with_line_and_column(
    old: str, new: str, keys: list[str], tmp_path: Path, knowledge: Knowledge
) -> None:
    broken, count = re.subn(old, new, _example(), count=1)
    assert 1 == count
    path = _file(tmp_path, broken)

    with pytest.raises(AnswersError) as refused:
        TaughtCaseReader(knowledge).of_file(path)

    assert keys == sorted(problem.key for problem in refused.value.problems)
    assert all(problem.place.line > 0 and problem.place.column > 0 for problem in refused.value.problems)


def test_every_finding_is_said_at_once(tmp_path: Path, knowledge: Knowledge) -> None:
    broken = _example().replace("sector: solid_waste", "sector: wast").replace("prasetya-2013:13", "prasetya:13")

    with pytest.raises(AnswersError) as refused:
        TaughtCaseReader(knowledge).of_file(_file(tmp_path, broken))

    assert 3 == len(refused.value.problems)


@pytest.fixture
def loaded(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands use the knowledge that is loaded already, and read no input."""
    monkeypatch.setattr(common, "kept_knowledge", lambda kbase, rules: knowledge)
    monkeypatch.setattr(sys, "stdin", io.StringIO())


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_broken_case_file_has_status_2_and_names_the_place(
    language: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    _file(tmp_path, _example().replace("sector: solid_waste", "sector: solid_wasst"), "own.yaml")

    assert common.UNUSABLE == cli.main(["teach", "own.yaml", "--lang", language])
    line = _example().splitlines().index("  sector: solid_waste") + 1
    assert capsys.readouterr().err.startswith(f"own.yaml:{line}:11: ")


@pytest.mark.usefixtures("loaded")
def test_an_unknown_case_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert common.UNUSABLE == cli.main(["teach", "kartamantull"])
    assert 'maksudnya "kartamantul"?' in capsys.readouterr().err


@pytest.mark.usefixtures("loaded")
def test_a_file_that_is_not_there_is_said_to_be_unreadable(capsys: pytest.CaptureFixture[str]) -> None:
    assert common.UNUSABLE == cli.main(["teach", "nowhere.yaml"])
    assert "nowhere.yaml: berkas tidak dapat dibaca" in capsys.readouterr().err


@pytest.mark.usefixtures("loaded")
def test_without_a_case_the_cases_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert common.DONE == cli.main(["teach"])
    text = capsys.readouterr().out

    assert all(f"  {name} – " in text for name in CASES)
    assert "advisor teach barlingmascakeb" in text


@pytest.mark.usefixtures("loaded")
def test_a_case_is_taught_under_the_law_of_another_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert common.DONE == cli.main(["teach", "KARTAMANTUL", "--as-of", "2024-05-31"])

    assert "Tanggal penandatanganan: 31 Mei 2024" in capsys.readouterr().out
