"""The letterhead of an office: its page, header, footer and styles stay, what its body says goes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from advisor.papers.document import Document, Heading, Item, Ladder, Pairs, Paragraph, Subheading, Title, Verbatim
from advisor.papers.docx_base import DOCX, DOTX, TYPES
from advisor.papers.docx_writer import docx_of
from advisor.problem import InputError, UsageError
from paper_texts import in_docx

DOCUMENT = Document(
    "id",
    (
        *(Title("Telaahan staf"), Heading("Persoalan"), Subheading("Bentuk", "badan", "terbuka")),
        *(
            Paragraph("Kalimat."),
            Item("butir", "PP", 2, "1."),
            Pairs((("Operator", "dinas"),)),
            Verbatim(("a: b",)),
        ),
        Ladder("Tangga", ("forum",), (("pegawai", ("no",)),)),
    ),
)
TEXTS = in_docx(docx_of(DOCUMENT))


@pytest.fixture
def letterhead(tmp_path: Path) -> Path:
    """A letterhead with text in its body, two sections, and a header and a style of its own."""
    document: Any = docx.Document()
    first = document.sections[0]
    first.page_width, first.page_height, first.left_margin = Cm(21.5), Cm(33), Cm(4)
    first.header.paragraphs[0].text = "PEMERINTAH KABUPATEN A"
    first.footer.paragraphs[0].text = "Jalan Merdeka 1"
    document.styles["Heading 1"].font.size = Pt(20)
    document.core_properties.author = "Bagian Kerja Sama"
    document.add_paragraph("Isi lama")
    document.add_table(1, 1).cell(0, 0).text = "Sel lama"
    second = document.add_section()
    second.header.is_linked_to_previous = False
    second.header.paragraphs[0].text = "LAMPIRAN"
    second.page_width, second.page_height = Cm(33), Cm(21.5)
    document.add_paragraph("Lampiran lama")
    path = tmp_path / "kop.docx"
    document.save(str(path))
    return path


def _opened(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def _changed(path: Path, name: str, old: bytes, new: bytes) -> Path:
    """Write a copy of a DOCX in which one of its files is another."""
    copy = path.with_name("lain.docx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(copy, "w") as target:
        for entry in source.namelist():
            content = source.read(entry)
            assert entry != name or old in content
            target.writestr(entry, content.replace(old, new) if entry == name else content)
    return copy


def test_page_header_footer_and_styles_of_the_letterhead_stay(letterhead: Path) -> None:
    document = _opened(docx_of(DOCUMENT, letterhead))

    (section,) = document.sections
    assert (21.5, 33, 4) == pytest.approx(
        (section.page_width.cm, section.page_height.cm, section.left_margin.cm), abs=0.01
    )
    assert "PEMERINTAH KABUPATEN A" == section.header.paragraphs[0].text
    assert "Jalan Merdeka 1" == section.footer.paragraphs[0].text
    assert Pt(20) == document.styles["Heading 1"].font.size
    assert "Bagian Kerja Sama" == document.core_properties.author
    assert "Telaahan staf" == document.core_properties.title


def test_the_body_of_the_letterhead_goes_and_the_document_comes(letterhead: Path) -> None:
    assert TEXTS == in_docx(docx_of(DOCUMENT, letterhead))


def test_with_a_letterhead_too_the_same_document_gives_the_same_bytes(letterhead: Path) -> None:
    assert docx_of(DOCUMENT, letterhead) == docx_of(DOCUMENT, letterhead)


def test_a_template_of_word_is_one_too(letterhead: Path) -> None:
    dotx = _changed(letterhead, TYPES, DOCX.encode(), DOTX.encode())

    assert TEXTS == in_docx(docx_of(DOCUMENT, dotx))


def test_styles_that_the_letterhead_lacks_are_added(tmp_path: Path) -> None:
    bare: Any = docx.Document()
    keep = ("Normal", "Default Paragraph Font", "Normal Table", "No List")
    for style in list(bare.styles):
        if style.name not in keep:
            style.delete()
    bare.save(str(tmp_path / "bare.docx"))

    document = _opened(docx_of(DOCUMENT, tmp_path / "bare.docx"))
    assert TEXTS == in_docx(docx_of(DOCUMENT, tmp_path / "bare.docx"))
    heading = document.styles["Heading 1"]
    assert heading.font.bold
    assert "0" == heading.element.pPr.find(qn("w:outlineLvl")).get(qn("w:val"))
    assert heading.paragraph_format.keep_with_next
    assert document.styles["Table Grid"].element.find(qn("w:tblPr")) is not None


def test_a_letterhead_of_another_program_whose_usual_paragraphs_are_called_otherwise_will_do(
    letterhead: Path,
) -> None:
    # Google Docs writes "normal".
    other = _changed(letterhead, "word/styles.xml", b'w:name w:val="Normal"', b'w:name w:val="normal"')

    assert TEXTS == in_docx(docx_of(DOCUMENT, other))


def test_a_letterhead_without_lists_gets_lists(letterhead: Path, tmp_path: Path) -> None:
    document: Any = docx.Document(str(letterhead))
    rels = document.part.rels
    for name in [name for name, rel in rels.items() if rel.reltype.endswith("/numbering")]:
        del rels[name]
    document.save(str(tmp_path / "ohne.docx"))

    assert "1. butir [PP]" in in_docx(docx_of(DOCUMENT, tmp_path / "ohne.docx"))


def test_a_picture_fits_the_page_of_the_letterhead(tmp_path: Path) -> None:
    wide: Any = docx.Document()
    section = wide.sections[0]
    section.page_width, section.page_height = Cm(29.7), Cm(15)
    wide.save(str(tmp_path / "wide.docx"))
    rows = tuple((f"syarat {number}", ("yes",)) for number in range(30))

    document = _opened(docx_of(Document("id", (Ladder("Tangga", ("forum",), rows),)), tmp_path / "wide.docx"))
    (shape,) = document.inline_shapes
    assert shape.height < section.page_height - section.top_margin - section.bottom_margin
    assert shape.width / shape.height == pytest.approx(760 / (30 * 28 + 30), rel=0.02)


@pytest.mark.parametrize(
    "content",
    [b"", b"no zip", b"%PDF-1.7", b"PK\x03\x04" + b"\0" * 100, b"PK\x05\x06" + b"\0" * 18],
    ids=["empty", "text", "pdf", "broken", "nothing in it"],
)
def test_what_is_no_docx_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "kop.docx"
    path.write_bytes(content)

    with pytest.raises(UsageError, match=r"kop\.docx: templat harus berupa berkas DOCX"):
        docx_of(DOCUMENT, path)


@pytest.mark.parametrize("name", ["word/document.xml", "[Content_Types].xml", "word/styles.xml"])
def test_a_docx_that_is_broken_inside_is_refused(name: str, letterhead: Path) -> None:
    with pytest.raises(UsageError, match="harus berupa berkas DOCX"):
        docx_of(DOCUMENT, _changed(letterhead, name, b">", b" "))


def test_a_zip_that_is_another_document_is_refused(letterhead: Path) -> None:
    sheet = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"

    with pytest.raises(UsageError, match="harus berupa berkas DOCX"):
        docx_of(DOCUMENT, _changed(letterhead, TYPES, DOCX.encode(), sheet))


def test_what_packs_to_nothing_does_not_fill_the_memory(letterhead: Path) -> None:
    with (
        zipfile.ZipFile(letterhead, "a", zipfile.ZIP_DEFLATED) as file,
        file.open("word/media/a.bmp", "w") as large,
    ):
        for _ in range(21):
            large.write(bytes(10_000_000))

    with pytest.raises(UsageError, match="harus berupa berkas DOCX"):
        docx_of(DOCUMENT, letterhead)


def test_a_letterhead_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        docx_of(DOCUMENT, tmp_path / "tidak.docx")

    assert "tidak.docx" in error.value.in_language("id")


def test_a_style_of_another_kind_is_named(letterhead: Path) -> None:
    document: Any = docx.Document(str(letterhead))
    document.styles.add_style("Advisor Source", WD_STYLE_TYPE.PARAGRAPH)
    document.save(str(letterhead))

    with pytest.raises(UsageError, match='gaya "Advisor Source"'):
        docx_of(DOCUMENT, letterhead)
