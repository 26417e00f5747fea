"""The start page: what an interview is, what to have at hand, how long it takes, and where the answers stay."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from advisor.catalogue import say
from advisor.inference.case import Party
from advisor.interview.session import Session
from advisor.interview.store import Saved
from advisor.knowledge_base import Knowledge
from advisor.text import LANGUAGES, Language, Text
from driver import Driver
from interviews import DAY, begun, choose, shown, talked

START = "interview.start.title"
MENU = {
    "id": (
        "Mulai",
        "Sebutkan para pihak",
        "Beri judul",
        "Ubah tanggal penandatanganan perjanjian (31 Mei 2024)",
        "Keluar",
    ),
    "en": (
        "Begin",
        "Name the parties",
        "Give it a title",
        "Change the day of signing of the agreement (31 May 2024)",
        "Quit",
    ),
}


def _words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_start_says_what_this_is_what_to_have_at_hand_how_long_and_that_nothing_is_sent(
    language: Language, knowledge: Knowledge, tmp_path: Path
) -> None:
    interview = begun(knowledge)
    lines = talked(interview, "keluar", language=language, folder=tmp_path)
    with shown(interview, 300, 60, language=language, folder=tmp_path) as driver:
        page = driver.text

    at_hand = knowledge.library.manifest.at_hand
    assert at_hand
    expected = [
        say(START, language),
        say("interview.start.what", language),
        say("interview.start.long", language, most=len(interview.turn.asking)),
        *(text.in_language(language) for text in at_hand),
        say("interview.start.unknown", language),
        say("interview.start.private", language, folder=tmp_path),
    ]
    for text in (lines, page):
        assert [] == [part for part in expected if part not in _words(text)]
    assert lines.index(say(START, language)) < lines.index("? ")


def test_where_nothing_can_be_kept_no_folder_is_promised(knowledge: Knowledge) -> None:
    interview = begun(knowledge)
    interview.unkept = Text(id="disk penuh", en="disk full")
    lines = talked(interview, "keluar")
    with shown(interview) as driver:
        page = driver.text

    for text in (lines, page):
        assert "Jawaban tidak dapat disimpan di komputer ini; sebelum keluar, tulislah jawaban ke berkas" in _words(
            text
        )
    assert "langsung disimpan" not in lines
    assert page.startswith("BELUM TERSIMPAN · WAWANCARA KERJA SAMA ANTARDAERAH · 31 Mei 2024")


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_goes_on_with_answers_sees_the_question_at_once(language: Language, knowledge: Knowledge) -> None:
    interview = begun(knowledge, Session(DAY, {"initiator": "city"}))
    lines = talked(interview, "keluar", language=language)
    with shown(interview, language=language) as driver:
        page = driver.text

    for text in (lines, page):
        assert knowledge.library.questions["sector"].text.in_language(language) in _words(text)
        assert say(START, language) not in text


def test_nothing_starts_before_the_person_says_so(knowledge: Knowledge) -> None:
    kept: list[Saved] = []
    with shown(begun(knowledge, keep=kept.append)) as driver:
        for keys in (["enter"], ["9"], ["0", "enter"], ["f7"], ["tab"], ["escape"], ["left"], [*"xyz", "enter"]):
            driver.press(*keys)
            assert driver.shell.message, keys
            assert say(START, "id") in driver.text, keys
            driver.press(*3 * ["backspace"])

        driver.press("1", "enter")
        assert "pertanyaan ke-1," in driver.text
    assert [] == kept


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(60, 20), (80, 24), (160, 45)], ids=str)
def test_all_that_can_be_done_shows_on_every_screen_and_the_rest_can_be_scrolled_to(
    size: tuple[int, int], language: Language, knowledge: Knowledge
) -> None:
    with shown(begun(knowledge), *size, language=language) as driver:
        for label in MENU[language]:
            assert label in driver.text
        driver.press("pagedown", "pagedown", "pagedown")

        assert say("interview.start.private_unkept", language)[-20:] in driver.text


def _fill(driver: Driver, *texts: str) -> None:
    for text in texts:
        driver.press(*text, "enter")


def test_title_parties_and_day_are_named_from_the_start_page(knowledge: Knowledge) -> None:
    kept: list[Saved] = []
    interview = begun(knowledge, Session(DAY, assumed_day=True), kept.append)
    with shown(interview, 130) as driver:
        choose(driver, "Sebutkan para pihak")
        driver.press("enter")
        _fill(driver, "Kota Yogyakarta", "Hasto Wardoyo", "Wali Kota")
        assert "✓ Pihak: Kota Yogyakarta (yang menandatangani: Hasto Wardoyo, Wali Kota)." in driver.text
        assert "1. Kota Yogyakarta (Hasto Wardoyo, Wali Kota)" in driver.text
        driver.press("enter")
        _fill(driver, "Kabupaten Bantul", "", "")
        driver.press("escape")
        assert "· Kerja sama Kota Yogyakarta dan Kabupaten Bantul" in driver.rows[0]

        choose(driver, "Beri judul")
        driver.press("c-u")
        _fill(driver, "TPA bersama")
        assert "· TPA bersama" in driver.rows[0]

        choose(driver, "Ubah tanggal penandatanganan perjanjian (31 Mei 2024)")
        _fill(driver, "1 Juni 2013")
        assert "· 1 Juni 2013 ·" in driver.rows[0]
        assert "Ubah tanggal penandatanganan perjanjian (1 Juni 2013)" in driver.text

    yogyakarta = Party("Kota Yogyakarta", signatory="Hasto Wardoyo", office="Wali Kota")
    expected = Session(date(2013, 6, 1), title="TPA bersama", parties=(yogyakarta, Party("Kabupaten Bantul")))
    assert expected == interview.session == kept[-1].session


def test_a_party_is_taken_away_where_it_was_named(knowledge: Knowledge) -> None:
    session = Session(DAY, parties=(Party("Kota Yogyakarta"), Party("Kabupaten Bantul")))
    interview = begun(knowledge, session)
    with shown(interview) as driver:
        choose(driver, "Sebutkan para pihak")
        choose(driver, "Kota Yogyakarta")
        choose(driver, "Hapus")

        assert "Kota Yogyakarta tidak lagi tercatat sebagai pihak." in driver.text
    assert (Party("Kabupaten Bantul"),) == interview.session.parties


def test_who_leaves_from_the_start_page_leaves_nothing_behind(knowledge: Knowledge) -> None:
    kept: list[Saved] = []
    with shown(begun(knowledge, keep=kept.append)) as driver:
        choose(driver, "Keluar")

        assert driver.shell.application.is_done
    assert [] == kept


def test_the_folder_is_named_as_people_write_it(
    knowledge: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    below, elsewhere = (talked(begun(knowledge), folder=folder / "sesi") for folder in (tmp_path, tmp_path.parent))

    assert "(~/sesi)" in _words(below)
    assert f"({tmp_path.parent / 'sesi'})" in _words(elsewhere)
