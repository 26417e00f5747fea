"""Writing answers as a file that `advise` takes."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

import yaml

from advisor.interview.interview import Interview
from advisor.interview.session import Session, written_answers, written_parties
from advisor.output import opened


def write_answers(session: Session, stream: TextIO, *, day: bool = True) -> None:
    """Write answers by question, unknown ones included, what was handed through, and the day where it is known."""
    data: dict[str, object] = {
        "title": session.title,
        "id": session.id,
        "as_of": session.as_of if day else None,
        "parties": written_parties(session.parties),
        "notes": dict(session.notes),
    }
    said = {key: value for key, value in data.items() if value not in (None, "", [], {})}
    said["answers"] = written_answers(session.given)
    yaml.safe_dump(said, stream, sort_keys=False, allow_unicode=True, default_flow_style=None)


def write_answers_file(interview: Interview, path: Path) -> None:
    """Write the answers of an interview to `path`. Raises `CannotWriteError`."""
    with opened(path) as stream:
        write_answers(interview.session, stream, day=not interview.lacks_day)
