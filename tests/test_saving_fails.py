"""Where a session cannot be saved: it is said once, nothing of the interview is lost, and leaving always works."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from advisor.inference.case import CaseReader, Party
from advisor.interview.interview import Interview
from advisor.interview.session import Session
from advisor.interview.store import Saved, SessionStore
from advisor.knowledge_base import Knowledge
from interviews import DAY, Desk, begun, choose, shown, talked
from pseudo import finished

FAILS = "Sesi 2024-05-31-1 tidak dapat disimpan (ruang penyimpanan penuh). Wawancara dapat diteruskan"
WORKS = "Tersimpan sebagai sesi 2024-05-31-1."
MARK = "BELUM TERSIMPAN"


class Disk:
    """Keeps sessions, but for the writes with these numbers, which fail."""

    def __init__(self, *failing: int) -> None:
        self.failing = failing
        self.kept: list[Saved] = []
        self.writes = 0

    def keep(self, saved: Saved) -> None:
        """Keep a session, or fail."""
        self.writes += 1
        if self.writes in self.failing:
            raise OSError(28, "disk penuh")
        self.kept.append(saved)


def _words(text: str) -> str:
    return " ".join(text.split())


def test_line_by_line_it_is_said_once_and_the_interview_goes_on(knowledge: Knowledge) -> None:
    disk = Disk(*range(2, 100))
    interview = begun(knowledge, keep=disk.keep)

    text = talked(interview, "3", "1", "tidak tahu", "c menurut PU", "0", "kembali", "")

    assert f"✓ Bidang: Persampahan. {FAILS}" in text
    assert 1 == text.count("tidak dapat disimpan (")
    assert 4 == len(interview.session.given)
    assert ["initiator"] == list(disk.kept[-1].session.given)


def test_on_the_screen_it_is_said_once_stands_in_the_head_and_the_interview_goes_on(knowledge: Knowledge) -> None:
    disk = Disk(*range(2, 100))
    interview = begun(knowledge, keep=disk.keep)
    with shown(interview, 80, 30) as driver:
        driver.press("1", "enter", "3", "enter")
        assert MARK not in driver.rows[0]

        driver.press("1", "enter")
        assert f"✓ Bidang: Persampahan. {FAILS}" in driver.text
        assert MARK in driver.rows[0]

        driver.press("0", "enter")
        assert "✓ Kegiatan: tidak tahu." in driver.text
        assert "tidak dapat disimpan" not in driver.text
        assert MARK in driver.rows[0]

        driver.press("f5", *("x" * 90), "enter")
        assert MARK in driver.rows[0], "however long the title"

        driver.press("c-c")
        assert driver.shell.application.is_done
    assert 3 == len(interview.session.given)


def test_what_could_not_be_saved_is_saved_with_the_next_that_can_and_that_is_said(knowledge: Knowledge) -> None:
    by_line, on_screen = Disk(1, 2), Disk(1, 2)
    interview = begun(knowledge, keep=by_line.keep)
    text = talked(interview, "3", "1", "tidak tahu", "0")

    assert f"✓ Kegiatan: tidak tahu. {WORKS}" in text
    assert 1 == text.count(WORKS)
    assert interview.session == by_line.kept[-1].session

    with shown(begun(knowledge, keep=on_screen.keep)) as driver:
        driver.press("1", "enter", "3", "enter", "1", "enter", "0", "enter")
        assert f"✓ Kegiatan: tidak tahu. {WORKS}" in driver.text
        assert MARK not in driver.text
    assert 3 == len(on_screen.kept[-1].session.given)


def test_saving_by_hand_tries_anew_and_says_what_came_of_it(knowledge: Knowledge) -> None:
    disk = Disk(1, 2)
    interview = begun(knowledge, keep=disk.keep)

    text = talked(interview, "3", "simpan", "simpan")

    assert 2 == text.count(FAILS)
    assert f"Jawaban: {WORKS}" in text
    assert [interview.session] == [saved.session for saved in disk.kept]


def test_leaving_tries_once_more(knowledge: Knowledge) -> None:
    disk = Disk(1)
    interview = begun(knowledge, keep=disk.keep)

    talked(interview, "3", "keluar")

    assert [{"initiator": "city"}] == [saved.session.given for saved in disk.kept]


CHANGES: dict[str, tuple[list[str], Session]] = {
    "a note": (["c menurut PU"], Session(DAY, {"initiator": "city"}, notes={"sector": "menurut PU"})),
    "a party": (["nama Solok", "", ""], Session(DAY, {"initiator": "city"}, parties=(Party("Solok"),))),
    "the day": (["hari 1/6/2013"], Session(date(2013, 6, 1), {"initiator": "city"})),
    "the title": (["simpan TPA"], Session(DAY, {"initiator": "city"}, "TPA")),
    "an answer that is changed": (["jawaban 1", "provinsi"], Session(DAY, {"initiator": "province"})),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_cannot_be_saved_first_it_is_said_and_kept_in_memory(change: str, knowledge: Knowledge) -> None:
    lines, expected = CHANGES[change]
    interview = begun(knowledge, Session(DAY, {"initiator": "city"}), Disk(1, 2).keep)

    text = talked(interview, *lines, "0")

    assert 1 == text.count(FAILS)
    assert expected.notes == interview.session.notes
    assert expected.as_of == interview.session.as_of
    assert (expected.title, expected.parties) == (interview.session.title, interview.session.parties)
    assert expected.given.items() <= interview.session.given.items()


def test_going_on_to_the_diagnosis_says_it_too(knowledge: Knowledge) -> None:
    session = finished(knowledge, "kartamantul").without("rivalry")
    assert FAILS in talked(begun(knowledge, session, Disk(1, 2).keep), "ya")
    with shown(begun(knowledge, session, Disk(1).keep)) as driver:
        choose(driver, "Lanjut ke diagnosis")
        assert FAILS in driver.text


def _fails_by_line(interview: Interview, name: str) -> None:
    talked(interview, "3", "1", "tulis 1", name)


def _fails_on_screen(interview: Interview, name: str) -> None:
    with shown(interview) as driver:
        driver.press("1", "enter", "3", "enter", "1", "enter")
        driver.paste("tulis")
        driver.press("enter", "1", "enter", "c-u")
        driver.paste(name)
        driver.press("enter")


@pytest.mark.parametrize("fail", [_fails_by_line, _fails_on_screen], ids=["plain", "screen"])
def test_the_answers_can_be_written_somewhere_else(
    fail: Callable[[Interview, str], None], knowledge: Knowledge, files: Path
) -> None:
    interview = begun(knowledge, keep=Disk(*range(100)).keep)

    fail(interview, "selamat.yaml")

    case = CaseReader(knowledge.library, knowledge.rulebase).file(Path("selamat.yaml"))
    assert {"initiator": "city", "sector": "solid_waste"} == dict(case.answers) == interview.session.given


# -- no folder to save in -----------------------------------------------------------------------------------


@pytest.fixture
def blocked(desk: Desk) -> Desk:
    """A desk whose folder of sessions cannot be made: a file stands in its place."""
    desk.store.folder.write_text("bukan folder", "utf-8")
    return desk


def test_without_a_folder_the_interview_is_held_in_memory_and_that_is_said(blocked: Desk) -> None:
    text = blocked.sit("3", "1", "keluar")

    assert "tidak dapat disimpan" in blocked.errors
    assert "Jawaban tidak dapat disimpan di komputer ini" in text
    assert "langsung disimpan" not in text
    assert text.count("tidak dapat disimpan (") == 1, "at the end"
    assert {"initiator": "city", "sector": "solid_waste"} == blocked.written["answers"]
    assert "bukan folder" == blocked.store.folder.read_text("utf-8")


class Typist(io.StringIO):
    """Types lines; before some of them something is done."""

    def __init__(self, lines: Iterator[str | Callable[[], object]]) -> None:
        super().__init__()
        self.lines = lines

    def readline(self, *_: object) -> str:
        """Return the next line."""
        for line in self.lines:
            if isinstance(line, str):
                return f"{line}\n"
            line()
        return ""


def test_once_there_is_a_folder_everything_is_saved_under_a_name_that_nobody_else_has(blocked: Desk) -> None:
    store = blocked.store

    def sit(*answers: str) -> str:
        store.folder.write_text("bukan folder", "utf-8")
        away = store.folder.with_name("lain")
        steps = [answers[0], store.folder.unlink, *([lambda: away.rename(store.folder)] if away.exists() else [])]
        written = blocked.sit(typist=Typist(iter([*steps, *answers[1:]])))
        store.folder.rename(away)
        return written

    first, second = sit("3", "1"), sit("2", "0")

    sessions = {saved.name: saved.session.given for saved in SessionStore(store.folder.with_name("lain")).all()}
    day = date.today().isoformat()
    assert {
        f"{day}-1": {"initiator": "city", "sector": "solid_waste"},
        f"{day}-2": {"initiator": "regency", "sector": "unknown"},
    } == sessions
    for text, number in ((first, 1), (second, 2)):
        assert 2 == _words(text).count(f"Tersimpan sebagai sesi {day}-{number}."), "when it worked, and at the end"


def test_a_disk_that_fails_in_between_leaves_on_disk_what_was_said_before(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "disk penuh")

    def break_it() -> None:
        monkeypatch.setattr("advisor.interview.store.os.fsync", fail)

    text = desk.sit(typist=Typist(iter(["3", "1", break_it, "0", "keluar"])), as_of=DAY)

    (saved,) = desk.store.all()
    assert replace(saved.session, given={"initiator": "city", "sector": "solid_waste"}) == saved.session
    assert 1 == text.count("tidak dapat disimpan (ruang penyimpanan penuh)"), "when it failed"
    assert 1 == text.count(f"Sesi {saved.name} tidak tersimpan (ruang penyimpanan penuh)."), "at the end"
    answers = {"initiator": "city", "sector": "solid_waste", "activities": "unknown"}
    assert answers == desk.written["answers"]
