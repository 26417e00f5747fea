"""A lesson on the whole screen: key by key, and the real program in a pseudo-terminal."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from functools import partial
from pathlib import Path

import pexpect
import pytest
from prompt_toolkit.input import Input, create_pipe_input
from prompt_toolkit.output import Output
from prompt_toolkit.utils import get_cwidth

from advisor.knowledge_base import Knowledge
from advisor.report.wording import Wording
from advisor.teach.lecture import Lecture
from advisor.teach.lesson import Lesson
from advisor.teach.teacher import Teacher
from advisor.terminal.lesson_screen import LessonScreen
from advisor.terminal.lines import Lines
from advisor.terminal.shell import Shell
from driver import Driver, Sized, driven
from terminal import CONTROL_C, ENTER, ESCAPE, LEFT, Terminal

TAB, RIGHT, UP = "\t", "\x1b[C", "\x1b[A"


def _shell(knowledge: Knowledge, lesson: Lesson, source: Input, target: Output) -> Shell:
    wording = Wording(knowledge.library, "id", date(2013, 6, 1))
    return Shell(lambda host: LessonScreen(host, Teacher(knowledge), lesson, wording), wording.say, source, target)


def _base(shell: Shell) -> LessonScreen:
    assert isinstance(shell.base, LessonScreen)
    return shell.base


def _typed(knowledge: Knowledge, lesson: Lesson, keys: str) -> LessonScreen:
    """Return the lesson after these keys."""
    with create_pipe_input() as pipe:
        pipe.send_text(keys + CONTROL_C)
        shell = _shell(knowledge, lesson, pipe, Sized(80, 24))
        shell.run()
    return _base(shell)


@pytest.fixture
def on_screen(kartamantul_lesson: Lesson, knowledge: Knowledge) -> Iterator[Callable[[int, int], Driver]]:
    """Shows the lesson on KARTAMANTUL on screens of stated sizes."""
    with ExitStack() as open_screens:
        make = partial(_shell, knowledge, kartamantul_lesson)
        yield lambda columns, rows: open_screens.enter_context(driven(make, columns, rows))


def test_enter_and_right_go_on_and_left_goes_back(kartamantul_lesson: Lesson, knowledge: Knowledge) -> None:
    assert 3 == _typed(knowledge, kartamantul_lesson, ENTER + RIGHT + ENTER).lecture.place
    assert 1 == _typed(knowledge, kartamantul_lesson, ENTER + ENTER + LEFT).lecture.place
    assert 0 == _typed(knowledge, kartamantul_lesson, LEFT).lecture.place


def test_tab_goes_to_another_decision_past_the_background(kartamantul_lesson: Lesson, knowledge: Knowledge) -> None:
    step = _typed(knowledge, kartamantul_lesson, ENTER + TAB).lecture.step

    assert step is not None
    assert not step.background


def test_an_answer_is_changed_and_the_lesson_goes_on_with_it(
    kartamantul_lesson: Lesson, knowledge: Knowledge
) -> None:
    number = str(list(kartamantul_lesson.taught.case.answers).index("duration") + 1)
    screen = _typed(knowledge, kartamantul_lesson, "t" + number + ENTER + "2" + ENTER * 3)

    assert screen.changed
    assert "up_to_one_year" == screen.lecture.lesson.taught.case.answers["duration"]

    restored = _typed(knowledge, kartamantul_lesson, "t" + number + ENTER + "2" + ENTER * 3 + "t" + UP + ENTER)
    assert not restored.changed


def test_escape_leaves_everything_as_it_was(on_screen: Callable[[int, int], Driver]) -> None:
    driver = on_screen(80, 24)

    driver.press("enter", "t", "enter")
    assert driver.shell.screen is not driver.shell.base

    driver.press("escape")
    assert driver.shell.screen is driver.shell.base
    assert 1 == _base(driver.shell).lecture.place
    assert not _base(driver.shell).changed


def test_a_contradiction_is_refused_with_its_sentence_on_the_screen(
    kartamantul_lesson: Lesson, on_screen: Callable[[int, int], Driver]
) -> None:
    number = str(list(kartamantul_lesson.taught.case.answers).index("region_count") + 1)
    driver = on_screen(80, 24)

    driver.press("t", *number, "enter", "1", "enter")

    assert "Jawaban ini tidak dapat diambil (Mitra kerja sama, Jumlah daerah)" in driver.text
    assert not _base(driver.shell).changed


def test_of_several_options_none_is_taken_that_was_not_marked_in_a_lesson(
    kartamantul_lesson: Lesson, on_screen: Callable[[int, int], Driver]
) -> None:
    driver = on_screen(80, 30)
    question = list(kartamantul_lesson.taught.case.answers).index("activities") + 1
    given = kartamantul_lesson.taught.case.answers["activities"]

    driver.press("t", *str(question), "enter")
    for _ in lesson_options(driver):
        driver.press("down")
        (here,) = (line for line in lesson_options(driver) if line.startswith(" ›"))
        if "[x]" in here:
            driver.press("space")
    driver.press("enter")

    assert not any("[x]" in line for line in lesson_options(driver))
    assert "Tandai lebih dahulu satu pilihan atau lebih dengan spasi" in driver.text
    assert given == _base(driver.shell).lecture.lesson.taught.case.answers["activities"]


def lesson_options(driver: Driver) -> list[str]:
    """Return the lines that can be marked."""
    return [row for row in driver.rows if re.search(r"\[[x ]\]", row)]


def test_enter_marks_what_is_typed_and_a_space_goes_on_with_it(
    kartamantul_lesson: Lesson, on_screen: Callable[[int, int], Driver]
) -> None:
    driver = on_screen(100, 40)
    question = list(kartamantul_lesson.taught.case.answers).index("activities") + 1
    driver.press("t", *str(question), "enter")

    driver.press(*"aparatur", "enter")
    assert "[x] Melatih aparatur" in driver.text
    assert re.search("Yang ditandai: .*, Melatih aparatur", driver.text)

    driver.press(*"merencanakan", "space", *"ber")
    assert "Ketikan: merencanakan ber" in driver.text
    assert not _base(driver.shell).changed


@pytest.mark.parametrize("size", [(40, 10), (80, 24), (109, 30), (110, 30), (220, 60)], ids=str)
def test_every_line_fits_every_size(
    size: tuple[int, int], kartamantul_lesson: Lesson, on_screen: Callable[[int, int], Driver]
) -> None:
    columns, rows = size
    driver = on_screen(columns, rows)
    base = _base(driver.shell)

    for place in (0, 1, 2, 98, 124, base.lecture.last):
        base.lecture = Lecture(kartamantul_lesson, place)
        lines = Lines(columns - 2, rows)
        base.draw(lines)
        assert len(lines.in_view) <= rows
        assert all(get_cwidth("".join(text for _, text in line)) <= columns - 2 for line in lines.in_view)


def test_everything_on_a_page_can_be_scrolled_to(on_screen: Callable[[int, int], Driver]) -> None:
    driver = on_screen(80, 24)
    seen: set[str] = set()
    for _ in range(200):
        seen |= {row.strip() for row in driver.rows}
        driver.press("down")
    drawn = ["".join(text for _, text in line) for line in _base(driver.shell).page(78)]

    assert {line.strip() for line in drawn} <= seen


# -- the real program in a pseudo-terminal ------------------------------------------------------------------


@pytest.fixture
def terminals() -> Iterator[list[Terminal]]:
    """Terminals that are closed at the end."""
    opened: list[Terminal] = []
    yield opened
    for terminal in opened:
        terminal.child.close(force=True)


def test_kartamantul_in_a_terminal_of_80_by_24(tmp_path: Path, terminals: list[Terminal]) -> None:
    terminal = Terminal(tmp_path, ["teach", "kartamantul"], columns=80, rows=24)
    terminals.append(terminal)
    terminal.wait("Fakta kasus ini")
    terminal.type(ENTER)
    terminal.wait("APA YANG ANDA PERKIRAKAN?")
    terminal.type(ENTER)
    terminal.wait("FAKTA KELUAR")
    terminal.type("ss")
    terminal.wait("Siapa yang menjalankan layanan?")
    terminal.type("t")
    terminal.wait("Jawaban mana yang diubah?")
    terminal.type("jangka" + ENTER)
    terminal.wait("Berapa lama kerja sama")
    terminal.type("1 tahun" + ENTER)
    terminal.wait(
        "2 dari 15 simpulan berubah",
        "≠ Skema pendanaan │ ≠ Skema pendanaan iuran rutin │ anggaran perangkat daerah",
    )
    terminal.type(ESCAPE)
    terminal.wait("Siapa yang menjalankan layanan?")
    terminal.type("r")
    terminal.wait("MENURUT CATATAN KASUS")
    terminal.type("\x1b[F")
    terminal.wait("Untuk dibahas")
    terminal.type("q")
    terminal.child.expect(pexpect.EOF, timeout=20)


def test_nothing_is_lost_when_the_terminal_changes_its_size(tmp_path: Path, terminals: list[Terminal]) -> None:
    terminal = Terminal(tmp_path, ["teach", "kartamantul", "--lang", "en"], columns=140, rows=36)
    terminals.append(terminal)
    terminal.wait("The facts of this case")
    terminal.type("ssss" + ENTER)
    text = terminal.wait("Conclusions so far", "⇒ DPRD approval: not required")
    (step,) = re.findall(r"step \d+ of \d+", text)
    terminal.resize(80, 24)
    terminal.wait("DPRD approval: not required", step, lambda text: "Conclusions so far" not in text)
    terminal.resize(140, 36)
    terminal.wait("DPRD approval: not required", step, "Conclusions so far")
    terminal.type(CONTROL_C)
    terminal.child.expect(pexpect.EOF, timeout=20)
