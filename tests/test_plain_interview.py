"""Plain mode: a conversation over two streams, and through the real program over a pipe."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml

from advisor.interview.interview import Interview
from advisor.interview.interviewer import Interviewer
from advisor.interview.session import Session
from advisor.interview.store import Saved, SessionStore
from advisor.interview.turn import Offer
from advisor.knowledge_base import Knowledge
from advisor.report.wording import Wording
from advisor.terminal.plain_interview import PlainInterview
from advisor.terminal.reply import Reply, read_reply
from advisor.text import LANGUAGES, Language
from advisor.understanding.reading import UNKNOWN


def _talk(
    knowledge: Knowledge, lines: list[str], session: Session | None = None, language: Language = "id"
) -> tuple[Interview, str]:
    """Return the interview and what it wrote after these lines were typed."""
    kept: list[Saved] = []
    interview = Interview(Interviewer(knowledge), session or Session(date(2024, 5, 31)), "try", kept.append)
    target = io.StringIO()
    source = io.StringIO("".join(f"{line}\n" for line in lines))
    PlainInterview(interview, Wording(knowledge.library, language), source, target).run()
    return interview, target.getvalue()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("1", Reply(answer=("regency_city_same_province",))),
        ("1, 5", Reply(answer=("regency_city_same_province", "ministry_agency"))),
        ("bumn", Reply(answer=("state_enterprise",))),
        ("kosong", Reply(answer=())),
        ("tidak tahu", Reply(answer=UNKNOWN)),
        ("mengapa", Reply(command="why")),
        ("jawaban 3", Reply(command="answers", argument="3")),
        ("simpan TPA bersama", Reply(command="save", argument="TPA bersama")),
    ],
)
def test_a_line_is_understood_as_a_person_means_it(line: str, expected: Reply, knowledge: Knowledge) -> None:
    question = knowledge.library.questions["counterparts"]

    found = read_reply(line, question, Offer(question.option_ids), Wording(knowledge.library, "id"))

    assert expected == found


@pytest.mark.parametrize("line", ["99", "bulan", "kabupaten"])
def test_what_is_not_understood_gets_a_message_and_no_answer(line: str, knowledge: Knowledge) -> None:
    question = knowledge.library.questions["counterparts"]

    found = read_reply(line, question, Offer(question.option_ids), Wording(knowledge.library, "id"))

    assert found.answer is None
    assert found.message


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


def test_the_day_of_signing_is_changed_by_a_word(knowledge: Knowledge) -> None:
    interview, text = _talk(knowledge, ["hari", "hari 2013-06-01", "hari 2013-02-30", "hari kemarin"])

    assert date(2013, 6, 1) == interview.session.as_of
    assert "Tulis hari diikuti tahun-bulan-tanggal" in text
    assert 1 == text.count("Tanggal penandatanganan sekarang: 1 Juni 2013.")


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
    assert "Para pihak: Kota Yogyakarta" in done.stdout
    assert told == yaml.safe_load(out.read_text("utf-8"))


def test_a_session_that_does_not_exist_is_refused_with_status_two(tmp_path: Path) -> None:
    done = _program(["--resume", "nothing"], "", tmp_path)

    assert 2 == done.returncode
    assert "nothing" in done.stderr
    assert "Traceback" not in done.stderr
