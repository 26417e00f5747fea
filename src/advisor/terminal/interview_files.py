"""What an interview can be written to: its answers, the advice in each format, and what has to be found out."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from advisor.interview.answers_file import write_answers_file
from advisor.interview.interview import Interview
from advisor.output import CannotWriteError
from advisor.papers.formats import FORMATS, Format, named_format, write_document
from advisor.paths import below_home
from advisor.report.wording import Wording
from advisor.system_error import reason_of
from advisor.terminal.interview_texts import open_questions

LONGEST_STEM = 60
"""Of the name that is proposed for a file, in characters."""


@dataclass(frozen=True)
class Kind:
    """A kind of file: what it is called, the ending of its name, and what writes it to a path in a format.

    `formats` are those of which the ending of a name chooses one; where there are none, it chooses nothing.
    """

    label: str
    ending: str
    write: Callable[[Interview, Path, str, Wording], None]
    formats: Collection[str] = ()

    def format_of(self, path: Path) -> str:
        """Return the format that a file of this name is to have, which may be none of `formats`."""
        named = named_format(path) if self.formats else None
        return named or named_format(Path(f"x{self.ending}")) or ""


def kinds(wording: Wording) -> tuple[Kind, ...]:
    """Return what can be written."""
    from advisor.report.advice_formats import ENDINGS  # imported late: few interviews write an advice

    advices = (
        Kind(wording.say(f"interview.advice_as.{name}"), ending, _advice, tuple(ENDINGS))
        for name, ending in ENDINGS.items()
    )
    return (
        Kind(wording.say("interview.file.answers"), ".yaml", _answers),
        *advices,
        Kind(wording.say("interview.file.wanted"), ".docx", _wanted, FORMATS),
    )


def proposed_name(interview: Interview, kind: Kind) -> str:
    """Return a name for a file that is free."""
    stem = re.sub(r"[^\w-]+", "-", interview.session.title).strip("-_")[:LONGEST_STEM] or interview.name
    names = (f"{stem}{'' if number == 1 else f'-{number}'}{kind.ending}" for number in range(1, 1000))
    return next((name for name in names if not _exists(name)), f"{stem}{kind.ending}")


def refused_name(kind: Kind, name: str, wording: Wording) -> str:
    """Return why a file of this kind cannot have this name; "" where it can."""
    path = Path(name)
    form = kind.format_of(path)
    if kind.formats and form not in kind.formats:
        return wording.say("interview.no_such_format", form=form, formats=", ".join(kind.formats))
    try:
        if path.exists():
            return wording.say("interview.file_exists", file=name)
        if not path.parent.is_dir():
            return wording.say("interview.no_folder", folder=path.parent)
        return ""
    except (OSError, ValueError) as error:
        return wording.say("cli.cannot_write", file=name, reason=reason_of(error))


def write_file(interview: Interview, kind: Kind, name: str, wording: Wording) -> str:
    """Write a file, and return the sentence that says so, or why it could not be written."""
    name = name if Path(name).suffix else f"{name}{kind.ending}"
    refused = refused_name(kind, name, wording)
    if refused:
        return refused
    path = Path(name)
    try:
        kind.write(interview, path, kind.format_of(path), wording)
    except CannotWriteError as error:
        return wording.say("cli.cannot_write", file=name, reason=error.reason)
    return wording.say("interview.written", file=below_home(Path(name).absolute()))


def _answers(interview: Interview, path: Path, form: str, wording: Wording) -> None:
    write_answers_file(interview, path)


def _advice(interview: Interview, path: Path, form: str, wording: Wording) -> None:
    from advisor.advice.advising import advise
    from advisor.report.advice_formats import write_advice

    interviewer = interview.interviewer
    advice = advise(interviewer.knowledge, interviewer.case(interview.session))
    write_advice(interviewer.library, advice, wording.language, form, path)


def _wanted(interview: Interview, path: Path, form: str, wording: Wording) -> None:
    document = open_questions(interview.interviewer.knowledge, interview.turn, wording)
    write_document(document, cast("Format", form), path)


def _exists(name: str) -> bool:
    try:
        return Path(name).exists()
    except (OSError, ValueError):
        return False
