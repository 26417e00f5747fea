"""Sessions on disk: nothing lost, nothing overwritten, older ones opened with a note."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from advisor.inference.case import CaseReader, Party
from advisor.interview.session import Session
from advisor.interview.store import MOST_BYTES, Saved, SessionInUseError, SessionStore, Unreadable
from advisor.knowledge_base import Knowledge
from advisor.problem import AnswersError, InputError
from advisor.text import LANGUAGES
from advisor.understanding.reading import UNKNOWN

SESSION = Session(
    date(2024, 5, 31),
    {"counterparts": ("regency_city_same_province",), "region_count": 3, "bordering": "yes", "budgeted": UNKNOWN},
    "TPA bersama",
)


def _saved(name: str, session: Session = SESSION, *, questions: tuple[str, ...] = ("counterparts",)) -> Saved:
    return Saved(name, session, datetime(2026, 11, 24, 9, 30).astimezone(), "digest", questions)


def _reader(knowledge: Knowledge) -> CaseReader:
    return CaseReader(knowledge.library, knowledge.rulebase)


def test_what_was_saved_comes_back_in_the_same_order(tmp_path: Path, knowledge: Knowledge) -> None:
    store = SessionStore(tmp_path)
    store.save(_saved("tpa"))

    opened = store.open("tpa", _reader(knowledge))

    assert SESSION == opened.session
    assert list(SESSION.given) == list(opened.session.given)
    assert () == opened.aside


def test_what_is_only_handed_through_comes_back_too(tmp_path: Path, knowledge: Knowledge) -> None:
    parties = (Party("Kota Yogyakarta", "city", "Wali Kota"), Party("Kabupaten Bantul"))
    notes = {"sector": "menurut Dinas PU", "moon_phase": "tidak ditanyakan lagi"}
    session = replace(SESSION, assumed_day=True, id=7, parties=parties, notes=notes)
    store = SessionStore(tmp_path)
    store.save(_saved("tpa", session))

    opened = store.open("tpa", _reader(knowledge))

    assert session == opened.saved.session == opened.session


def test_a_session_of_an_earlier_version_has_a_day_that_nobody_may_have_named(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    store = SessionStore(tmp_path)
    path = store.save(_saved("old"))
    data = json.loads(path.read_text("utf-8"))
    old = {key: data[key] for key in data if key not in ("assumed_day", "id", "parties", "notes")}
    path.write_text(json.dumps(old), "utf-8")

    opened = store.open("old", _reader(knowledge))

    assert replace(SESSION, assumed_day=True) == opened.session


def test_answers_that_this_knowledge_does_not_know_are_named_and_put_aside_and_new_questions_are_named(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    store = SessionStore(tmp_path)
    old = SESSION.answered("moon_phase", "full").answered("sector", "moonlight").answered("bases", ("a", "b"))
    known = tuple(question for question in knowledge.library.questions if question != "rivalry")
    store.save(_saved("old", old, questions=known))

    opened = store.open("old", _reader(knowledge))

    assert ("moon_phase", "sector", "bases") == opened.aside
    assert ("rivalry",) == opened.new
    assert SESSION.given == opened.session.given
    assert {"moon_phase": "full", "sector": "moonlight", "bases": ["a", "b"]} == opened.session.aside


def test_what_is_put_aside_stays_on_disk_however_often_the_session_is_saved(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    store = SessionStore(tmp_path)
    store.save(_saved("old", SESSION.answered("moon_phase", "full").answered("sector", "moonlight")))

    for answer in ("yes", "no", UNKNOWN):
        opened = store.open("old", _reader(knowledge))
        store.save(_saved("old", opened.session.answered("rivalry", answer)))

    data = json.loads((tmp_path / "old.json").read_text("utf-8"))
    assert {"moon_phase": "full", "sector": "moonlight"} == data["aside"]
    assert {**SESSION.given, "rivalry": UNKNOWN} == store.open("old", _reader(knowledge)).session.given


def test_what_was_put_aside_is_an_answer_again_where_it_is_known(tmp_path: Path, knowledge: Knowledge) -> None:
    store = SessionStore(tmp_path)
    activities = ["operate_service", "build_facility"]
    gone = {"moon_phase": "full", "bases": [["a"], {}], "duration": {"a": 1}}
    away = replace(SESSION, aside={"sector": "roads", "activities": activities, **gone})
    store.save(_saved("old", away))

    opened = store.open("old", _reader(knowledge))

    assert tuple(gone) == opened.aside
    assert gone == opened.session.aside
    expected = {**SESSION.given, "sector": "roads", "activities": ("build_facility", "operate_service")}
    assert expected == opened.session.given


def test_an_answer_to_the_same_question_takes_the_place_of_the_one_that_was_put_aside(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    store = SessionStore(tmp_path)
    store.save(_saved("old", SESSION.answered("sector", "moonlight")))

    session = store.open("old", _reader(knowledge)).session.answered("sector", "roads")

    assert {} == session.aside
    assert "roads" == session.given["sector"]


@pytest.mark.parametrize("answer", ["Kota", "CITY", "cit", "kota atau kabupaten"])
def test_what_is_on_disk_is_not_read_as_what_is_typed(answer: str, tmp_path: Path, knowledge: Knowledge) -> None:
    store = SessionStore(tmp_path)
    store.save(_saved("old", SESSION.answered("initiator", answer)))

    opened = store.open("old", _reader(knowledge))

    assert {"initiator": answer} == opened.session.aside


def test_opening_writes_nothing(tmp_path: Path, knowledge: Knowledge) -> None:
    store = SessionStore(tmp_path)
    path = store.save(_saved("old", replace(SESSION.answered("sector", "moonlight"), as_of=date(1999, 1, 1))))
    before = path.read_bytes()

    store.open("old", _reader(knowledge))

    assert before == path.read_bytes()
    assert ["old.json"] == [file.name for file in tmp_path.iterdir()]


def test_a_day_that_this_knowledge_does_not_cover_is_one_that_nobody_named(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    store = SessionStore(tmp_path)
    store.save(_saved("old", replace(SESSION, as_of=date(1999, 1, 1))))

    opened = store.open("old", _reader(knowledge))

    assert replace(SESSION, as_of=date.today(), assumed_day=True) == opened.session


def test_a_second_holder_is_refused_until_the_first_lets_go(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    with store.held("tpa"), pytest.raises(SessionInUseError), SessionStore(tmp_path).held("tpa"):
        raise AssertionError
    with SessionStore(tmp_path).held("tpa"):
        pass


def test_a_failed_write_leaves_the_old_session_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = SessionStore(tmp_path)
    path = store.save(_saved("tpa"))
    before = path.read_bytes()

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("advisor.interview.store.os.fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        store.save(_saved("tpa", SESSION.answered("rivalry", "yes")))

    assert before == path.read_bytes()
    assert [path] == [p for p in tmp_path.iterdir() if p.suffix != ".lock"]


def test_what_could_not_be_read_back_is_not_written(tmp_path: Path, knowledge: Knowledge) -> None:
    store = SessionStore(tmp_path)
    store.save(_saved("try"))

    with pytest.raises(OSError, match="large"):
        store.save(_saved("try", replace(SESSION, notes={"counterparts": "x" * MOST_BYTES})))

    assert SESSION.given == store.open("try", _reader(knowledge)).session.given


def test_half_a_character_is_kept_as_well(tmp_path: Path, knowledge: Knowledge) -> None:
    store = SessionStore(tmp_path)

    store.save(_saved("try", replace(SESSION, title="TPA \udcff")))

    assert "TPA \udcff" == store.open("try", _reader(knowledge)).session.title


def test_sessions_are_listed_latest_first_and_broken_files_do_not_hide_the_others(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    store.save(_saved("a"))
    later = Saved("b", SESSION, datetime(2026, 11, 25).astimezone(), "digest", ())
    store.save(later)
    (tmp_path / "broken.json").write_text("{", "utf-8")

    assert ["b", "a"] == [saved.name for saved in store.all()]
    assert ["a", "b", "broken"] == [entry.name for entry in store.entries()]


def test_a_session_that_does_not_say_in_which_zone_it_was_saved_is_listed_with_the_others(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    store.save(_saved("a"))
    path = store.save(_saved("b"))
    data = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**data, "saved": "2026-11-25T08:00:00"}), "utf-8")

    assert ["b", "a"] == [saved.name for saved in store.all()]


def test_a_session_is_found_by_its_name_its_title_or_any_part_of_them(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    store.save(_saved("2026-11-24-1"))
    store.save(_saved("2026-11-25-1", replace(SESSION, title="Air minum regional")))
    found = {
        "tpa bersama": "2026-11-24-1",
        "TPA": "2026-11-24-1",
        "2026-11-24-1": "2026-11-24-1",
        "11-24": "2026-11-24-1",
        "minum": "2026-11-25-1",
        "other": "other",
    }

    assert found == {name: store.named(name) for name in found}


@pytest.mark.parametrize("name", ["tpa bersama", "TPA", "2026-11"])
def test_where_a_name_fits_several_sessions_they_are_all_named(name: str, tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    store.save(_saved("2026-11-24-1"))
    store.save(_saved("2026-11-25-1"))

    with pytest.raises(AnswersError) as caught:
        store.named(name)

    (problem,) = caught.value.problems
    assert "session.ambiguous" == problem.key
    for language in LANGUAGES:
        said = problem.sentence(language)
        assert "2026-11-24-1 (TPA bersama)" in said
        assert "2026-11-25-1 (TPA bersama)" in said


def test_a_whole_title_goes_before_a_part_of_another(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    store.save(_saved("2026-11-24-1"))
    store.save(_saved("2026-11-25-1", replace(SESSION, title="TPA bersama Piyungan")))

    assert "2026-11-24-1" == store.named("tpa BERSAMA")


DAY = date(2026, 11, 24)


def test_a_new_name_is_never_one_that_is_taken(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    with store.held_new(DAY) as first:
        store.save(_saved(first))
        with SessionStore(tmp_path).held_new(DAY) as meanwhile:
            pass
    with store.held_new(DAY) as later:
        pass

    assert ["2026-11-24-1", "2026-11-24-2", "2026-11-24-2"] == [first, meanwhile, later]


def test_new_interviews_that_begin_at_once_all_get_a_name_of_their_own(tmp_path: Path) -> None:
    with ExitStack() as stack:
        begin = Barrier(8)

        def hold(store: SessionStore) -> str:
            begin.wait()
            return stack.enter_context(store.held_new(DAY))

        with ThreadPoolExecutor(8) as threads:
            names = list(threads.map(hold, [SessionStore(tmp_path) for _ in range(8)]))

    assert {f"2026-11-24-{number}" for number in range(1, 9)} == set(names)


def test_a_name_is_passed_over_where_a_session_began_and_ended_before_it_was_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, other = SessionStore(tmp_path), SessionStore(tmp_path)
    held = SessionStore.held

    @contextmanager
    def late(self: SessionStore, name: str) -> Iterator[None]:
        if name == "2026-11-24-1":
            other.save(_saved(name))
        with held(self, name):
            yield

    monkeypatch.setattr(SessionStore, "held", late)

    with store.held_new(DAY) as name:
        assert "2026-11-24-2" == name


@pytest.mark.parametrize("name", ["../escape", "", "a/b", ".hidden", "x" * 80])
def test_a_name_that_could_leave_the_folder_is_refused(name: str, tmp_path: Path, knowledge: Knowledge) -> None:
    with pytest.raises(AnswersError):
        SessionStore(tmp_path).open(name, _reader(knowledge))


GOOD: dict[str, Any] = {
    "schema": "session/2",
    "saved": "2026-11-24T09:30:00",
    "knowledge": "digest",
    "questions": [],
    "stage": "headline",
    "title": "TPA",
    "as_of": "2024-05-31",
    "given": {"initiator": "city"},
}
BROKEN: dict[str, str] = {
    "empty": "",
    "a list": "[]",
    "nothing in it": "{}",
    "answers that are a number": json.dumps({**GOOD, "given": 3}),
    "a title that is a number": json.dumps({**GOOD, "title": 5}),
    "an answer that is a mapping": json.dumps({**GOOD, "given": {"initiator": {"a": "b"}}}),
    "an answer that is a truth value": json.dumps({**GOOD, "given": {"bordering": True}}),
    "a day that there is not": json.dumps({**GOOD, "as_of": "2024-02-30"}),
    "a party of another shape": json.dumps({**GOOD, "parties": [{"nama": "Sleman"}]}),
    "cut off": json.dumps(GOOD)[:-9],
    "brackets without end": "[" * 100_000,
    "a newer form": json.dumps({**GOOD, "schema": "session/99"}),
    "more than a session can hold": json.dumps({**GOOD, "title": "x" * 1_000_001}),
}


def _lay_broken(folder: Path, kind: str) -> Path:
    path = folder / "rusak.json"
    if kind == "a pipe":
        os.mkfifo(path)
    elif kind == "a folder":
        path.mkdir()
    elif kind == "a loop":
        path.symlink_to(path)
    elif kind == "a device without end":
        path.symlink_to("/dev/zero")
    else:
        path.write_text(BROKEN[kind], "utf-8")
    return path


every_broken = pytest.mark.parametrize("kind", [*BROKEN, "a pipe", "a folder", "a loop", "a device without end"])


def test_the_session_from_which_the_broken_ones_are_made_is_sound(tmp_path: Path, knowledge: Knowledge) -> None:
    (tmp_path / "baik.json").write_text(json.dumps(GOOD), "utf-8")

    assert {"initiator": "city"} == SessionStore(tmp_path).open("baik", _reader(knowledge)).session.given


@every_broken
def test_a_broken_session_is_refused_with_its_place(kind: str, tmp_path: Path, knowledge: Knowledge) -> None:
    _lay_broken(tmp_path, kind)

    with pytest.raises(AnswersError) as caught:
        SessionStore(tmp_path).open("rusak", _reader(knowledge))

    (problem,) = caught.value.problems
    assert problem.place.file.endswith("rusak.json")
    assert problem.sentence("id") != problem.sentence("en")


@every_broken
def test_a_broken_session_is_listed_as_such_stays_as_it_is_and_keeps_nobody_from_a_new_one(
    kind: str, tmp_path: Path
) -> None:
    path, store = _lay_broken(tmp_path, kind), SessionStore(tmp_path)
    store.save(_saved("a"))
    before = path.lstat()

    listed, named = store.entries(), store.named("TPA")
    with store.held_new(DAY) as name:
        store.save(_saved(name))

    assert ([Saved, Unreadable], "a") == ([type(entry) for entry in listed], named)
    after = path.lstat()
    assert (before.st_ino, before.st_size, before.st_mtime_ns) == (after.st_ino, after.st_size, after.st_mtime_ns)


@pytest.mark.parametrize("kind", ["a file", "a loop", "a link to nothing", "a pipe"])
def test_where_the_folder_is_none_it_is_not_said_that_there_are_no_sessions(kind: str, tmp_path: Path) -> None:
    folder = tmp_path / "sesi"
    if kind == "a file":
        folder.write_text("text")
    elif kind == "a pipe":
        os.mkfifo(folder)
    else:
        folder.symlink_to(folder if kind == "a loop" else tmp_path / "nowhere")

    for look in (SessionStore(folder).entries, lambda: SessionStore(folder).named("TPA")):
        with pytest.raises(InputError) as caught:
            look()
        assert ["folder.unreadable"] == [problem.key for problem in caught.value.problems]
        assert str(folder) == caught.value.problems[0].place.file


def test_where_there_is_no_folder_yet_there_are_no_sessions(tmp_path: Path) -> None:
    assert () == SessionStore(tmp_path / "data" / "sesi").entries()


def test_a_session_that_an_editor_has_put_a_mark_of_byte_order_before_is_read(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    path = SessionStore(tmp_path).save(_saved("tpa"))
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())

    assert SESSION == SessionStore(tmp_path).open("tpa", _reader(knowledge)).session


@pytest.mark.parametrize("home", [None, "not/absolute"])
def test_who_has_no_home_has_no_folder_for_sessions_and_is_told_so_by_the_system(
    home: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    pwd = pytest.importorskip("pwd", reason="only POSIX looks for a home there")

    def unknown(uid: int) -> None:
        raise KeyError(uid)

    for name in ("HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    if home is not None:
        monkeypatch.setenv("HOME", home)
    monkeypatch.setattr(pwd, "getpwuid", unknown)

    with pytest.raises(FileNotFoundError):
        SessionStore().entries()


def test_hidden_files_are_no_sessions(tmp_path: Path) -> None:
    (tmp_path / ".2026-11-24-1.json").write_text("{", "utf-8")

    assert () == SessionStore(tmp_path).entries()


def test_a_session_that_is_a_link_is_written_where_it_leads(tmp_path: Path) -> None:
    store, other = SessionStore(tmp_path / "sesi"), SessionStore(tmp_path / "lain")
    target = other.save(_saved("tpa"))
    store.folder.mkdir()
    (store.folder / "tpa.json").symlink_to(target)

    store.save(_saved("tpa", SESSION.answered("rivalry", "yes")))

    assert (store.folder / "tpa.json").is_symlink()
    assert "yes" == json.loads(target.read_text("utf-8"))["given"]["rivalry"]


def test_nobody_else_may_read_the_sessions(tmp_path: Path) -> None:
    store = SessionStore(tmp_path / "sesi")

    path = store.save(_saved("tpa"))

    assert [0o700, 0o600] == [file.stat().st_mode & 0o777 for file in (store.folder, path)]


def test_a_session_is_deleted_and_one_that_is_not_there_as_well(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    path = store.save(_saved("tpa"))

    store.delete("tpa")
    store.delete("tpa")

    assert not path.exists()
