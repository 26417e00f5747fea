"""The interview on the whole screen: a question at a time, and the conclusions as they narrow beside it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from advisor.interview.answers_file import write_answers_file
from advisor.interview.interview import Interview
from advisor.knowledge.question import Question
from advisor.output import CannotWriteError
from advisor.report.wording import Wording
from advisor.system_error import reason_of
from advisor.terminal.answer_screen import AnswerScreen
from advisor.terminal.field_screen import FieldScreen
from advisor.terminal.interview_talk import (
    Writer,
    advice,
    given_answers,
    progress,
    reasoning,
    set_day,
    take,
    why_lines,
    wrong_day,
)
from advisor.terminal.lines import Lines, StyledLine
from advisor.terminal.list_screen import ListScreen
from advisor.terminal.option_list import Item, OptionList
from advisor.terminal.pager import Content, Pager
from advisor.terminal.panel import draw_panel
from advisor.terminal.paragraph import Paragraph
from advisor.terminal.screen import BaseScreen, Host
from advisor.terminal.stop_screen import StopScreen
from advisor.terminal.summary import said
from advisor.text import Text
from advisor.understanding.reading import Answer

CLOSING = ("enter", "left", "f1", "f2", "f3", "q", "?")
WIDEST_REPORT, WIDEST_HELP = 110, 100
WHOLE = ""


class InterviewScreen(BaseScreen):
    """Shows the question that is asked, or the stop line; both are made anew when the interview goes on."""

    wide = 100
    panel_width = 42

    def __init__(self, host: Host, interview: Interview, wording: Wording) -> None:
        super().__init__(host)
        self.interview = interview
        self.wording = wording
        self._show()

    # -- what shows -----------------------------------------------------------------------------------------

    @property
    def head(self) -> str:
        """The day of signing and the title of the session."""
        session = self.interview.session
        title = session.title or self.interview.name
        return f"{self.wording.say('interview.title')} · {self.wording.day(session.as_of)} · {title}"

    def draw_panel(self, lines: Lines) -> None:
        """Draw the conclusions as they narrow."""
        draw_panel(self.wording, self.interview.turn.conclusions.values(), lines)

    def draw(self, lines: Lines) -> None:
        """Draw the question or the stop line."""
        self.shown.draw(lines)

    def _show(self) -> None:
        """Show the interview as it stands now."""
        self.wording = replace(self.wording, as_of=self.interview.session.as_of)
        name = self.interview.question
        self.question = None if name is None else self.interview.interviewer.library.questions[name]
        if self.question is not None:
            self.shown: AnswerScreen | StopScreen = self._asked(self.question)
        else:
            self.shown = self._day_wanted() if self.interview.wants_day else self._stop_line()
        self.keys, self.field = self.shown.keys, self.shown.field

    def _asked(self, question: Question) -> AnswerScreen:
        wording, session = self.wording, self.interview.session
        heading = (
            Paragraph(progress(self.interview, question, wording), "class:dim"),
            Paragraph(),
            Paragraph(wording.text(question.text), "class:question"),
            *((Paragraph(wording.text(question.hint), "class:hint"),) if question.hint else ()),
            Paragraph(),
        )
        return AnswerScreen(
            self.host,
            wording,
            question,
            self.interview.interviewer.offer(session, question.id),
            session.given.get(question.id),
            heading,
            wording.say("interview.unknown_option"),
            self._take,
            "interview.keys.question",
        )

    def _day_wanted(self) -> StopScreen:
        """Ask for the day of signing: nothing else is asked before it is named."""
        actions: dict[str, Callable[[], None]] = {
            "interview.do.name_day": self._ask_day,
            "interview.do.answers": self._choose_answer,
            "interview.do.quit": self.host.leave,
        }
        return StopScreen(self.host, self.wording.say("interview.own_day"), actions, ())

    def _stop_line(self) -> StopScreen:
        actions: dict[str, Callable[[], None]] = {}
        if self.interview.barred:
            title = "interview.stop_barred"
            actions["interview.do.why_barred"] = self._why_barred
        elif self.interview.stage == "headline":
            title = "interview.stop_headline"
            actions["interview.do.go_on"] = self._go_on
        else:
            title = "interview.stop_done"
        actions |= {
            "interview.do.advice": self._whole_advice,
            "interview.do.answers": self._choose_answer,
            "interview.do.write": self._ask_file,
            "interview.do.quit": self.host.leave,
        }
        conclusions = self.interview.turn.conclusions.values()
        sentences = [said(self.wording, one) for one in conclusions if one.reason is None]
        return StopScreen(self.host, self.wording.say(title), actions, sentences)

    # -- keys -----------------------------------------------------------------------------------------------

    def key(self, name: str, text: str) -> None:
        """Do what works everywhere in the interview, or hand the key to what shows."""
        match name:
            case "f2":
                self._choose_answer()
            case "f3":
                self._choose_advice()
            case "f5":
                self._ask_title()
            case "f6":
                self._ask_day()
            case "left":
                self._back()
            case "f1" if self.question is not None:
                self._read(partial(self._help, self.question))
            case "char" if text == "?" and self.question is not None:
                self._read(partial(self._why, self.question))
            case "escape":
                self._stay()
            case _:
                self.shown.key(name, text)

    def _take(self, answer: Answer) -> None:
        taken = True
        try:
            taken, self.host.message = take(self.interview, answer, self.wording)
        finally:
            # Also where an answer that was taken could not be saved: the next one is for the next question.
            if taken:
                self._show()

    def _back(self) -> None:
        """Look at the answer before."""
        if self.interview.back():
            self._show()
        else:
            self.host.message = self.wording.say("interview.first")

    def _stay(self) -> None:
        """Take the filter away, or leave the answer that is looked at again as it is."""
        if self.shown.list.filter:
            self.shown.list.show_all()
        elif self.interview.revisiting:
            self.interview.stay()
            self._show()

    def _go_on(self) -> None:
        """Go on to the diagnosis."""
        self.interview.go_on()
        self._show()

    # -- the answers, the title and the day -----------------------------------------------------------------

    def _choose_answer(self) -> None:
        """Show the answers so far, to change one."""
        items = [Item(name, label) for name, label in given_answers(self.interview, self.wording).items()]
        options = OptionList(items, cursor=max(len(items) - 1, 0))
        wanted, empty = self.wording.say("report.given_answers"), self.wording.say("interview.answers_none")
        self.host.open(ListScreen(self.host, wanted, options, self._go_to, "interview.keys.list", empty))

    def _go_to(self, question: str) -> None:
        self.interview.go_to(question)
        self._show()

    def _ask_title(self) -> None:
        wanted = self.wording.say("interview.title_wanted")
        self.host.open(FieldScreen(self.host, wanted, self.interview.session.title, self._set_title))

    def _set_title(self, title: str) -> None:
        self.interview.titled(title)
        self.host.message = self.wording.say("interview.saved", name=self.interview.name)

    def _ask_day(self) -> None:
        wanted = self.wording.say("interview.day_wanted")
        # The day that was only assumed does not stand there, lest it be taken for the one that is asked for.
        as_of = "" if self.interview.lacks_day else self.interview.session.as_of.isoformat()
        wrong = partial(wrong_day, self.interview, wording=self.wording)
        self.host.open(FieldScreen(self.host, wanted, as_of, self._set_day, wrong, replace=True))

    def _set_day(self, day: str) -> None:
        self.host.message = set_day(self.interview, day, self.wording)
        self._show()

    def _ask_file(self) -> None:
        wanted = self.wording.say("interview.file_wanted")
        name = f"{self.interview.name}.yaml"
        self.host.open(FieldScreen(self.host, wanted, name, self._write, self._wrong_file))

    def _wrong_file(self, name: str) -> str:
        try:
            return self.wording.say("interview.file_exists", file=name) if Path(name).exists() else ""
        except OSError as error:
            return self._not_written(name, reason_of(error))

    def _write(self, name: str) -> None:
        try:
            write_answers_file(self.interview, Path(name))
        except CannotWriteError as error:
            self.host.message = self._not_written(name, error.reason)
        else:
            self.host.message = self.wording.say("interview.answers_written", file=name)

    def _not_written(self, name: str, reason: Text) -> str:
        return self.wording.say("cli.cannot_write", file=name, reason=reason)

    # -- what is read ---------------------------------------------------------------------------------------

    def _choose_advice(self) -> None:
        """Ask what of the advice is to be read: all of it, or how one conclusion comes about."""
        conclusions = self.interview.turn.conclusions.values()
        whole = Item(WHOLE, self.wording.say("interview.do.advice"))
        options = OptionList([whole, *(Item(one.id, said(self.wording, one)) for one in conclusions)])
        wanted = self.wording.say("interview.advice_wanted")
        self.host.open(ListScreen(self.host, wanted, options, self._how, "interview.keys.list", stays=True))

    def _whole_advice(self) -> None:
        self._work_out(lambda: advice(self.interview, self.wording))

    def _why_barred(self) -> None:
        """Show why the cooperation is not admissible."""
        self._how(self.interview.interviewer.library.roles.gate)

    def _how(self, conclusion: str) -> None:
        """Show how a conclusion comes about, or all of the advice."""
        if conclusion == WHOLE:
            self._whole_advice()
        else:
            self._work_out(lambda: reasoning(self.interview, conclusion, self.wording))

    def _work_out(self, work: Callable[[], Writer]) -> None:
        """Show a text that takes a while to work out; until it is there the screen says so."""
        waiting = self.wording.say("interview.working")
        self._read(lambda width: [[("", waiting)]]).work_out(lambda: _content(work()))

    def _read(self, content: Content) -> Pager:
        pager = Pager(self.host, content, "interview.keys.pager", CLOSING)
        self.host.open(pager)
        return pager

    def _help(self, question: Question, width: int) -> list[StyledLine]:
        """Return what the question means, and its options."""
        lines = Lines(min(width, WIDEST_HELP))
        lines.add(self.wording.text(question.text), "class:question")
        lines.blank()
        lines.add(self.wording.text(question.help))
        explained = self.wording.explained_options(question)
        if explained:
            lines.blank()
        for text in explained:
            lines.add(text, lead="• ")
        return lines.lines

    def _why(self, question: Question, width: int) -> list[StyledLine]:
        """Return why the question is asked."""
        lines = Lines(width)
        for depth, text in why_lines(self.interview, question.id, self.wording):
            lines.add(text, lead="  " * depth + ("• " if depth else ""))
        return lines.lines


def _content(write: Writer) -> Content:
    """Return the lines of a text that a report writes."""

    def content(width: int) -> list[StyledLine]:
        stream = io.StringIO()
        write(stream, min(width, WIDEST_REPORT))
        return [[("", line)] for line in stream.getvalue().splitlines()]

    return content
