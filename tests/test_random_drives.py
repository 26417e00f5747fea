"""Whatever is typed, on whatever disk: nothing is raised, what was said is on disk, and one can always leave."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prompt_toolkit.input import Input
from prompt_toolkit.keys import Keys
from prompt_toolkit.output import Output

from advisor.interview.interview import Interview
from advisor.interview.interviewer import Interviewer
from advisor.interview.session import Session
from advisor.interview.store import Saved
from advisor.knowledge_base import Knowledge
from advisor.report.wording import Wording
from advisor.terminal.interview_screen import InterviewScreen
from advisor.terminal.interview_talk import said_of_keeping, taken
from advisor.terminal.plain_interview import PlainInterview
from advisor.terminal.reply import read_command
from advisor.terminal.shell import Shell
from advisor.understanding.words import vocabulary
from driver import Driver, driven
from interviews import DAY
from pseudo import UP_TO_PARTNERS
from replies import Remembering, read_table

STEPS = 50
RUNS = [2, pytest.param(60, marks=pytest.mark.heavy)]
"""How many interviews of so many steps."""

SEVERAL = ("regency_city_same_province",)
SIGNED = {"agreement": "signed_written"}
SESSIONS = (
    Session(DAY),
    Session(DAY, UP_TO_PARTNERS),
    Session(DAY, {"counterparts": SEVERAL, "initiator": "regency"}, "TPA bersama"),
    Session(DAY, {"counterparts": SEVERAL, "lawful_object": "no"}),
    Session(DAY, SIGNED, assumed_day=True),
)
"""At the start, in the middle, at a number, at the end, and where the day is asked for."""

ANY_TEXT = st.text(st.characters(exclude_characters="/"), min_size=1, max_size=30)
COMMANDS = st.builds(
    " ".join,
    st.tuples(
        st.sampled_from(sorted(set(vocabulary().commands) - {"saran", "advice"})),
        st.sampled_from(["", "1", "2", "-1", "99", "²", "31/1/2013", "besok", "TPA bersama", "-"]) | ANY_TEXT,
    ),
)
REPLIES = st.sampled_from([row.text for row in read_table()])
NUMBERS = st.sampled_from(["0", "1", "2", "3", "4"])
KINDS = {"number": NUMBERS, "reply": REPLIES, "command": COMMANDS, "text": ANY_TEXT}
LINES = st.sampled_from(["number"] * 6 + ["reply"] * 2 + ["command"] * 2 + ["text"]).flatmap(KINDS.__getitem__)


@dataclass
class Disk:
    """Keeps a session, but for a while refuses to."""

    first: int
    last: int
    calls: int = 0
    kept: Saved | None = None

    def keep(self, saved: Saved) -> None:
        self.calls += 1
        if self.first <= self.calls <= self.last:
            raise OSError(28, "No space left on device")
        self.kept = saved

    def delete(self, name: str) -> None:
        self.calls += 1
        if self.first <= self.calls <= self.last:
            raise OSError(30, "Read-only file system")
        self.kept = None


DISKS = st.builds(
    lambda first, length: Disk(first, first + length), st.integers(1, 8), st.sampled_from([0, 1, 5, 1000])
)


class Watched(Interview):
    """An interview of which after every step it is said whether all that was changed was said and kept."""

    def __init__(self, interviewer: Interviewer, session: Session, disk: Disk) -> None:
        super().__init__(interviewer, session, "coba", disk.keep, "headline", disk.delete)
        self.disk = disk
        self.wording = Wording(interviewer.library, "id")
        self.asked = False
        self.before = (self.session, self.unkept, self.stage)

    def titled(self, title: str) -> None:
        self.asked = True
        super().titled(title)

    def assert_said_and_kept(self, said: str) -> None:
        """Everything that changed since the last time is in `said`, and on the disk unless that refuses."""
        (session, unkept, _), self.before = self.before, (self.session, self.unkept, self.stage)
        asked, self.asked = self.asked, False
        words = " ".join(said.split())
        for question in {**session.given, **self.session.given}:
            before, now = session.given.get(question), self.session.given.get(question)
            if before != now:
                told = self.wording.question(question) if now is None else taken(question, now, self.wording)
                assert told in words
        if session.as_of != self.session.as_of:
            assert self.wording.say("interview.day_now", day=self.wording.day(self.session.as_of)) in words
        keeping = words.count(" ".join(said_of_keeping(self, self.wording).split()))
        assert keeping == (bool(unkept) != bool(self.unkept)) or asked
        if not (self.unkept or self.session.empty or self.deleted) and self.disk.calls:
            assert self.disk.kept is not None
            assert (self.session, self.stage) == (self.disk.kept.session, self.disk.kept.stage)


@pytest.fixture(scope="module")
def interviewer(knowledge: Knowledge) -> Interviewer:
    """An interviewer for all drives."""
    return Remembering(knowledge)


# -- the whole screen ---------------------------------------------------------------------------------------

OURS = {Keys.ControlC, Keys.ControlD, Keys.BracketedPaste, Keys.Any}
KEYS = [key.value for key in Keys if key not in OURS and not (key.value.startswith("<") or "mouse" in key.value)]
USUAL = ["enter", "down", "space", "left", "f1", "f2", "f4", "f5", "f6", "f7", "?"]
SIZES = [(1, 1), (1, 60), (200, 1), (20, 5), (60, 20), (80, 24), (200, 60)]

DOINGS = {
    "answer": NUMBERS,
    "enter": LINES,
    "escape": st.just("escape"),
    "press": st.sampled_from(USUAL),
    "hit": st.sampled_from(KEYS),
    "paste": ANY_TEXT,
    "resize": st.sampled_from(SIZES),
}
DONE = st.sampled_from(
    ["answer"] * 6 + ["escape"] * 3 + ["enter", "press"] * 2 + ["hit", "paste", "resize"]
).flatmap(lambda doing: st.tuples(st.just(doing), DOINGS[doing]))


class Loud(Shell):
    """A shell that notes every fault of the program which it tells the person of."""

    def __init__(self, interview: Interview, wording: Wording, source: Input, target: Output) -> None:
        self.faults: list[Exception] = []
        super().__init__(lambda host: InterviewScreen(host, interview, wording), wording.say, source, target)

    def _failure(self, error: Exception) -> str:
        self.faults.append(error)
        return super()._failure(error)


def _does(doing: str, value: Any, driver: Driver) -> Iterator[None]:
    """Do something, key by key."""
    driver.shell.message = ""
    if doing == "resize":
        driver.resize(*value)
    elif doing in ("escape", "press", "hit"):
        driver.press(value)
    else:
        driver.paste(value)
    yield
    if doing == "answer":
        driver.press("enter")
        yield
    if doing in ("answer", "enter"):
        driver.press("enter")
        yield


@pytest.mark.parametrize("runs", RUNS)
def test_the_whole_screen_survives_whatever_is_pressed_and_pasted(
    runs: int, interviewer: Interviewer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    @settings(max_examples=runs)
    @given(st.sampled_from(SESSIONS), DISKS, st.lists(DONE, min_size=STEPS, max_size=STEPS))
    def drive(session: Session, disk: Disk, steps: list[tuple[str, Any]]) -> None:
        interview = Watched(interviewer, session, disk)
        with driven(partial(Loud, interview, interview.wording), 60, 20) as driver:
            shell = driver.shell
            assert isinstance(shell, Loud)
            for doing, value in steps:
                for _ in _does(doing, value, driver):
                    assert [] == shell.faults
                    interview.assert_said_and_kept(shell.message)
                    if shell.application.is_done:
                        return
            driver.press("c-c")
            assert shell.application.is_done

    drive()


# -- plain mode ---------------------------------------------------------------------------------------------


class Hands(io.StringIO):
    """Types lines, looks after each at what was said and kept, and at last presses Ctrl-C."""

    def __init__(self, interview: Watched, lines: list[str], target: io.StringIO) -> None:
        super().__init__()
        self.interview = interview
        self.lines = iter(lines)
        self.target = target

    def readline(self, size: int | None = -1, /) -> str:
        self.look()
        line = next(self.lines, None)
        if line is None:
            raise KeyboardInterrupt
        command = read_command(line)
        self.interview.asked = command is not None and command.name == "save"
        return line.replace("\n", " ") + "\n"

    def look(self) -> None:
        """See that what was changed was said and kept."""
        self.interview.assert_said_and_kept(self.target.getvalue())
        self.target.seek(0)
        self.target.truncate()


@pytest.mark.parametrize("runs", RUNS)
def test_plain_mode_survives_whatever_is_typed(
    runs: int, interviewer: Interviewer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    @settings(max_examples=runs)
    @given(st.sampled_from(SESSIONS), DISKS, st.lists(LINES, min_size=STEPS, max_size=STEPS))
    def drive(session: Session, disk: Disk, lines: list[str]) -> None:
        interview, target = Watched(interviewer, session, disk), io.StringIO()
        hands = Hands(interview, lines, target)
        with suppress(KeyboardInterrupt):
            PlainInterview(interview, interview.wording, hands, target).run()
            # The command says at the end whether it is kept.
            interview.asked = True
        hands.look()

    drive()
