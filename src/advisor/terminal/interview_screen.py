"""What every screen of the interview has: the conclusions beside it, and the keys that always work."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial

from advisor.interview.interview import Interview
from advisor.report.wording import Wording
from advisor.terminal.field_screen import FieldScreen
from advisor.terminal.interview_talk import Writer, advice, given_answers, reasoning, set_day, wrong_day
from advisor.terminal.lines import Lines, StyledLine
from advisor.terminal.list_screen import ListScreen
from advisor.terminal.option_list import Item, OptionList
from advisor.terminal.pager import Content, Pager
from advisor.terminal.panel import draw_panel
from advisor.terminal.screen import BaseScreen, Host
from advisor.terminal.summary import said

KEYS = "interview.keys.pager"
CLOSING = ("enter", "left", "f1", "f2", "f3", "q", "?")
WIDEST = 110
WHOLE = ""


class InterviewScreen(BaseScreen):
    """A screen of the interview; it shows the interview as it stands, and is made anew when that changes."""

    wide = 100
    panel_width = 42

    def __init__(self, host: Host, interview: Interview, wording: Wording) -> None:
        super().__init__(host)
        self.interview = interview
        self.wording = wording

    @property
    def head(self) -> str:
        """The day of signing and the title of the session."""
        session = self.interview.session
        title = session.title or self.interview.name
        return f"{self.wording.say('interview.title')} · {self.wording.day(session.as_of)} · {title}"

    def draw_panel(self, lines: Lines) -> None:
        """Draw the conclusions as they narrow."""
        draw_panel(self.wording, self.interview.turn.conclusions.values(), lines)

    def key(self, name: str, text: str) -> None:
        """Take a key that works on every screen."""
        match name:
            case "left":
                self._back()
            case "f2":
                self.answers()
            case "f3":
                self._choose_advice()
            case "f5":
                self._ask_title()
            case "f6":
                self._ask_day()

    def answers(self) -> None:
        """Show the answers so far, to change one."""
        items = [Item(name, label) for name, label in given_answers(self.interview, self.wording).items()]
        options = OptionList(items, cursor=max(len(items) - 1, 0))
        wanted, empty = self.wording.say("report.given_answers"), self.wording.say("interview.answers_none")
        self.host.open(ListScreen(self.host, wanted, options, self._go_to, "interview.keys.list", empty))

    def whole_advice(self) -> None:
        """Show the advice as it stands."""
        self._work_out(lambda: advice(self.interview, self.wording))

    def how(self, conclusion: str) -> None:
        """Show how a conclusion comes about."""
        self._work_out(lambda: reasoning(self.interview, conclusion, self.wording))

    def read(self, content: Content) -> Pager:
        """Open a text to read."""
        pager = Pager(self.host, content, KEYS, CLOSING)
        self.host.open(pager)
        return pager

    def _back(self) -> None:
        """Look at the answer before."""
        if self.interview.back():
            self.host.restart()
        else:
            self.host.message = self.wording.say("interview.first")

    def _go_to(self, question: str) -> None:
        """Look at one answer again."""
        self.interview.go_to(question)
        self.host.restart()

    def _choose_advice(self) -> None:
        """Ask what of the advice is to be read: all of it, or how one conclusion comes about."""
        conclusions = self.interview.turn.conclusions.values()
        whole = Item(WHOLE, self.wording.say("interview.do.advice"))
        options = OptionList([whole, *(Item(one.id, said(self.wording, one)) for one in conclusions)])
        wanted = self.wording.say("interview.advice_wanted")
        self.host.open(ListScreen(self.host, wanted, options, self._read_advice, "interview.keys.list", stays=True))

    def _read_advice(self, chosen: str) -> None:
        if chosen == WHOLE:
            self.whole_advice()
        else:
            self.how(chosen)

    def _work_out(self, work: Callable[[], Writer]) -> None:
        """Show a text that takes a while to work out; until it is there the screen says so."""
        waiting = self.wording.say("interview.working")
        self.read(lambda width: [[("", waiting)]]).work_out(lambda: _content(work()))

    def _ask_title(self) -> None:
        wanted = self.wording.say("interview.title_wanted")
        self.host.open(FieldScreen(self.host, wanted, self.interview.session.title, self._titled))

    def _titled(self, title: str) -> None:
        self.interview.titled(title)
        self.host.message = self.wording.say("interview.saved", name=self.interview.name)

    def _ask_day(self) -> None:
        wanted = self.wording.say("interview.day_wanted")
        as_of = self.interview.session.as_of.isoformat()
        wrong = partial(wrong_day, self.interview, wording=self.wording)
        self.host.open(FieldScreen(self.host, wanted, as_of, self._set_day, wrong))

    def _set_day(self, day: str) -> None:
        self.host.message = set_day(self.interview, day, self.wording)
        self.host.restart()


def _content(write: Writer) -> Content:
    """Return the lines of a text that a report writes."""

    def content(width: int) -> list[StyledLine]:
        stream = io.StringIO()
        write(stream, min(width, WIDEST))
        return [[("", line)] for line in stream.getvalue().splitlines()]

    return content
