"""Plain mode: one line out, one line in, no cursor movement; for screen readers, slow links and pipes."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from advisor.interview.interview import Interview
from advisor.interview.turn import Offer, Turn
from advisor.knowledge.question import Question
from advisor.report.wording import Wording
from advisor.terminal.interview_talk import (
    answered,
    go_on,
    more_to_answer,
    not_offered,
    note_on,
    open_lines,
    progress,
    settled_lines,
    start_lines,
    still_open_lines,
    take,
    why_lines,
)
from advisor.terminal.interview_texts import reasoning
from advisor.terminal.line_talk import LineTalk
from advisor.terminal.plain_actions import PlainActions
from advisor.terminal.reply import Command, answer_in_bounds, asked_back, read_command, read_reply
from advisor.understanding.answer import read_yes_or_no
from advisor.understanding.reading import Ambiguous, Answer, Meant, NotUnderstood

LONG = frozenset({"why", "help", "again", "answers", "advice", "names", "write", "what_if"})
"""The commands after which a question is shown again: they say much, or ask for it."""


class PlainInterview:
    """Runs an interview over two streams; ends at the last stop line, at `quit`, or where the input ends."""

    def __init__(
        self, interview: Interview, wording: Wording, source: TextIO, target: TextIO, folder: Path | None = None
    ) -> None:
        """`folder` is where sessions are kept, as the start says; None where they cannot be."""
        self.interview = interview
        self.interviewer = interview.interviewer
        self.folder = folder
        self._talk = LineTalk(wording.say, source, target)
        self._actions = PlainActions(interview, wording, self._talk)
        self._far = True
        """Whether so much was said since a question was shown that it is shown again."""

    @property
    def wording(self) -> Wording:
        """How things are said, on the day that the interview is about."""
        return self._actions.wording

    def run(self) -> None:
        """Ask until there is nothing more to ask, or the person leaves."""
        self._welcome()
        while not self._talk.left:
            if self.interview.wants_day:
                self._own_day()
            elif self.interview.question is not None:
                self._ask(self.interviewer.library.questions[self.interview.question])
            else:
                self._stop_line()
        self.interview.save()

    def _welcome(self) -> None:
        session = self.interview.session
        if not session.given:
            self._talk.say("interview.start.title")
            self._talk.bullets(start_lines(self.interview, self.wording, self.folder))
        unkept = self.interview.unkept
        told = {"day": self.wording.day(session.as_of), "name": self.interview.name, "reason": unkept}
        self._talk.say("interview.welcome_unkept" if unkept else "interview.welcome", **told)
        self._talk.say("interview.words")

    # -- one question ---------------------------------------------------------------------------------------

    def _ask(self, question: Question) -> None:
        offer = self.interviewer.offer(self.interview.session, question.id)
        self._far = True
        turn = self.interview.turn
        while not self._talk.left and self.interview.question == question.id and self._stands(turn):
            if self._far:
                self._show(question, offer)
                self._far = False
            line = self._talk.read("interview.prompt")
            if line is None:
                return
            if line.strip():
                self._reply(line, question, offer)
            elif self.interview.revisiting:
                self.interview.stay()
            else:
                self._talk.say("interview.number_first" if question.type == "number" else "interview.answer_first")

    def _stands(self, turn: Turn) -> bool:
        """Return whether what is asked and concluded is still that of a turn."""
        return self.interview.turn.conclusions is turn.conclusions

    def _reply(self, line: str, question: Question, offer: Offer) -> None:
        reply = read_reply(line, question, offer)
        match reply:
            case Command():
                self._command(reply, question)
            case Ambiguous() | NotUnderstood():
                self._talk.print(asked_back(reply, question, offer, self.wording))
                if isinstance(reply, Ambiguous) and len(reply.candidates) == 1:
                    self._perhaps(reply.candidates[0], question, offer)
            case Meant(answer):
                self._take(line, answer, question, offer)

    def _perhaps(self, option: str, question: Question, offer: Offer) -> None:
        """Take the one option that can be meant, if the person says that it is."""
        line = self._talk.read("interview.prompt_perhaps")
        if line is None:
            return
        if read_yes_or_no(line) == "yes":
            self._take(line, (option,) if question.type == "choices" else option, question, offer)
        elif read_yes_or_no(line) == "no":
            self._talk.say("interview.answer_first")
        elif line.strip():
            self._reply(line, question, offer)

    def _take(self, line: str, answer: Answer, question: Question, offer: Offer) -> None:
        wrong = answer_in_bounds(line, question, offer, self.wording) if isinstance(answer, int) else ""
        self._talk.print(wrong or take(self.interview, answer, self.wording)[1])

    def _show(self, question: Question, offer: Offer) -> None:
        self._talk.print("")
        self._talk.print(progress(self.interview, question, self.wording))
        self._talk.print(self.wording.text(question.text))
        if question.hint is not None:
            self._talk.print(f"({self.wording.text(question.hint)})")
        self._actions.show_answers(question, offer)
        closed = not_offered(question, offer, self.wording)
        if closed:
            self._talk.print(f"  {closed}")
        note = self.interview.session.notes.get(question.id)
        if note:
            self._talk.say("interview.note_now", note=note)
        given = self.interview.session.given.get(question.id)
        if given is not None:
            self._talk.say("interview.now", answer=answered(question.id, given, self.wording))

    # -- commands -------------------------------------------------------------------------------------------

    def _command(self, command: Command, question: Question) -> None:
        """Do what a command says at a question."""
        self._far = command.name in LONG
        if command.name == "why":
            for depth, text in why_lines(self.interview, question.id, self.wording):
                self._talk.print("  " * depth + text)
        elif command.name == "help":
            self._talk.print(self.wording.text(question.help))
            self._talk.say("interview.words")
        elif command.name == "again":
            pass
        elif command.name == "note":
            self._note(question, command.argument)
        else:
            self._actions.do(command)

    def _note(self, question: Question, note: str) -> None:
        if note:
            self._talk.print(note_on(self.interview, question.id, note, self.wording))
            return
        now = self.interview.session.notes.get(question.id)
        if now:
            self._talk.say("interview.note_now", note=now)
        self._talk.say("interview.note_hint")

    # -- where nothing is asked -----------------------------------------------------------------------------

    def _own_day(self) -> None:
        """Ask for the day of signing until it is named, or another answer is looked at."""
        self._talk.print("")
        self._talk.say("interview.own_day")
        while not self._talk.left and self.interview.wants_day:
            line = self._talk.read("interview.prompt")
            if line is None:
                return
            command = read_command(line)
            if command is None and line.strip():
                self._actions.set_day(line.strip())
            elif command is None or not self._actions.do(command):
                self._talk.say("interview.own_day")

    def _stop_line(self) -> None:
        """Say where the interview stands, and do what can be done at its end."""
        self._say_end()
        goes_on = self.interview.stage == "headline" and not self.interview.barred
        prompt = "interview.go_on" if goes_on else "interview.go_back"
        turn = self.interview.turn
        while not (self._talk.left or self.interview.revisiting):
            line = self._talk.read(prompt)
            if line is None:
                return
            command, answer = read_command(line), read_yes_or_no(line)
            if answer == "yes" and goes_on:
                told = go_on(self.interview, self.wording)
                if told:
                    self._talk.print(told)
                return
            if answer == "no" and goes_on:
                self._actions.quit()
            elif command is None or not self._actions.do(command):
                self._talk.say("interview.not_now" if goes_on else "interview.not_now_at_end")
            if not self._stands(turn) or self.interview.wants_day:
                return

    def _say_end(self) -> None:
        self._talk.print("")
        if self.interview.barred:
            self._talk.say("interview.stop_barred")
            why = reasoning(self.interview, self.interviewer.library.roles.gate, self.wording)
            self._talk.tell(why)
            return
        self._talk.say("interview.stop_headline" if self.interview.stage == "headline" else "interview.stop_done")
        for title, lines in (
            ("interview.settled", settled_lines(self.interview, self.wording)),
            ("interview.open", still_open_lines(self.interview, self.wording)),
            ("interview.to_find_out", open_lines(self.interview, self.wording)),
        ):
            if lines:
                self._talk.say(title)
                self._talk.bullets(lines)
        more = more_to_answer(self.interview, self.wording)
        if more:
            self._talk.print(more)
