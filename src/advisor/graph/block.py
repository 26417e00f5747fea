"""Setting the boxes of decisions and the panel of questions."""

from __future__ import annotations

from advisor.graph.measure import Run, Type, wrapped
from advisor.graph.palette import (
    BODY,
    LEADING,
    OPEN,
    OPEN_ON_DARK,
    PALE,
    PAPER,
    RULE,
    SMALL,
    TITLE,
    scheme_of,
)
from advisor.graph.picture import DecisionBox, Picture, QuestionLine, StatementLine, Words
from advisor.graph.shape import Block, Group, Rect, Shape, set_lines

PAD = 7.0
NUMBER = 19.0
"""The column in which the number of a question stands."""
BULLET = 8.0
"""How far a fact stands in."""


def decision_block(box: DecisionBox, words: Words, width: float, *, of_case: bool) -> Block:
    """Return the box of a decision."""
    scheme = scheme_of(of_case=of_case, marked=box.marked)
    inner = width - 2 * PAD
    title = wrapped([Run(box.title, Type(TITLE, scheme.header_ink, bold=True))], inner)
    note = wrapped([Run(box.note, Type(SMALL, scheme.header_ink))], inner)
    first, y = set_lines(title, PAD, 5, LEADING)
    second, y = set_lines(note, PAD, y, LEADING)
    head_end = y + 5
    head = Group((Rect(0, 0, width, head_end, fill=scheme.header, radius=4), *first, *second), box.details)
    shapes: list[Shape] = [head]
    y = head_end + 4
    for statement in box.statements:
        row, y = _statement(statement, width, y, of_case=of_case)
        shapes.append(row)
    footer = footer_runs(box, words, of_case=of_case)
    if footer:
        y += 3
        shapes.append(Rect(PAD, y, inner, 0.6, fill=RULE))
        y += 3
    for runs in footer:
        letters, y = set_lines(wrapped(runs, inner), PAD, y, LEADING)
        shapes += letters
        y += 2
    height = y + 5
    frame = Rect(0, 0, width, height, fill=PAPER, radius=4)
    border = Rect(0, 0, width, height, stroke=scheme.border, line=scheme.border_line, radius=4)
    return Block(width, height, (Group((frame, *shapes, border), name=f"decision:{box.id}"),))


def _statement(line: StatementLine, width: float, y: float, *, of_case: bool) -> tuple[Group, float]:
    """Return a row of a box, and where it ends."""
    runs, fill = statement_runs(line, of_case=of_case)
    name = f"statement:{line.fact}"
    if line.rank == "fact":
        x = PAD + BULLET
        letters, end = set_lines(wrapped(runs, width - PAD - x), x, y + 1, LEADING)
        point = Rect(PAD, y + 6, 3, 3, fill=runs[0].type.colour if line.marked or not of_case else RULE)
        return Group((point, *letters), line.details, name), end + 3
    letters, end = set_lines(wrapped(runs, width - 2 * PAD), PAD, y + 3, LEADING)
    back = Rect(4, y, width - 8, end + 3 - y, fill=fill, radius=3)
    return Group((back, *letters), line.details, name), end + 5


def statement_runs(line: StatementLine, *, of_case: bool) -> tuple[list[Run], str]:
    """Return the text of a statement and what it stands on ("none" or a colour)."""
    scheme = scheme_of(of_case=of_case, marked=line.marked)
    ink, fill = {
        "fact": (scheme.ink, "none"),
        "conclusion": (scheme.conclusion_ink, scheme.conclusion),
        "headline": (scheme.headline_ink, scheme.headline),
    }[line.rank]
    concludes = line.rank != "fact"
    runs = [
        Run(line.label + (":" if line.value or line.open else ""), Type(BODY, ink, bold=concludes and not of_case))
    ]
    if line.value:
        runs.append(Run(line.value + (";" if line.open else ""), Type(BODY, ink, bold=line.marked or concludes)))
    if line.open:
        open_ink = ink if not of_case else OPEN_ON_DARK if line.rank == "headline" and line.marked else OPEN
        runs.append(Run(line.open, Type(BODY, open_ink)))
    return runs, fill


def footer_runs(box: DecisionBox, words: Words, *, of_case: bool) -> list[list[Run]]:
    """Return what stands under the statements: the questions asked, and what is used without a line."""
    found: list[list[Run]] = []
    if box.asks:
        runs = [Run(words.asks, Type(SMALL, PALE))]
        for asked in box.asks:
            scheme = scheme_of(of_case=of_case, marked=asked.marked)
            end = "" if asked is box.asks[-1] else ","
            runs.append(Run(f"{asked.number}", Type(SMALL, scheme.strong, bold=True), tied=True))
            runs.append(Run(asked.label + end, Type(SMALL, scheme.ink)))
        found.append(runs)
    if box.uses:
        runs = [Run(words.uses, Type(SMALL, PALE))]
        for used in box.uses:
            end = "" if used is box.uses[-1] else ","
            colour = scheme_of(of_case=of_case, marked=used.marked).strong
            runs.append(Run(used.label + end, Type(SMALL, colour, bold=used.marked)))
        found.append(runs)
    return found


def question_block(picture: Picture, width: float) -> Block:
    """Return the panel of all questions, by topic."""
    y = 0.0
    shapes: list[Shape] = []
    scheme = scheme_of(of_case=picture.of_case, marked=True)
    for topic in picture.topics:
        lines = wrapped([Run(topic.title, Type(TITLE, scheme.header_ink, bold=True))], width - 2 * PAD)
        letters, end = set_lines(lines, PAD, y + 3, LEADING)
        shapes.append(Group((Rect(0, y, width, end + 3 - y, fill=scheme.header, radius=3), *letters)))
        y = end + 7
        for question in topic.lines:
            row, y = _question(question, width, y, of_case=picture.of_case)
            shapes.append(row)
        y += 8
    return Block(width, y - 8, tuple(shapes))


def _question(line: QuestionLine, width: float, y: float, *, of_case: bool) -> tuple[Group, float]:
    number, runs = question_runs(line, of_case=of_case)
    first, _ = set_lines(wrapped([number], NUMBER), PAD, y, LEADING)
    letters, end = set_lines(wrapped(runs, width - 2 * PAD - NUMBER), PAD + NUMBER, y, LEADING)
    return Group((*first, *letters), line.details, f"question:{line.id}"), end + 2.5


def question_runs(line: QuestionLine, *, of_case: bool) -> tuple[Run, list[Run]]:
    """Return the number of a question, and its text with the answer."""
    scheme = scheme_of(of_case=of_case, marked=line.marked)
    runs = [Run(line.label + (":" if line.answer else ""), Type(BODY, scheme.ink))]
    if line.answer:
        colour = scheme.ink if line.answered else OPEN
        runs.append(Run(line.answer, Type(BODY, colour, bold=line.answered and line.marked)))
    return Run(f"{line.number}", Type(BODY, scheme.strong, bold=True), tied=True), runs
