"""Sessions on disk: nothing lost, nothing overwritten, older ones opened with a note."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from advisor.inference.case import CaseReader, Party
from advisor.interview.session import Session
from advisor.interview.store import Saved, SessionInUseError, SessionStore
from advisor.knowledge_base import Knowledge
from advisor.problem import AnswersError
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
    assert () == opened.gone


def test_what_is_only_handed_through_comes_back_too(tmp_path: Path, knowledge: Knowledge) -> None:
    parties = (Party("Kota Yogyakarta", "city", "Wali Kota"), Party("Kabupaten Bantul"))
    notes = {"sector": "menurut Dinas PU", "moon_phase": "tidak ditanyakan lagi"}
    session = replace(SESSION, assumed_day=True, id=7, parties=parties, notes=notes)
    store = SessionStore(tmp_path)
    store.save(_saved("tpa", session))

    opened = store.open("tpa", _reader(knowledge))

    assert session == opened.saved.session
    assert replace(session, notes={"sector": "menurut Dinas PU"}) == opened.session


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


def test_a_question_that_no_longer_exists_is_named_and_new_ones_too(tmp_path: Path, knowledge: Knowledge) -> None:
    store = SessionStore(tmp_path)
    old = SESSION.answered("moon_phase", "full").answered("sector", "moonlight")
    known = tuple(question for question in knowledge.library.questions if question != "rivalry")
    store.save(_saved("old", old, questions=known))

    opened = store.open("old", _reader(knowledge))

    assert ("moon_phase", "sector") == opened.gone
    assert ("rivalry",) == opened.new
    assert SESSION.given == opened.session.given


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


def test_sessions_are_listed_latest_first_and_broken_files_do_not_hide_the_others(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    store.save(_saved("a"))
    later = Saved("b", SESSION, datetime(2026, 11, 25).astimezone(), "digest", ())
    store.save(later)
    (tmp_path / "broken.json").write_text("{", "utf-8")

    assert ["b", "a"] == [saved.name for saved in store.all()]


def test_a_session_is_found_by_its_title_too(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    store.save(_saved("2026-11-24-1"))

    assert "2026-11-24-1" == store.named("tpa bersama")
    assert "2026-11-24-1" == store.named("2026-11-24-1")
    assert "other" == store.named("other")


def test_a_new_name_is_never_one_that_is_taken(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    first = store.free_name(date(2026, 11, 24))
    store.save(_saved(first))

    assert first != store.free_name(date(2026, 11, 24))


@pytest.mark.parametrize("name", ["../escape", "", "a/b", ".hidden", "x" * 80])
def test_a_name_that_could_leave_the_folder_is_refused(name: str, tmp_path: Path, knowledge: Knowledge) -> None:
    with pytest.raises(AnswersError):
        SessionStore(tmp_path).open(name, _reader(knowledge))


@pytest.mark.parametrize("content", ["", "[]", "{}", json.dumps({"given": 3})])
def test_a_broken_session_is_refused_with_its_place(content: str, tmp_path: Path, knowledge: Knowledge) -> None:
    (tmp_path / "tpa.json").write_text(content, "utf-8")

    with pytest.raises(AnswersError) as caught:
        SessionStore(tmp_path).open("tpa", _reader(knowledge))

    assert caught.value.problems[0].place.file.endswith("tpa.json")
