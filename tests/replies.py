"""The table of typed replies, and what becomes of a reply on each way into the program."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml
from prompt_toolkit.input import Input
from prompt_toolkit.output import Output

from advisor.explain.what_if import OPTION, read_changes
from advisor.inference.case import Case, CaseReader
from advisor.interview.interview import Interview
from advisor.interview.interviewer import Interviewer
from advisor.interview.session import Session
from advisor.interview.turn import Stage, Turn
from advisor.knowledge_base import Knowledge
from advisor.problem import AnswersError
from advisor.report.wording import Wording
from advisor.terminal.answer_screen import AnswerScreen
from advisor.terminal.interview_screen import InterviewScreen
from advisor.terminal.plain_interview import PlainInterview
from advisor.terminal.shell import Shell
from advisor.understanding.reading import UNKNOWN, Answer
from driver import Driver, driven

TABLE = Path(__file__).parent / "replies.yaml"
DAY_OF_SIGNING = "as_of"
DAY = date(2024, 5, 31)
SMALL = (60, 20)
"""The columns and rows of a terminal that is drawn quickly."""
MOST_KEYS = 5
"""What is longer is pasted."""


@dataclass(frozen=True)
class Row:
    """A text typed at a question, and what is meant by it: an answer, one of several, a command, or none of these.

    `never`: it is understood, and can be the answer in no case. `listed`: it needs the numbers of the list.
    """

    question: str
    text: str
    means: Answer | date | None = None
    asks: tuple[str, ...] = ()
    command: str = ""
    never: bool = False
    listed: bool = False

    @property
    def stored(self) -> Answer | date | None:
        """What is stored of it."""
        return None if self.never else self.means

    @property
    def is_asked_back(self) -> bool:
        """Whether nothing is done because of it."""
        return self.means is None and not self.command

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return len(self.text.strip().splitlines())


@dataclass(frozen=True)
class Heard:
    """What became of a reply: what was stored, and what was said."""

    row: Row
    stored: Answer | date | None
    said: str


class Remembering(Interviewer):
    """An interviewer that works out what follows from the same answers once."""

    def __init__(self, knowledge: Knowledge) -> None:
        super().__init__(knowledge)
        self._turns: dict[object, Turn] = {}

    def turn(self, session: Session, stage: Stage = "headline") -> Turn:
        key = (session.as_of, tuple(session.given.items()), stage)
        if key not in self._turns:
            self._turns[key] = super().turn(session, stage)
        return replace(self._turns[key], session=session)


def read_table() -> tuple[Row, ...]:
    """Return the rows of the table."""
    return tuple(map(_row, yaml.load(TABLE.read_text("utf-8"), Loader=yaml.CSafeLoader)["replies"]))


def _row(row: dict[str, Any]) -> Row:
    means = row.get("means")
    return Row(
        row["question"],
        row["text"],
        tuple(means) if isinstance(means, list) else means,
        tuple(row.get("asks", ())),
        row.get("command", ""),
        row.get("never", False),
        row.get("via") == "plain",
    )


def by_question(rows: Iterable[Row]) -> Iterator[tuple[str, list[Row]]]:
    """Yield the questions, each with its rows."""
    for question, found in groupby(sorted(rows, key=lambda row: row.question), key=lambda row: row.question):
        yield question, list(found)


def interview_at(interviewer: Interviewer, question: str) -> Interview:
    """Return an interview that asks a question (or the first one, for the day) while nothing is known.

    Where it would not ask it then, it looks at the answer to it again, which is that it is not known.
    """
    answered = Session(DAY, dict.fromkeys(interviewer.library.questions, UNKNOWN))
    stages: tuple[Stage, ...] = ("headline", "diagnosis")
    for stage in stages:
        interview = Interview(interviewer, answered.without(question), "coba", lambda saved: None, stage)
        if question in (interview.question, DAY_OF_SIGNING):
            return interview
    interview = Interview(interviewer, answered, "coba", lambda saved: None)
    interview.go_to(question)
    return interview


def _together(rows: Sequence[Row]) -> list[list[Row]]:
    """Return the rows to be tried in one interview: all that are not taken, and each of the others alone.

    So is one of which a single option is asked whether it is meant: what follows would be the answer to that.
    """
    asked_back = [row for row in rows if row.is_asked_back and len(row.asks) != 1]
    return [asked_back, *([row] for row in rows if row not in asked_back)]


# -- plain mode ---------------------------------------------------------------------------------------------


class _Typist(io.StringIO):
    """Types lines, each when it is asked for one, until one is taken; and notes what was written to each."""

    def __init__(self, interview: Interview, lines: Sequence[str], target: io.StringIO) -> None:
        super().__init__()
        self.interview = interview
        self.before = interview.session
        self.lines = iter(lines)
        self.target = target
        self.said: list[str] = []

    def readline(self, size: int | None = -1, /) -> str:
        self.said.append(self.target.getvalue())
        self.target.seek(0)
        self.target.truncate()
        return next(self.lines, "") if self.interview.session is self.before else ""


def heard_in_plain_mode(interviewer: Interviewer, rows: Iterable[Row]) -> Iterator[Heard]:
    """Yield what becomes of rows that are typed as a line each; what is not taken is typed in one interview."""
    for question, found in by_question(row for row in rows if row.lines < 2):
        for together in _together(found):
            interview = interview_at(interviewer, question)
            before = interview.session
            said = _talk(interview, together)
            stored = None if interview.session is before else _stored(interview.session, question)
            yield from (Heard(row, stored, words) for row, words in zip(together, said, strict=False))


def _talk(interview: Interview, rows: Sequence[Row]) -> list[str]:
    """Return what is said to each of the rows."""
    target = io.StringIO()
    typist = _Typist(interview, [_line(row) for row in rows], target)
    PlainInterview(interview, Wording(interview.interviewer.library, "id"), typist, target).run()
    return [*typist.said[1:], target.getvalue()][: len(rows)]


def _line(row: Row) -> str:
    before = "hari " if row.question == DAY_OF_SIGNING else ""
    return before + row.text.rstrip("\r\n") + "\n"


def _stored(session: Session, question: str) -> Answer | date | None:
    return session.as_of if question == DAY_OF_SIGNING else session.given.get(question)


# -- files and the command line -----------------------------------------------------------------------------


def heard_in_a_file(reader: CaseReader, rows: Iterable[Row]) -> Iterator[Heard]:
    """Yield what becomes of rows that stand in answers files."""
    for row in rows:
        day = row.text if row.question == DAY_OF_SIGNING else DAY.isoformat()
        answers = {} if row.question == DAY_OF_SIGNING else {row.question: row.text}
        raw = json.dumps({"as_of": day, "answers": answers}).encode()
        try:
            yield _read(row, reader.text(raw, "jawaban.json"))
        except AnswersError as error:
            yield _refused(row, error)


def heard_by_what_if(knowledge: Knowledge, rows: Iterable[Row]) -> Iterator[Heard]:
    """Yield what becomes of rows that are given to `--what-if`."""
    reader = CaseReader(knowledge.library, knowledge.rulebase)
    for row in rows:
        if row.question == DAY_OF_SIGNING:
            continue
        try:
            changes = read_changes([f"{row.question}={row.text}"], knowledge)
            yield _read(row, reader.data({"as_of": DAY, "answers": changes}, OPTION))
        except AnswersError as error:
            yield _refused(row, error)


def _read(row: Row, case: Case) -> Heard:
    stored = case.as_of if row.question == DAY_OF_SIGNING else case.answers.get(row.question, UNKNOWN)
    return Heard(row, stored, "")


def _refused(row: Row, error: AnswersError) -> Heard:
    return Heard(row, None, " ".join(problem.sentence("id") for problem in error.problems))


# -- the whole screen ---------------------------------------------------------------------------------------


def heard_on_the_screen(interviewer: Interviewer, rows: Iterable[Row]) -> Iterator[Heard]:
    """Yield what becomes of rows that are typed or pasted, and entered; twice where the screen asks for that.

    What is not taken is entered on one screen, and taken away again each time.
    """
    wording = Wording(interviewer.library, "id")

    def shell(interview: Interview, source: Input, target: Output) -> Shell:
        return Shell(lambda host: InterviewScreen(host, interview, wording), wording.say, source, target)

    for question, found in by_question(rows):
        for together in _together(found):
            interview = interview_at(interviewer, question)
            before = interview.session
            with driven(partial(shell, interview), *SMALL) as driver:
                for row in together:
                    said = _entered(driver, row, wording)
                    stored = None if interview.session is before else _stored(interview.session, question)
                    yield Heard(row, stored, said)


def _entered(driver: Driver, row: Row, wording: Wording) -> str:
    """Enter a row; return what is said to it."""
    shell = driver.shell
    if row.question == DAY_OF_SIGNING:
        driver.press("f6", "c-a", "c-k")
    if row.text.isprintable() and len(row.text) <= MOST_KEYS and "?" not in row.text:
        driver.press(*("space" if character == " " else character for character in row.text))
    else:
        driver.paste(row.text)
    driver.press("enter")
    if shell.message.startswith(wording.say("interview.marked", options="").partition(":")[0]):
        driver.press("enter")
    field = shell.screen.field
    wrong = field.wrong if field is not None else ""
    opened = driver.text if shell.screen is not shell.base else ""
    said = f"{opened} {wrong} {shell.message}".strip()
    while shell.screen is not shell.base:
        shell.close()
    if isinstance(shell.base, InterviewScreen) and isinstance(shell.base.shown, AnswerScreen):
        shell.base.shown.clear()
    return said
