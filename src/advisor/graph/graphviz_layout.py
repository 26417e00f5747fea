"""The picture laid out by Graphviz, where its Python package and its program `dot` are there."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from html import escape
from importlib.util import find_spec
from itertools import product
from operator import itemgetter
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree

from advisor.graph.block import decision_block, footer_runs, question_runs, statement_runs
from advisor.graph.columns import columns
from advisor.graph.flow import layers
from advisor.graph.measure import Piece, Run, Type, wrapped
from advisor.graph.palette import INK, OPEN, PALE, SMALL, TITLE, Scheme, scheme_of
from advisor.graph.picture import DecisionBox, Picture, QuestionLine, StatementLine
from advisor.graph.routes import thickness
from advisor.graph.svg import NAMESPACE, XLINK, clean, finished

if TYPE_CHECKING:
    from graphviz import Digraph

FONT: Final = "Arial"
WIDTHS: Final = (215.0, 195.0, 180.0)
"""How wide the text of a decision is, as it is tried."""
COLUMNS: Final = 6
GAP: Final = 20.0
ROOM: Final = 1000.0
PANEL: Final = 250.0
A3: Final = "16.5,11.7!"
SMALLEST: Final = 7.0
"""Points in which the smallest text is still read on paper."""
QUESTIONS: Final = "questions"
BACKSLASH: Final = "\u2216"
"""A sign that looks like a backslash and has no meaning for `dot`."""


class GraphvizFailedError(Exception):
    """`dot` could not lay the picture out."""


def is_available() -> bool:
    """Return whether both the Python package and the program are there."""
    return find_spec("graphviz") is not None and shutil.which("dot") is not None


def graphviz_svg(pictures: Iterable[Picture]) -> str:
    """Return the first picture that is readable on A3 (else the one that nearly is) as SVG, laid out by `dot`.

    Raises `GraphvizFailedError`.
    """
    found: list[tuple[float, ElementTree.Element]] = []
    for picture, width in product(pictures, WIDTHS):
        root = _laid_out(picture, width)
        found.append((_scale(root) * SMALL, root))
        if found[-1][0] >= SMALLEST:
            break
    _, best = max(found, key=itemgetter(0))
    ElementTree.register_namespace("", NAMESPACE)
    ElementTree.register_namespace("xlink", XLINK)
    return finished(best)


def _laid_out(picture: Picture, width: float) -> ElementTree.Element:
    from graphviz import CalledProcessError, ExecutableNotFound

    try:
        drawn = dot_graph(picture, width).pipe(format="svg", encoding="utf-8", quiet=True)
        # Written anew later: so it is without the reference to a DTD on the network.
        root = ElementTree.fromstring(drawn)  # noqa: S314 - what dot wrote a moment ago
    except (CalledProcessError, ExecutableNotFound, OSError, ElementTree.ParseError) as error:
        raise GraphvizFailedError(str(error)) from error
    title = root.find(f"{{{NAMESPACE}}}g/{{{NAMESPACE}}}title")
    if title is not None:
        title.text = clean(picture.title)
    return root


def _scale(root: ElementTree.Element) -> float:
    """Return by how much `dot` made the picture smaller."""
    group = root.find(f"{{{NAMESPACE}}}g")
    found = re.match(r"scale\(([0-9.]+)", group.get("transform", "") if group is not None else "")
    return float(found[1]) if found else 1.0


def dot_graph(picture: Picture, width: float) -> Digraph:
    """Return the picture for `dot`: a cluster for each decision, a line for each pair of them that is joined.

    `width` is that of the text in a cluster.
    """
    from graphviz import Digraph

    graph = Digraph("advisor")
    graph.attr(rankdir="LR", compound="true", size=A3, newrank="true", fontname=FONT, nodesep="0.16")
    graph.attr(ranksep="0.4", labelloc="t", labeljust="l", label=_header(picture), tooltip=" ", bgcolor="white")
    graph.attr("node", shape="plain", fontname=FONT, tooltip=" ")
    graph.attr("edge", arrowsize="0.7")
    names = {box.id: f"decision{number}" for number, box in enumerate(picture.boxes)}
    graph.node(QUESTIONS, label=_panel(picture))
    columns_of_boxes = _columns(picture, width)
    for box in picture.boxes:
        _add_decision(graph, names[box.id], box, picture, width)
        if box.id in columns_of_boxes[0]:
            graph.edge(QUESTIONS, names[box.id], style="invis")
    for column in columns_of_boxes:
        with graph.subgraph() as same:
            same.attr(rank="same")
            for name in column:
                same.node(names[name])
    for flow in picture.flows:
        colour = scheme_of(of_case=picture.of_case, marked=flow.marked).flow
        graph.edge(
            names[flow.source],
            names[flow.target],
            ltail=f"cluster_{names[flow.source]}",
            lhead=f"cluster_{names[flow.target]}",
            color=colour,
            penwidth=f"{thickness(flow.weight):.1f}",
            tooltip=_plain(flow.details),
        )
    return graph


def _columns(picture: Picture, width: float) -> list[list[str]]:
    """Return the decisions of each column: fewer than there are layers, so that the page has the shape of A3."""
    ids = [box.id for box in picture.boxes]
    pairs = [(flow.source, flow.target) for flow in picture.flows]
    layer = layers(ids, pairs, short=True)
    heights = {
        box.id: decision_block(box, picture.words, width, of_case=picture.of_case).height for box in picture.boxes
    }
    return columns(layer, pairs, heights, COLUMNS, GAP, ROOM)


def _add_decision(graph: Digraph, name: str, box: DecisionBox, picture: Picture, width: float) -> None:
    scheme = scheme_of(of_case=picture.of_case, marked=box.marked)
    with graph.subgraph(name=f"cluster_{name}") as cluster:
        cluster.attr(
            style="rounded,filled",
            fillcolor=scheme.header,
            color=scheme.border,
            penwidth=f"{scheme.border_line}",
            margin="6",
            labelloc="t",
            labeljust="l",
            label=f"<{_lines([Run(box.title, Type(TITLE, scheme.header_ink, bold=True))], width)}>",
            tooltip=_plain(box.details),
        )
        cluster.node(name, label=_box(box, scheme, picture, width), tooltip=_plain(_statement_details(box)))


def _statement_details(box: DecisionBox) -> str:
    return "\n\n".join(statement.details for statement in box.statements)


def _box(box: DecisionBox, scheme: Scheme, picture: Picture, width: float) -> str:
    rows = [_row(_lines([Run(box.note, Type(SMALL, scheme.header_ink))], width), scheme.header)]
    rows += [_statement_row(statement, width, of_case=picture.of_case) for statement in box.statements]
    rows += [
        _row(_lines(runs, width), "white") for runs in footer_runs(box, picture.words, of_case=picture.of_case)
    ]
    return _table(rows)


def _statement_row(line: StatementLine, width: float, *, of_case: bool) -> str:
    runs, fill = statement_runs(line, of_case=of_case)
    return _row(_lines(runs, width), "white" if fill == "none" else fill)


def _panel(picture: Picture) -> str:
    scheme = scheme_of(of_case=picture.of_case, marked=True)
    rows: list[str] = []
    for topic in picture.topics:
        title = [Run(topic.title, Type(TITLE, scheme.header_ink, bold=True))]
        rows.append(_row(_lines(title, PANEL), scheme.header))
        rows += [_row(_question(line, picture), "white") for line in topic.lines]
    return _table(rows)


def _question(line: QuestionLine, picture: Picture) -> str:
    number, runs = question_runs(line, of_case=picture.of_case)
    return _lines([number, *runs], PANEL)


def _header(picture: Picture) -> str:
    """Return the title, and what the colours and lines mean."""
    words, of_case = picture.words, picture.of_case
    on, off = scheme_of(of_case=of_case, marked=True), scheme_of(of_case=of_case, marked=False)
    legend = [
        _cell(f" {words.headline} ", on.headline_ink, on.headline),
        _cell(f" {words.conclusion} ", on.conclusion_ink, on.conclusion),
        _cell(f" {words.fact} ", on.ink, "white"),
    ]
    if of_case:
        legend += [
            _cell(f"→ {words.path}", on.flow, "white"),
            _cell(f"→ {words.off_path}", off.ink, "white"),
            _cell(words.open, OPEN, "white"),
        ]
    legend += [_cell(words.thickness, INK, "white"), _cell(f"7 {words.numbers}", on.strong, "white")]
    title = _lines([Run(picture.title, Type(24, INK, bold=True))], 4000)
    subtitle = _lines([Run(picture.subtitle, Type(TITLE, PALE))], 4000)
    hint = _lines([Run(words.hint, Type(SMALL, PALE))], 4000)
    rows = "".join(f'<TR><TD ALIGN="LEFT" COLSPAN="{len(legend)}">{text}</TD></TR>' for text in (title, subtitle))
    rows += f"<TR>{''.join(legend)}</TR>"
    rows += f'<TR><TD ALIGN="LEFT" COLSPAN="{len(legend)}">{hint}</TD></TR>'
    return f'<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="4" CELLPADDING="2">{rows}</TABLE>>'


def _cell(text: str, ink: str, fill: str) -> str:
    return f'<TD BGCOLOR="{fill}"><FONT POINT-SIZE="{SMALL}" COLOR="{ink}">{_escaped(text)}</FONT></TD>'


def _table(rows: Iterable[str]) -> str:
    return f'<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="1" CELLPADDING="1">{"".join(rows)}</TABLE>>'


def _row(text: str, fill: str) -> str:
    return f'<TR><TD ALIGN="LEFT" BALIGN="LEFT" BGCOLOR="{fill}">{text}</TD></TR>'


def _lines(runs: Iterable[Run], width: float) -> str:
    """Return runs in the language of Graphviz' labels, broken into lines."""
    lines = [" ".join(map(_piece, line)) for line in wrapped(runs, width)]
    return '<BR ALIGN="LEFT"/>'.join(lines) + ('<BR ALIGN="LEFT"/>' if len(lines) > 1 else "")


def _piece(piece: Piece) -> str:
    text = _escaped(piece.text)
    if piece.type.bold:
        text = f"<B>{text}</B>"
    return f'<FONT POINT-SIZE="{piece.type.size}" COLOR="{piece.type.colour}">{text}</FONT>'


def _plain(text: str) -> str:
    """Return a text for a tooltip, in which nothing has a meaning for Graphviz."""
    from graphviz import nohtml

    return str(nohtml(_escaped(text)))


def _escaped(text: str) -> str:
    """Return a text without markup, and without the backslashes with which `dot` puts in names of its own."""
    # How often a backslash must be doubled depends on where it stands and on the version of `dot`.
    return escape(clean(text).replace("\\", BACKSLASH))
