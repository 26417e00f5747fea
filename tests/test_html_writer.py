"""A page of HTML: complete in itself, strict, with headings in order, readable by day, by night and on paper."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings

from advisor.papers.document import Document, Heading, Item, Subheading, Table, Title
from advisor.papers.html_writer import html_of
from advisor.papers.page_style import STYLE
from advisor.papers.paper import Paper
from contrast import contrast
from paper_texts import documents, page_of

HOSTILE = '</title></style></svg><script>alert(1)</script><img src=x onerror="x">&amp;\x00\u202e\ufffe'
MANY = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@MANY
@given(documents())
def test_a_page_loads_and_runs_nothing(document: Document) -> None:
    page = page_of(html_of(document))

    names = {element.tag.rpartition("}")[2] for element in page.iter()}
    assert not names & {"script", "link", "img", "iframe", "object", "embed", "form", "a", "base", "image", "use"}
    attributes = {name for element in page.iter() for name in element.attrib}
    assert not {name for name in attributes if name.startswith("on") or name in ("src", "href", "action")}
    assert "url(" not in STYLE
    assert "@import" not in STYLE


@MANY
@given(documents())
def test_no_level_of_headings_is_left_out_and_no_id_stands_twice(document: Document) -> None:
    page = page_of(html_of(document))

    levels = [int(element.tag[1]) for element in page.iter() if re.fullmatch("h[1-6]", element.tag)]
    assert 1 == levels[0]
    assert all(below <= above + 1 for above, below in pairwise(levels))
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))


def test_whatever_stands_in_a_text_stays_a_text() -> None:
    paper = Paper("id")
    paper.title(HOSTILE)
    paper.subheading(HOSTILE, HOSTILE, HOSTILE)
    paper.bullet(HOSTILE, HOSTILE, mark="!")
    paper.table([HOSTILE], [[HOSTILE]])
    paper.verbatim([HOSTILE])

    text = html_of(paper.document)
    assert not [element for element in page_of(text).iter() if element.tag in ("script", "img")]
    assert r"\x00\u202e\ufffe" in text


def test_ten_thousand_letters_arrive() -> None:
    paper = Paper("id")
    paper.paragraph("a" * 10_000)

    assert "a" * 10_000 in html_of(paper.document)


def test_a_document_without_a_title_has_one_all_the_same() -> None:
    text = html_of(Document("en", (Heading("What is asked"),)))

    assert "<title>What is asked</title>" in text
    assert "<h1>Advisor on cooperation between regions</h1>\n<h2>What is asked</h2>" in text
    assert "<title>Penasihat kerja sama antardaerah</title>" in html_of(Document("id", ()))


def test_the_language_of_the_page_is_said() -> None:
    assert '<html lang="id">' in html_of(Document("id", ()))
    assert '<html lang="en">' in html_of(Document("en", ()))


def test_lists_stand_in_each_other() -> None:
    blocks = (Item("a", indent=2), Item("b", "PP", indent=5), Item("c", indent=2, mark="1."))
    text = html_of(Document("id", (Title("T"), *blocks))).replace("\n", "")

    assert (
        '<ul><li>a<ul><li>b <span class="source">[PP]</span></li></ul></li>'
        '<li class="marked"><span class="mark">1.</span> c</li></ul>'
    ) in text


def test_cells_that_name_a_row_or_a_column_say_so_and_empty_ones_do_not() -> None:
    text = html_of(Document("id", (Table(("", "b"), (("c", "d"), ("", "e"))),)))

    assert '<tr><td></td><th scope="col">b</th></tr>' in text
    assert '<tr><th scope="row">c</th><td>d</td></tr>' in text
    assert "<tr><td></td><td>e</td></tr>" in text


def test_an_annex_begins_on_a_new_page() -> None:
    assert '<h1 class="annex">Lampiran</h1>' in html_of(Document("id", (Title("Lampiran", annex=True),)))
    assert "h1.annex { break-before: page" in STYLE


def test_a_name_below_a_title_is_one_level_below_it() -> None:
    assert "<h2>Bentuk</h2>" in html_of(Document("id", (Title("T"), Subheading("Bentuk"))))


@pytest.mark.parametrize("place", [r":root \{", r"scheme: dark\) \{ :root \{", r"media print \{ :root \{"])
def test_every_colour_of_a_text_stands_out_from_the_page(place: str) -> None:
    # The three places in which colours are given: by day, by night, on paper.
    (found,) = re.findall(rf"(?m){place}([^}}]*)\}}", STYLE)[:1]
    colours = dict(re.findall(r"--([a-z]+): (#[0-9a-f]+)", found))

    texts = {"ink", "quiet", "strong", "warning", "good", "bad"}
    assert texts | {"paper", "line"} == set(colours)
    assert all(contrast(colours[name], colours["paper"]) >= 4.5 for name in texts)
    assert contrast(colours["line"], colours["paper"]) >= 3
