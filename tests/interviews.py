"""Interviews that tests hold: line by line, key by key, and with the command as a person starts it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TextIO

import pytest
import yaml
from prompt_toolkit.input import Input
from prompt_toolkit.output import Output

from advisor.commands.interview import run_interview
from advisor.inference.case import CaseReader
from advisor.interview.interview import Interview
from advisor.interview.interviewer import Interviewer
from advisor.interview.session import Session
from advisor.interview.store import Opened, Saved, SessionStore
from advisor.interview.turn import Stage
from advisor.knowledge_base import Knowledge
from advisor.report.wording import Wording
from advisor.terminal.interview_screen import InterviewScreen
from advisor.terminal.plain_interview import PlainInterview
from advisor.terminal.shell import Shell
from advisor.text import Language
from driver import Driver, driven

DAY = date(2024, 5, 31)


def begun(
    knowledge: Knowledge,
    session: Session | None = None,
    keep: Callable[[Saved], object] = lambda saved: None,
    stage: Stage = "headline",
) -> Interview:
    """Return an interview that goes on with a session, or begins with none."""
    return Interview(Interviewer(knowledge), session or Session(DAY), "2024-05-31-1", keep, stage)


def talked(interview: Interview, *lines: str, language: Language = "id", folder: Path | None = None) -> str:
    """Return what the interview writes while these lines are typed, and then the input ends."""
    target, source = io.StringIO(), io.StringIO("".join(f"{line}\n" for line in lines))
    PlainInterview(interview, _wording(interview, language), source, target, folder).run()
    return target.getvalue()


@contextmanager
def shown(
    interview: Interview,
    columns: int = 96,
    rows: int = 50,
    *,
    language: Language = "id",
    folder: Path | None = None,
) -> Iterator[Driver]:
    """Show the interview on a screen."""

    def make(source: Input, target: Output) -> Shell:
        wording = _wording(interview, language)
        return Shell(lambda host: InterviewScreen(host, interview, wording, folder), wording.say, source, target)

    with driven(make, columns, rows) as driver:
        yield driver


def choose(driver: Driver, label: str) -> None:
    """Choose the line of a list that says this, by its number."""
    found = re.search(rf"(?<!\S)([0-9]+)\. (?:\[.\] )?{re.escape(label)}", driver.text)
    assert found is not None, f"{label!r} is not offered: {driver.text}"
    driver.press(*found[1], "enter")


def _wording(interview: Interview, language: Language) -> Wording:
    return Wording(interview.interviewer.library, language, interview.session.as_of)


class Desk:
    """Where somebody sits down to `advisor interview --plain`, again and again, with one folder of sessions."""

    def __init__(
        self,
        knowledge: Knowledge,
        folder: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        self.knowledge = knowledge
        self.store = SessionStore(folder / "sesi")
        self.output = folder / "keluaran.yaml"
        self.errors = ""
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def sit(
        self,
        *lines: str,
        file: Path | None = None,
        as_of: date | None = None,
        resume: str | None = None,
        knowledge: Knowledge | None = None,
        typist: TextIO | None = None,
    ) -> str:
        """Type lines, or let `typist` do so; return what was written, `errors` being what was complained of."""
        self._monkeypatch.setattr("sys.stdin", typist or io.StringIO("".join(f"{line}\n" for line in lines)))
        run_interview(
            knowledge or self.knowledge, "id", file, as_of, resume, self.output, plain=True, store=self.store
        )
        written, self.errors = self._capsys.readouterr()
        return written

    @property
    def written(self) -> dict[str, object]:
        """What the answers file at the end says."""
        found: dict[str, object] = yaml.safe_load(self.output.read_text("utf-8"))
        return found

    def opened(self, name: str) -> Opened:
        """Return a session as this knowledge has it."""
        return self.store.open(name, CaseReader(self.knowledge.library, self.knowledge.rulebase))

    @property
    def on_disk(self) -> dict[str, bytes]:
        """The sessions as they lie on disk."""
        return {path.name: path.read_bytes() for path in self.store.folder.glob("*.json")}
