"""Writing a session as an answers file that `advise` takes."""

from __future__ import annotations

from pathlib import Path

import yaml

from advisor.interview.session import Session
from advisor.output import opened


def write_answers_file(session: Session, path: Path) -> None:
    """Write the answers, unknown ones included, to `path`. Raises `CannotWriteError`."""
    answers = {q: list(a) if isinstance(a, tuple) else a for q, a in session.given.items()}
    data: dict[str, object] = {"title": session.title} if session.title else {}
    data |= {"as_of": session.as_of, "answers": answers}
    with opened(path) as stream:
        yaml.safe_dump(data, stream, sort_keys=False, allow_unicode=True, default_flow_style=None)
