"""What an interview can be written to: answers, advice, timetable, drafts, and what has to be found out."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from advisor.advice.advice import Advice
from advisor.inference.case import Case
from advisor.interview.answers_file import write_answers_file
from advisor.interview.interview import Interview
from advisor.knowledge_base import Knowledge
from advisor.output import CannotWriteError
from advisor.papers.formats import FORMATS, Format, named_format, write_document
from advisor.paths import below_home
from advisor.report.wording import Wording
from advisor.system_error import reason_of
from advisor.terminal.interview_texts import open_questions

LONGEST_STEM = 60
"""Of the name that is proposed for a file, in characters."""


Write = Callable[[Interview, Path, str, Wording], str]


@dataclass(frozen=True)
class Kind:
    """A kind of file: its label, with which its name ends, its ending, and what writes it to a path in a format.

    What writes it returns a sentence where there is nothing to write, else "". `formats` are those of which the
    ending of a name chooses one; where there are none, it chooses nothing.
    """

    label: str
    called: str
    ending: str
    write: Write
    formats: Collection[str] = ()

    def format_of(self, path: Path) -> str:
        """Return the format that a file of this name is to have, which may be none of `formats`."""
        named = named_format(path) if self.formats else None
        return named or named_format(Path(f"x{self.ending}")) or ""


def kinds(wording: Wording) -> tuple[Kind, ...]:
    """Return what can be written."""
    # Imported late: few interviews write an advice.
    from advisor.report.advice_formats import ENDINGS
    from advisor.report.timetable_formats import TIMETABLE_FORMATS

    say = wording.say
    advices = (
        Kind(say(f"interview.advice_as.{name}"), _called(name, wording), ending, _advice, tuple(ENDINGS))
        for name, ending in ENDINGS.items()
    )
    return (
        Kind(say("interview.file.answers"), "", ".yaml", _answers),
        *advices,
        Kind(
            say("interview.file.timetable"),
            say("interview.called.timetable"),
            ".docx",
            _timetable,
            TIMETABLE_FORMATS,
        ),
        Kind(say("interview.file.drafts"), say("interview.called.drafts"), "", _drafts),
        Kind(say("interview.file.wanted"), say("interview.called.wanted"), ".docx", _wanted, FORMATS),
    )


def _called(form: str, wording: Wording) -> str:
    return wording.say("interview.called.memo" if form == "docx" else "interview.called.advice")


def proposed_name(interview: Interview, kind: Kind) -> str:
    """Return a name for a file that is free."""
    stem = re.sub(r"[^\w-]+", "-", interview.session.title).strip("-_")[:LONGEST_STEM] or interview.name
    stem = f"{stem}-{kind.called}" if kind.called else stem
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
        missing = kind.write(interview, path, kind.format_of(path), wording)
    except CannotWriteError as error:
        return wording.say("cli.cannot_write", file=name, reason=error.reason)
    return missing or wording.say("interview.written", file=below_home(Path(name).absolute()))


def _answers(interview: Interview, path: Path, form: str, wording: Wording) -> str:
    write_answers_file(interview, path)
    return ""


def _advised(interview: Interview) -> tuple[Knowledge, Case, Advice]:
    """Return the advice on the answers so far, and what it rests on."""
    from advisor.advice.advising import advise

    interviewer = interview.interviewer
    case = interviewer.case(interview.session)
    return interviewer.knowledge, case, advise(interviewer.knowledge, case)


def _advice(interview: Interview, path: Path, form: str, wording: Wording) -> str:
    from advisor.report.advice_formats import write_advice

    knowledge, _, advice = _advised(interview)
    write_advice(knowledge, advice, wording.language, form, path)
    return ""


def _timetable(interview: Interview, path: Path, form: str, wording: Wording) -> str:
    from advisor.report.timetable_formats import write_timetable
    from advisor.timetable.schedule import timetable
    from advisor.timetable.working_days import CalendarEndsError

    knowledge, _, advice = _advised(interview)
    try:
        told = timetable(knowledge, advice)
    except CalendarEndsError as error:
        return wording.say("interview.no_calendar", first=error.first, last=error.last)
    if told is None:
        return wording.say("steps.no_timetable")
    write_timetable(knowledge, advice, told, wording.language, form, path)
    return ""


def _drafts(interview: Interview, path: Path, form: str, wording: Wording) -> str:
    """Write the drafts into a new folder."""
    from advisor.drafts.draft_files import write_drafts

    files = write_drafts(*_advised(interview), wording.language, path)
    if not files.written:
        return wording.say("draft.inadmissible" if files.inadmissible else "draft.none")
    return wording.say("interview.drafts_written", count=len(files.written), folder=below_home(path.absolute()))


def _wanted(interview: Interview, path: Path, form: str, wording: Wording) -> str:
    document = open_questions(interview.interviewer.knowledge, interview.turn, wording)
    write_document(document, cast("Format", form), path)
    return ""


def _exists(name: str) -> bool:
    try:
        return Path(name).exists()
    except (OSError, ValueError):
        return False
