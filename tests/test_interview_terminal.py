"""The real program from its start page to the report, killed, hung up on, on full disks, and fed through a pipe."""

from __future__ import annotations

import random
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
import yaml

from advisor.interview.interviewer import Interviewer
from advisor.interview.session import Session
from advisor.interview.store import SessionStore
from advisor.interview.turn import Stage
from advisor.knowledge.case import StudyCase
from advisor.knowledge.question import Question
from advisor.knowledge_base import Knowledge
from advisor.understanding.answer import choices_of
from advisor.understanding.reading import UNKNOWN, Answer
from faults import filled, small_disk
from program import run
from terminal import CONTROL_C, END, ENTER, ESCAPE, F7, PAGE_UP, START, Terminal

resource = pytest.importorskip("resource", reason="limits of a process need a POSIX system")

Start = Callable[..., Terminal]

SIZES = [(60, 20), *(pytest.param(*size, marks=pytest.mark.heavy) for size in ((80, 24), (100, 30), (160, 45)))]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts the program in a terminal, which is closed at the end."""
    opened: list[Terminal] = []

    def started(*words: str, **size: int) -> Terminal:
        opened.append(Terminal(tmp_path, list(words), **size))
        return opened[-1]

    yield started
    for terminal in opened:
        terminal.child.close(force=True)


@pytest.fixture
def store(tmp_path: Path) -> SessionStore:
    """Where the program keeps its sessions."""
    return SessionStore(tmp_path / "kerjasama-advisor" / "sessions")


def _typed(question: Question, answer: Answer) -> str:
    """Return an answer as a person types it, in words."""
    labels = {choice.id: choice.label.id for choice in choices_of(question)}
    if isinstance(answer, tuple):
        # What is marked is entered once more.
        return "; ".join(labels[option] for option in answer) + ENTER * 2 if answer else "kosong" + ENTER
    return {UNKNOWN: "tidak tahu", **labels}.get(str(answer), str(answer)) + ENTER


def _of_case(case: StudyCase, question: str) -> Answer:
    answer = case.answers.get(question, UNKNOWN)
    return ("yes" if answer else "no") if isinstance(answer, bool) else answer


@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_an_interview_goes_from_the_start_page_to_the_report(
    columns: int, rows: int, start: Start, store: SessionStore, knowledge: Knowledge
) -> None:
    case, interviewer = knowledge.library.cases["kartamantul"], Interviewer(knowledge)
    terminal = start("--as-of", case.as_of.isoformat(), columns=columns, rows=rows)
    terminal.wait("Penasihat kerja sama antardaerah", "Mulai", "Ctrl-C keluar")
    terminal.type("2" + ENTER)
    terminal.wait("Tambah satu pihak")
    terminal.type(ENTER)
    for wanted, typed in (("Nama pihak", "Kota Yogyakarta"), ("menandatangani", ""), ("Jabatannya", "Wali Kota")):
        terminal.wait(wanted)
        terminal.type(typed + ENTER)
    terminal.wait("1. Kota Yogyakarta (Wali Kota)")
    terminal.type(ESCAPE)
    terminal.wait("Mulai")
    terminal.type(START)
    terminal.wait("pertanyaan ke-1,")
    terminal.type(F7)
    terminal.wait("Catatan atau sumber")
    terminal.type("menurut Bagian Kerja Sama" + ENTER)
    terminal.wait("Catatan: menurut Bagian Kerja Sama")

    session = Session(case.as_of)
    stages: tuple[tuple[Stage, str], ...] = (
        ("headline", "Lanjut ke diagnosis"),
        ("diagnosis", "pada simpulan sudah"),
    )
    for stage, stop in stages:
        while (name := interviewer.turn(session, stage).question) is not None:
            terminal.wait(f"pertanyaan ke-{len(session.given) + 1},")
            answer = _of_case(case, name)
            terminal.type(_typed(knowledge.library.questions[name], answer))
            session = session.answered(name, answer)
        terminal.wait(stop, "Baca saran")
        terminal.type("1" + ENTER)

    terminal.wait("SARAN KERJA SAMA ANTARDAERAH", "Kota Yogyakarta")
    terminal.type(END)
    while "menurut Bagian Kerja Sama" not in terminal.text:
        terminal.wait(lambda text: "SARAN KERJA SAMA ANTARDAERAH" not in text)
        terminal.type(PAGE_UP)
        terminal.settle(0.1)
    terminal.type(ESCAPE)
    terminal.wait("Baca saran")
    terminal.type(CONTROL_C)
    assert 0 == terminal.ended()
    (saved,) = store.all()
    assert interviewer.case(session).codes == interviewer.case(saved.session).codes
    assert "diagnosis" == saved.stage


# -- ended from outside -------------------------------------------------------------------------------------

ANSWERS = ("1", "1", "1", "1", "1", "2", "1", "2", "1")
"""Numbers of options; some questions take several, where Enter is needed once more and does nothing elsewhere."""


def _answered(terminal: Terminal, most: int) -> None:
    """Answer some questions, without looking at what shows in between."""
    for number in ANSWERS[:most]:
        terminal.type(number + ENTER * 2)


@pytest.mark.parametrize("part", [0, *(pytest.param(part, marks=pytest.mark.heavy) for part in range(1, 12))])
def test_killed_at_any_moment_a_session_is_resumed_where_it_stood(
    part: int, start: Start, store: SessionStore
) -> None:
    terminal = start("--as-of", "2024-05-31")
    terminal.wait("Mulai")
    terminal.type(START)
    terminal.wait("pertanyaan ke-1,")
    _answered(terminal, len(ANSWERS))
    time.sleep(0.05 + part / 10)
    terminal.child.kill(signal.SIGKILL)
    terminal.child.wait()

    entries = store.entries()
    assert list(entries) == list(store.all())
    for saved in entries:
        again = start("--resume", saved.name)
        again.wait(f"pertanyaan ke-{len(saved.session.given) + 1},")
        again.type(CONTROL_C)
        assert 0 == again.ended()
    assert list(entries) == list(store.all())


@pytest.mark.parametrize("words", [(), ("--plain",)], ids=["screen", "plain"])
def test_a_terminal_that_is_closed_ends_the_program_and_loses_no_answer(
    words: tuple[str, ...], start: Start, store: SessionStore
) -> None:
    terminal = start("--as-of", "2024-05-31", *words)
    if not words:
        terminal.wait("Mulai")
        terminal.type(START)
    terminal.wait("pertanyaan ke-1,")
    terminal.type("1" + ENTER)
    terminal.wait("pertanyaan ke-2,")

    terminal.child.close(force=False)

    assert not terminal.child.isalive()
    assert [{"initiator": "province"}] == [saved.session.given for saved in store.all()]


# -- a full disk --------------------------------------------------------------------------------------------

NOT_SAVED, MARK = "tidak dapat disimpan", "BELUM TERSIMPAN"


def _answers_while(terminal: Terminal, full: Callable[[], AbstractContextManager[None]]) -> None:
    """Answer questions, two of them while the disk is full."""
    terminal.wait("Mulai")
    terminal.type(START)
    terminal.wait("pertanyaan ke-1,")
    terminal.type("1" + ENTER)
    terminal.wait("pertanyaan ke-2,", lambda text: MARK not in text)
    with full():
        terminal.type("1" + ENTER)
        terminal.wait("pertanyaan ke-3,", NOT_SAVED, MARK)
        terminal.type("1" + ENTER * 2)
        terminal.wait("pertanyaan ke-4,", MARK, lambda text: NOT_SAVED not in text)


@contextmanager
def _no_file_grows(pid: int) -> Iterator[None]:
    """Let a process write no byte to any file for a while."""
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, before)


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="the limits of another process are set on Linux only")
def test_answers_go_on_in_memory_while_nothing_can_be_written_and_are_saved_once_it_can(
    start: Start, store: SessionStore
) -> None:
    terminal = start("--as-of", "2024-05-31")
    _answers_while(terminal, lambda: _no_file_grows(terminal.child.pid))
    assert 1 == len(store.all()[0].session.given)

    terminal.type("1" + ENTER * 2)
    terminal.wait("pertanyaan ke-5,", "Tersimpan sebagai sesi", lambda text: MARK not in text)
    terminal.type(CONTROL_C)

    assert 0 == terminal.ended()
    assert 4 == len(store.all()[0].session.given)


def test_on_a_full_disk_the_answers_are_written_somewhere_else_and_one_can_leave(
    tmp_path: Path, start: Start, store: SessionStore
) -> None:
    with small_disk(store.folder.parent):
        terminal = start("--as-of", "2024-05-31")
        _answers_while(terminal, lambda: filled(store.folder))
        with filled(store.folder):
            terminal.type("tulis 1" + ENTER)
            terminal.wait("Apa yang ditulis ke berkas?")
            terminal.type(ENTER)
            terminal.wait("Nama berkas untuk jawaban")
            terminal.type("\x15" + str(tmp_path / "di tempat lain.yaml") + ENTER)
            terminal.wait("Ditulis ke")
            terminal.type(CONTROL_C)
            assert 0 == terminal.ended()
            assert "tidak tersimpan (ruang penyimpanan penuh)" in terminal.text
        (saved,) = store.all()

    answers = yaml.safe_load((tmp_path / "di tempat lain.yaml").read_text("utf-8"))["answers"]
    assert (1, 3) == (len(saved.session.given), len(answers))


# -- fed through a pipe -------------------------------------------------------------------------------------

TALK = "1\npersampahan\n10, 12\nbelum tahu\nnama Kota Yogyakarta\n\nWali Kota – “penjabat”\n1\n3\nya\ntidak\n"
ENDS = random.Random(12).sample(range(len(TALK)), 24)  # noqa: S311


@pytest.mark.parametrize("end", [*ENDS[:2], *(pytest.param(end, marks=pytest.mark.heavy) for end in ENDS[2:])])
def test_a_pipe_that_ends_anywhere_ends_the_interview_with_what_was_echoed_saved(
    end: int, tmp_path: Path, store: SessionStore
) -> None:
    done = run("--as-of", "2024-05-31", "--plain", given=TALK[:end].encode(), XDG_DATA_HOME=str(tmp_path))

    told = done.stdout.decode()
    assert (0, b"") == (done.returncode, done.stderr)
    taken = re.findall(r"✓ (?!Pihak)[^:]+: ", told)
    given = [len(saved.session.given) for saved in store.all()]
    assert given == ([len(taken)] if taken else [])
    assert ("Tersimpan sebagai sesi" if taken else "tidak ada yang disimpan") in told
