"""A DOCX: real styles, lists, tables and fields, readable by Word and LibreOffice, and the same each time."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Cm
from hypothesis import given
from hypothesis import strategies as st

from advisor.papers.document import (
    Bar,
    Block,
    Document,
    Heading,
    Item,
    Ladder,
    Pairs,
    Paragraph,
    Subheading,
    Table,
    Timeline,
    Title,
    Verbatim,
)
from advisor.papers.docx_styles import USED
from advisor.papers.docx_tables import column_widths
from advisor.papers.docx_writer import docx_of
from advisor.papers.paper import Paper
from advisor.text import Language
from paper_texts import in_docx

LADDER = Ladder("Tangga bentuk", ("forum", "badan"), (("pegawai", ("no", "yes")),), 1)
TIMELINE = Timeline("Jadwal", (Bar("surat", date(2026, 1, 1), date(2026, 1, 9)),))
ALL = (
    *(Title("Judul"), Heading("Bagian"), Subheading("Bentuk", "badan", "terbuka"), Paragraph("Kalimat.", 3)),
    *(Item("a", "PP", 2), Item("b", "", 5, "→"), Item("c", "", 2, "1."), Pairs((("Operator", "dinas"),))),
    *(Table(("No", "Langkah"), (("1", "surat"),)), Verbatim(("as_of: 2026",)), LADDER, TIMELINE),
    Title("Lampiran", annex=True),
)

# The order of the ECMA-376 schema (CT_TblPr, CT_PPr), in which Word expects what is said of a table or paragraph.
TABLE_ORDER = (
    "tblStyle",
    "bidiVisual",
    "tblW",
    "jc",
    "tblCellSpacing",
    "tblInd",
    "tblBorders",
    "tblLayout",
    "tblLook",
)
PARAGRAPH_ORDER = (
    *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "numPr", "pBdr", "tabs", "spacing", "ind"),
    *("contextualSpacing", "jc", "outlineLvl"),
)
LEVEL_ORDER = ("start", "numFmt", "lvlText", "lvlJc", "pPr", "rPr")


def _opened(*blocks: Block, language: Language = "id") -> Any:
    return docx.Document(io.BytesIO(docx_of(Document(language, blocks))))


def _names(element: Any) -> list[str]:
    return [child.tag.rpartition("}")[2] for child in element]


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


# -- the file -----------------------------------------------------------------------------------------------


def test_the_same_document_gives_the_same_bytes() -> None:
    document = Document("id", ALL)

    assert docx_of(document) == docx_of(document)


def test_the_file_says_what_it_is_and_nothing_of_who_made_the_sample_of_the_library() -> None:
    content = docx_of(Document("id", ALL))
    properties = docx.Document(io.BytesIO(content)).core_properties

    assert ("Judul", "", "", "id-ID") == (
        properties.title,
        properties.author,
        properties.comments,
        properties.language,
    )
    assert (None, None) == (properties.created, properties.modified)
    assert not [name for name in _parts(content) if "thumbnail" in name]
    assert b"python-docx" not in b"".join(_parts(content).values())
    assert b"Macintosh" not in b"".join(_parts(content).values())


def test_word_opens_it_as_a_file_of_today() -> None:
    (setting,) = (
        one
        for one in _opened().settings.element.iter(qn("w:compatSetting"))
        if one.get(qn("w:name")) == "compatibilityMode"
    )

    assert "15" == setting.get(qn("w:val"))


def test_what_is_said_of_tables_paragraphs_and_lists_stands_in_the_order_of_the_standard() -> None:
    document = _opened(*ALL)

    for name, order in (("w:tblPr", TABLE_ORDER), ("w:pPr", PARAGRAPH_ORDER)):
        for element in document.element.iter(qn(name)):
            found = [child for child in _names(element) if child in order]
            assert found == sorted(found, key=order.index)
            assert len(found) == len(element)
    numbering = document.part.numbering_part.element
    assert all(
        tuple(_names(one)) == LEVEL_ORDER[: len(one)] for one in numbering.iter(qn("w:lvl")) if len(one) == 5
    )
    assert _names(numbering) == sorted(_names(numbering), key=("abstractNum", "num").index)


def test_an_empty_document_and_an_empty_title_are_files_too() -> None:
    assert [] == in_docx(docx_of(Document("id", ())))
    assert [] == in_docx(docx_of(Document("id", (Title(""), Pairs(()), Table(("a",), ()), Verbatim(())))))


@pytest.mark.parametrize("letter", ["\x00", "\x0b", "\x1f", "\x7f", "\x85", "\ufffe", "\uffff", "\ud800"])
def test_no_character_breaks_the_file(letter: str) -> None:
    paper = Paper("id")
    paper.title(f"a{letter}b")
    paper.bullet(f"a{letter}b", f"a{letter}b")
    paper.table([f"a{letter}b"], [[f"a{letter}b"]])
    paper.picture(Ladder(f"a{letter}b", (f"a{letter}b",), ((f"a{letter}b", ("yes",)),)))

    texts = in_docx(docx_of(paper.document))
    assert not [text for text in texts if letter in text]
    assert all(text.startswith("a\\") for text in texts)


@pytest.mark.parametrize(
    "text", ["<b>&amp;", "🏘️👩‍👩‍👧", "العربية 12", "a" * 10_000, "Pasal\u00a09", "  dua  blanko "]
)
def test_texts_of_every_kind_arrive(text: str) -> None:
    document = _opened(Paragraph(text), Table(("",), ((text,),)), Item(text))

    assert [text, "", text] == [paragraph.text for paragraph in document.paragraphs]
    assert text == document.tables[0].cell(1, 0).text


# -- the page -----------------------------------------------------------------------------------------------


def test_the_page_is_a4_with_the_title_on_top_of_it_and_its_number_below() -> None:
    (section,) = _opened(*ALL).sections

    assert (Cm(21).cm, Cm(29.7).cm) == pytest.approx((section.page_width.cm, section.page_height.cm), abs=0.01)
    assert section.different_first_page_header_footer
    assert "Judul" == section.header.paragraphs[0].text
    assert "" == section.first_page_header.paragraphs[0].text
    for footer in (section.footer, section.first_page_footer):
        codes = [code.text.strip() for code in footer._element.iter(qn("w:instrText"))]
        assert ["PAGE", "NUMPAGES"] == codes
        assert footer.paragraphs[0].text == "Halaman 1 dari 1"


def test_the_page_is_numbered_in_the_language_of_the_document() -> None:
    assert "Page 1 of 1" == _opened(*ALL, language="en").sections[0].footer.paragraphs[0].text


def test_a_very_long_title_leaves_room_for_the_text() -> None:
    header = _opened(Title("a" * 10_000)).sections[0].header.paragraphs[0].text

    assert header.endswith("…")
    assert len(header) < 100


def test_type_and_language_are_those_of_the_styles_and_of_no_theme() -> None:
    document = _opened(*ALL)

    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Caption"):
        properties = document.styles[name].element.rPr
        fonts = properties.find(qn("w:rFonts"))
        assert {qn(f"w:{kind}"): "Arial" for kind in ("ascii", "hAnsi", "eastAsia", "cs")} == dict(fonts.attrib)
        assert "id-ID" == properties.find(qn("w:lang")).get(qn("w:val"))
        assert properties.find(qn("w:sz")).get(qn("w:val")) == properties.find(qn("w:szCs")).get(qn("w:val"))


# -- blocks -------------------------------------------------------------------------------------------------


def test_each_block_has_the_style_by_which_an_office_gives_it_another_look() -> None:
    document = _opened(*ALL)
    found = [(p.text, p.style.name) for p in document.paragraphs if p.text]

    assert [
        *(("Judul", "Title"), ("Bagian", "Heading 1"), ("Bentuk: badan (terbuka)", "Heading 2")),
        *(("Kalimat.", "Normal"), ("a [PP]", "List Paragraph"), ("b", "List Paragraph"), ("c", "List Paragraph")),
        *(("as_of: 2026", "Advisor Verbatim"), ("Tangga bentuk (✓ terpenuhi, ✗ tidak terpenuhi)", "Caption")),
        *(("Jadwal", "Caption"), ("Lampiran", "Title")),
    ] == found
    assert ["Table Grid", "Table Grid"] == [table.style.name for table in document.tables]
    heading = next(p for p in document.paragraphs if p.style.name == "Heading 2")
    assert [None, "Advisor Value", "Advisor Note"] == [
        None if run.style.name == "Default Paragraph Font" else run.style.name
        for run in (heading.runs[0], *heading.runs[2:])
    ]


def test_an_annex_begins_on_a_new_page_unless_nothing_stands_before_it() -> None:
    annex = Title("Lampiran", annex=True)

    assert _opened(Paragraph("a"), annex).paragraphs[-1].paragraph_format.page_break_before
    assert not _opened(annex).paragraphs[0].paragraph_format.page_break_before


def test_items_are_lists_that_word_counts_and_each_list_begins_with_its_own_number() -> None:
    marks = (("1.", 2), ("•", 5), ("2.", 2), ("!", 2), ("1.", 2), ("7.", 2))
    document = _opened(*(Item("a", "", indent, mark) for mark, indent in marks))

    lists = [(p._p.pPr.numPr.numId.val, p._p.pPr.numPr.ilvl.val) for p in document.paragraphs]
    assert [0, 1, 0, 0, 0, 0] == [level for _, level in lists]
    first, bullet, second, warning, again, seventh = (number for number, _ in lists)
    assert first == second
    assert 5 == len({first, bullet, warning, again, seventh})
    assert ["1. a", "a", "2. a", "! a", "1. a", "7. a"] == in_docx(
        docx_of(Document("id", tuple(Item("a", "", indent, mark) for mark, indent in marks)))
    )


def test_the_second_line_of_an_item_stands_below_its_first() -> None:
    for paragraph in _opened(*(Item("a", "", indent) for indent in (2, 5, 8))).paragraphs:
        form = paragraph.paragraph_format
        assert form.first_line_indent < 0
        assert form.left_indent >= -form.first_line_indent


def test_the_headings_of_a_table_stand_on_every_page_and_rows_stay_whole() -> None:
    long = "kata " * 1000
    table = _opened(Table(("No", "Langkah"), (("1", "a"), ("2", long)))).tables[0]

    properties = [row._tr.trPr for row in table.rows]
    assert [["cantSplit", "tblHeader"], ["cantSplit"]] == [_names(one) for one in properties[:2]]
    # A row that is longer than a page could not be shown otherwise.
    assert properties[2] is None


@given(st.lists(st.lists(st.text("ab ", max_size=400), min_size=4, max_size=4), min_size=1, max_size=5))
def test_a_table_is_as_wide_as_the_text_and_no_column_is_lost(lines: list[list[str]]) -> None:
    widths = column_widths(lines, 8787)

    assert 8787 == sum(widths)
    assert min(widths) > 200


def test_what_is_short_has_what_it_needs_and_the_long_column_has_the_rest() -> None:
    number, step, day = column_widths([["No", "Langkah", "Tenggat"], ["1", "kata " * 40, "31 Maret 2027"]], 8787)

    assert number < day < step
    # About as many letters of 120 twentieths of a point as the day has stand beside each other.
    assert day >= 13 * 120


def test_columns_are_said_to_be_as_wide_as_their_cells() -> None:
    table = _opened(Table(("a", "b"), (("c", "d" * 30),), 4)).tables[0]._tbl

    columns = [int(column.get(qn("w:w"))) for column in table.tblGrid]
    for row in table.tr_lst:
        assert columns == [int(cell.tcPr.find(qn("w:tcW")).get(qn("w:w"))) for cell in row.tc_lst]
    assert "fixed" == table.tblPr.find(qn("w:tblLayout")).get(qn("w:type"))
    assert sum(columns) == int(table.tblPr.find(qn("w:tblW")).get(qn("w:w")))


def test_two_tables_behind_each_other_stay_two() -> None:
    assert 2 == len(_opened(Pairs((("a", "b"),)), Pairs((("c", "d"),))).tables)


def test_a_picture_says_what_it_shows_and_stands_on_the_page_of_its_caption() -> None:
    document = _opened(LADDER, TIMELINE)
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin

    said = [element.get("descr") for element in document.element.iter(qn("wp:docPr"))]
    assert ["pegawai: forum ✗, badan (disarankan) ✓.", "surat: 1 Januari 2026 – 9 Januari 2026."] == [
        text.partition("): " if "(✓" in text else ": ")[2] for text in said
    ]
    pictures = [p for p in document.paragraphs if list(p._p.iter(qn("w:drawing")))]
    assert all(p.paragraph_format.keep_with_next for p in pictures)
    assert [room, room] == [shape.width for shape in document.inline_shapes]


def test_a_high_picture_is_divided_and_each_part_fits_a_page() -> None:
    rows = tuple((f"syarat {number}", ("yes", "no")) for number in range(90))
    document = _opened(Ladder("Tangga", ("forum", "badan"), rows))
    section = document.sections[0]

    assert 3 == len(document.inline_shapes)
    room = section.page_height - section.top_margin - section.bottom_margin
    assert all(shape.height < room for shape in document.inline_shapes)


def test_every_style_that_is_used_is_there() -> None:
    assert set(USED) <= {style.name for style in _opened().styles}
