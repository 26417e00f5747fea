"""Writing answers as a file that `advise` takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TextIO

import yaml

from advisor.inference.case import Party
from advisor.interview.interview import Interview
from advisor.interview.session import written_answers
from advisor.output import opened


def write_answers(
    as_of: date | None,
    answers: Mapping[str, object],
    stream: TextIO,
    title: str = "",
    parties: Iterable[Party] = (),
    notes: Mapping[str, str] | None = None,
) -> None:
    """Write answers by question, unknown ones included; day, title, parties and notes where there are any."""
    data: dict[str, object] = {"title": title} if title else {}
    data |= {"as_of": as_of} if as_of else {}
    named = [{key: text for key, text in asdict(party).items() if text} for party in parties]
    data |= {"parties": named} if named else {}
    data |= {"answers": written_answers(answers)}
    data |= {"notes": dict(notes)} if notes else {}
    yaml.safe_dump(data, stream, sort_keys=False, allow_unicode=True, default_flow_style=None)


def write_answers_file(interview: Interview, path: Path) -> None:
    """Write the answers of an interview to `path`. Raises `CannotWriteError`."""
    session = interview.session
    with opened(path) as stream:
        day = None if interview.lacks_day else session.as_of
        write_answers(day, session.given, stream, session.title, session.parties, session.notes)
