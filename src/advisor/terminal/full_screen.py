"""The interview on the whole screen: a question at a time, and the conclusions as they narrow beside it."""

from __future__ import annotations

import asyncio
import io
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.input import Input
from prompt_toolkit.layout import ConditionalContainer, HSplit, VSplit, Window
from prompt_toolkit.layout.controls import FormattedTextControl
from prompt_toolkit.output import Output

from advisor.inference.domain import Answer
from advisor.interview.answers_file import write_answers_file
from advisor.interview.day import read_day
from advisor.interview.interview import Interview
from advisor.knowledge.question import Question
from advisor.output import CannotWriteError
from advisor.problem import AnswersError
from advisor.report.wording import Wording
from advisor.terminal.advice_text import write_advice, write_reasoning
from advisor.terminal.field_screen import FieldScreen
from advisor.terminal.lines import Lines, joined
from advisor.terminal.list_screen import AdviceScreen, AnswersScreen, StopScreen
from advisor.terminal.panel import panel
from advisor.terminal.question_screen import QuestionScreen
from advisor.terminal.refusal import refusal
from advisor.terminal.screen import PagerScreen, Screen
from advisor.terminal.whole_screen import whole_screen
from advisor.terminal.why_text import why_lines

WIDE = 100
PANEL = 42
KEYS = ("f1", "f2", "f3", "f5", "f6")


class FullScreen:
    """Runs an interview as a full-screen application."""

    def __init__(
        self, interview: Interview, wording: Wording, source: Input | None = None, target: Output | None = None
    ) -> None:
        self.interview = interview
        self.wording = wording
        self.message = ""
        self._overlays: list[Screen] = []
        self._working = threading.Lock()
        self._base: Screen = self._next_screen()
        self.application = whole_screen(self._layout(), self._key, self.quit, KEYS, {}, source, target)

    def run(self) -> None:
        """Run until the person leaves."""
        self.application.run()

    # -- what screens ask for -------------------------------------------------------------------------------

    @property
    def screen(self) -> Screen:
        """The screen that shows and takes keys."""
        return self._overlays[-1] if self._overlays else self._base

    @property
    def height(self) -> int:
        """The lines that a screen can use."""
        return max(self.application.output.get_size().rows - 2 - self._foot_height(), 3)

    @property
    def width(self) -> int:
        """The columns that a screen can use."""
        columns = self.application.output.get_size().columns
        return columns - PANEL - 1 if self.wide else columns

    @property
    def wide(self) -> bool:
        """Whether there is room for the panel of conclusions."""
        return self.application.output.get_size().columns >= WIDE

    def take(self, question: str, answer: Answer) -> None:
        """Take an answer, or say what it contradicts."""
        self.message = refusal(self.interview, question, answer, self.wording)
        if self.message:
            return
        dropped = self.interview.answer(answer)
        self.message = self.wording.say("interview.dropped", questions=self._names(dropped)) if dropped else ""
        self._base = self._next_screen()

    def back(self) -> None:
        """Look at the answer before."""
        if self.interview.back():
            self._base = self._next_screen()
        else:
            self.message = self.wording.say("interview.first")

    def go_to(self, question: str) -> None:
        """Look at one answer again."""
        self.interview.go_to(question)
        self._base = self._next_screen()

    def go_on(self) -> None:
        """Go on to the diagnosis."""
        self.interview.go_on()
        self._base = self._next_screen()

    def why(self) -> None:
        """Show why the question is asked."""
        question = self.interview.question
        if question is None:
            return
        lines = Lines(self.width)
        for depth, text in why_lines(self.interview, question, self.wording):
            lines.add(
                text, indent="  " * (depth + 1) if depth else "", first="  " * depth + ("• " if depth else "")
            )
        self._overlays.append(PagerScreen(self, ["".join(text for _, text in line) for line in lines.lines]))

    def help(self, question: Question) -> None:
        """Show the help of a question."""
        lines = Lines(min(self.width, 100))
        lines.add(self.wording.text(question.text), "class:question")
        lines.blank()
        lines.add(self.wording.text(question.help))
        explained = self.wording.explained_options(question)
        if explained:
            lines.blank()
        for text in explained:
            lines.add(text, first="• ", indent="  ")
        self._overlays.append(PagerScreen(self, ["".join(text for _, text in line) for line in lines.lines]))

    def stay(self) -> None:
        """Leave the answer that is looked at again as it is."""
        self.interview.stay()
        self._base = self._next_screen()

    def why_barred(self) -> None:
        """Show why the cooperation is not admissible."""
        self.how(self.interview.interviewer.library.conclusion_file.gate)

    def answers(self) -> None:
        """Show the answers so far."""
        self._overlays.append(AnswersScreen(self))

    def advice(self) -> None:
        """Show what of the advice can be read: all of it, or how one conclusion comes about."""
        self._overlays.append(AdviceScreen(self))

    def whole_advice(self) -> None:
        """Show the advice as it stands."""
        self._show(lambda stream, width: write_advice(self.interview, self.wording, stream, width))

    def how(self, conclusion: str) -> None:
        """Show how a conclusion comes about."""
        self._show(lambda stream, width: write_reasoning(self.interview, conclusion, self.wording, stream, width))

    def _show(self, write: Callable[[TextIO, int], None]) -> None:
        """Show a text that takes a while to work out; until it is there the screen says so."""
        pager = PagerScreen(self, [self.wording.say("interview.working")])
        self._overlays.append(pager)
        width = min(self.width, 110)

        def text() -> str:
            # What is asked for twice in a row is worked out one after the other: readers of a day are shared.
            with self._working:
                stream = io.StringIO()
                write(stream, width)
                return stream.getvalue()

        async def fill() -> None:
            pager.content = (await asyncio.to_thread(text)).splitlines()
            self.application.invalidate()

        self.application.create_background_task(fill())

    def title(self) -> None:
        """Ask for the title of the session."""
        wanted = self.wording.say("interview.title_wanted")
        self._overlays.append(FieldScreen(self, wanted, self.interview.session.title, self._titled))

    def _titled(self, title: str) -> None:
        self.interview.titled(title)
        self.message = self.wording.say("interview.saved", name=self.interview.name)

    def day(self) -> None:
        """Ask for the day of signing."""
        wanted = self.wording.say("interview.day_wanted")
        as_of = self.interview.session.as_of.isoformat()
        self._overlays.append(FieldScreen(self, wanted, as_of, self._on_day, self._wrong_day))

    def _wrong_day(self, text: str) -> str:
        try:
            read_day(text, self.interview.interviewer.knowledge)
        except AnswersError as error:
            return " ".join(problem.sentence(self.wording.language) for problem in error.problems)
        return ""

    def _on_day(self, text: str) -> None:
        day = read_day(text, self.interview.interviewer.knowledge)
        self.interview.on_day(day)
        self.wording = replace(self.wording, as_of=day)
        self.message = self.wording.say("interview.day_now", day=self.wording.day(day))
        self._base = self._next_screen()

    def write(self) -> None:
        """Ask for the file into which the answers are written."""
        wanted = self.wording.say("interview.file_wanted")
        name = f"{self.interview.name}.yaml"
        self._overlays.append(FieldScreen(self, wanted, name, self._written, self._wrong_file))

    def _wrong_file(self, name: str) -> str:
        return self.wording.say("interview.file_exists", file=name) if Path(name).exists() else ""

    def _written(self, name: str) -> None:
        path = Path(name)
        try:
            write_answers_file(self.interview.session, path)
        except CannotWriteError as error:
            self.message = self.wording.say("cli.cannot_write", file=path, reason=error.reason)
        else:
            self.message = self.wording.say("interview.answers_written", file=path)

    def close(self) -> None:
        """Close the screen on top."""
        self._overlays.pop()

    def quit(self) -> None:
        """Leave; everything is saved already."""
        self.interview.save()
        self.application.exit()

    # -- inside ---------------------------------------------------------------------------------------------

    def _next_screen(self) -> Screen:
        question = self.interview.question
        return StopScreen(self) if question is None else QuestionScreen(self, question)

    def _names(self, questions: tuple[str, ...]) -> str:
        return ", ".join(self.wording.question(question) for question in questions)

    def _layout(self) -> HSplit:
        panel = Window(FormattedTextControl(self._panel), width=PANEL, wrap_lines=False)
        divider = Window(width=1, char="│")
        wide = Condition(lambda: self.wide)
        return HSplit(
            [
                Window(FormattedTextControl(self._head), height=1, style="class:head"),
                VSplit(
                    [
                        Window(FormattedTextControl(self._body, focusable=True, show_cursor=False)),
                        ConditionalContainer(divider, wide),
                        ConditionalContainer(panel, wide),
                    ]
                ),
                Window(FormattedTextControl(lambda: self.message), height=1, style="class:message"),
                Window(FormattedTextControl(self._foot), height=self._foot_height, style="class:foot"),
            ]
        )

    def _head(self) -> StyleAndTextTuples:
        title = self.interview.session.title or self.interview.name
        day = self.wording.day(self.interview.session.as_of)
        return [("", f" {self.wording.say('interview.title')} · {day} · {title}")]

    def _body(self) -> StyleAndTextTuples:
        lines = Lines(max(self.width - 1, 20))
        self.screen.draw(lines)
        return [*joined(lines.window(self.height))]

    def _panel(self) -> StyleAndTextTuples:
        return [*joined(panel(self.wording, self.interview.turn.conclusions.values(), PANEL - 1, self.height))]

    def _foot(self) -> StyleAndTextTuples:
        return [("", "\n".join(self._foot_lines()))]

    def _foot_lines(self) -> list[str]:
        """Return the keys, as many in a line as fit, none of them broken."""
        columns = self.application.output.get_size().columns
        found = [""]
        for key in self.wording.say(self.screen.keys).split("  "):
            if len(found[-1]) + len(key) + 2 > columns:
                found.append("")
            found[-1] += f" {key} "
        return found

    def _foot_height(self) -> int:
        return len(self._foot_lines())

    def _key(self, name: str, text: str) -> None:
        self.message = ""
        overlay = bool(self._overlays)
        commands = {"f2": self.answers, "f3": self.advice, "f5": self.title, "f6": self.day}
        if not overlay and name in commands:
            commands[name]()
            return
        if name == "char" and not text.isprintable():
            return
        self.screen.key(name, text)
