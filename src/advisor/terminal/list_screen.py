"""Screens with a list to pick from: the answers so far, and the stop line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from advisor.interview.session import UNKNOWN
from advisor.terminal.lines import Lines
from advisor.terminal.option_list import Item, OptionList
from advisor.terminal.screen import Screen
from advisor.terminal.summary import said

if TYPE_CHECKING:
    from advisor.terminal.full_screen import FullScreen


WHOLE = ""


class AnswersScreen(Screen):
    """The answers so far; enter looks at one of them again."""

    keys = "interview.keys.list"

    def __init__(self, app: FullScreen) -> None:
        super().__init__(app)
        wording = app.wording
        items = [
            Item(
                question,
                f"{wording.question(question)}: "
                + (wording.say("interview.unknown") if answer == UNKNOWN else wording.answer(question, answer)),
            )
            for question, answer in app.interview.session.given.items()
        ]
        self.list = OptionList(items)
        self.list.cursor = max(len(items) - 1, 0)

    def draw(self, lines: Lines) -> None:
        """Draw the list."""
        wording = self.app.wording
        lines.add(wording.say("report.given_answers"), "class:question")
        lines.blank()
        if not self.list.items:
            lines.add(wording.say("interview.answers_none"))
        if self.list.filter:
            lines.add(wording.say("interview.filter", text=self.list.filter), "class:dim")
        self.list.draw(lines)

    def key(self, name: str, text: str) -> None:
        """Move, filter, pick, or close."""
        match name:
            case "up" | "down":
                self.list.move(-1 if name == "up" else 1)
            case "enter":
                item = self.list.current
                self.app.close()
                if item is not None:
                    self.app.go_to(item.value)
            case "backspace":
                self.list.erase()
            case "escape" | "left" | "f2":
                self.app.close()
            case "char" | "space":
                self.list.type(text)


class AdviceScreen(Screen):
    """The advice to choose from: all of it, or how one conclusion comes about."""

    keys = "interview.keys.list"

    def __init__(self, app: FullScreen) -> None:
        super().__init__(app)
        conclusions = app.interview.turn.conclusions.values()
        self.list = OptionList(
            [
                Item(WHOLE, app.wording.say("interview.do.advice")),
                *(Item(conclusion.id, said(app.wording, conclusion)) for conclusion in conclusions),
            ]
        )

    def draw(self, lines: Lines) -> None:
        """Draw the list."""
        lines.add(self.app.wording.say("interview.advice_wanted"), "class:question")
        lines.blank()
        if self.list.filter:
            lines.add(self.app.wording.say("interview.filter", text=self.list.filter), "class:dim")
        self.list.draw(lines)

    def key(self, name: str, text: str) -> None:
        """Move, filter, pick, or close."""
        match name:
            case "up" | "down":
                self.list.move(-1 if name == "up" else 1)
            case "enter" if self.list.current is not None:
                chosen = self.list.current.value
                if chosen == WHOLE:
                    self.app.whole_advice()
                else:
                    self.app.how(chosen)
            case "backspace":
                self.list.erase()
            case "escape" | "left" | "f3":
                self.app.close()
            case "char" | "space":
                self.list.type(text)


class StopScreen(Screen):
    """The stop line: nothing more can change these conclusions, and what to do now."""

    keys = "interview.keys.stop"

    def __init__(self, app: FullScreen) -> None:
        super().__init__(app)
        say, interview = app.wording.say, app.interview
        first: list[Item] = []
        if interview.barred:
            first.append(Item("why_barred", say("interview.do.why_barred")))
        elif interview.stage == "headline":
            first.append(Item("go_on", say("interview.do.go_on")))
        self.list = OptionList(
            [
                *first,
                Item("advice", say("interview.do.advice")),
                Item("answers", say("interview.do.answers")),
                Item("write", say("interview.do.write")),
                Item("quit", say("interview.do.quit")),
            ],
            filtering=False,
        )
        self.below = 0

    def draw(self, lines: Lines) -> None:
        """Draw what can be done, and below it the conclusions."""
        interview = self.app.interview
        key = "interview.stop_headline" if interview.stage == "headline" else "interview.stop_done"
        lines.add(self.app.wording.say("interview.stop_barred" if interview.barred else key), "class:question")
        lines.blank()
        self.list.draw(lines)
        lines.blank()
        for conclusion in interview.turn.conclusions.values():
            if conclusion.reason is None:
                lines.add(said(self.app.wording, conclusion), indent="    ", first="  ")
        self.below = max(0, min(self.below, len(lines.lines) - self.app.height))
        if self.below:
            lines.focus = self.below + self.app.height // 2

    def key(self, name: str, text: str) -> None:
        """Move, pick, scroll, or go back."""
        match name:
            case "up" | "down":
                self.below = 0
                self.list.move(-1 if name == "up" else 1)
            case "pagedown" | "pageup":
                self.below += self.app.height // 2 * (1 if name == "pagedown" else -1)
            case "left":
                self.app.back()
            case "char" if text.isdigit():
                self.list.type(text)
            case "enter" if self.list.current is not None:
                {
                    "go_on": self.app.go_on,
                    "why_barred": self.app.why_barred,
                    "advice": self.app.whole_advice,
                    "answers": self.app.answers,
                    "write": self.app.write,
                    "quit": self.app.quit,
                }[self.list.current.value]()
