"""Markdown: lists within lists, numbers that a reader counts alike, tables, lines that are shown as they are."""

from __future__ import annotations

import pytest

from advisor.papers.document import Document, Item
from advisor.papers.markdown_writer import markdown_of
from advisor.papers.paper import Paper
from paper_texts import in_markdown


def _items(*items: tuple[str, int]) -> str:
    paper = Paper("id")
    for mark, indent in items:
        paper.bullet("a", indent=indent, mark=mark)
    return markdown_of(paper.document)


def test_an_item_that_stands_in_is_in_the_list_of_the_one_before() -> None:
    assert "- a\n  - → a\n    - a\n- a\n" == _items(("•", 3), ("→", 5), ("•", 9), ("•", 3))


def test_what_stands_in_a_numbered_item_stands_in_behind_its_number() -> None:
    assert "9. a\n   - a\n10. a\n    - a\n" == _items(("9.", 2), ("•", 5), ("10.", 2), ("•", 5))


def test_a_list_that_begins_anew_is_another_list() -> None:
    # A reader of Markdown counts by itself as long as the sign behind the number is the same.
    assert "1. a\n2. a\n1) a\n2) a\n1. a\n" == _items(("1.", 2), ("2.", 2), ("1.", 2), ("2.", 2), ("1.", 2))


def test_a_number_that_no_reader_would_count_stands_in_the_text() -> None:
    assert "1. a\n- 5\\. a\n" == _items(("1.", 2), ("5.", 2))


@pytest.mark.parametrize("indent", [2, 3, 4, 8, 20])
def test_a_list_that_stands_in_is_no_code(indent: int) -> None:
    assert "- a\n" == _items(("•", indent))


def test_no_heading_is_left_out() -> None:
    paper = Paper("id")
    paper.title("T")
    paper.subheading("S")
    paper.heading("H")
    paper.subheading("S")
    paper.annex("T")
    paper.subheading("S")

    assert "# T\n\n## S\n\n## H\n\n### S\n\n# T\n\n## S\n" == markdown_of(paper.document)


def test_a_table_keeps_its_bars_and_its_empty_cells() -> None:
    paper = Paper("id")
    paper.table(["", "a|b"], [["\\|", ""]])

    assert "|  | a\\|b |\n| --- | --- |\n| \\\\\\| |  |\n" == markdown_of(paper.document)


def test_lines_are_shown_as_they_are_whatever_fences_stand_in_them() -> None:
    paper = Paper("id")
    paper.verbatim(["# a", "````", "  b"])

    assert "`````\n# a\n````\n  b\n`````\n" == markdown_of(paper.document)


def test_pairs_behind_a_list_are_no_items_of_it() -> None:
    paper = Paper("id")
    paper.bullet("a")
    paper.pairs([("Operator", "dinas")])

    assert "- a\n\n* **Operator**: dinas\n" == markdown_of(paper.document)


@pytest.mark.parametrize("text", ["# x", "- x", "1. x", "|", "`x`", "<b>x</b>", "    x", "***", "x  ", "\u00a0x"])
def test_a_text_that_looks_like_markdown_is_a_text_wherever_it_stands(text: str) -> None:
    paper = Paper("id")
    paper.paragraph(text)
    paper.paragraph(text, tone="strong")
    paper.bullet(text)
    paper.pairs([(text, text)])

    clean = text.strip()
    assert [clean, clean, clean, f"{clean}: {clean}"] == in_markdown(markdown_of(paper.document))


def test_a_document_without_blocks_is_empty() -> None:
    assert "\n" == markdown_of(Document("id", ()))
    assert "- \n" == markdown_of(Document("id", (Item(""),)))
