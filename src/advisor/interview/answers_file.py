"""Writing answers as a file that `advise` takes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TextIO

import yaml

from advisor.interview.interview import Interview
from advisor.interview.session import written_answers
from advisor.output import opened


def write_answers(as_of: date | None, answers: Mapping[str, object], stream: TextIO, title: str = "") -> None:
    """Write answers by question, unknown ones included, and the day of signing where it is known."""
    data: dict[str, object] = {"title": title} if title else {}
    data |= {"as_of": as_of} if as_of else {}
    data |= {"answers": written_answers(answers)}
    yaml.safe_dump(data, stream, sort_keys=False, allow_unicode=True, default_flow_style=None)


def write_answers_file(interview: Interview, path: Path) -> None:
    """Write the answers of an interview to `path`. Raises `CannotWriteError`."""
    session = interview.session
    with opened(path) as stream:
        write_answers(None if interview.lacks_day else session.as_of, session.given, stream, session.title)
