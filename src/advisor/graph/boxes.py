"""Drawing the box of a decision, and the panel of all questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from advisor.catalogue import say
from advisor.graph import svg
from advisor.graph.picture import DecisionBox, Mention, Picture, QuestionLine, StatementLine, TopicPanel
from advisor.graph.style import BODY, OPEN, OPEN_ON_DARK, PALE, PAPER, RULE, SMALL, TITLE, scheme_of
from advisor.graph.typesetting import Run, Style, wrapped
from advisor.text import Language

PAD: Final = 7.0
BULLET: Final = 8.0
"""How far a fact stands in."""
NUMBER: Final = 19.0
"""How far a question stands in, behind its number."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A group that begins at 0, 0, and how high it is."""

    group: Element
    height: float


def decision_box(box: DecisionBox, width: float, language: Language, *, of_case: bool) -> Drawing:
    """Return the box of a decision."""
    scheme = scheme_of(of_case=of_case, marked=box.marked)
    inner = width - 2 * PAD
    drawn = svg.group(f"decision:{box.id}")
    frame = svg.rectangle(drawn, 0, 0, width, 0, PAPER, 4)
    frame.attrib |= {"stroke": scheme.border, "stroke-width": f"{scheme.border_width}"}
    head = svg.place(drawn, svg.group(tooltip=box.details))
    back = svg.rectangle(head, 0.5, 0.5, width - 1, 0, scheme.tint, 4)
    y = svg.text(head, wrapped([Run(box.title, Style(TITLE, scheme.tint_ink, bold=True))], inner), PAD, 5)
    y = svg.text(head, wrapped([Run(box.note, Style(SMALL, scheme.tint_ink))], inner), PAD, y)
    svg.set_height(back, y + 5)
    y += 9
    for statement in box.statements:
        y = _add_statement(drawn, statement, width, y, of_case=of_case)
    if box.asks or box.uses:
        svg.rectangle(drawn, PAD, y + 3, inner, 0.6, RULE)
        y += 6
    for key, mentioned in (("graph.asks", box.asks), ("graph.uses", box.uses)):
        if mentioned:
            runs = _mentions(say(key, language), mentioned, of_case=of_case)
            y = svg.text(drawn, wrapped(runs, inner), PAD, y) + 2
    svg.set_height(frame, y + 5)
    return Drawing(drawn, y + 5)


def _add_statement(parent: Element, line: StatementLine, width: float, y: float, *, of_case: bool) -> float:
    """Add a row to a box and return where it ends."""
    scheme = scheme_of(of_case=of_case, marked=line.marked)
    row = svg.place(parent, svg.group(f"statement:{line.fact}", line.details))
    if line.rank == "fact":
        svg.rectangle(row, PAD, y + 6, 3, 3, scheme.ink if line.marked or not of_case else RULE)
        runs = _statement(line, scheme.ink, OPEN if of_case else scheme.ink)
        return svg.text(row, wrapped(runs, width - 2 * PAD - BULLET), PAD + BULLET, y + 1) + 3
    fill, ink, open_ink = scheme.tint, scheme.tint_ink, OPEN
    if line.rank == "headline":
        fill, ink, open_ink = scheme.headline, scheme.headline_ink, OPEN_ON_DARK if line.marked else OPEN
    back = svg.rectangle(row, 4, y, width - 8, 0, fill, 3)
    runs = _statement(line, ink, open_ink if of_case else ink, bold_label=not of_case)
    end = svg.text(row, wrapped(runs, width - 2 * PAD), PAD, y + 3)
    svg.set_height(back, end + 3 - y)
    return end + 5


def _statement(line: StatementLine, ink: str, open_ink: str, *, bold_label: bool = False) -> Iterator[Run]:
    """Yield what a statement says."""
    yield Run(line.label + (":" if line.value or line.open else ""), Style(BODY, ink, bold=bold_label))
    if line.value:
        bold = line.marked or line.rank != "fact"
        yield Run(line.value + (";" if line.open else ""), Style(BODY, ink, bold=bold))
    if line.open:
        yield Run(line.open, Style(BODY, open_ink))


def _mentions(title: str, mentions: Sequence[Mention], *, of_case: bool) -> Iterator[Run]:
    """Yield which questions a decision asks, or which decisions it uses."""
    yield Run(title, Style(SMALL, PALE))
    for place, mention in enumerate(mentions, 1):
        scheme = scheme_of(of_case=of_case, marked=mention.marked)
        label = mention.label + ("," if place < len(mentions) else "")
        if mention.number is None:
            yield Run(label, Style(SMALL, scheme.strong, bold=mention.marked))
        else:
            yield Run(f"{mention.number}", Style(SMALL, scheme.strong, bold=True), tied=True)
            yield Run(label, Style(SMALL, scheme.ink))


def question_panel(picture: Picture, width: float) -> Drawing:
    """Return the panel of all questions, by topic."""
    drawn = svg.group()
    y = 0.0
    for topic in picture.topics:
        y = _add_topic(drawn, topic, width, y, of_case=picture.of_case) + 8
    return Drawing(drawn, y - 8)


def _add_topic(parent: Element, topic: TopicPanel, width: float, y: float, *, of_case: bool) -> float:
    scheme = scheme_of(of_case=of_case, marked=True)
    title = Run(topic.title, Style(TITLE, scheme.tint_ink, bold=True))
    back = svg.rectangle(parent, 0, y, width, 0, scheme.tint, 3)
    end = svg.text(parent, wrapped([title], width - 2 * PAD), PAD, y + 3)
    svg.set_height(back, end + 3 - y)
    y = end + 7
    for line in topic.lines:
        y = _add_question(parent, line, width, y, of_case=of_case)
    return y


def _add_question(parent: Element, line: QuestionLine, width: float, y: float, *, of_case: bool) -> float:
    scheme = scheme_of(of_case=of_case, marked=line.marked)
    row = svg.place(parent, svg.group(f"question:{line.id}", line.details))
    number = Run(f"{line.number}", Style(BODY, scheme.strong, bold=True))
    svg.text(row, wrapped([number], NUMBER), PAD, y)
    answer_style = Style(BODY, scheme.ink if line.answered else OPEN, bold=line.answered and line.marked)
    runs = [
        Run(line.label + (":" if line.answer else ""), Style(BODY, scheme.ink)),
        Run(line.answer, answer_style),
    ]
    return svg.text(row, wrapped(runs, width - 2 * PAD - NUMBER), PAD + NUMBER, y) + 2.5
