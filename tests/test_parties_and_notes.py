"""Title, parties and notes: they change no conclusion, and go wherever the answers go."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date

import pytest

from advisor.advice.advising import advise
from advisor.advice.as_data import advice_data
from advisor.inference.case import CaseReader, Party
from advisor.interview.interview import Interview
from advisor.interview.interviewer import Interviewer
from advisor.interview.session import Session
from advisor.interview.store import Saved
from advisor.knowledge_base import Knowledge
from advisor.papers.text_writer import write_text
from advisor.report.advice_report import advice_report
from interviews import DAY, Desk, begun, choose, shown, talked
from pseudo import finished

YOGYAKARTA = Party("Kota Yogyakarta", signatory="Hasto Wardoyo", office="Wali Kota")
BANTUL = Party("Kabupaten Bantul")
NOTE = "menurut Bagian Hukum"
TYPED = (
    "nama Kota Yogyakarta", "Hasto Wardoyo", "Wali Kota",
    "nama Kabupaten Bantul", "", "",
    "simpan TPA bersama",
    f"c {NOTE}",
    "3",
)  # fmt: skip
WRITTEN = {
    "title": "TPA bersama",
    "as_of": DAY,
    "parties": [
        {"name": "Kota Yogyakarta", "signatory": "Hasto Wardoyo", "office": "Wali Kota"},
        {"name": "Kabupaten Bantul"},
    ],
    "notes": {"initiator": NOTE},
    "answers": {"initiator": "city"},
}


def test_they_go_into_the_answers_file_the_session_and_the_session_that_is_resumed(
    desk: Desk, knowledge: Knowledge
) -> None:
    desk.sit(*TYPED, as_of=DAY)
    first = desk.written
    ((name, kept),) = desk.on_disk.items()
    desk.sit(resume="bersama")

    assert WRITTEN == first == desk.written
    data = json.loads(kept)
    assert {key: WRITTEN[key] for key in ("title", "parties", "notes")} == {
        key: data[key] for key in ("title", "parties", "notes")
    }
    assert kept == desk.on_disk[name]
    case = CaseReader(knowledge.library, knowledge.rulebase).file(desk.output)
    assert ("TPA bersama", (YOGYAKARTA, BANTUL), {"initiator": NOTE}) == (
        case.title,
        case.parties,
        dict(case.notes),
    )


def test_they_go_into_the_advice_and_change_nothing_of_it(knowledge: Knowledge) -> None:
    session = finished(knowledge, "kartamantul")
    told = replace(session, title="TPA bersama", parties=(YOGYAKARTA, BANTUL), notes={"initiator": NOTE})

    advice, without = (advise(knowledge, Interviewer(knowledge).case(one)) for one in (told, session))

    report = io.StringIO()
    write_text(advice_report(knowledge.library, advice, "id"), report, 100)
    text = " ".join(report.getvalue().split())
    for part in ("TPA bersama", "Kota Yogyakarta", "Kabupaten Bantul", NOTE):
        assert part in text
    data = advice_data(advice, "id")
    assert [YOGYAKARTA.name, BANTUL.name] == [party["name"] for party in data["parties"]]
    assert {"initiator": NOTE} == data["notes"]
    assert without.conclusions == advice.conclusions


def test_the_head_of_the_screen_says_the_title_or_else_the_parties(knowledge: Knowledge) -> None:
    for session, head in (
        (Session(DAY, {"initiator": "city"}), "2024-05-31-1"),
        (Session(DAY, {"initiator": "city"}, parties=(YOGYAKARTA, BANTUL)), "Kota Yogyakarta dan Kabupaten Bantul"),
        (Session(DAY, {"initiator": "city"}, "TPA bersama", parties=(YOGYAKARTA,)), "TPA bersama"),
    ):
        with shown(begun(knowledge, session), 140) as driver:
            assert driver.rows[0].rstrip().endswith(head)


def _noted(interview: Interview) -> str | None:
    return interview.session.notes.get("initiator")


def test_a_note_is_taken_shown_changed_and_taken_away_line_by_line(knowledge: Knowledge) -> None:
    kept: list[Saved] = []
    interview = begun(knowledge, keep=kept.append)

    text = talked(interview, "catatan menurut   PU", "catatan", "C lihat APBD", "note -", "c")

    assert [{"initiator": "menurut PU"}, {"initiator": "lihat APBD"}, {}] == [one.session.notes for one in kept]
    assert 'Catatan: menurut PU\nUntuk memberi catatan, tulis "catatan" dan isinya' in text
    assert "Tidak ada catatan lagi untuk “Pemrakarsa”." in text
    assert {} == interview.session.given


def test_a_note_is_taken_shown_changed_and_taken_away_on_the_screen(knowledge: Knowledge) -> None:
    interview = begun(knowledge)
    with shown(interview) as driver:
        driver.press("1", "enter", "f7")
        assert "Catatan atau sumber untuk “Pemrakarsa”" in driver.text
        driver.press(*"menurut PU", "enter")
        assert "✓ Catatan untuk “Pemrakarsa”: menurut PU" in driver.text
        driver.press("x", "backspace")
        assert "Catatan: menurut PU" in driver.text

        driver.press("f7", "escape")
        assert "menurut PU" == _noted(interview)

        driver.paste("catatan lihat APBD")
        driver.press("enter")
        assert "lihat APBD" == _noted(interview)

        driver.press("f7", "c-u", "enter")
        assert "Tidak ada catatan lagi untuk “Pemrakarsa”." in driver.text
        driver.press("f7", *"ada", "enter", *"c -", "enter")
        assert None is _noted(interview)
    assert {} == interview.session.given


def test_a_note_stands_with_the_question_whenever_it_is_looked_at_again(knowledge: Knowledge) -> None:
    session = Session(DAY, {"initiator": "city"}, notes={"initiator": NOTE})

    assert f"Catatan: {NOTE}\n  Jawaban sekarang: Kota" in talked(begun(knowledge, session), "kembali")
    with shown(begun(knowledge, session)) as driver:
        driver.press("left")
        assert f"Catatan: {NOTE}" in driver.text


def test_what_was_marked_stays_when_a_note_a_title_or_a_party_is_given_in_between(knowledge: Knowledge) -> None:
    session = Session(DAY, {"initiator": "city", "sector": "solid_waste"})
    interview = begun(knowledge, session)
    with shown(interview) as driver:
        driver.press("down", "space", "down", "down", "space")
        driver.press("f7", *"PU", "enter", "f5", *"TPA", "enter")
        driver.paste("nama")
        driver.press("enter", "enter", *"Solok", "enter", "enter", "enter", "escape", "enter")

    options = knowledge.library.questions["activities"].option_ids
    assert (options[0], options[2]) == interview.session.given["activities"]


def test_parties_are_listed_and_taken_away_by_their_number(knowledge: Knowledge) -> None:
    interview = begun(knowledge, Session(DAY, parties=(YOGYAKARTA, BANTUL)))

    text = talked(interview, "nama", "", "nama -3", "nama -x", "nama -", "nama -1", "nama", "")

    named = "  1. Kota Yogyakarta (Hasto Wardoyo, Wali Kota)\n  2. Kabupaten Bantul\n"
    listed = f"{named}Untuk menambah pihak, tulis namanya"
    assert listed in text
    assert 3 == text.count("dalam daftar; nomornya 1 sampai dengan 2.")
    assert "Kota Yogyakarta tidak lagi tercatat sebagai pihak." in text
    assert (BANTUL,) == interview.session.parties


def test_who_goes_away_while_a_party_is_named_has_named_it(knowledge: Knowledge) -> None:
    interview = begun(knowledge)

    talked(interview, "nama Kota Solok")

    assert (Party("Kota Solok"),) == interview.session.parties


def test_naming_is_possible_at_the_end_too(knowledge: Knowledge) -> None:
    session = Session(DAY, {"lawful_object": "no", "counterparts": ("cooperative",)})
    on_screen, by_line = begun(knowledge, session), begun(knowledge, session)
    with shown(on_screen) as driver:
        choose(driver, "Sebutkan para pihak")
        driver.press("enter", *"Kota Solok", "enter", "enter", "enter", "escape", "f5", "c-u", *"Pasar", "enter")
    talked(by_line, "nama Kota Solok", "", "", "simpan Pasar", "hari 1/6/2024")

    solok = (Party("Kota Solok"),)
    assert Session(DAY, session.given, "Pasar", parties=solok) == on_screen.session
    assert Session(date(2024, 6, 1), session.given, "Pasar", parties=solok) == by_line.session


@pytest.mark.parametrize("line", ["simpan TPA bersama", "save TPA bersama"])
def test_a_title_alone_is_kept(line: str, desk: Desk) -> None:
    text = desk.sit(line)

    (saved,) = desk.store.all()
    assert ("TPA bersama", {}) == (saved.session.title, saved.session.given)
    assert f"“TPA bersama” tersimpan sebagai sesi {saved.name}." in text


def test_where_nothing_was_said_nothing_is_kept_and_that_is_said(desk: Desk) -> None:
    text = desk.sit("simpan", "bantuan", "mengapa")

    assert 2 == text.count("Belum ada jawaban, jadi tidak ada yang disimpan.")
    assert {} == desk.on_disk


# -- what is no party ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("unknown", ["tidak tahu", "belum tahu", "-", "entah", ""])
def test_who_signs_is_left_open_where_that_is_not_known(unknown: str, knowledge: Knowledge) -> None:
    lines, page = begun(knowledge), begun(knowledge)
    talked(lines, "nama Kabupaten Bantul", unknown, unknown)
    with shown(page) as driver:
        choose(driver, "Sebutkan para pihak")
        choose(driver, "Tambah")
        driver.press(*"Kabupaten Bantul", "enter", *unknown, "enter", *unknown, "enter")

    assert (BANTUL,) == lines.session.parties == page.session.parties
    file = {"answers": {}, "parties": [{"name": "Kabupaten Bantul", "signatory": unknown, "office": unknown}]}
    assert (BANTUL,) == CaseReader(knowledge.library, knowledge.rulebase).data(file).parties


@pytest.mark.parametrize(
    "several",
    [
        "Kota Surakarta dan Kabupaten Sukoharjo",
        "Kab. Sleman, Kab. Bantul",
        "Provinsi Jawa Tengah; Wonosobo",
        "Kabupaten Bantul dengan Kota Yogyakarta",
    ],
)
def test_several_parties_in_one_name_are_asked_for_one_by_one(several: str, knowledge: Knowledge) -> None:
    lines, page = begun(knowledge), begun(knowledge)
    told = talked(lines, f"nama {several}")
    with shown(page) as driver:
        choose(driver, "Sebutkan para pihak")
        choose(driver, "Tambah")
        driver.press(*several, "enter")

        assert "lebih dari satu pihak" in " ".join(driver.text.split())
    assert "lebih dari satu pihak" in told
    assert () == lines.session.parties == page.session.parties


@pytest.mark.parametrize(
    "one",
    [
        "Dinas Pekerjaan Umum dan Penataan Ruang Kota Yogyakarta",
        "PT Olah Sampah, Tbk",
        "Kabupaten Pangkajene dan Kepulauan",
        "Kementerian Pekerjaan Umum dan Perumahan Rakyat",
    ],
)
def test_a_name_that_is_long_is_one_party(one: str, knowledge: Knowledge) -> None:
    interview = begun(knowledge)

    assert f"✓ Pihak: {one}." in talked(interview, f"nama {one}", "", "")
    assert (Party(one),) == interview.session.parties


@pytest.mark.parametrize("nothing", ["7", "...", "tidak tahu"])
def test_what_has_no_name_is_no_party(nothing: str, knowledge: Knowledge) -> None:
    interview = begun(knowledge)
    with shown(interview) as driver:
        choose(driver, "Sebutkan para pihak")
        choose(driver, "Tambah")
        driver.press(*nothing, "enter")

        assert "harus memuat huruf" in driver.text
    assert () == interview.session.parties


@pytest.mark.parametrize("field", range(3))
def test_who_types_that_they_want_to_go_back_does_in_each_field(field: int, knowledge: Knowledge) -> None:
    interview = begun(knowledge)
    with shown(interview) as driver:
        choose(driver, "Sebutkan para pihak")
        choose(driver, "Tambah")
        for text in ["Kabupaten Bantul", "Bupati"][:field]:
            driver.press(*text, "enter")
        driver.press(*"kembali", "enter")

        assert "Tambah" in driver.text
    assert () == interview.session.parties
