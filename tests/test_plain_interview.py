"""Plain mode: a conversation over two streams, and through the real program over a pipe."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml

from advisor.catalogue import say
from advisor.interview.interview import Interview
from advisor.interview.interviewer import Interviewer
from advisor.interview.session import Session
from advisor.interview.store import SessionStore
from advisor.interview.turn import Offer
from advisor.knowledge_base import Knowledge
from advisor.terminal.reply import Command, read_reply
from advisor.text import LANGUAGES, Language
from advisor.understanding.reading import UNKNOWN, Meant
from interviews import begun, talked
from pseudo import UP_TO_PARTNERS

AT_PARTNERS = Session(date(2024, 5, 31), UP_TO_PARTNERS)
"""Where the interview asks who the partners are."""


def _talk(
    knowledge: Knowledge, lines: list[str], session: Session | None = None, language: Language = "id"
) -> tuple[Interview, str]:
    """Return the interview and what it wrote after these lines were typed."""
    interview = begun(knowledge, session)
    return interview, talked(interview, *lines, language=language)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("1", Meant(("regency_city_same_province",))),
        ("1, 5", Meant(("regency_city_same_province", "ministry_agency"))),
        ("5 dan 1", Meant(("regency_city_same_province", "ministry_agency"))),
        ("bumn", Meant(("state_enterprise",))),
        ("kosong", Meant(())),
        ("tidak tahu", Meant(UNKNOWN)),
        ("0", Meant(UNKNOWN)),
        ("mengapa", Command("why")),
        ("?", Command("why")),
        ("jawaban 3", Command("answers", "3")),
        ("jika 2", Command("what_if", "2")),
        ("simpan TPA bersama", Command("save", "TPA bersama")),
        ("c menurut Bagian Hukum", Command("note", "menurut Bagian Hukum")),
        ("Catatan  menurut  Bagian Hukum", Command("note", "menurut Bagian Hukum")),
    ],
)
def test_a_line_is_understood_as_a_person_means_it(
    line: str, expected: Command | Meant, knowledge: Knowledge
) -> None:
    question = knowledge.library.questions["counterparts"]

    assert expected == read_reply(line, question, Offer.of(question))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("99", "Tidak ada pilihan nomor 99."),
        ("²", '"²" bukan salah satu pilihan'),
        ("kembali 2", '"kembali 2" bukan salah satu pilihan'),
        ("bulan", say("interview.not_understood", "id", given="bulan")),
        ("perusahaan", '"perusahaan" belum jelas; mungkin maksudnya: '),
    ],
)
def test_what_is_not_understood_gets_a_message_and_no_answer(line: str, told: str, knowledge: Knowledge) -> None:
    interview, text = _talk(knowledge, [line], AT_PARTNERS)

    assert told in text
    assert AT_PARTNERS == interview.session


def test_a_whole_kartamantul_interview_ends_with_its_secretariat(knowledge: Knowledge) -> None:
    case = knowledge.library.cases["kartamantul"]
    interviewer = Interviewer(knowledge)
    turn = interviewer.turn(Session(case.as_of))
    lines = []
    while turn.question is not None:
        raw = case.answers.get(turn.question, UNKNOWN)
        answer = ("yes" if raw else "no") if isinstance(raw, bool) else raw
        if isinstance(answer, tuple):
            lines.append(", ".join(answer) or "kosong")
        else:
            lines.append(
                "tidak tahu" if answer == UNKNOWN else {"yes": "ya", "no": "tidak"}.get(str(answer), str(answer))
            )
        turn = interviewer.turn(turn.session.answered(turn.question, answer))

    interview, text = _talk(knowledge, [*lines, "tidak"], Session(case.as_of))

    assert interviewer.case(turn.session).codes == interviewer.case(interview.session).codes
    assert "Bentuk yang dituju: sekretariat bersama" in text
    assert "Skema pendanaan: iuran rutin" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_hint_stands_under_the_question_and_help_says_more(language: Language, knowledge: Knowledge) -> None:
    question = knowledge.library.questions["initiator"]
    assert question.hint is not None
    asked = f"{question.text.in_language(language)}\n({question.hint.in_language(language)})\n"

    _, before = _talk(knowledge, ["keluar"], language=language)
    _, after = _talk(knowledge, ["bantuan", "keluar"], language=language)

    assert asked in before
    assert asked in after
    assert question.help.in_language(language) not in before
    assert question.help.in_language(language) in after


def test_what_belongs_to_an_option_stands_behind_it(knowledge: Knowledge) -> None:
    _, text = _talk(knowledge, ["2", "keluar"])

    assert "  1. Persampahan – Pengangkutan, pengolahan, dan TPA.\n  2. Air limbah\n" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_no_answer_counts_alone_is_said_once(language: Language, knowledge: Knowledge) -> None:
    _, text = _talk(knowledge, ["mengapa"], language=language)

    why = text.partition(say("interview.why", language))[2]
    together = say("interview.why_together", language)
    assert (1, 0) == (why.count(together), why.count(say("interview.why_none", language)))
    assert 1 < len(why.partition(together)[0].strip().splitlines())


def test_back_shows_the_answer_and_an_empty_line_leaves_it(knowledge: Knowledge) -> None:
    interview, text = _talk(knowledge, ["2", "kembali", "", "1"])

    assert "Jawaban sekarang: Kabupaten" in text
    assert {"initiator": "regency", "sector": "solid_waste"} == interview.session.given


def test_changing_an_answer_says_what_no_longer_applies(knowledge: Knowledge) -> None:
    session = (
        Session(date(2024, 5, 31))
        .answered("counterparts", ("regency_city_same_province",))
        .answered("region_count", 2)
    )

    interview, text = _talk(knowledge, ["jawaban 1", "1,2,3"], session)

    assert "Jawaban yang tidak berlaku lagi dan dihapus: Jumlah daerah" in text
    assert "region_count" not in interview.session.given


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_answers_in_both_languages(language: Language, knowledge: Knowledge) -> None:
    words = {"id": ["mengapa", "bantuan", "jawaban", "saran", "simpan", "keluar"],
             "en": ["why", "help", "answers", "advice", "save", "quit"]}  # fmt: skip

    _, text = _talk(knowledge, ["1", *words[language]], language=language)

    assert {"id": "masih dapat mengubah", "en": "can still change"}[language] in text
    assert {"id": "SARAN KERJA SAMA", "en": "ADVICE ON COOPERATION"}[language] in text
    assert {"id": "Tersimpan sebagai sesi", "en": "Saved as session"}[language] in text


@pytest.mark.parametrize("day", ["2013-06-01", "1/6/2013", "01-06-2013", "1 Juni 2013", "1 June 2013"])
def test_the_day_of_signing_is_changed_by_a_word(day: str, knowledge: Knowledge) -> None:
    interview, text = _talk(knowledge, ["hari", f"hari {day}", "hari 2013-02-30", "hari kemarin"])

    assert date(2013, 6, 1) == interview.session.as_of
    assert say("interview.day_hint", "id", day="31 Mei 2024") in text
    assert 1 == text.count(say("interview.day_now", "id", day="1 Juni 2013"))
    assert 2 == text.count("bukan tanggal. Tulislah misalnya")


def test_no_line_moves_the_cursor(knowledge: Knowledge) -> None:
    _, text = _talk(knowledge, ["1", "mengapa", "saran", "keluar"])

    assert "\x1b" not in text
    assert "\r" not in text


def _program(words: list[str], typed: str, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "XDG_DATA_HOME": str(home), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "advisor", *words]
    return subprocess.run(command, input=typed, capture_output=True, text=True, env=environment, check=False)


def test_a_piped_interview_is_saved_and_resumed_with_no_answer_lost(tmp_path: Path) -> None:
    first = _program(["--as-of", "2024-05-31"], "3\n1\n12\n", tmp_path)
    store = SessionStore(tmp_path / "kerjasama-advisor" / "sessions")
    (saved,) = store.all()

    listed = _program(["--resume"], "", tmp_path)
    out = tmp_path / "answers.yaml"
    second = _program(["--resume", saved.name, "-o", str(out)], "provinsi\n", tmp_path)

    assert (0, 0, 0) == (first.returncode, listed.returncode, second.returncode), first.stderr + second.stderr
    assert 3 == len(saved.session.given)
    assert saved.name in listed.stdout
    assert list(saved.session.given) == list(store.all()[0].session.given)[:3]
    answers = yaml.safe_load(out.read_text("utf-8"))["answers"]
    assert {
        "initiator": "city",
        "sector": "solid_waste",
        "activities": ["operate_service"],
        "operating_party": "provincial_unit",
    } == answers


def test_the_answers_of_a_file_are_where_the_interview_begins(tmp_path: Path) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text("as_of: 2024-05-31\nanswers: {initiator: city, bordering: yes}\n", "utf-8")

    done = _program(["interview", str(file)], "jawaban\nkeluar\n", tmp_path)

    assert 0 == done.returncode
    assert "Pemrakarsa: Kota" in done.stdout


def test_names_of_parties_and_notes_go_through_the_interview_into_the_answers_file_and_the_advice(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    file, out = tmp_path / "answers.yaml", tmp_path / "out.yaml"
    told = {
        "title": "TPA bersama",
        "id": 7,
        "as_of": date(2024, 5, 31),
        "parties": [{"name": "Kota Yogyakarta", "office": "Wali Kota"}, {"name": "Kabupaten Bantul"}],
        "notes": {"initiator": "menurut Bagian Kerja Sama"},
        "answers": {"initiator": "city"},
    }
    file.write_text(yaml.safe_dump(told), "utf-8")

    done = _program(["interview", str(file), "-o", str(out)], "saran\nkeluar\n", tmp_path)
    (saved,) = SessionStore(tmp_path / "kerjasama-advisor" / "sessions").all()
    again = _program(["--resume", saved.name, "-o", str(out)], "keluar\n", tmp_path)

    assert (0, 0) == (done.returncode, again.returncode), done.stderr + again.stderr
    assert "Kota Yogyakarta" in done.stdout
    assert told == yaml.safe_load(out.read_text("utf-8"))


def test_a_session_that_does_not_exist_is_refused_with_status_two(tmp_path: Path) -> None:
    done = _program(["--resume", "nothing"], "", tmp_path)

    assert 2 == done.returncode
    assert "nothing" in done.stderr
    assert "Traceback" not in done.stderr
