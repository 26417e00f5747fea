"""Writing answers as a file that `advise` takes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TextIO

import yaml

from advisor.interview.session import Session, written_answers
from advisor.output import opened


def write_answers(as_of: date, answers: Mapping[str, object], stream: TextIO, title: str = "") -> None:
    """Write answers by question, unknown ones included, and the day of signing."""
    data: dict[str, object] = {"title": title} if title else {}
    data |= {"as_of": as_of, "answers": written_answers(answers)}
    yaml.safe_dump(data, stream, sort_keys=False, allow_unicode=True, default_flow_style=None)


def write_answers_file(session: Session, path: Path) -> None:
    """Write the answers of a session to `path`. Raises `CannotWriteError`."""
    with opened(path) as stream:
        write_answers(session.as_of, session.given, stream, session.title)
