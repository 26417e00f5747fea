"""The shell under the interview and the lesson: its lists, fields and pages, and that a fault ends nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from prompt_toolkit.input import Input
from prompt_toolkit.output import Output
from prompt_toolkit.utils import get_cwidth

from advisor.catalogue import say
from advisor.terminal.field_screen import LONGEST, FieldScreen
from advisor.terminal.lines import Lines, StyledLine
from advisor.terminal.list_screen import ListScreen
from advisor.terminal.option_list import Item, OptionList
from advisor.terminal.pager import Pager
from advisor.terminal.paragraph import Paragraph
from advisor.terminal.screen import BaseScreen
from advisor.terminal.shell import Shell
from advisor.understanding.reading import UNKNOWN
from driver import Driver, driven

ANIMALS = [Item("a", "ayam"), Item("b", "bebek"), Item("k", "kambing")]
NOT_KNOWN = [Item(UNKNOWN, "tidak tahu")]
WORDS = "Kabupaten dan kota bekerja sama dalam pengelolaan sampah di satu tempat pemrosesan akhir."
WIDE_WORDS = "東京都 と 大阪府 は 協力 する。 " * 6


def _said(lines: list[StyledLine]) -> list[str]:
    return ["".join(text for _, text in line) for line in lines]


# -- lists --------------------------------------------------------------------------------------------------


def _typed(options: OptionList, text: str) -> None:
    for letter in text:
        options.key("space" if letter == " " else "char", letter)


def test_nothing_is_chosen_before_the_person_goes_to_it_or_types_it() -> None:
    options = OptionList(ANIMALS, NOT_KNOWN)

    assert (None, None) == (options.cursor, options.current)


def test_what_is_typed_narrows_the_list_and_what_always_shows_stays() -> None:
    options = OptionList(ANIMALS, NOT_KNOWN)

    _typed(options, "beb")

    assert ["bebek", "tidak tahu"] == [item.label for item in options.shown]
    options.key("backspace", "")
    assert "be" == options.typed


def test_what_means_nothing_narrows_nothing_and_chooses_nothing() -> None:
    options = OptionList(ANIMALS, NOT_KNOWN)

    _typed(options, "xyz")

    assert [*ANIMALS, *NOT_KNOWN] == options.shown
    assert options.current is None


def test_a_number_chooses_and_one_that_no_item_has_is_said_and_stays() -> None:
    many = OptionList([Item(str(n), f"pilihan {n}") for n in range(1, 16)])

    _typed(many, "1")
    assert ("1", "") == (_current(many), many.wrong_number)
    _typed(many, "2")
    assert ("12", "") == (_current(many), many.wrong_number)
    _typed(many, "9")
    assert ("", "129", "129") == (_current(many), many.wrong_number, many.typed)


def _current(options: OptionList) -> str:
    return "" if options.current is None else options.current.value


def test_a_digit_after_a_mark_begins_a_new_number() -> None:
    many = OptionList([Item(str(n), f"pilihan {n}") for n in range(1, 16)], several=True)

    _typed(many, "1")
    many.mark(("1",))
    _typed(many, "4")

    assert ({"1"}, "4", "4") == (many.marked, many.typed, _current(many))


def test_space_marks_what_the_person_went_to_but_never_what_always_shows() -> None:
    options = OptionList(ANIMALS, NOT_KNOWN, several=True)

    used = [options.key(key, "") for key in ("down", "space", "up", "space")]

    assert [True, True, True, False] == used
    assert {"a"} == options.marked


@pytest.mark.parametrize("text", ["beb ", "tidak tahu"])
def test_a_space_goes_on_with_what_is_typed_and_marks_nothing(text: str) -> None:
    options = OptionList(ANIMALS, NOT_KNOWN, several=True)

    _typed(options, text)

    assert (text, set()) == (options.typed, options.marked)


def test_the_cursor_goes_around_the_ends() -> None:
    options = OptionList(ANIMALS)

    options.key("up", "")

    assert 2 == options.cursor


def test_erasing_where_nothing_was_typed_leaves_the_cursor_where_it_is() -> None:
    options = OptionList(ANIMALS, cursor=2)

    used = options.key("backspace", "")

    assert (False, 2) == (used, options.cursor)


def test_what_belongs_to_an_item_stands_under_it_while_the_person_is_on_it() -> None:
    options = OptionList([Item("a", "anjing", "Menggonggong bila ada tamu."), Item("b", "bebek")], several=True)
    seen = []
    for _ in range(3):
        lines = Lines(26)
        options.draw(lines)
        seen.append([line.rstrip() for line in _said(lines.lines)])
        options.key("down", "")

    assert [
        ["   1. [ ] anjing", "   2. [ ] bebek"],
        ["›  1. [ ] anjing", "          Menggonggong", "          bila ada tamu.", "   2. [ ] bebek"],
        ["   1. [ ] anjing", "›  2. [ ] bebek"],
    ] == seen


# -- lines --------------------------------------------------------------------------------------------------


def test_the_line_under_the_cursor_stays_in_view_however_low_the_screen() -> None:
    options = OptionList([Item(str(n), f"pilihan {n}") for n in range(50)], cursor=40)
    lines = Lines(40, 5)
    options.draw(lines)

    shown = _said(lines.in_view)

    assert any(line.startswith("›") for line in shown)
    assert 5 == len(shown)


@pytest.mark.parametrize(("height", "stays"), [(9, True), (6, False)])
def test_a_heading_stays_while_a_list_scrolls_but_not_on_a_low_screen(height: int, stays: bool) -> None:
    lines = Lines(40, height)
    lines.add("Pilih satu", "class:question")
    lines.blank()
    lines.end_heading()
    OptionList([Item(str(n), f"pilihan {n}") for n in range(50)], cursor=40).draw(lines)

    shown = _said(lines.in_view)

    assert stays == ("Pilih satu" in shown)
    assert height == len(shown)
    assert any("pilihan 40" in line for line in shown)


TEXTS = pytest.mark.parametrize(
    "text", [WORDS, WIDE_WORDS, "e\u0301" * 90, "x" * 200], ids=["Latin", "wide", "marks", "long"]
)


@TEXTS
@pytest.mark.parametrize("width", [20, 37, 80])
def test_no_line_is_wider_than_the_cells_that_it_may_take_and_no_letter_is_lost(text: str, width: int) -> None:
    lines = Lines(width)
    lines.add(text, lead="  • ")

    assert max(get_cwidth(line) for line in _said(lines.lines)) <= width
    assert "•" + "".join(text.split()) == "".join("".join(_said(lines.lines)).split())


@TEXTS
@pytest.mark.parametrize("width", [40, 79, 120])
def test_two_halves_meet_in_one_column_whatever_the_width_of_their_letters(text: str, width: int) -> None:
    lines = Lines(width)
    lines.write_beside([Paragraph(text, lead="≠ ")], [Paragraph(text), Paragraph(text)])

    said = _said(lines.lines)
    assert max(get_cwidth(line) for line in said) <= width
    assert 1 == len({get_cwidth(line.partition("│")[0]) for line in said})


# -- on a screen --------------------------------------------------------------------------------------------


class Base(BaseScreen):
    """A screen at the bottom that does nothing."""

    keys = "interview.keys.choices"
    wide, panel_width = 1000, 10
    head = "kepala"

    def draw(self, lines: Lines) -> None:
        lines.add("dasar")

    def draw_panel(self, lines: Lines) -> None:
        pass

    def key(self, name: str, text: str) -> bool:
        if text != "x":
            self.host.message = f"{name} {text}"
        return text != "x"


def _shell(source: Input, target: Output) -> Shell:
    return Shell(Base, lambda key, **values: say(key, "id", **values), source, target)


@pytest.fixture
def driver() -> Iterator[Driver]:
    """An empty shell on 60 by 20."""
    with ExitStack() as stack:
        yield stack.enter_context(driven(_shell, 60, 20))


def test_who_leaves_does_not_wait_for_what_is_still_being_worked_out() -> None:
    go_on, done = threading.Event(), threading.Event()

    def work() -> None:
        go_on.wait(10)
        done.set()

    with driven(_shell, 60, 20) as driver:

        async def begin() -> None:
            driver.shell.in_background(work, lambda result: None)

        driver.runner.run(begin())

    assert not done.is_set()
    go_on.set()
    assert done.wait(10)


def _field(driver: Driver, text: str = "", wrong: Callable[[str], str] = lambda text: "") -> list[str]:
    """Open a field; return the list in which what is taken will stand."""
    taken: list[str] = []
    driver.shell.open(FieldScreen(driver.shell, "Tulis judul", text, taken.append, wrong))
    driver.shell._focus()
    return taken


def test_a_field_is_edited_where_the_cursor_stands(driver: Driver) -> None:
    taken = _field(driver, "TPA bersma")

    driver.press("left", "left", "a", "enter")

    assert ["TPA bersama"] == taken


@pytest.mark.parametrize("pasted", ["2024-05-31\n", "2024-05-31\r\n", "  2024-05-31  ", "\n2024-05-31\n\n"])
def test_what_is_pasted_with_ends_of_lines_is_one_line(driver: Driver, pasted: str) -> None:
    taken = _field(driver)

    driver.paste(pasted)
    assert [] == taken
    driver.press("enter")

    assert ["2024-05-31"] == taken


def test_a_field_holds_to_its_length_whatever_is_pasted_and_wherever(driver: Driver) -> None:
    taken = _field(driver, "akhir")

    driver.press("home")
    driver.paste("x" * 10_000)
    driver.press("y", "enter")

    assert ["x" * (LONGEST - 5) + "akhir"] == taken


def test_what_cannot_be_printed_shows_in_a_text_as_what_cannot_be_seen(driver: Driver) -> None:
    taken = _field(driver)

    driver.paste("satu\x1b\x07\tdua\x00")
    driver.press("enter")

    assert ["satu�� dua�"] == taken


def test_what_is_wrong_with_a_text_is_said_and_it_is_not_taken(driver: Driver) -> None:
    taken = _field(driver, "ada", lambda text: "Itu sudah ada." if text == "ada" else "")

    driver.press("enter")
    assert "Itu sudah ada." in driver.text
    assert [] == taken

    driver.press("x")
    assert "Itu sudah ada." not in driver.text
    driver.press("enter")
    assert ["x"] == taken


def test_what_is_pasted_chooses_from_a_list(driver: Driver) -> None:
    picked: list[str] = []
    screen = ListScreen(driver.shell, "Yang mana?", OptionList(ANIMALS), picked.append, "interview.keys.list")
    driver.shell.open(screen)

    driver.paste("kambing\n")
    assert "Ketikan: kambing" in driver.text
    driver.press("enter")

    assert ["k"] == picked


@pytest.fixture
def picked(driver: Driver) -> list[str]:
    """Open a list; this is where what is picked will stand."""
    found: list[str] = []
    options = OptionList([*ANIMALS, Item("kb", "kerbau"), Item("kl", "kelinci"), Item("kr", "kera")])
    driver.shell.open(
        ListScreen(driver.shell, "Yang mana?", options, found.append, "interview.keys.list", stays=True)
    )
    return found


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ("7", 'Tidak ada nomor "7" dalam daftar; nomornya 1 sampai dengan 6.'),
        ("0", 'Tidak ada nomor "0" dalam daftar'),
        ("ke", "Pilih dahulu dengan ↑↓ atau nomornya"),
        ("xyz", "Pilih dahulu dengan ↑↓ atau nomornya"),
    ],
)
def test_what_names_nothing_in_a_list_picks_nothing_and_says_so(
    keys: str, told: str, driver: Driver, picked: list[str]
) -> None:
    driver.press(*keys)
    if not keys.isdecimal():
        driver.press("enter")

    assert told in driver.text
    assert [] == picked


def _words(width: int) -> list[StyledLine]:
    lines = Lines(width)
    for number in range(1, 31):
        lines.add(WORDS, lead=f"{number}. ")
    return lines.lines


def test_a_page_is_wrapped_anew_when_the_terminal_changes_its_width(driver: Driver) -> None:
    driver.shell.open(Pager(driver.shell, _words, "interview.keys.pager"))

    for columns in (60, 40, 100, 30):
        driver.resize(columns, 20)
        shown = [row.rstrip() for row in driver.rows[1:15]]
        assert _said(_words(columns - 1))[: len(shown)] == shown


def test_a_page_that_cannot_be_drawn_says_so_and_closes_as_any_other(driver: Driver) -> None:
    def broken(width: int) -> list[StyledLine]:
        raise ZeroDivisionError("nol")

    driver.shell.open(Pager(driver.shell, broken, "interview.keys.pager"))
    driver.press("down")
    assert "kesalahan dalam program (ZeroDivisionError: nol)" in driver.text

    driver.press("escape", "z")
    assert "dasar" in driver.text
    assert "char z" in driver.text


def test_a_page_that_cannot_be_worked_out_says_so_and_closes_as_any_other(driver: Driver) -> None:
    def broken() -> Callable[[int], list[StyledLine]]:
        raise OSError("disk penuh")

    pager = Pager(driver.shell, lambda width: [[("", "tunggu")]], "interview.keys.pager")
    driver.shell.open(pager)

    pager.work_out(broken)
    driver.wait(lambda text: "kesalahan dalam program (OSError: disk penuh)" in text)

    driver.press("escape")
    assert "dasar" in driver.text


def test_a_key_that_fails_says_so_and_the_next_one_works(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(base: Base, name: str, text: str) -> bool:
        raise ZeroDivisionError("nol")

    with monkeypatch.context() as patched:
        patched.setattr(Base, "key", broken)
        driver.press("z")
        assert "kesalahan dalam program (ZeroDivisionError: nol)" in driver.text

    driver.press("z")
    assert "char z" in driver.text


@pytest.mark.parametrize("key", [f"f{number}" for number in range(1, 13)])
def test_every_function_key_reaches_the_screen(key: str, driver: Driver) -> None:
    driver.press(key)

    assert f"dasar {key}" in driver.text


def test_lines_that_are_pasted_stay_apart_and_what_cannot_be_seen_in_them_shows(driver: Driver) -> None:
    driver.paste("Membangun\tfasilitas \r\n\r\n Menjual\u200b layanan\n")

    assert "char Membangun fasilitas; Menjual� layanan" in driver.text


def test_a_text_that_is_too_long_is_not_typed_and_that_is_said(driver: Driver) -> None:
    options = OptionList(ANIMALS)
    driver.shell.open(ListScreen(driver.shell, "Pilih", options, lambda value: None, "interview.keys.list"))

    driver.paste("domba " * 400)

    assert "Yang ditempelkan tidak dipakai di sini, atau terlalu panjang." in driver.text
    assert "" == options.typed


def test_a_key_that_does_nothing_says_so(driver: Driver) -> None:
    driver.press("x")

    assert "Tombol ini tidak dipakai di sini; tombol yang dipakai tertulis di bawah." in driver.text


@pytest.mark.parametrize("key", ["tab", "pageup", "pagedown", "up", "down", "f1", "f4", "f7", "f12"])
def test_a_key_that_does_nothing_in_a_field_says_so_and_changes_nothing(key: str, driver: Driver) -> None:
    taken = _field(driver, "TPA")

    driver.press(key)

    assert "Tombol ini tidak dipakai di sini" in driver.text
    driver.press("enter")
    assert ["TPA"] == taken


def test_enter_in_an_empty_field_says_what_is_expected(driver: Driver) -> None:
    taken = _field(driver)

    driver.press("enter")

    assert "Isi dahulu, lalu Enter; Esc membatalkan." in driver.text
    assert [] == taken


def test_the_page_at_the_end_goes_no_further_and_back_to_the_top(driver: Driver) -> None:
    driver.shell.open(Pager(driver.shell, _words, "interview.keys.pager"))

    driver.press("end", "pagedown")
    assert "satu tempat pemrosesan akhir." in driver.rows[15] + driver.rows[16] + driver.rows[17]
    driver.press("home")

    assert driver.rows[1].startswith("1. Kabupaten")


@pytest.mark.parametrize(("columns", "rows"), [(20, 3), (12, 2), (60, 4)])
def test_a_terminal_that_is_too_small_says_so_in_words_of_the_catalogue(
    columns: int, rows: int, driver: Driver
) -> None:
    for _ in range(2):  # on a screen of lines, and on one with a field
        driver.resize(columns, rows)

        said = driver.text
        assert say("interview.too_small", "id").startswith(said[:9])
        assert "too small" not in said.lower()

        driver.resize(60, 20)
        _field(driver)


def test_a_low_and_narrow_terminal_still_shows_the_keys_and_three_lines(driver: Driver) -> None:
    driver.shell.open(Pager(driver.shell, _words, "interview.keys.pager"))

    driver.resize(24, 8)

    assert "1. Kabupaten dan kota" in driver.text
    assert "Esc atau Enter tutup" in driver.text
