"""Sessions on disk: every answer is written before the next question shows, and nothing is ever half written."""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from platformdirs import user_data_path

from advisor.inference.case import CaseReader, Party
from advisor.interview.session import UNKNOWN, Session, written_answers, written_parties
from advisor.problem import AnswersError, InputError, Problem, place_of

APPLICATION = "kerjasama-advisor"
SCHEMA = "session/1"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _.-]{0,60}")


class SessionInUseError(Exception):
    """Another program has the session open."""


@dataclass(frozen=True)
class Saved:
    """A session as it lies on disk: its name, when it was saved, and under which knowledge."""

    name: str
    session: Session
    saved: datetime
    knowledge: str
    questions: tuple[str, ...]
    stage: str = "headline"


@dataclass(frozen=True)
class Opened:
    """A session read back: what was dropped because it no longer exists, and which questions are new."""

    saved: Saved
    session: Session
    gone: tuple[str, ...]
    new: tuple[str, ...]


class SessionStore:
    """Keeps sessions in one folder, a file each."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder if folder is not None else user_data_path(APPLICATION) / "sessions"

    def save(self, saved: Saved) -> Path:
        """Write a session; the file is replaced whole or not at all. Raises OSError where that fails."""
        self.folder.mkdir(parents=True, exist_ok=True)
        data = {
            "schema": SCHEMA,
            "name": saved.name,
            "saved": saved.saved.isoformat(timespec="seconds"),
            "knowledge": saved.knowledge,
            "questions": list(saved.questions),
            "stage": saved.stage,
            "title": saved.session.title,
            "as_of": saved.session.as_of.isoformat(),
            "assumed_day": saved.session.assumed_day,
            "id": saved.session.id,
            "parties": written_parties(saved.session.parties),
            "notes": dict(saved.session.notes),
            "given": written_answers(saved.session.given),
        }
        target = self._path(saved.name)
        handle, temporary = tempfile.mkstemp(dir=self.folder, prefix=".", suffix=".part")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                json.dump(data, stream, ensure_ascii=False, indent=1)
                stream.flush()
                os.fsync(stream.fileno())
            Path(temporary).replace(target)
        finally:
            Path(temporary).unlink(missing_ok=True)
        return target

    def open(self, name: str, reader: CaseReader) -> Opened:
        """Read a session back and fit it to the knowledge of today. Raises `AnswersError`."""
        saved = self._read(self._path(name))
        gone: list[str] = []
        notes = {question: text for question, text in saved.session.notes.items() if question in reader.domains}
        session = replace(saved.session, given={}, notes=notes)
        for question, answer in saved.session.given.items():
            if question not in reader.domains:
                gone.append(question)
                continue
            if answer == UNKNOWN:
                session = session.answered(question, UNKNOWN)
                continue
            answers = written_answers({**session.known, question: answer})
            try:
                case = reader.data({"as_of": session.as_of, "answers": answers}, name)
            except AnswersError:
                gone.append(question)
                continue
            session = session.answered(question, case.answers[question])
        new = tuple(question for question in reader.domains if question not in saved.questions)
        return Opened(saved, session, tuple(gone), new)

    def all(self) -> tuple[Saved, ...]:
        """Return every readable session, the latest first."""
        found = []
        for path in sorted(self.folder.glob("*.json")) if self.folder.is_dir() else ():
            try:
                found.append(self._read(path))
            except InputError:
                continue
        return tuple(sorted(found, key=lambda saved: saved.saved, reverse=True))

    def named(self, name: str) -> str:
        """Return the name of the session that is called `name`, or whose title is `name`."""
        if NAME.fullmatch(name) and self._path(name).exists():
            return name
        titled = [saved.name for saved in self.all() if saved.session.title.casefold() == name.casefold()]
        return titled[0] if titled else name

    def free_name(self, day: date) -> str:
        """Return a name for a new session that no other has."""
        taken = {saved.name for saved in self.all()}
        number = 1
        while (name := f"{day.isoformat()}-{number}") in taken or self._path(name).exists():
            number += 1
        return name

    @contextmanager
    def held(self, name: str) -> Iterator[None]:
        """Hold a session so that no other program writes it. Raises `SessionInUseError`."""
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self._path(name).with_suffix(".lock"))
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise SessionInUseError(name) from error
        try:
            yield
        finally:
            lock.release()

    def _path(self, name: str) -> Path:
        if not NAME.fullmatch(name):
            raise AnswersError([Problem(place_of(name), "session.bad_name", {"name": name})])
        return self.folder / f"{name}.json"

    def _read(self, path: Path) -> Saved:
        try:
            data: Any = json.loads(path.read_text("utf-8"))
            given = {q: tuple(a) if isinstance(a, list) else a for q, a in data["given"].items()}
            # A session of an earlier version does not say it: the day may be one that nobody named.
            assumed = data.get("assumed_day", True) is True
            parties = tuple(Party(**party) for party in data.get("parties", ()))
            handed = (data.get("id"), parties, dict(data.get("notes", {})))
            session = Session(date.fromisoformat(data["as_of"]), given, data["title"], assumed, *handed)
            return Saved(
                name=data["name"],
                session=session,
                saved=datetime.fromisoformat(data["saved"]),
                knowledge=data["knowledge"],
                questions=tuple(data["questions"]),
                stage=data["stage"],
            )
        except FileNotFoundError as error:
            raise AnswersError([Problem(place_of("--resume"), "session.missing", {"name": path.stem})]) from error
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            values = {"reason": str(error)}
            raise AnswersError([Problem(place_of(path), "session.unreadable", values)]) from error
