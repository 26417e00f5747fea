"""Documents on a terminal: nothing is cut off, pictures become tables, and a projector shows every colour."""

from __future__ import annotations

import io
from datetime import date

import pytest
from rich.cells import cell_len

from advisor.papers.document import Bar, Block, Document, Heading, Ladder, Pairs, Table, Timeline, Title, Verbatim
from advisor.papers.text_writer import MARK_STYLES, STYLES, write_text

FORMS = ("forum komunikasi", "perjanjian teknis", "tim koordinasi", "sekretariat bersama", "badan kerja sama")
LADDER = Ladder(
    "Kebutuhan",
    FORMS,
    (
        ("pegawai sendiri", ("no", "no", "no", "yes", "yes")),
        ("status badan hukum", ("no", "no", "no", "no", "open")),
    ),
    chosen=3,
)
TIMELINE = Timeline(
    "Jadwal",
    (
        Bar("Surat penawaran", date(2026, 1, 1), date(2026, 1, 10)),
        Bar("Persetujuan DPRD", date(2026, 1, 11), date(2026, 1, 30), fixed=True),
    ),
)


def _text(*blocks: Block, width: int = 80) -> str:
    stream = io.StringIO()
    write_text(Document("id", blocks), stream, width)
    return stream.getvalue()


@pytest.mark.parametrize("block", [Title("Kerja sama " * 12), Heading("Kerja sama " * 12)])
def test_a_title_that_is_too_long_for_its_line_is_not_cut_off(block: Title | Heading) -> None:
    text = _text(block, width=60)

    assert 12 == text.split().count("Kerja")
    assert "…" not in text
    assert all(len(line) <= 60 for line in text.splitlines())


def test_lines_that_are_shown_as_they_are_are_never_wrapped() -> None:
    line = "rules/era.yaml:12:9: " + "kata " * 30 + "akhir"

    assert f"  {line}\n" == _text(Verbatim((line,), 2), width=40)


def test_a_name_without_a_blank_is_broken_and_not_cut_off() -> None:
    assert 90 == _text(Pairs((("x" * 90, "y"),)), width=60).count("x")


def test_a_ladder_is_a_table_of_marks_that_fits_eighty_columns() -> None:
    lines = _text(LADDER).splitlines()
    marks = "(✓ terpenuhi, ✗ tidak terpenuhi, ? bergantung pada jawaban yang belum ada)"

    assert " ".join(" ".join(lines[:2]).split()) == f"Kebutuhan {marks}"
    assert ["✗", "✗", "✗", "✓", "✓"] == next(line for line in lines if "pegawai" in line).split()[2:]
    heads = next(line for line in lines if "(disarankan)" in line)
    assert ["komunikasi", "teknis", "koordinasi", "(disarankan)", "sama"] == heads.split()
    assert all(cell_len(line) <= 80 for line in lines)


@pytest.mark.parametrize("width", [40, 59, 60, 66])
def test_where_the_columns_have_no_room_a_ladder_says_which_form_has_which_mark(width: int) -> None:
    text = " ".join(_text(LADDER, width=width).split())

    assert "pegawai sendiri ✓ sekretariat bersama (disarankan), badan kerja sama ✗ forum komunikasi," in text
    assert text.endswith("? badan kerja sama")
    assert all(cell_len(line) <= width for line in _text(LADDER, width=width).splitlines())


def test_a_timeline_has_a_bar_behind_each_piece_of_work() -> None:
    first, second = _text(TIMELINE, width=110).splitlines()[2:]
    days = "11 Januari 2026  30 Januari 2026"

    assert days in second
    assert "Persetujuan DPRD (tenggat)" in second
    # Ten days and twenty days: the second bar begins where the first one ends, and is twice as long.
    assert second.index("█") == pytest.approx(len(first), abs=1)
    assert second.count("█") == pytest.approx(2 * first.count("█"), abs=1)


def test_the_shortest_piece_of_work_has_a_bar_too() -> None:
    long = Bar("lama", date(2026, 1, 1), date(2030, 12, 31))
    last = Bar("hari terakhir", date(2030, 12, 31), date(2030, 12, 31))

    assert 1 == _text(Timeline("Jadwal", (long, last))).splitlines()[-1].count("█")


@pytest.mark.parametrize("width", [40, 59])
def test_a_narrow_timeline_says_its_days_below_its_work(width: int) -> None:
    text = _text(TIMELINE, width=width)

    assert "Surat penawaran\n  Mulai: 1 Januari 2026\n  Sampai: 10 Januari 2026\n" in text
    assert "█" not in text


@pytest.mark.parametrize("width", [40, 60, 80, 110])
def test_a_table_of_many_columns_keeps_within_any_width_and_breaks_no_usual_word(width: int) -> None:
    headings = ("No", "Langkah", "Penanggung jawab", "Keluaran", "Tenggat", "Dasar hukum", "Keterangan")
    row = ("1", "menyampaikan penawaran", "sekretaris daerah", "surat", "31 Maret 2027", "PP 28/2018", "belum")
    text = _text(Table(headings, (row,)), width=width)

    assert all(len(line) <= width for line in text.splitlines())
    assert {word for cell in row for word in cell.split()} <= set(text.split())


def test_no_style_is_darker_than_the_text_itself() -> None:
    # What is dimmed or grey, a projector does not show.
    for style in (*STYLES.values(), *MARK_STYLES.values()):
        assert not {"dim", "grey", "gray", "black", "bright_black"} & set(style.split())


def test_an_empty_table_and_a_picture_of_nothing_leave_no_trace() -> None:
    assert "" == _text(Table(("a", "b"), ()))
    assert "Jadwal\n" == _text(Timeline("Jadwal", ()))
    assert "Tangga\n" == _text(Ladder("Tangga", ("a",), ()))
