"""The interview on the whole screen: through a pipe, and the real program in a pseudo-terminal."""

from __future__ import annotations

import errno
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pexpect
import pytest
from prompt_toolkit.input import Input, create_pipe_input
from prompt_toolkit.output import Output

from advisor.inference.case import CaseReader
from advisor.interview.interview import Interview
from advisor.interview.interviewer import Interviewer
from advisor.interview.session import Session
from advisor.interview.store import Saved, SessionStore
from advisor.interview.turn import Turn
from advisor.knowledge_base import Knowledge
from advisor.report.wording import Wording
from advisor.terminal.interview_screen import InterviewScreen
from advisor.terminal.shell import Shell
from advisor.understanding.reading import UNKNOWN
from driver import Driver, Sized
from interviews import DAY, begun, shown
from pseudo import UP_TO_PARTNERS
from terminal import BACKSPACE, CONTROL_C, DOWN, ENTER, ESCAPE, F2, F3, F5, F6, LEFT, SPACE, START, Terminal

KEYS_AT_THE_FOOT = (
    "Enter jawab",
    "? mengapa",
    "F1 bantuan",
    "F2 jawaban",
    "F3 saran",
    "F4 jika",
    "F5 judul",
    "F6 tanggal",
    "F7 catatan",
    "Ctrl-C",
)

AT_PARTNERS = Session(DAY, UP_TO_PARTNERS)
"""Where the interview asks who the partners are."""

INITIATOR = "Pemerintah daerah mana yang memprakarsai kerja sama ini"

# -- through prompt_toolkit's pipe --------------------------------------------------------------------------


def _shell(knowledge: Knowledge, interview: Interview, source: Input, target: Output) -> Shell:
    wording = Wording(knowledge.library, "id")
    return Shell(lambda host: InterviewScreen(host, interview, wording), wording.say, source, target)


def _typed(knowledge: Knowledge, keys: str, session: Session | None = None) -> tuple[Interview, list[Saved]]:
    """Return the interview after these keys, and everything that was kept; a new one is begun first."""
    kept: list[Saved] = []
    interview = begun(knowledge, session, kept.append)
    with create_pipe_input() as pipe:
        pipe.send_text((keys if session and session.given else START + keys) + CONTROL_C)
        _shell(knowledge, interview, pipe, Sized(120, 30)).run()
    return interview, kept


def test_an_answer_is_taken_and_kept_at_once(knowledge: Knowledge) -> None:
    interview, kept = _typed(knowledge, "2" + ENTER)

    assert {"initiator": "regency"} == interview.session.given
    assert interview.session == kept[0].session


@pytest.mark.parametrize("keys", [DOWN + SPACE + 3 * DOWN + SPACE, "1,4" + ENTER, "1" + ENTER + "4" + ENTER])
def test_several_options_are_marked_by_space_or_by_what_is_typed_and_taken_and_kept_at_once(
    keys: str, knowledge: Knowledge
) -> None:
    interview, kept = _typed(knowledge, keys + ENTER, AT_PARTNERS)

    assert ("regency_city_same_province", "other_province") == interview.session.given["counterparts"]
    assert interview.session == kept[0].session


def test_what_was_typed_and_marked_is_no_answer_before_enter_is_pressed_once_more(knowledge: Knowledge) -> None:
    interview, kept = _typed(knowledge, "1,4" + ENTER, AT_PARTNERS)

    assert (AT_PARTNERS, []) == (interview.session, kept)


def test_not_known_is_always_there(knowledge: Knowledge) -> None:
    for session, question in ((Session(DAY), "initiator"), (AT_PARTNERS, "counterparts")):
        interview, _ = _typed(knowledge, "tidak tahu" + ENTER, session)

        assert {**session.given, question: UNKNOWN} == interview.session.given


def test_a_number_out_of_bounds_is_not_taken(knowledge: Knowledge) -> None:
    session = Session(date(2013, 6, 1)).answered("counterparts", ("regency_city_same_province",))
    interview, _ = _typed(knowledge, "1" + ENTER, session)

    assert "region_count" not in interview.session.given


def test_back_changes_an_earlier_answer_and_keeps_the_later_ones(knowledge: Knowledge) -> None:
    session = (
        Session(DAY).answered("counterparts", ("regency_city_same_province",)).answered("initiator", "regency")
    )
    interview, _ = _typed(knowledge, LEFT + "3" + ENTER, session)

    assert {"counterparts": ("regency_city_same_province",), "initiator": "city"} == interview.session.given


@pytest.mark.parametrize("keys", ["swas", "perusahaan swasta", "perusahaan swasta" + BACKSPACE * 17 + "swas "])
def test_enter_marks_what_is_typed(keys: str, knowledge: Knowledge) -> None:
    interview, _ = _typed(knowledge, keys + ENTER + ENTER, AT_PARTNERS)

    assert ("private_company",) == interview.session.given["counterparts"]


def test_what_is_typed_and_means_nothing_takes_nothing(knowledge: Knowledge) -> None:
    interview, kept = _typed(knowledge, "xyz" + ENTER)

    assert {} == interview.session.given
    assert [] == kept


def test_of_several_options_none_is_taken_that_was_not_marked(knowledge: Knowledge) -> None:
    interview, kept = _typed(knowledge, ENTER, AT_PARTNERS)

    assert AT_PARTNERS == interview.session
    assert [] == kept


def test_escape_takes_what_was_typed_away_and_then_leaves_an_answer_that_is_looked_at_again_as_it_is(
    knowledge: Knowledge,
) -> None:
    session = Session(DAY).answered("counterparts", ("cooperative",))
    interview = begun(knowledge, session)
    with shown(interview) as driver:
        driver.press("left", "1")
        assert "Ketikan: 1" in driver.text

        driver.press("escape")
        assert ("Ketikan" in driver.text, interview.revisiting) == (False, True)

        driver.press("escape")

    assert (False, session) == (interview.revisiting, interview.session)


def test_letters_do_nothing_on_the_stop_line(knowledge: Knowledge) -> None:
    session = Session(DAY).answered("lawful_object", "no").answered("counterparts", ("cooperative",))
    interview, _ = _typed(knowledge, "xyz" + 3 * DOWN + ENTER + ENTER, session)

    assert interview.barred
    assert interview.revisiting


def test_an_empty_list_of_counterparts_is_not_offered(knowledge: Knowledge) -> None:
    interview, _ = _typed(knowledge, "tidak satu" + ENTER, AT_PARTNERS)

    assert interview.session.given.get("counterparts", UNKNOWN) == UNKNOWN


@pytest.mark.parametrize("day", ["2013-06-01", "1/6/2013", "01-06-2013", "1 Juni 2013"])
def test_the_day_of_signing_is_changed_and_the_law_with_it(day: str, knowledge: Knowledge) -> None:
    interview, kept = _typed(knowledge, F6 + day + ENTER, Session(DAY, {"initiator": "city"}))

    assert date(2013, 6, 1) == interview.session.as_of == kept[-1].session.as_of


@pytest.mark.parametrize("day", ["2013-06", "2013-13-01", "31-06-2013", "1999-01-01", "besok"])
def test_a_day_that_is_none_or_not_covered_is_not_taken(knowledge: Knowledge, day: str) -> None:
    interview, _ = _typed(knowledge, F6 + day + ENTER)

    assert DAY == interview.session.as_of


def test_the_hint_stands_under_the_question_and_f1_says_more(knowledge: Knowledge) -> None:
    question = knowledge.library.questions["initiator"]
    assert question.hint is not None
    with shown(begun(knowledge), 60, 24) as driver:
        driver.press("1", "enter")
        assert f"{question.text.id} {question.hint.id} 1. Provinsi" in driver.text
        assert question.help.id not in driver.text

        driver.press("f1")

        assert question.help.id in driver.text


def test_what_belongs_to_an_option_stands_under_it(knowledge: Knowledge) -> None:
    with shown(begun(knowledge, Session(DAY, {"initiator": "city"})), 80, 24) as driver:
        assert " 1. Persampahan 2. Air limbah" in driver.text

        driver.press("down")
        assert "› 1. Persampahan Pengangkutan, pengolahan, dan TPA. 2. Air limbah" in driver.text

        driver.press("down")
        assert "1. Persampahan › 2. Air limbah 3. Air bersih" in driver.text


SHARED = Session(DAY, {"counterparts": ("regency_city_same_province",), "initiator": "regency"})


@pytest.fixture
def at_a_number(knowledge: Knowledge) -> Iterator[Driver]:
    """The interview at the question for a number, answered before with 12."""
    session = SHARED.answered("region_count", 12)
    interview = begun(knowledge, session)
    interview.go_to("region_count")
    with shown(interview, 80, 24) as driver:
        yield driver


def _base(driver: Driver) -> InterviewScreen:
    assert isinstance(driver.shell.base, InterviewScreen)
    return driver.shell.base


@pytest.mark.parametrize("pasted", [False, True])
def test_what_is_typed_or_pasted_first_replaces_the_number_that_stood_there(
    pasted: bool, at_a_number: Driver
) -> None:
    if pasted:
        at_a_number.paste("3\n")
    else:
        at_a_number.press("3")
    at_a_number.press("enter")

    assert 3 == _base(at_a_number).interview.session.given["region_count"]


def test_a_number_that_stood_there_can_be_edited(at_a_number: Driver) -> None:
    at_a_number.press("backspace", "5", "enter")

    assert 15 == _base(at_a_number).interview.session.given["region_count"]


def test_what_is_no_number_is_said_as_it_is_typed_and_not_taken(at_a_number: Driver) -> None:
    at_a_number.press("x", "enter")
    assert '"x" bukan bilangan bulat; tulislah dengan angka saja, dari 2' in at_a_number.text

    at_a_number.press("backspace", *"1234567")
    assert '"1234567" di luar batas; tulislah bilangan dari 2' in at_a_number.text
    assert 12 == _base(at_a_number).interview.session.given["region_count"]


def test_keys_of_the_interview_work_while_a_number_is_typed(at_a_number: Driver) -> None:
    at_a_number.press("?")
    assert "Pertanyaan ini sudah dijawab" in at_a_number.text

    at_a_number.press("escape", "f1")
    assert "Esc atau Enter tutup" in at_a_number.text

    at_a_number.press("escape", "down", "enter")
    assert UNKNOWN == _base(at_a_number).interview.session.given["region_count"]


def test_the_advice_is_wrapped_anew_when_the_terminal_changes_its_width(
    at_a_number: Driver, knowledge: Knowledge
) -> None:
    at_a_number.press("f3", "enter")
    at_a_number.wait(lambda text: "SARAN KERJA SAMA" in text)

    at_a_number.resize(50, 24)

    assert all(len(row.rstrip()) <= 50 for row in at_a_number.rows)
    (title,) = (row.rstrip() for row in at_a_number.rows if "SARAN KERJA SAMA ANTARDAERAH" in row)
    assert len(title) == 49  # the last column is left free


def test_the_interview_goes_on_after_an_advice_that_could_not_be_worked_out(
    at_a_number: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(interviewer: Interviewer, session: Session) -> None:
        raise ZeroDivisionError("nol")

    monkeypatch.setattr(Interviewer, "case", broken)
    at_a_number.press("f3", "enter")
    at_a_number.wait(lambda text: "kesalahan dalam program (ZeroDivisionError: nol)" in text)

    at_a_number.press("escape", "escape", "7", "enter")
    assert 7 == _base(at_a_number).interview.session.given["region_count"]


def test_a_reason_that_could_not_be_worked_out_is_a_page_as_well(
    at_a_number: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(interviewer: Interviewer, turn: Turn, question: str) -> None:
        raise ZeroDivisionError("nol")

    monkeypatch.setattr(Interviewer, "why", broken)
    at_a_number.press("?")
    assert "kesalahan dalam program (ZeroDivisionError: nol)" in at_a_number.text

    at_a_number.press("escape")
    assert "Berapa pemerintah daerah" in at_a_number.text


def test_an_answer_that_could_not_be_saved_is_taken_all_the_same_and_the_next_one_is_for_the_next_question(
    knowledge: Knowledge,
) -> None:
    broken = [OSError(errno.ENOSPC, "full")]

    def keep(saved: Saved) -> None:
        if broken:
            raise broken.pop()

    interview = begun(knowledge, keep=keep)
    with shown(interview) as driver:
        driver.press("1", "enter", "3", "enter")
        assert "Pemrakarsa: Kota. Sesi 2024-05-31-1 tidak dapat disimpan (ruang penyimpanan penuh)." in driver.text

        driver.press("1", "enter")

    assert {"initiator": "city", "sector": "solid_waste"} == interview.session.given


def test_what_only_reports_need_is_not_imported_before_the_first_question() -> None:
    modules = "advisor.cli, advisor.commands.interview, advisor.terminal.interview_screen, advisor.terminal.shell"
    command = [sys.executable, "-c", f"import sys, {modules}; print(*sys.modules)"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert set() == {"rich", "experta", "pydantic"} & set(done.stdout.split())


# -- the real program in a pseudo-terminal ------------------------------------------------------------------


@pytest.fixture
def terminals() -> Iterator[list[Terminal]]:
    """Terminals that are closed at the end."""
    opened: list[Terminal] = []
    yield opened
    for terminal in opened:
        terminal.child.close(force=True)


def _start(terminals: list[Terminal], home: Path, *words: str, **size: int) -> Terminal:
    terminals.append(Terminal(home, list(words), **size))
    return terminals[-1]


def _sessions(home: Path) -> SessionStore:
    return SessionStore(home / "kerjasama-advisor" / "sessions")


def _keys(turn: Turn, interviewer: Interviewer, answer: object) -> str:
    """Return the keys by which a person gives an answer."""
    question = interviewer.library.questions[str(turn.question)]
    offer = interviewer.offer(turn.session, question.id)
    if question.type == "number":
        return DOWN + ENTER if answer == UNKNOWN else f"{answer}{ENTER}"
    if answer == UNKNOWN:
        return "tidak tahu" + ENTER
    if isinstance(answer, tuple):
        numbers = [str(offer.options.index(option) + 1) for option in answer]
        return ",".join(numbers) + ENTER + ENTER if answer else "-" + ENTER
    # A number that may be meant as an amount is asked back.
    again = ENTER if interviewer.library.questions[turn.question].measured else ""
    return f"{offer.options.index(str(answer)) + 1}{ENTER}{again}"


def _at_the_first_question(terminals: list[Terminal], home: Path, *words: str, **size: int) -> Terminal:
    terminal = _start(terminals, home, *words, **size)
    terminal.wait("Penasihat kerja sama antardaerah", "Mulai")
    terminal.type(START)
    return terminal


def test_a_whole_kartamantul_interview(tmp_path: Path, terminals: list[Terminal], knowledge: Knowledge) -> None:
    case = knowledge.library.cases["kartamantul"]
    interviewer = Interviewer(knowledge)
    turn = interviewer.turn(Session(case.as_of))
    terminal = _at_the_first_question(terminals, tmp_path, "--as-of", case.as_of.isoformat())
    number = 1
    while turn.question is not None:
        terminal.wait(f"pertanyaan ke-{number},")
        raw = case.answers.get(turn.question, UNKNOWN)
        answer = ("yes" if raw else "no") if isinstance(raw, bool) else raw
        terminal.type(_keys(turn, interviewer, answer))
        turn = interviewer.turn(turn.session.answered(turn.question, answer))
        number += 1

    terminal.wait(
        "Semua pertanyaan yang berpengaruh",
        "Bentuk yang dituju: sekretariat bersama",
        "Skema pendanaan: iuran rutin",
    )
    terminal.type("tulis" + ENTER)
    terminal.wait("Apa yang ditulis ke berkas?")
    terminal.type(ENTER)
    terminal.wait("Nama berkas untuk jawaban")
    file = tmp_path / "kartamantul.yaml"
    terminal.type("\x7f" * 40 + str(file) + ENTER)
    terminal.wait("Ditulis ke")
    written = CaseReader(knowledge.library, knowledge.rulebase).file(file)
    assert interviewer.case(turn.session).codes == written.codes
    (saved,) = _sessions(tmp_path).all()
    assert interviewer.case(turn.session).codes == interviewer.case(saved.session).codes


def test_why_filter_back_and_answers(tmp_path: Path, terminals: list[Terminal]) -> None:
    terminal = _at_the_first_question(terminals, tmp_path, "--as-of", "2024-05-31")
    terminal.wait("pertanyaan ke-1,")
    terminal.type("?")
    terminal.wait("masih dapat mengubah")
    terminal.type(ESCAPE)
    terminal.wait(INITIATOR)
    terminal.type("tidak tahu" + ENTER)
    terminal.wait("pertanyaan ke-2,")
    terminal.type("kesehatan")
    terminal.wait("Ketikan: kesehatan")
    terminal.type(ENTER)
    terminal.wait("pertanyaan ke-3,")
    terminal.type("aparatur" + ENTER + ENTER)
    terminal.wait("pertanyaan ke-4,")
    terminal.type(LEFT)
    terminal.wait("[x] Melatih aparatur")
    terminal.type(F2)

    terminal.wait("Jawaban yang diberikan", "Bidang: Kesehatan", "Kegiatan: Melatih aparatur")


def test_a_terminal_of_60_by_20_works_without_the_panel(tmp_path: Path, terminals: list[Terminal]) -> None:
    terminal = _at_the_first_question(terminals, tmp_path, "--as-of", "2024-05-31")
    terminal.wait("? Skema pendanaan")
    terminal.resize(60, 20)

    terminal.wait(lambda text: INITIATOR in text and "Skema pendanaan" not in text)
    terminal.type("1" + ENTER)

    terminal.wait("pertanyaan ke-2,", *KEYS_AT_THE_FOOT, lambda text: "Skema pendanaan" not in text)


def test_every_key_is_named_at_the_foot_of_a_narrow_terminal(tmp_path: Path, terminals: list[Terminal]) -> None:
    terminal = _at_the_first_question(terminals, tmp_path, columns=60, rows=20)

    terminal.wait("pertanyaan ke-1,", *KEYS_AT_THE_FOOT)


def test_what_is_wrong_with_a_day_is_said_as_it_is_typed(tmp_path: Path, terminals: list[Terminal]) -> None:
    terminal = _at_the_first_question(terminals, tmp_path, "--as-of", "2024-05-31")
    terminal.wait("pertanyaan ke-1,")
    terminal.type(F6)
    terminal.wait("Tanggal penandatanganan, misalnya 31 Januari 2026")
    terminal.type(4 * BACKSPACE)
    terminal.wait("bukan tanggal")
    terminal.type("2023" + ENTER)

    terminal.wait("Tanggal penandatanganan sekarang", "31 Mei 2023")


def test_the_advice_shows_over_the_interview_and_closes_again(tmp_path: Path, terminals: list[Terminal]) -> None:
    terminal = _at_the_first_question(terminals, tmp_path, "--as-of", "2024-05-31")
    terminal.wait("pertanyaan ke-1,")
    terminal.type(F3)
    terminal.wait("Pilih saran lengkap")
    terminal.type(ENTER)
    terminal.wait("SARAN KERJA SAMA ANTARDAERAH")
    terminal.type(ESCAPE)
    terminal.wait("Pilih saran lengkap")
    terminal.type(DOWN + DOWN + ENTER)  # beyond the line that writes files
    terminal.wait("MENGAPA DEMIKIAN – KELAYAKAN MENURUT HUKUM")
    terminal.type(ESCAPE)
    terminal.wait("Pilih saran lengkap")
    terminal.type(ESCAPE)

    terminal.wait(INITIATOR)


def test_killed_in_the_middle_and_resumed_with_no_answer_lost(tmp_path: Path, terminals: list[Terminal]) -> None:
    terminal = _at_the_first_question(terminals, tmp_path, "--as-of", "2024-05-31")
    terminal.wait("pertanyaan ke-1,")
    terminal.type("1" + ENTER)
    terminal.wait("pertanyaan ke-2,")
    terminal.type("3" + ENTER)
    terminal.wait("pertanyaan ke-3,")
    terminal.child.kill(signal.SIGKILL)
    terminal.child.wait()
    (saved,) = _sessions(tmp_path).all()

    again = _start(terminals, tmp_path, "--resume", saved.name)
    again.wait("pertanyaan ke-3,")

    assert 2 == len(saved.session.given)


def test_a_second_terminal_on_the_same_session_is_told(tmp_path: Path, terminals: list[Terminal]) -> None:
    first = _at_the_first_question(terminals, tmp_path, "--as-of", "2024-05-31")
    first.wait("pertanyaan ke-1,")
    first.type("1" + ENTER)
    first.wait("pertanyaan ke-2,")
    (saved,) = _sessions(tmp_path).all()

    second = _start(terminals, tmp_path, "--resume", saved.name)
    second.wait("sedang dibuka di terminal lain")

    assert saved.session == _sessions(tmp_path).all()[0].session


def test_a_title_is_given_and_ctrl_c_leaves_with_everything_saved(
    tmp_path: Path, terminals: list[Terminal]
) -> None:
    terminal = _at_the_first_question(terminals, tmp_path, "--as-of", "2024-05-31")
    terminal.wait("pertanyaan ke-1,")
    terminal.type(F5)
    terminal.wait("Judul sesi")
    terminal.type("TPA bersama" + ENTER)
    terminal.wait("“TPA bersama” tersimpan sebagai sesi")
    terminal.type(CONTROL_C)
    terminal.child.expect(pexpect.EOF, timeout=20)

    assert ["TPA bersama"] == [saved.session.title for saved in _sessions(tmp_path).all()]
