"""The interview on the whole screen: a question at a time, and the conclusions as they narrow beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from advisor.interview.interview import Interview
from advisor.knowledge.question import Question
from advisor.report.wording import Wording
from advisor.terminal.answer_screen import AnswerScreen
from advisor.terminal.interview_actions import InterviewActions
from advisor.terminal.interview_talk import (
    go_on,
    heading,
    more_to_answer,
    not_offered,
    note_on,
    open_lines,
    progress,
    said_of_keeping,
    set_day,
    settled_lines,
    start_lines,
    still_open_lines,
    take,
    wrong_day,
)
from advisor.terminal.lines import Lines
from advisor.terminal.menu_screen import MenuScreen
from advisor.terminal.panel import draw_panel
from advisor.terminal.paragraph import Paragraph
from advisor.terminal.reply import Command
from advisor.terminal.screen import BaseScreen, Host
from advisor.understanding.reading import Answer

BLANK = Paragraph()
KEYS = {"choices": "interview.keys.choices", "number": "interview.keys.number"}
"""What the foot says at questions of these types; at the others an option is chosen."""


class InterviewScreen(BaseScreen):
    """Shows the start page, the question that is asked, or the stop line, made anew as the interview goes on."""

    wide = 100
    panel_width = 42

    def __init__(self, host: Host, interview: Interview, wording: Wording, folder: Path | None = None) -> None:
        """`folder` is where sessions are kept, as the start page says; None where they cannot be."""
        super().__init__(host)
        self.interview = interview
        self.wording = wording
        self.folder = folder
        self.started = bool(interview.session.given)
        self.actions = InterviewActions(host, interview, wording, self._show)
        self._answers: AnswerScreen | None = None
        self._show()

    # -- what shows -----------------------------------------------------------------------------------------

    @property
    def head(self) -> str:
        """The day of signing and the title of the session; where it cannot be saved, that as well."""
        return heading(self.interview, self.wording)

    def has_panel(self, *, covered: bool) -> bool:
        """Return whether the conclusions stand beside what shows: only where a question is asked."""
        return self.question is not None

    def draw_panel(self, lines: Lines) -> None:
        """Draw the conclusions as they narrow."""
        draw_panel(self.wording, self.interview.turn.conclusions.values(), lines)

    def draw(self, lines: Lines) -> None:
        """Draw what shows."""
        self.shown.draw(lines)

    def _show(self) -> None:
        """Show the interview as it stands now."""
        self.wording = replace(self.wording, as_of=self.interview.session.as_of)
        self.actions.wording = self.wording
        name = self.interview.question if self.started else None
        self.question = None if name is None else self.interview.interviewer.library.questions[name]
        self._answers = None if self.question is None else self._asked(self.question)
        self.shown: AnswerScreen | MenuScreen = self._answers or self._menu()
        self.keys, self.field = self.shown.keys, self.shown.field

    def _asked(self, question: Question) -> AnswerScreen:
        wording, session = self.wording, self.interview.session
        offer = self.interview.interviewer.offer(session, question.id)
        note, closed = session.notes.get(question.id), not_offered(question, offer, wording)
        heading = (
            Paragraph(progress(self.interview, question, wording), "class:dim"),
            BLANK,
            Paragraph(wording.text(question.text), "class:question"),
            *((Paragraph(wording.text(question.hint), "class:hint"),) if question.hint else ()),
            *((Paragraph(wording.say("interview.note_now", note=note), "class:note"),) if note else ()),
            *((Paragraph(closed, "class:dim"),) if closed else ()),
            BLANK,
        )
        before = self._answers
        if before is not None and (before.question, before.offer) == (question, offer):
            # What was marked and typed stays, whatever else was said in between.
            before.heading = heading
            return before
        return AnswerScreen(
            self.host,
            wording,
            question,
            offer,
            session.given.get(question.id),
            heading,
            wording.say("interview.unknown_option"),
            self._take,
            KEYS.get(question.type, "interview.keys.choice"),
            self._command,
        )

    def _menu(self) -> MenuScreen:
        if not self.started:
            return self._start_page()
        return self._day_wanted() if self.interview.wants_day else self._stop_line()

    def _start_page(self) -> MenuScreen:
        say = self.wording.say
        above = (Paragraph(say("interview.start.title"), "class:question"), BLANK)
        below = map(_point, start_lines(self.interview, self.wording, self.folder))
        day = self.wording.day(self.interview.session.as_of)
        actions: dict[str, Callable[[], None]] = {
            say("interview.do.start"): self._start,
            say("interview.do.name_parties"): self.actions.show_parties,
            say("interview.do.title"): self.actions.ask_title,
            say("interview.do.change_day", day=day): self.actions.ask_day,
            say("interview.do.quit"): self.host.leave,
        }
        return MenuScreen(self.host, above, actions, tuple(below), "interview.keys.start", commanded=self._command)

    def _day_wanted(self) -> MenuScreen:
        """Ask for the day of signing: nothing else is asked before it is named."""
        say = self.wording.say
        actions: dict[str, Callable[[], None]] = {
            say("interview.do.name_day"): self.actions.ask_day,
            say("interview.do.answers"): self.actions.choose_answer,
            say("interview.do.quit"): self.host.leave,
        }
        above = (Paragraph(say("interview.own_day"), "class:question"), BLANK)
        return MenuScreen(self.host, above, actions, commanded=self._command)

    def _stop_line(self) -> MenuScreen:
        say, do = self.wording.say, self.actions
        actions: dict[str, Callable[[], None]] = {}
        if self.interview.barred:
            title = "interview.stop_barred"
            actions[say("interview.do.why_barred")] = self._why_barred
        elif self.interview.stage == "headline":
            title = "interview.stop_headline"
            actions[say("interview.do.go_on")] = self._go_on
        else:
            title = "interview.stop_done"
        hanging = [] if self.interview.barred else open_lines(self.interview, self.wording)
        actions[say("interview.do.advice")] = do.whole_advice
        if hanging:
            actions[say("interview.do.wanted")] = do.show_open
        actions |= {
            say("interview.do.answers"): do.choose_answer,
            say("interview.do.what_if"): do.choose_what_if,
            say("interview.do.name_parties"): do.show_parties,
            say("interview.do.write"): do.choose_file,
            say("interview.do.delete"): do.ask_delete,
            say("interview.do.quit"): self.host.leave,
        }
        below = self._standing("interview.settled", settled_lines(self.interview, self.wording))
        if not self.interview.barred:
            below += self._standing("interview.open", still_open_lines(self.interview, self.wording))
            below += self._standing("interview.to_find_out", hanging)
            more = more_to_answer(self.interview, self.wording)
            below += (Paragraph(more),) if more else ()
        above = (Paragraph(say(title), "class:question"), BLANK)
        return MenuScreen(self.host, above, actions, below, commanded=self._command)

    def _standing(self, title: str, lines: list[str]) -> tuple[Paragraph, ...]:
        if not lines:
            return ()
        return (Paragraph(self.wording.say(title), "class:heading"), *map(_point, lines), BLANK)

    # -- keys -----------------------------------------------------------------------------------------------

    def key(self, name: str, text: str) -> bool:
        """Do what works everywhere in the interview, or hand the key to what shows."""
        question = self.question
        match name:
            case "f2":
                self.actions.choose_answer()
            case "f3":
                self.actions.choose_advice()
            case "f4":
                self.actions.choose_what_if()
            case "f5":
                self.actions.ask_title()
            case "f6":
                self.actions.ask_day()
            case "f7" if question is not None:
                self.actions.note(question.id)
            case "left" | "escape" if self.shown.unsent:
                self.shown.clear()
            case "left" if self.started:
                self._back()
            case "f1" if question is not None:
                self.actions.help(question)
            case "char" if text == "?" and question is not None:
                self.actions.why(question)
            case "escape" if self.interview.revisiting:
                self.interview.stay()
                self._show()
            case "escape":
                return False
            case _:
                return self.shown.key(name, text)
        return True

    def _command(self, command: Command) -> bool:
        """Do what a typed command says; return whether it can be done here."""
        question, do, argument = self.question, self.actions, command.argument
        plain: dict[str, Callable[[], None]] = {
            "again": lambda: None,
            "back": self._back,
            "answers": do.choose_answer,
            "advice": do.choose_advice,
            "what_if": do.choose_what_if,
            "names": lambda: self._names(argument),
            "write": do.choose_file,
            "delete": do.ask_delete,
            "save": lambda: self._save(argument),
            "day": lambda: self._day(argument),
            "quit": self.host.leave,
        }
        if question is not None:
            plain |= {
                "why": lambda: do.why(question),
                "help": lambda: do.help(question),
                "note": lambda: self._note(question, argument),
            }
        action = plain.get(command.name)
        if action is not None:
            action()
        return action is not None

    def _names(self, name: str) -> None:
        """Show the parties, or go on with one whose name was typed."""
        if name:
            self.actions.ask_signatory(name)
        else:
            self.actions.show_parties()

    def _save(self, title: str) -> None:
        if not title:
            self.actions.ask_title()
            return
        self.interview.titled(title)
        self.host.message = said_of_keeping(self.interview, self.wording)

    def _day(self, day: str) -> None:
        if not day:
            self.actions.ask_day()
            return
        wrong = wrong_day(self.interview, day, self.wording)
        self.host.message = wrong or set_day(self.interview, day, self.wording)
        self._show()

    def _note(self, question: Question, note: str) -> None:
        if not note:
            self.actions.note(question.id)
            return
        self.host.message = note_on(self.interview, question.id, note, self.wording)
        self._show()

    def _start(self) -> None:
        self.started = True
        self._show()

    def _take(self, answer: Answer) -> None:
        done, self.host.message = take(self.interview, answer, self.wording)
        if done:
            self._show()

    def _back(self) -> None:
        """Look at the answer before."""
        if self.interview.back():
            self._show()
        else:
            self.host.message = self.wording.say("interview.first")

    def _go_on(self) -> None:
        """Go on to the diagnosis."""
        self.host.message = go_on(self.interview, self.wording)
        self._show()

    def _why_barred(self) -> None:
        """Show why the cooperation is not admissible."""
        self.actions.how(self.interview.interviewer.library.roles.gate)


def _point(text: str) -> Paragraph:
    return Paragraph(text, lead="• ")
