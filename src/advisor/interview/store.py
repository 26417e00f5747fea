"""Sessions on disk: every answer is written before the next question shows, and nothing is ever half written."""

from __future__ import annotations

import errno
import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import count
from pathlib import Path
from typing import Any, Final

from filelock import FileLock, Timeout
from platformdirs import user_data_path

from advisor.catalogue import text_of
from advisor.folders import content_of, naming
from advisor.inference.case import CaseReader, Party
from advisor.interview.session import Session, written_answers, written_parties
from advisor.knowledge.json_syntax import reason_of_json
from advisor.knowledge.question import Question
from advisor.output import replaced
from advisor.part_file import PartFile
from advisor.paths import DEVICE, resolved
from advisor.problem import AnswersError, InputError, Problem, place_of
from advisor.text import Text
from advisor.understanding.reading import UNKNOWN

APPLICATION: Final = "kerjasama-advisor"
SCHEMA: Final = "session/2"
READABLE: Final = ("session/1", SCHEMA)
NAME: Final = re.compile(rf"(?!{DEVICE}$)[A-Za-z0-9][A-Za-z0-9 _.-]{{0,60}}")
"""What a session may be called: as every system, Windows among them, can name a file."""
MOST_BYTES: Final = 1_000_000
"""What a session is never larger than; a larger file is something else."""


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
class Unreadable:
    """A file among the sessions that cannot be read, and why."""

    name: str
    problem: Problem


@dataclass(frozen=True)
class Opened:
    """A session read back; `aside` names the answers that this knowledge does not know, `new` its new questions."""

    saved: Saved
    session: Session
    aside: tuple[str, ...]
    new: tuple[str, ...]


class SessionStore:
    """Keeps sessions in one folder, a file each."""

    def __init__(self, folder: Path | None = None) -> None:
        """`folder` is where they are kept (default: the data folder of the person)."""
        self._given = folder

    @property
    def folder(self) -> Path:
        """Where sessions are kept. Raises FileNotFoundError where the person has no home."""
        return self._given if self._given is not None else _own_folder()

    def save(self, saved: Saved) -> Path:
        """Write a session; the file is replaced whole or not at all. Raises OSError where that fails."""
        self._make_folder()
        session = saved.session
        data = {
            "schema": SCHEMA,
            "name": saved.name,
            "saved": saved.saved.isoformat(timespec="seconds"),
            "knowledge": saved.knowledge,
            "questions": list(saved.questions),
            "stage": saved.stage,
            "title": session.title,
            "as_of": session.as_of.isoformat(),
            "assumed_day": session.assumed_day,
            "id": session.id,
            "parties": written_parties(session.parties),
            "given": written_answers(session.given),
            "notes": dict(session.notes),
            "aside": dict(session.aside),
        }
        content = json.dumps(data, indent=1).encode("ascii")  # so that no character is one that cannot be written
        if len(content) > MOST_BYTES:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
        # What the name links to is written, not put in place of the link.
        target = resolved(self._path(saved.name))
        with PartFile(target) as part:
            handle, written = part.begin()
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            replaced(written, target)
        return target

    def open(self, name: str, reader: CaseReader) -> Opened:
        """Read a session back and fit it to the knowledge of today. Raises `AnswersError`.

        An answer that this knowledge does not know is put aside, never dropped; one that was put aside before and
        is known now is an answer again.
        """
        self.refuse_missing(name)
        saved = self._read(self._path(name))
        session = replace(saved.session, given={}, aside={})
        if session.as_of < reader.covered_from:
            # Asked for anew: an interview cannot be about a day that the knowledge does not cover.
            session = replace(session, as_of=date.today(), assumed_day=True)
        aside: dict[str, object] = {}
        for question, answer in (*saved.session.given.items(), *saved.session.aside.items()):
            fitted = _fitted(question, answer, session, reader)
            if fitted is None:
                aside[question] = answer
            else:
                session = fitted
        new = tuple(question for question in reader.domains if question not in saved.questions)
        return Opened(saved, replace(session, aside=written_answers(aside)), tuple(aside), new)

    def all(self) -> tuple[Saved, ...]:
        """Return every readable session, the latest first."""
        found = [entry for entry in self.entries() if isinstance(entry, Saved)]
        return tuple(sorted(found, key=lambda saved: saved.saved, reverse=True))

    def entries(self) -> tuple[Saved | Unreadable, ...]:
        """Return what lies in the folder, by name, files that cannot be read among them.

        Raises `InputError` where the folder cannot be read: that there is no session would not be true then.
        """
        found: list[Saved | Unreadable] = []
        for path in self._files():
            try:
                found.append(self._read(path))
            except InputError as error:
                found.append(Unreadable(path.stem, error.problems[0]))
        return tuple(found)

    def named(self, name: str) -> str:
        """Return the name of the session that is meant by a name, a title, or any part of one of them.

        Raises `AnswersError` where several are meant: two sessions may have one title. Raises as `entries` does.
        """
        if NAME.fullmatch(name) and self._path(name).exists():
            return name
        meant = name.casefold()
        every = self.all()
        titled = [saved for saved in every if saved.session.title.casefold() == meant]
        found = titled or [s for s in every if meant in s.session.title.casefold() or meant in s.name.casefold()]
        if len(found) > 1:
            names = ", ".join(f"{saved.name} ({saved.session.title})" for saved in found)
            raise AnswersError([Problem(place_of("--resume"), "session.ambiguous", {"name": name, "names": names})])
        return found[0].name if found else name

    def refuse_missing(self, name: str) -> None:
        """Raise `AnswersError` where no session has this name; holding it would leave its lock behind."""
        if not self._taken(name):
            raise AnswersError([Problem(place_of("--resume"), "session.missing", {"name": name})])

    def delete(self, name: str) -> None:
        """Delete a session; whoever does so holds it. Raises OSError where that fails."""
        self._path(name).unlink(missing_ok=True)

    @contextmanager
    def held_new(self, day: date) -> Iterator[str]:
        """Hold a new session, and give the name that nobody else has. Raises OSError as `held` does."""
        for number in count(1):
            name = f"{day.isoformat()}-{number}"
            with ExitStack() as stack:
                if self._taken(name):
                    continue
                try:
                    stack.enter_context(self.held(name))
                except SessionInUseError:
                    continue
                # Between the look at the folder and the lock somebody may have begun it, and left.
                if not self._taken(name):
                    yield name
                    return

    @contextmanager
    def held(self, name: str) -> Iterator[None]:
        """Hold a session so that no other program writes it.

        Raises `SessionInUseError`; OSError where the folder takes no lock.
        """
        self._make_folder()
        lock = FileLock(self._path(name).with_suffix(".lock"))
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise SessionInUseError(name) from error
        try:
            yield
        finally:
            lock.release()

    def _files(self) -> list[Path]:
        """Return the files of sessions, by name; hidden ones are none. Raises `InputError` as `entries` does."""
        folder = self.folder
        with naming(folder, "folder.unreadable"):
            try:
                inside = sorted(folder.iterdir())
            except FileNotFoundError:
                if os.path.lexists(folder):
                    raise
                return []
        return [path for path in inside if path.suffix == ".json" and not path.name.startswith(".")]

    def _taken(self, name: str) -> bool:
        return os.path.lexists(self._path(name))

    def _make_folder(self) -> None:
        """Make the folder, which nobody else may read: answers are the person's own."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def _path(self, name: str) -> Path:
        if not NAME.fullmatch(name):
            raise AnswersError([Problem(place_of(name), "session.bad_name", {"name": name})])
        return self.folder / f"{name}.json"

    def _read(self, path: Path) -> Saved:
        """Read one file. Raises `AnswersError`, which says what is wrong with it."""
        try:
            raw = content_of(path, MOST_BYTES + 1)
        except InputError as error:
            raise AnswersError(error.problems) from error
        if len(raw) > MOST_BYTES:
            told = {"size": str(len(raw)), "most": str(MOST_BYTES)}
            raise AnswersError([Problem(place_of(path), "file.too_large", told)])
        try:
            data: Any = json.loads(raw.decode("utf-8-sig"))  # an editor may have put a mark in front
        except (ValueError, RecursionError) as error:
            raise _unreadable(path, reason_of_json(error)) from error
        schema = data.get("schema", "") if isinstance(data, dict) else ""
        if isinstance(schema, str) and schema.startswith("session/") and schema not in READABLE:
            told = {"schema": schema[:40], "known": SCHEMA}
            raise AnswersError([Problem(place_of(path), "session.newer", told)])
        try:
            return _saved(path.stem, data)
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, OSError) as error:
            raise _unreadable(path, text_of("session.other_shape")) from error


def _saved(name: str, data: Any) -> Saved:
    """Return what a file says. Raises as Python does where it has another shape."""
    given = {str(question): _answer(answer) for question, answer in data["given"].items()}
    # A session of an earlier version does not say it: the day may be one that nobody named.
    assumed = data.get("assumed_day", True) is True
    session = Session(
        date.fromisoformat(data["as_of"]),
        given,
        _text(data["title"]),
        assumed,
        _id(data.get("id")),
        tuple(Party(**{key: _text(text) for key, text in party.items()}) for party in data.get("parties", ())),
        {str(question): _text(note) for question, note in data.get("notes", {}).items()},
        dict(data.get("aside", {})),
    )
    saved = datetime.fromisoformat(data["saved"])
    saved = saved if saved.tzinfo is not None else saved.astimezone()
    questions = tuple(_text(question) for question in data["questions"])
    return Saved(name, session, saved, _text(data["knowledge"]), questions, _text(data["stage"]))


def _answer(value: Any) -> str | int | tuple[str, ...]:
    if isinstance(value, list):
        return tuple(_text(item) for item in value)
    return value if isinstance(value, int) and not isinstance(value, bool) else _text(value)


def _id(value: Any) -> str | int | None:
    return value if value is None or (isinstance(value, int) and not isinstance(value, bool)) else _text(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _fitted(question: str, answer: object, session: Session, reader: CaseReader) -> Session | None:
    """Return the session with an answer as this knowledge has it; None where it knows no such answer."""
    if question not in reader.domains:
        return None
    if answer == UNKNOWN:
        return session.answered(question, UNKNOWN)
    if not _is_exact(answer, reader.domains[question].question):
        return None
    written: Mapping[str, object] = {**session.known, question: answer}
    try:
        case = reader.data({"as_of": session.as_of, "answers": written_answers(written)}, question)
    except AnswersError:
        return None
    return session.answered(question, case.answers[question]) if question in case.answers else None


def _is_exact(answer: object, question: Question) -> bool:
    """Return whether an answer is a number, or ids of options: what is on disk is not read as what is typed."""
    if question.type == "number":
        return isinstance(answer, int)
    if question.type == "choices":
        return isinstance(answer, (list, tuple)) and all(option in question.option_ids for option in answer)
    return answer in question.option_ids


def _unreadable(path: Path, reason: Text) -> AnswersError:
    return AnswersError([Problem(place_of(path), "session.unreadable", texts={"reason": reason})])


def _own_folder() -> Path:
    """Return where the person's sessions are kept. Raises FileNotFoundError where they have no home."""
    try:
        folder = user_data_path(APPLICATION) / "sessions"
    except RuntimeError:
        folder = Path("~")
    if not folder.is_absolute():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), "~")
    return folder
