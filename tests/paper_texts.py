"""What a document says, and what is said in a file that was written of it: the same pieces of text, in their order.

A piece is a paragraph, an item with its mark, a row of a table, a line. Blanks count for nothing, and what is empty
is no piece. The mark "•" is no text: each format has its own.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree.ElementTree import Element

import docx
import html5lib
from docx.oxml.ns import qn
from docx.table import Table as DocxTable
from docx.text.paragraph import Paragraph as DocxParagraph
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from advisor.papers.document import (
    Bar,
    Block,
    Document,
    Gap,
    Grid,
    Heading,
    Item,
    Ladder,
    Pairs,
    Paragraph,
    Passage,
    Subheading,
    Table,
    Timeline,
    Title,
    Verbatim,
)
from advisor.papers.paper import Paper
from advisor.papers.pictures import caption_of, ladder_table, timeline_table, words_of
from advisor.text import Language

# -- what is in a document --------------------------------------------------------------------------------------


def pieces(document: Document, *, drawn: bool = False, between: str = " | ", named: str = ": ") -> list[str]:
    """Return what a document says; its pictures as tables, or where they are drawn, in words.

    `between` stands between the cells of a row, `named` behind a name and before what is said of it.
    """
    return _cleaned(
        piece for block in document.blocks for piece in _pieces(block, document.language, drawn, between, named)
    )


def _pieces(block: Block, language: Language, drawn: bool, between: str, named: str) -> Iterator[str]:
    match block:
        case Title(text) | Heading(text) | Paragraph(text):
            yield text
        case Subheading(text, value, note):
            yield text + (f": {value}" if value else "") + (f" ({note})" if note else "")
        case Item(text, source, _, mark):
            yield f"{'' if mark == '•' else mark} {text}" + (f" [{source}]" if source else "")
        case Pairs(rows):
            yield from (_row(row, named) for row in rows)
        case Table(headings, rows):
            yield from (_row(row, between) for row in ([headings, *rows] if rows else []))
        case Verbatim(lines):
            yield from lines
        case Ladder() | Timeline() if drawn:
            yield from (words_of(block, language), caption_of(block, language))
        case Ladder():
            yield caption_of(block, language)
            yield from _pieces(ladder_table(block, language), language, drawn, between, named)
        case Timeline():
            yield caption_of(block, language)
            yield from _pieces(timeline_table(block, language), language, drawn, between, named)
        case Passage(words, mark):
            yield f"{mark} {''.join(map(str, words))}"
        case Grid(_, grid_rows):
            for row in grid_rows:
                for cell in row:
                    for passage in cell:
                        yield from _pieces(passage, language, drawn, between, named)
        case Gap():
            pass


def letters(texts: Iterable[str]) -> str:
    """Return all letters, without blanks, bullets, and the lines and bars that a text is drawn with."""
    return re.sub(r"[\s•═─█]", "", "".join(texts))


def _cleaned(texts: Iterable[str]) -> list[str]:
    found = (re.sub(r"(?<=[\[(]) | (?=[\]):])", "", " ".join(text.split())) for text in texts)
    return [piece for piece in found if piece]


def _row(cells: Iterable[str], between: str) -> str:
    texts = [cell.strip() for cell in cells]
    return between.join(texts) if any(texts) else ""


# -- what is in a file ------------------------------------------------------------------------------------------


def in_markdown(text: str) -> list[str]:
    """Return what Markdown says to a reader of CommonMark with tables."""
    tree = SyntaxTreeNode(MarkdownIt("commonmark").enable("table").parse(text))
    return _cleaned(_in_node(tree))


def _in_node(node: SyntaxTreeNode) -> Iterator[str]:
    match node.type:
        case "inline":
            yield "".join(_in_inline(node))
        case "tr":
            yield _row(("".join(_in_node(cell)) for cell in node.children), " | ")
        case "fence":
            yield from node.content.splitlines()
        case "list_item":
            mark = f"{node.info}. " if node.info else ""
            first, *others = node.children or [None]
            if first is not None and first.type == "paragraph":
                yield mark + "".join(_in_node(first))
            else:
                yield mark
                yield from () if first is None else _in_node(first)
            for child in others:
                yield from _in_node(child)
        case "root" | "heading" | "paragraph" | "bullet_list" | "ordered_list" | "table" | "thead" | "tbody":
            for child in node.children:
                yield from _in_node(child)
        case "th" | "td":
            for child in node.children:
                yield from _in_node(child)
        case other:
            raise AssertionError(f"nothing in a text may mean anything, but there is: {other}")


def _in_inline(node: SyntaxTreeNode) -> Iterator[str]:
    for child in node.children:
        if child.type == "strong":
            yield from _in_inline(child)
        elif child.type == "text":
            yield child.content
        else:
            raise AssertionError(f"nothing in a text may mean anything, but there is: {child.type}")


def page_of(text: str) -> Element:
    """Return a page of HTML, read strictly."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    found: Element = parser.parse(text)
    return found


def in_html(text: str) -> list[str]:
    """Return what a page of HTML says; of a drawing, what it says to who cannot see it."""
    main = page_of(text).find("body/main")
    assert main is not None
    return _cleaned(_in_element(main))


def _in_element(element: Element) -> Iterator[str]:
    name = element.tag.rpartition("}")[2]
    if name in ("h1", "h2", "h3", "p", "figcaption"):
        yield "".join(element.itertext())
    elif name == "pre":
        yield from "".join(element.itertext()).splitlines()
    elif name == "svg":
        (title,) = (child for child in element if child.tag.endswith("title"))
        yield title.text or ""
    elif name == "tr":
        yield _row(("".join(cell.itertext()) for cell in element), " | ")
    elif name == "table" and element.get("class") == "pairs":
        yield from (_row(("".join(cell.itertext()) for cell in row), ": ") for row in element.iter("tr"))
    elif name == "table" and element.get("class") == "grid":
        for paragraph in element.iter("p"):
            yield from _in_element(paragraph)
    elif name == "li":
        yield (element.text or "") + "".join(_own_text(child) for child in element if child.tag != "ul")
        for child in element.findall("ul"):
            yield from _in_element(child)
    else:
        assert name in ("main", "ul", "table", "thead", "tbody", "figure", "div"), name
        for child in element:
            yield from _in_element(child)


def _own_text(element: Element) -> str:
    return "".join(element.itertext()) + (element.tail or "")


def in_docx(content: bytes) -> list[str]:
    """Return what the body of a DOCX says; of a picture, what it says to who cannot see it."""
    document = docx.Document(io.BytesIO(content))
    return _cleaned(_in_body(document))


def _in_body(document: Any) -> Iterator[str]:
    counted: dict[int, int] = {}
    for element in document.element.body:
        if element.tag == qn("w:p"):
            yield _in_paragraph(DocxParagraph(element, document), counted)
            for picture in element.iter(qn("wp:docPr")):
                yield picture.get("descr")
        elif element.tag == qn("w:tbl"):
            table = DocxTable(element, document)
            if table.style is None or table.style.name != "Table Grid":
                yield from (p.text for row in table.rows for cell in row.cells for p in cell.paragraphs)
            else:
                heads = list(element.iter(qn("w:tblHeader")))
                for row in table.rows:
                    yield _row((cell.text for cell in row.cells), " | " if heads else ": ")


def _in_paragraph(paragraph: DocxParagraph, counted: dict[int, int]) -> str:
    """Return the text of a paragraph behind the mark that Word gives it."""
    properties: Any = paragraph._p.pPr
    listed = None if properties is None else properties.numPr
    if listed is None:
        return paragraph.text
    document: Any = paragraph.part
    numbering = document.numbering_part.element
    number = listed.numId.val
    definition = next(one for one in numbering.iter(qn("w:num")) if one.numId == number).abstractNumId.val
    (abstract,) = (
        one for one in numbering.iter(qn("w:abstractNum")) if one.get(qn("w:abstractNumId")) == str(definition)
    )
    (level,) = (one for one in abstract.iter(qn("w:lvl")) if one.get(qn("w:ilvl")) == str(listed.ilvl.val))
    mark = level.find(qn("w:lvlText")).get(qn("w:val"))
    if level.find(qn("w:numFmt")).get(qn("w:val")) == "decimal":
        start = int(level.find(qn("w:start")).get(qn("w:val")))
        counted[number] = counted.get(number, start - 1) + 1
        mark = mark.replace(f"%{listed.ilvl.val + 1}", str(counted[number]))
    return f"{'' if mark == '•' else mark} {paragraph.text}"


# -- documents as nobody writes them ----------------------------------------------------------------------------

MEANING = (
    *("# x", "## ", "- x", "* x", "+ x", "1. x", "1) x", "> x", "```", "~~~", "---", "***", "===", "    x", "\\"),
    *("a|b", "|", "|---|", "`x`", "**x**", "_x_", "~x~", "[x](y)", "![x](y)", "[x]: y", "<b>x</b>", "<!-- x -->"),
    *("&amp;", "&", "<", "http://a.b/c?d=e&f=g", "a@b.id", "<https://a.b>", "x  ", "\\|", "x\\", "$x$", ":-", "x:"),
    *("العربية", "עברית 12", "🏘️👩‍👩‍👧", "東京", "é", "Pasal\u00a09", "co\u00adop", "\u202eevil", "\x00\x1b[1m"),
    *("\ufffe\uffff", "\ufdd0", "\ud800", "W" * 60, "i" * 120, "]]>", "{x}", "%1.", "{{", "\u2028", "a\nb", "a\tb"),
)
"""Texts that would mean something in one format or other, or break it."""

TEXTS = (
    st.sampled_from(MEANING)
    | st.lists(st.sampled_from(("kerja", "sama", "daerah", "Kabupaten", "A", *MEANING)), max_size=4).map(" ".join)
    | st.text(max_size=30)
)
WORDS = TEXTS.filter(lambda text: text.strip() != "")
INDENTS = st.integers(0, 12)
MARKS = st.sampled_from(("•", "•", "!", "→", "–", "?", "1.", "2.", "3.", "10."))
DAYS = st.dates()


@st.composite
def documents(draw: st.DrawFn, language: Language = "id") -> Document:
    """Draw a document of blocks of every kind, written on a paper."""
    paper = Paper(language)
    paper.title(draw(WORDS))
    writers = (_heading, _subheading, _paragraph, _items, _pairs, _table, _verbatim, _ladder, _timeline, _passages)
    for write in draw(st.lists(st.sampled_from(writers), max_size=6)):
        write(paper, draw)
    return paper.document


def _heading(paper: Paper, draw: st.DrawFn) -> None:
    draw(st.sampled_from((paper.heading, paper.annex)))(draw(WORDS))


def _subheading(paper: Paper, draw: st.DrawFn) -> None:
    paper.subheading(draw(WORDS), draw(st.just("") | WORDS), draw(st.just("") | WORDS))


def _paragraph(paper: Paper, draw: st.DrawFn) -> None:
    paper.paragraph(draw(TEXTS), draw(INDENTS), draw(st.sampled_from(("plain", "strong", "quiet", "good", "bad"))))
    if draw(st.booleans()):
        paper.blank()


def _items(paper: Paper, draw: st.DrawFn) -> None:
    for _ in range(draw(st.integers(1, 6))):
        paper.bullet(draw(WORDS), draw(st.just("") | WORDS), draw(INDENTS), draw(MARKS))


def _pairs(paper: Paper, draw: st.DrawFn) -> None:
    paper.pairs(draw(st.lists(st.tuples(TEXTS, TEXTS), max_size=3)), draw(INDENTS))


def _table(paper: Paper, draw: st.DrawFn) -> None:
    width = draw(st.integers(1, 5))
    rows = st.lists(TEXTS, min_size=width, max_size=width)
    paper.table(draw(rows), draw(st.lists(rows, max_size=4)), draw(INDENTS))


def _verbatim(paper: Paper, draw: st.DrawFn) -> None:
    paper.verbatim(draw(st.lists(TEXTS, max_size=3)), draw(INDENTS))


def _ladder(paper: Paper, draw: st.DrawFn) -> None:
    width = draw(st.integers(1, 7))
    states = st.tuples(*[st.sampled_from(("yes", "no", "open", "free"))] * width)
    rows = draw(st.lists(st.tuples(WORDS, states), max_size=3))
    columns = draw(st.tuples(*[WORDS] * width))
    chosen = draw(st.none() | st.integers(0, width - 1))
    paper.picture(Ladder(draw(WORDS), columns, tuple(rows), chosen))


def _timeline(paper: Paper, draw: st.DrawFn) -> None:
    bars = []
    for _ in range(draw(st.integers(0, 3))):
        first, last = sorted((draw(DAYS), draw(DAYS)))
        bars.append(Bar(draw(WORDS), first, last, draw(st.booleans())))
    paper.picture(Timeline(draw(WORDS), tuple(bars)))


def _passages(paper: Paper, draw: st.DrawFn) -> None:
    place, look = draw(st.sampled_from(("left", "justified", "centre", "right"))), draw(st.sampled_from(LOOKS))
    mark = draw(st.sampled_from(("", "a.", "(1)")))
    paper.passage(Passage((draw(WORDS),), mark, draw(INDENTS), place, look, draw(st.booleans())))


LOOKS = ("plain", "strong", "source", "notice")
