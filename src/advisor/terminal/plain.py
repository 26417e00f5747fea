"""Plain mode: one line out, one line in, no cursor movement; for screen readers, slow links and pipes."""

from __future__ import annotations

from dataclasses import replace
from typing import TextIO

from advisor.inference.domain import Answer
from advisor.interview.day import read_day
from advisor.interview.interview import Interview
from advisor.interview.session import UNKNOWN
from advisor.interview.turn import Offer
from advisor.knowledge.question import Question
from advisor.problem import AnswersError
from advisor.report.wording import Wording
from advisor.terminal.advice_text import write_advice, write_reasoning
from advisor.terminal.line_talk import LineTalk
from advisor.terminal.progress import progress
from advisor.terminal.refusal import refusal
from advisor.terminal.reply import COMMANDS, YES_NO, Reply, read_reply
from advisor.terminal.summary import said
from advisor.terminal.why_text import why_lines


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
            if self.interview.question is not None:
                self._ask(self.interviewer.library.questions[self.interview.question])
            elif self.interview.stage == "headline":
                self._stop_line()
            else:
                self._talk.say("interview.stop_done")
                self._summary()
                break
        self.interview.save()
        self._talk.say("interview.saved", name=self.interview.name)

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
                self._command(reply, question, offer)
            elif reply.answer is None:
                self._talk.print(reply.message)
            else:
                self._take(question, reply.answer)
                return

    def _take(self, question: Question, answer: Answer) -> None:
        refused = refusal(self.interview, question.id, answer, self.wording)
        if refused:
            self._talk.print(refused)
            return
        dropped = self.interview.answer(answer)
        if dropped:
            self._talk.say("interview.dropped", questions=self._names(dropped))

    def _show(self, question: Question, offer: Offer) -> None:
        self._talk.print("")
        self._talk.print(progress(self.interview, question, self.wording))
        self._talk.print(self.wording.text(question.text))
        if question.type == "number":
            unit = self.wording.text(question.unit) if question.unit else ""
            self._talk.say("interview.number", low=offer.low, high=offer.high, unit=unit)
        else:
            for index, option in enumerate(offer.options, start=1):
                self._talk.say("interview.option", number=index, label=self.wording.option(question.id, option))
            self._talk.say("interview.option", number=0, label=self.wording.say("interview.unknown_option"))
            self._talk.say("interview.several" if question.type == "choices" else "interview.one")
        given = self.interview.session.given.get(question.id)
        if given is not None:
            self._talk.say("interview.now", answer=self._answer(question.id, given))

    # -- commands -------------------------------------------------------------------------------------------

    def _command(self, reply: Reply, question: Question, offer: Offer) -> None:
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
                if reply.argument:
                    self.interview.titled(reply.argument)
                self.interview.save()
                self._talk.say("interview.saved", name=self.interview.name)
            case "day":
                self._day(reply.argument)
            case "help":
                self._talk.print(self.wording.text(question.help))
                for text in self.wording.explained_options(question):
                    self._talk.print(f"- {text}")
                self._talk.say("interview.words")
            case _:
                self._talk.left = True

    def _day(self, text: str) -> None:
        if not text:
            self._talk.say("interview.day_hint", day=self.interview.session.as_of.isoformat())
            return
        try:
            day = read_day(text, self.interviewer.knowledge)
        except AnswersError as error:
            self._talk.print(" ".join(problem.sentence(self.wording.language) for problem in error.problems))
            return
        self.interview.on_day(day)
        self.wording = replace(self.wording, as_of=day)
        self._talk.say("interview.day_now", day=self.wording.day(day))

    def _why(self, question: Question) -> None:
        for depth, text in why_lines(self.interview, question.id, self.wording):
            self._talk.print("  " * depth + text)

    def _answers(self, argument: str) -> None:
        given = list(self.interview.session.given.items())
        if argument.isdigit() and 1 <= int(argument) <= len(given):
            self.interview.go_to(given[int(argument) - 1][0])
            return
        if not given:
            self._talk.say("interview.answers_none")
            return
        for number, (question, answer) in enumerate(given, start=1):
            label = f"{self.wording.question(question)}: {self._answer(question, answer)}"
            self._talk.say("interview.option", number=number, label=label)
        self._talk.say("interview.answers_hint")

    def _advice(self, argument: str) -> None:
        """Write all of the advice, or how the conclusion with this number comes about."""
        names = list(self.interview.turn.conclusions)
        if argument.isdigit() and 1 <= int(argument) <= len(names):
            write_reasoning(self.interview, names[int(argument) - 1], self.wording, self._talk.target)
            return
        write_advice(self.interview, self.wording, self._talk.target)
        self._talk.say("interview.advice_hint")
        for number, name in enumerate(names, start=1):
            self._talk.say("interview.option", number=number, label=self.wording.conclusion(name))

    # -- the stop line --------------------------------------------------------------------------------------

    def _stop_line(self) -> None:
        self._talk.print("")
        barred = self.interview.barred
        if barred:
            self._talk.say("interview.stop_barred")
            gate = self.interviewer.library.conclusion_file.gate
            write_reasoning(self.interview, gate, self.wording, self._talk.target)
        else:
            self._talk.say("interview.stop_headline")
            self._summary()
        while not self._talk.left:
            line = self._talk.read("interview.go_back" if barred else "interview.go_on")
            if line is None:
                return
            word, _, argument = " ".join(line.lower().split()).partition(" ")
            if YES_NO.get(word) == "yes" and not barred:
                self.interview.go_on()
                return
            if YES_NO.get(word) == "no":
                self._talk.left = True
            elif COMMANDS.get(word) == "back" and self.interview.back():
                return
            elif COMMANDS.get(word) == "advice":
                self._advice(argument)
            elif COMMANDS.get(word) == "answers":
                self._answers(argument)
                if self.interview.revisiting:
                    return
            elif COMMANDS.get(word) == "quit":
                self._talk.left = True
            elif word:
                self._talk.say("interview.not_now")

    def _summary(self) -> None:
        for conclusion in self.interview.turn.conclusions.values():
            self._talk.print(said(self.wording, conclusion))

    # -- lines ----------------------------------------------------------------------------------------------

    def _answer(self, question: str, answer: Answer) -> str:
        return self.wording.say("interview.unknown") if answer == UNKNOWN else self.wording.answer(question, answer)

    def _names(self, questions: tuple[str, ...]) -> str:
        return ", ".join(self.wording.question(question) for question in questions)
