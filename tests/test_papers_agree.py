"""One document, four formats: whatever stands in it, text, Markdown, HTML and DOCX say the same."""

from __future__ import annotations

import io
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from advisor.escaping import HIDDEN
from advisor.papers.document import Bar, Document, Grid, Ladder, Pairs, Passage, Table, Timeline, Title
from advisor.papers.docx_writer import docx_of
from advisor.papers.html_writer import html_of
from advisor.papers.markdown_writer import markdown_of
from advisor.papers.paper import Paper
from advisor.papers.text_writer import write_text
from advisor.text import LANGUAGES, Language
from paper_texts import documents, in_docx, in_html, in_markdown, letters, pieces

pytestmark = pytest.mark.knowledge

WIDE = 4_500
MANY = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FEW = settings(MANY, max_examples=30)
"""Word's files take long to write."""

MORE = settings(MANY, max_examples=1000)


def text_of(document: Document, width: int = WIDE) -> str:
    stream = io.StringIO()
    write_text(document, stream, width)
    return stream.getvalue()


@pytest.fixture(scope="module", params=LANGUAGES)
def whole(request: pytest.FixtureRequest) -> Document:
    """A document with a block of every kind."""
    language: Language = request.param
    paper = Paper(language)
    paper.title("Judul")
    paper.heading("Bagian")
    paper.subheading("Bentuk", "sekretariat bersama", "masih terbuka")
    paper.paragraph("Sebuah kalimat.", 2, "strong")
    for indent, mark in ((2, "•"), (5, "→"), (7, "!"), (2, "1."), (2, "2."), (2, "•")):
        paper.bullet("Sebuah butir", "PP 28/2018 Pasal 6", indent, mark)
    paper.pairs([("Operator", "dinas"), ("Dana", "APBD")])
    paper.table(["No", "Langkah"], [("1", "menawarkan"), ("2", "menyetujui")])
    paper.verbatim(["as_of: 2026-11-24", "  - a"])
    paper.blank()
    paper.picture(Ladder("Tangga", ("forum", "badan"), (("pegawai", ("no", "yes")), ("dana", ("open", "free"))), 1))
    bars = (
        Bar("surat", date(2026, 1, 5), date(2026, 1, 9)),
        Bar("DPRD", date(2026, 2, 2), date(2026, 4, 16), True),
    )
    paper.picture(Timeline("Jadwal", bars))
    paper.passage(Passage(("bahwa daerah bekerja sama;",), "a."))
    paper.grid(Grid((1, 1), (((Passage(("BUPATI A",)),), (Passage(("WALI KOTA B",)), Passage(("nama",)))),)))
    paper.annex("Lampiran")
    return paper.document


def test_a_block_of_each_kind_is_the_same_in_each_format(whole: Document) -> None:
    assert pieces(whole) == in_markdown(markdown_of(whole))
    assert pieces(whole, drawn=True) == in_html(html_of(whole))
    assert pieces(whole, drawn=True) == in_docx(docx_of(whole))
    assert letters(pieces(whole, between="", named="")) == letters([text_of(whole)])


@MANY
@given(documents())
def test_markdown_says_what_the_document_says(document: Document) -> None:
    assert pieces(document) == in_markdown(markdown_of(document))


@MANY
@given(documents())
def test_html_says_what_the_document_says(document: Document) -> None:
    assert pieces(document, drawn=True) == in_html(html_of(document))


@FEW
@given(documents())
def test_docx_says_what_the_document_says(document: Document) -> None:
    assert pieces(document, drawn=True) == in_docx(docx_of(document))


@MANY
@given(documents())
def test_text_says_what_the_document_says(document: Document) -> None:
    assert letters(pieces(document, between="", named="")) == letters([text_of(document)])


@MANY
@given(documents())
def test_a_narrow_text_leaves_nothing_out_and_stays_in_its_columns(document: Document) -> None:
    # Beside each other or below each other: what stands in columns is in another order, but it is there.
    for width in (40, 60, 80):
        text = text_of(document, width)
        for block in document.blocks:
            if not isinstance(block, (Pairs, Table, Ladder, Timeline, Grid)):
                assert letters(pieces(Document("id", (block,)))) in letters([text])


@MANY
@given(documents())
def test_no_format_lets_a_hidden_character_through(document: Document) -> None:
    for text in (text_of(document, 80), markdown_of(document), html_of(document)):
        assert not HIDDEN.search(text)


def test_a_title_that_only_papers_have_stands_in_all_of_them() -> None:
    document = Document("id", (Title("Daftar pertanyaan", on_screen=False),))

    assert "" == text_of(document)
    told = (in_markdown(markdown_of(document)), in_html(html_of(document)), in_docx(docx_of(document)))
    assert 3 * (["Daftar pertanyaan"],) == told


@pytest.mark.heavy
@MORE
@given(documents("en"))
def test_all_formats_say_the_same(document: Document) -> None:
    told = pieces(document, drawn=True)
    assert told == in_html(html_of(document))
    assert told == in_docx(docx_of(document))
    assert pieces(document) == in_markdown(markdown_of(document))
    assert letters(pieces(document, between="", named="")) == letters([text_of(document)])
