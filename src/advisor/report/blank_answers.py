"""A blank answers file to fill in: every question with its hint and its options as comments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from textwrap import wrap
from typing import Final, TextIO

from advisor.knowledge.library import Library
from advisor.knowledge.question import Question
from advisor.report.wording import Wording
from advisor.text import Language
from advisor.understanding.reading import UNKNOWN

WIDTH: Final = 110


def write_blank_answers(library: Library, language: Language, stream: TextIO) -> None:
    """Write an answers file in which every question is unknown and today is the day of signing.

    It can be used as it stands. Texts are in `language`; what is filled in may be in either.
    """
    wording = Wording(library, language)
    lines = [
        *_comment(wording.say("blank.head")),
        "",
        *(f"# {line}" for line in wording.say("blank.examples").splitlines()),
        "",
        *_comment(wording.say("blank.day")),
        f"as_of: {date.today().isoformat()}",
        "answers:",
    ]
    for topic in library.topics:
        lines += ["", f"  # == {wording.text(topic.title)} =="]
        for question in topic.questions:
            lines += ["", *_question(question, wording), f"  {question.id}: {UNKNOWN}"]
    stream.write("\n".join(lines) + "\n")


def _question(question: Question, wording: Wording) -> Iterator[str]:
    """Yield what is asked, and what may stand behind the colon, as comments."""
    yield from _comment(wording.text(question.text), 2)
    if question.hint is not None:
        yield from _comment(wording.text(question.hint), 4)
    for line in _possible(question, wording):
        yield from _comment(line, 4)


def _possible(question: Question, wording: Wording) -> Iterator[str]:
    match question.type:
        case "number":
            low, high = question.bounds
            number = wording.say("answer.number_range", low=low, high=high)
            yield f"{number} {wording.unit(question)}".rstrip()
        case "yes_no":
            yield wording.say("blank.yes_or_no")
        case "choices":
            yield wording.say("blank.several")
    for option in question.options:
        yield f"{option.id} – {wording.text(option.label)}"


def _comment(text: str, indent: int = 0) -> list[str]:
    """Return a text as lines of comment; from an indent of four on, set off behind the sign."""
    start = "  # " + " " * (indent - 2) if indent else "# "
    return wrap(text, WIDTH, initial_indent=start, subsequent_indent=start, break_on_hyphens=False)
