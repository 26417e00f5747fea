"""Plain mode: one line out, one line in, no cursor movement; for screen readers, slow links and pipes."""

from __future__ import annotations

from dataclasses import replace
from typing import TextIO

from advisor.interview.interview import Interview
from advisor.interview.turn import Offer
from advisor.knowledge.question import Question
from advisor.report.wording import Wording
from advisor.terminal.interview_talk import (
    advice,
    answered,
    given_answers,
    progress,
    reasoning,
    set_day,
    take,
    why_lines,
    wrong_day,
)
from advisor.terminal.line_talk import LineTalk
from advisor.terminal.reply import COMMANDS, YES_NO, Reply, bounds, read_reply
from advisor.terminal.summary import said
from advisor.understanding.reading import Answer


class PlainInterview:
    """Runs an interview over two streams; ends at the last stop line, at `quit`, or where the input ends."""

    def __init__(self, interview: Interview, wording: Wording, source: TextIO, target: TextIO) -> None:
        self.interview = interview
        self.interviewer = interview.interviewer
        self.wording = wording
        self._talk = LineTalk(self.wording.say, source, target)

    def run(self) -> None:
        """Ask until there is nothing more to ask, or the person leaves."""
        session = self.interview.session
        self._talk.say("interview.welcome", day=self.wording.day(session.as_of), name=self.interview.name)
        self._talk.say("interview.words")
        while not self._talk.left:
            if self.interview.wants_day:
                self._own_day()
            elif self.interview.question is not None:
                self._ask(self.interviewer.library.questions[self.interview.question])
            elif self.interview.stage == "headline":
                self._stop_line()
            else:
                self._talk.say("interview.stop_done")
                self._summary()
                break
        self.interview.save()
        self._talk.say("interview.saved", name=self.interview.name)

    def _own_day(self) -> None:
        """Ask for the day of signing until it is named, or another answer is looked at."""
        self._talk.print("")
        self._talk.say("interview.own_day")
        while not self._talk.left and self.interview.wants_day:
            line = self._talk.read("interview.prompt")
            if line is None:
                return
            word, _, argument = " ".join(line.lower().split()).partition(" ")
            match COMMANDS.get(word):
                case "quit":
                    self._talk.left = True
                case "back":
                    self.interview.back()
                case "answers":
                    self._answers(argument)
                case "day":
                    self._day(argument)
                case "help" | "why":
                    self._talk.say("interview.own_day")
                case "advice":
                    self._advice(argument)
                case "save":
                    self._save(" ".join(line.split()).partition(" ")[2])
                case _ if word:
                    self._day(line.strip())

    # -- one question ---------------------------------------------------------------------------------------

    def _ask(self, question: Question) -> None:
        offer = self.interviewer.offer(self.interview.session, question.id)
        self._show(question, offer)
        turn = self.interview.turn
        while not self._talk.left and self.interview.question == question.id and self.interview.turn is turn:
            line = self._talk.read("interview.prompt")
            if line is None:
                return
            if not line.strip():
                if self.interview.revisiting:
                    self.interview.stay()
                continue
            reply = read_reply(line, question, offer, self.wording)
            if reply.command is not None:
                self._command(reply, question)
            elif reply.answer is None:
                self._talk.print(reply.message)
            else:
                self._take(question, reply.answer)
                return

    def _take(self, question: Question, answer: Answer) -> None:
        _, message = take(self.interview, answer, self.wording)
        if message:
            self._talk.print(message)

    def _show(self, question: Question, offer: Offer) -> None:
        self._talk.print("")
        self._talk.print(progress(self.interview, question, self.wording))
        self._talk.print(self.wording.text(question.text))
        if question.hint is not None:
            self._talk.print(f"({self.wording.text(question.hint)})")
        if question.type == "number":
            self._talk.print(bounds(question, offer, self.wording))
        else:
            self._talk.options(self._option(question, option) for option in offer.options)
            self._talk.say("interview.option", number=0, label=self.wording.say("interview.unknown_option"))
            self._talk.say("interview.several" if question.type == "choices" else "interview.one")
        given = self.interview.session.given.get(question.id)
        if given is not None:
            self._talk.say("interview.now", answer=answered(question.id, given, self.wording))

    def _option(self, question: Question, option: str) -> str:
        """Return the label of an option and, where it has one, what belongs to its meaning."""
        label = self.wording.option(question.id, option)
        note = next((o.help for o in question.options if o.id == option), None)
        return label if note is None else f"{label} – {self.wording.text(note)}"

    # -- commands -------------------------------------------------------------------------------------------

    def _command(self, reply: Reply, question: Question) -> None:
        match reply.command:
            case "why":
                self._why(question)
            case "back":
                if not self.interview.back():
                    self._talk.say("interview.first")
            case "answers":
                self._answers(reply.argument)
            case "advice":
                self._advice(reply.argument)
            case "save":
                self._save(reply.argument)
            case "day":
                self._day(reply.argument)
            case "help":
                self._talk.print(self.wording.text(question.help))
                for text in self.wording.explained_options(question):
                    self._talk.print(f"- {text}")
                self._talk.say("interview.words")
            case _:
                self._talk.left = True

    def _save(self, title: str) -> None:
        if title:
            self.interview.titled(title)
        self.interview.save()
        self._talk.say("interview.saved", name=self.interview.name)

    def _day(self, text: str) -> None:
        if not text:
            self._talk.say("interview.day_hint", day=self.interview.session.as_of.isoformat())
            return
        wrong = wrong_day(self.interview, text, self.wording)
        self._talk.print(wrong or set_day(self.interview, text, self.wording))
        self.wording = replace(self.wording, as_of=self.interview.session.as_of)

    def _why(self, question: Question) -> None:
        for depth, text in why_lines(self.interview, question.id, self.wording):
            self._talk.print("  " * depth + text)

    def _answers(self, argument: str) -> None:
        given = given_answers(self.interview, self.wording)
        if argument.isdigit() and 1 <= int(argument) <= len(given):
            self.interview.go_to([*given][int(argument) - 1])
            return
        if not given:
            self._talk.say("interview.answers_none")
            return
        self._talk.options(given.values())
        self._talk.say("interview.answers_hint")

    def _advice(self, argument: str) -> None:
        """Write all of the advice, or how the conclusion with this number comes about."""
        conclusions = list(self.interview.turn.conclusions)
        if argument.isdigit() and 1 <= int(argument) <= len(conclusions):
            reasoning(self.interview, conclusions[int(argument) - 1], self.wording)(self._talk.target, None)
            return
        advice(self.interview, self.wording)(self._talk.target, None)
        self._talk.say("interview.advice_hint")
        self._talk.options(self.wording.conclusion(name) for name in conclusions)

    # -- the stop line --------------------------------------------------------------------------------------

    def _stop_line(self) -> None:
        self._talk.print("")
        barred = self.interview.barred
        if barred:
            self._talk.say("interview.stop_barred")
            gate = self.interviewer.library.roles.gate
            reasoning(self.interview, gate, self.wording)(self._talk.target, None)
        else:
            self._talk.say("interview.stop_headline")
            self._summary()
        while not self._talk.left:
            line = self._talk.read("interview.go_back" if barred else "interview.go_on")
            if line is None:
                return
            word, _, argument = " ".join(line.lower().split()).partition(" ")
            answer, command = YES_NO.get(word), COMMANDS.get(word)
            if answer == "yes" and not barred:
                self.interview.go_on()
                return
            if answer == "no" or command == "quit":
                self._talk.left = True
            elif command == "advice":
                self._advice(argument)
            elif command == "answers":
                self._answers(argument)
            elif word and not (command == "back" and self.interview.back()):
                self._talk.say("interview.not_now")
            if self.interview.revisiting:
                return

    def _summary(self) -> None:
        for conclusion in self.interview.turn.conclusions.values():
            self._talk.print(said(self.wording, conclusion))
