"""The stop line: nothing more can change these conclusions, and what to do now."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from advisor.interview.answers_file import write_answers_file
from advisor.interview.interview import Interview
from advisor.output import CannotWriteError
from advisor.report.wording import Wording
from advisor.terminal.field_screen import FieldScreen
from advisor.terminal.interview_screen import InterviewScreen
from advisor.terminal.lines import Lines
from advisor.terminal.option_list import Item, OptionList
from advisor.terminal.screen import Host
from advisor.terminal.summary import said


class StopScreen(InterviewScreen):
    """Shows what can be done now, and below it the conclusions."""

    keys = "interview.keys.stop"

    def __init__(self, host: Host, interview: Interview, wording: Wording) -> None:
        super().__init__(host, interview, wording)
        self.actions: dict[str, Callable[[], None]] = {}
        if interview.barred:
            self.actions["interview.do.why_barred"] = self._why_barred
        elif interview.stage == "headline":
            self.actions["interview.do.go_on"] = self._go_on
        self.actions |= {
            "interview.do.advice": self.whole_advice,
            "interview.do.answers": self.answers,
            "interview.do.write": self._ask_file,
            "interview.do.quit": host.leave,
        }
        self.list = OptionList([Item(action, wording.say(action)) for action in self.actions], filtering=False)
        self.below_list = 0
        self.page = 1

    def draw(self, lines: Lines) -> None:
        """Draw what can be done, and below it the conclusions."""
        key = "interview.stop_headline" if self.interview.stage == "headline" else "interview.stop_done"
        lines.add(self.wording.say("interview.stop_barred" if self.interview.barred else key), "class:question")
        lines.blank()
        self.list.draw(lines)
        lines.blank()
        for conclusion in self.interview.turn.conclusions.values():
            if conclusion.reason is None:
                lines.add(said(self.wording, conclusion), lead="  ", indent="    ")
        self.page = lines.height // 2
        self.below_list = max(0, min(self.below_list, len(lines.lines) - lines.height))
        if self.below_list:
            lines.focus = self.below_list + lines.height // 2

    def key(self, name: str, text: str) -> None:
        """Scroll, go through the list, take what is under the cursor, or do what every screen does."""
        item = self.list.current
        if name in ("pageup", "pagedown"):
            self.below_list += self.page if name == "pagedown" else -self.page
        elif name == "enter" and item is not None:
            self.actions[item.value]()
        elif self.list.key(name, text):
            self.below_list = 0
        else:
            super().key(name, text)

    def _go_on(self) -> None:
        """Go on to the diagnosis."""
        self.interview.go_on()
        self.host.restart()

    def _why_barred(self) -> None:
        """Show why the cooperation is not admissible."""
        self.how(self.interview.interviewer.library.conclusion_file.gate)

    def _ask_file(self) -> None:
        wanted = self.wording.say("interview.file_wanted")
        name = f"{self.interview.name}.yaml"
        self.host.open(FieldScreen(self.host, wanted, name, self._write, self._wrong_file))

    def _wrong_file(self, name: str) -> str:
        try:
            return self.wording.say("interview.file_exists", file=name) if Path(name).exists() else ""
        except OSError as error:
            return self._not_written(name, error.strerror or str(error))

    def _write(self, name: str) -> None:
        try:
            write_answers_file(self.interview.session, Path(name))
        except CannotWriteError as error:
            self.host.message = self._not_written(name, error.reason)
        else:
            self.host.message = self.wording.say("interview.answers_written", file=name)

    def _not_written(self, name: str, reason: str) -> str:
        return self.wording.say("cli.cannot_write", file=name, reason=reason)
