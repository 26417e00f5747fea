"""Going on with a saved session: which one is meant, what is read, and that nothing on disk is lost for it."""

from __future__ import annotations

import errno
import io
import json
import os
import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from advisor import cli
from advisor.catalogue import say
from advisor.commands.interview import list_sessions
from advisor.interview.session import Session
from advisor.interview.store import Opened, Saved, SessionInUseError, SessionStore
from advisor.knowledge_base import Knowledge
from advisor.problem import AnswersError
from advisor.text import LANGUAGES, Language
from advisor.understanding.reading import UNKNOWN
from interviews import DAY, Desk
from knowledge_copy import Copy
from program import refused

TPA = Session(DAY, {"initiator": "city", "sector": "solid_waste"}, "TPA Piyungan")
WATER = Session(DAY, {"initiator": "regency"}, "Air minum regional")
NEWER = json.dumps({"schema": "session/99", "given": {}})


@pytest.fixture
def saved(desk: Desk) -> Desk:
    """A desk with two sessions, and files among them that are none that can be read."""
    for name, session in (("2026-11-24-1", TPA), ("2026-11-24-2", WATER)):
        _save(desk.store, name, session)
    (desk.store.folder / "rusak.json").write_text("{", "utf-8")
    (desk.store.folder / "baru.json").write_text(NEWER, "utf-8")
    return desk


def _save(store: SessionStore, name: str, session: Session) -> None:
    store.save(Saved(name, session, datetime(2026, 11, 24, 9, 30).astimezone(), "digest", ()))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, loaded: None) -> Path:
    """Where the command keeps its sessions, with the knowledge that is loaded already."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "kerjasama-advisor" / "sessions"
    _save(SessionStore(folder), "2026-11-24-1", TPA)
    return folder


def _content(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.glob("*.json")}


# -- which session ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["2026-11-24-1", "24-1", "tpa piyungan", "TPA", "yung"])
def test_a_session_is_opened_by_any_part_of_its_title_or_its_name(name: str, saved: Desk) -> None:
    text = saved.sit("jawaban", resume=name)

    assert "  1. Pemrakarsa: Kota\n  2. Bidang: Persampahan\n" in text
    assert "“TPA Piyungan” tersimpan sebagai sesi 2026-11-24-1." in text


def test_a_session_that_is_not_there_leaves_nothing_behind(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = set(home.iterdir())

    refused(capsys, "--resume", "terminal", "--plain")

    assert before == set(home.iterdir())


@pytest.mark.parametrize(("name", "key"), [("2026-11", "session.ambiguous"), ("terminal", "session.missing")])
def test_a_name_that_fits_several_sessions_or_none_opens_none(name: str, key: str, saved: Desk) -> None:
    before = saved.on_disk
    with pytest.raises(AnswersError) as caught:
        saved.sit(resume=name)

    (problem,) = caught.value.problems
    assert key == problem.key
    if key == "session.ambiguous":
        assert "2026-11-24-1 (TPA Piyungan)" in problem.sentence("id")
        assert "2026-11-24-2 (Air minum regional)" in problem.sentence("id")
    assert before == saved.on_disk


@pytest.mark.parametrize("language", LANGUAGES)
def test_sessions_that_cannot_be_read_are_listed_as_such_and_stay_as_they_are(
    language: Language, saved: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    if hasattr(os, "mkfifo"):
        os.mkfifo(saved.store.folder / "pipa.json")
    before = {path.name: path.lstat().st_mtime_ns for path in saved.store.folder.iterdir()}

    list_sessions(language, saved.store)

    told = capsys.readouterr().out
    first, second = (f"  {name} · 2026-11-24 09:30 · " for name in ("2026-11-24-1", "2026-11-24-2"))
    assert first in told
    assert second in told
    before_reason = say("interview.session_unreadable", language, name="", reason="").strip()
    names = re.findall(rf"^  (\S+) {before_reason} \S", told, re.MULTILINE)
    assert ["baru", *(["pipa"] if hasattr(os, "mkfifo") else []), "rusak"] == names
    assert "session/99" in told
    assert before == {path.name: path.lstat().st_mtime_ns for path in saved.store.folder.iterdir()}


@pytest.mark.parametrize("name", ["rusak", "baru"])
def test_a_session_that_cannot_be_read_is_refused_and_never_rewritten(name: str, saved: Desk) -> None:
    before = saved.on_disk

    with pytest.raises(AnswersError) as caught:
        saved.sit("1", resume=name)

    assert caught.value.problems[0].place.file.endswith(f"{name}.json")
    assert before == saved.on_disk


def test_broken_sessions_keep_nobody_from_a_new_interview(saved: Desk) -> None:
    before = saved.on_disk

    saved.sit("2", "keluar")

    assert before.items() < saved.on_disk.items()
    assert 1 == len(saved.on_disk) - len(before)


# -- the words of the command -------------------------------------------------------------------------------


def test_a_file_beside_a_session_is_refused(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.yaml").write_text("answers: {initiator: province}\n", "utf-8")
    before = _content(home)

    told = refused(capsys, "interview", "a.yaml", "--resume", "TPA")

    assert 'Pilih salah satu: berkas jawaban a.yaml atau sesi "TPA".' in told
    assert before == _content(home)


def test_a_day_beside_a_session_is_applied_and_kept(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("keluar\n"))

    assert 0 == cli.main(["interview", "--plain", "--resume", "TPA", "--as-of", "1/6/2013"])

    assert "Tanggal penandatanganan sekarang: 1 Juni 2013." in capsys.readouterr().out
    (saved,) = SessionStore(home).all()
    assert replace(TPA, as_of=date(2013, 6, 1)) == saved.session


def test_a_day_that_is_not_covered_is_refused_and_the_session_stays(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = _content(home)

    told = refused(capsys, "--resume", "TPA", "--as-of", "1999-01-01")

    assert "tanggal 1999-01-01 tidak tercakup" in told
    assert before == _content(home)


def test_the_day_that_was_assumed_is_named_by_naming_it(desk: Desk) -> None:
    signed = Session(DAY, {"agreement": "signed_written"}, "Naskah", assumed_day=True)
    _save(desk.store, "2026-11-24-1", signed)

    asked, named = desk.sit(resume="Naskah"), desk.sit(resume="Naskah", as_of=DAY)

    own_day = "Naskah kerja sama sudah ditandatangani."
    assert (True, False) == (own_day in asked, own_day in named)
    assert (DAY, False) == (desk.store.all()[0].session.as_of, desk.store.all()[0].session.assumed_day)


# -- what this knowledge does not know ----------------------------------------------------------------------


def test_a_day_that_is_not_covered_is_said_and_today_used_until_the_person_names_one(desk: Desk) -> None:
    old = replace(TPA, as_of=date(1999, 1, 1))
    _save(desk.store, "2026-11-24-1", old)
    before = desk.on_disk

    text = desk.sit("jawaban", resume="TPA")
    untouched = desk.on_disk
    desk.sit("hari 1 Juni 2013", resume="TPA")

    assert "Tanggal penandatanganan sesi ini, 1 Januari 1999, tidak tercakup oleh pengetahuan yang sekarang" in text
    assert before == untouched
    assert replace(TPA, as_of=date(2013, 6, 1)) == desk.store.all()[0].session


def test_a_signed_agreement_of_a_day_that_is_not_covered_is_asked_for_its_day(desk: Desk) -> None:
    signed = Session(date(1999, 1, 1), {"agreement": "signed_written"}, "Naskah")
    _save(desk.store, "2026-11-24-1", signed)

    text = desk.sit("1 Juni 2013", resume="Naskah")

    assert 1 == text.count("Naskah kerja sama sudah ditandatangani. Pada tanggal berapa")
    assert replace(signed, as_of=date(2013, 6, 1)) == desk.store.all()[0].session


@pytest.fixture(scope="session")
def other_knowledge(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """A knowledge in which an option has another id; its label is the same."""
    copy = Copy.made(tmp_path_factory.mktemp("lain"))
    for path in (*copy.path("kbase").rglob("*.yaml"), *copy.path("rules").rglob("*.yaml")):
        text = path.read_text("utf-8")
        path.write_text(re.sub(r"(?<![\w.-])solid_waste(?![\w-])", "household_waste", text), "utf-8")
    return copy.load()


def test_answers_that_another_knowledge_does_not_know_are_kept_and_count_again_under_the_first(
    desk: Desk, other_knowledge: Knowledge
) -> None:
    desk.sit("3", "persampahan", "1,3", as_of=DAY)
    (saved,) = desk.store.all()
    before = desk.on_disk

    looked = desk.sit("jawaban", resume=saved.name, knowledge=other_knowledge)
    untouched = desk.on_disk
    changed = desk.sit("jawaban 1", "provinsi", "simpan TPA", resume=saved.name, knowledge=other_knowledge)
    meanwhile = desk.store.all()[0].session
    back = desk.sit("jawaban", resume=saved.name)

    aside = say("interview.aside", "id", questions="sector")
    assert (True, True, False) == (aside in looked, aside in changed, aside in back)
    assert before == untouched
    assert {"sector": "solid_waste"} == meanwhile.aside
    assert "sector" not in meanwhile.given
    assert "Bidang: Persampahan" in back
    given = {**saved.session.given, "initiator": "province"}
    assert dict(sorted(given.items())) == dict(sorted(desk.opened(saved.name).session.given.items()))


# -- nothing on disk changes before the person says something ------------------------------------------------


LOOKING = (
    "jawaban", "bantuan", "mengapa", "hari", "nama", "catatan", "jika 1", "", "kembali", "", "xyz", "99", "simpan",
)  # fmt: skip


def test_looking_changes_nothing_on_disk(saved: Desk) -> None:
    before = _content(saved.store.folder)

    saved.sit(*LOOKING, resume="TPA")

    assert before == _content(saved.store.folder)


def test_every_answer_is_on_disk_before_the_next_question_is_asked(desk: Desk) -> None:
    seen: list[int] = []

    class Typing(io.StringIO):
        def readline(self, *_: object) -> str:
            seen.append(sum(len(saved.session.given) for saved in desk.store.all()))
            return ["2\n", "tidak tahu\n", "tidak tahu\n", ""][len(seen) - 1]

    desk.sit(typist=Typing())

    assert [0, 1, 2, 3] == seen


# -- two at one session -------------------------------------------------------------------------------------


def test_a_session_is_held_before_it_is_read(saved: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    other, refusals = SessionStore(saved.store.folder), []
    read, keep = SessionStore.open, SessionStore.save

    def in_use(step: str) -> None:
        try:
            with other.held("2026-11-24-1"):
                refusals.append(f"{step}: free")
        except SessionInUseError:
            refusals.append(f"{step}: held")

    def watched_open(store: SessionStore, *words: object) -> Opened:
        in_use("read")
        return read(store, *words)  # type: ignore[arg-type]

    def watched_save(store: SessionStore, session: Saved) -> Path:
        in_use("save")
        return keep(store, session)

    monkeypatch.setattr(SessionStore, "open", watched_open)
    monkeypatch.setattr(SessionStore, "save", watched_save)
    saved.sit("tidak tahu", resume="TPA")
    in_use("after")

    assert ["read: held", "save: held", "after: free"] == refusals


def test_a_new_session_is_held_while_it_is_written(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    keep, held = SessionStore.save, []

    def watched_save(store: SessionStore, session: Saved) -> Path:
        with pytest.raises(SessionInUseError), SessionStore(store.folder).held(session.name):
            pass
        held.append(session.name)
        return keep(store, session)

    monkeypatch.setattr(SessionStore, "save", watched_save)
    desk.sit("2", "tidak tahu")

    assert 2 == len(held)


def test_who_finds_a_session_held_is_told_and_changes_nothing(saved: Desk) -> None:
    before = _content(saved.store.folder)
    with SessionStore(saved.store.folder).held("2026-11-24-1"), pytest.raises(AnswersError) as caught:
        saved.sit("1", resume="TPA")

    assert ["session.in_use"] == [problem.key for problem in caught.value.problems]
    assert before == _content(saved.store.folder)


def test_a_session_that_cannot_be_held_is_read_and_never_written(
    saved: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(lock: object, *, timeout: float) -> None:
        raise OSError(errno.EROFS, "read-only")

    monkeypatch.setattr("advisor.interview.store.FileLock.acquire", refused)
    before = _content(saved.store.folder)

    text = saved.sit("tidak tahu", "jawaban", resume="TPA")

    assert 1 == saved.errors.count("tidak dapat disimpan (penyimpanan ini hanya dapat dibaca)")
    assert "2. Bidang: Persampahan" in text
    assert before == _content(saved.store.folder)


def test_what_the_first_holder_wrote_is_what_the_second_goes_on_with(saved: Desk) -> None:
    store = SessionStore(saved.store.folder)
    with store.held("2026-11-24-1"):
        _save(store, "2026-11-24-1", TPA.answered("activities", UNKNOWN))

    saved.sit("kembali", "", "simpan TPA lagi", resume="TPA")

    assert {**TPA.given, "activities": UNKNOWN} == saved.opened("2026-11-24-1").session.given
