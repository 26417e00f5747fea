"""What can be done in plain mode beside answering: look at answers and advice, name parties, write, try, delete."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from advisor.inference.case import Party
from advisor.interview.interview import Interview
from advisor.interview.turn import Offer
from advisor.knowledge.question import Question
from advisor.problem import AnswersError
from advisor.report.wording import Wording
from advisor.system_error import reason_of
from advisor.terminal.interview_files import kinds, proposed_name, write_file
from advisor.terminal.interview_talk import (
    drop_party,
    given_answers,
    name_party,
    party_lines,
    said_of_keeping,
    set_day,
    unasked,
    wrong_day,
    wrong_party,
)
from advisor.terminal.interview_texts import advice, reasoning, tried
from advisor.terminal.line_talk import LineTalk
from advisor.terminal.reply import Command, asked_back, bounds, read_command, read_reply
from advisor.text import Text
from advisor.understanding.answer import read_yes_or_no
from advisor.understanding.options import read_option
from advisor.understanding.reading import Ambiguous, Answer, Choice, Meant, NotUnderstood, quoted


class PlainActions:
    """Does what commands say, over a talk; what lists something has a prompt of its own."""

    def __init__(self, interview: Interview, wording: Wording, talk: LineTalk) -> None:
        self.interview = interview
        self.interviewer = interview.interviewer
        self.wording = wording
        self._talk = talk

    def show_answers(self, question: Question, offer: Offer) -> None:
        """Write what can be answered to a question."""
        unknown = self.wording.say("interview.unknown_option")
        if question.type == "number":
            self._talk.print(bounds(question, offer, self.wording))
            return
        self._talk.options(self._option(question, option) for option in offer.options)
        self._talk.say("interview.option", number=0, label=unknown)
        several = "interview.several" if offer.nothing else "interview.some"
        self._talk.say(several if question.type == "choices" else "interview.one")

    def _option(self, question: Question, option: str) -> str:
        """Return the label of an option and, where it has one, what belongs to its meaning."""
        label = self.wording.option(question.id, option)
        note = next((o.help for o in question.options if o.id == option), None)
        return label if note is None else f"{label} – {self.wording.text(note)}"

    def do(self, command: Command) -> bool:
        """Do what a command says that can be done at any time; return whether it is one."""
        argument = command.argument
        commands: dict[str, Callable[[], None]] = {
            "back": self._back,
            "answers": lambda: self._answers(argument),
            "advice": lambda: self._advice(argument),
            "save": lambda: self._save(argument),
            "day": lambda: self.set_day(argument),
            "names": lambda: self._names(argument),
            "write": lambda: self._write(argument),
            "what_if": lambda: self._what_if(argument),
            "delete": self._delete,
            "quit": self.quit,
        }
        if command.name not in commands:
            return False
        commands[command.name]()
        return True

    def quit(self) -> None:
        """Leave the talk."""
        self._talk.left = True

    def _back(self) -> None:
        if not self.interview.back():
            self._talk.say("interview.first")

    def _save(self, title: str) -> None:
        if title:
            self.interview.titled(title)
        self.interview.save()
        self._talk.print(said_of_keeping(self.interview, self.wording))

    def set_day(self, text: str) -> None:
        """Ask under the law of the day that a text names; without one, say which it is."""
        if not text:
            self._talk.say("interview.day_hint", day=self.wording.day(self.interview.session.as_of))
            return
        wrong = wrong_day(self.interview, text, self.wording)
        self._talk.print(wrong or set_day(self.interview, text, self.wording))
        self.wording = replace(self.wording, as_of=self.interview.session.as_of)

    def _answers(self, argument: str) -> None:
        """List the answers, or look again at the one that `argument` names."""
        known = given_answers(self.interview, self.wording) | unasked(self.interview, self.wording)
        if not known:
            self._talk.say("interview.answers_none")
            return
        question = self._named(argument, known, "interview.prompt_change")
        if question is not None:
            self.interview.go_to(question)

    def _named(self, argument: str, of: Mapping[str, str], prompt: str) -> str | None:
        """Return which of several (by their labels) an argument names, or the person where there is none.

        None where none is named. At the prompt a command is done as everywhere.
        """
        if argument:
            return self._picked(argument, of)
        self._talk.options(of.values())
        line = self._reply_to(prompt)
        if line is None:
            return None
        found, command = self._found(line, of), read_command(line)
        if found is None and command is not None:
            # Back is where the person is going anyhow.
            if command.name == "back" or not self.do(command):
                self._talk.say("interview.nothing_chosen")
            return None
        return found if found is not None else self._picked(line, of)

    def _picked(self, text: str, of: Mapping[str, str]) -> str | None:
        """Return what a number or the beginning of a label names; None, and it is said, where they name nothing."""
        found = self._found(text, of)
        if found is None:
            self._talk.say("interview.no_such_action", given=quoted(text), most=len(of))
        return found

    def _found(self, text: str, of: Mapping[str, str]) -> str | None:
        text = text.strip()
        if text.isascii() and text.isdigit():
            if len(text) < 6 and 1 <= int(text) <= len(of):
                return list(of)[int(text) - 1]
        else:
            choices = [Choice(name, Text(id=label, en=label)) for name, label in of.items()]
            reading = read_option(text, choices, reserved=False)
            if isinstance(reading, Meant):
                return str(reading.answer)
            if isinstance(reading, Ambiguous) and len(reading.candidates) == 1:
                return reading.candidates[0]  # nothing is answered by looking at the wrong line
        return None

    def _reply_to(self, prompt: str) -> str | None:
        """Ask for something that can be left; say that nothing was chosen where it is, and return None."""
        line = self._talk.read(prompt)
        if line is not None and not line.strip():
            self._talk.say("interview.nothing_chosen")
        return (line or "").strip() or None

    def _names(self, name: str) -> None:
        """Name a party, or list those that are named."""
        if not name:
            self._talk.options(party_lines(self.interview))
            self._talk.say("interview.names_hint")
            line = self._reply_to("interview.prompt_party")
            if line is not None and not self._is_done(line):
                self._names(line)
            return
        if name.startswith("-"):
            self._drop_party(name[1:].strip())
            return
        if name.isdigit():
            self._rename_party(name)
            return
        self._name_party(name, None)

    def _is_done(self, line: str) -> bool:
        """Do what a line at a prompt says as a command, if it is one; to go back is to leave the prompt."""
        command = read_command(line)
        if command is not None and (command.name == "back" or not self.do(command)):
            self._talk.say("interview.nothing_chosen")
        return command is not None

    def _rename_party(self, number: str) -> None:
        """Name the party with this number anew."""
        lines = party_lines(self.interview)
        picked = self._picked(number, {str(place): line for place, line in enumerate(lines)})
        line = None if picked is None else self._reply_to("interview.prompt_party")
        if picked is not None and line is not None and not self._is_done(line):
            self._name_party(line, int(picked))

    def _name_party(self, name: str, place: int | None) -> None:
        wrong = wrong_party(self.interview, name, self.wording)
        if wrong:
            self._talk.print(wrong)
            return
        found = []
        for prompt in ("interview.prompt_signatory", "interview.prompt_office"):
            line = self._talk.read(prompt) or ""
            if self._is_done(line):
                return
            found.append(line.strip())
        signatory, office = found
        told = name_party(self.interview, Party(name, "", signatory, office), place, self.wording)
        self._talk.print(told)

    def _drop_party(self, number: str) -> None:
        lines = party_lines(self.interview)
        picked = self._picked(number, {str(place): line for place, line in enumerate(lines)})
        if picked is not None:
            self._talk.print(drop_party(self.interview, int(picked), self.wording))

    def _write(self, argument: str) -> None:
        """Write the answers, the advice or what has to be found out to a file."""
        found = kinds(self.wording)
        labels = [kind.label for kind in found]
        label = self._named(argument, dict(zip(labels, labels, strict=True)), "interview.prompt_file")
        if label is None:
            return
        kind = found[labels.index(label)]
        proposed = proposed_name(self.interview, kind)
        self._talk.say("interview.file_proposed", file=proposed)
        line = self._talk.read("interview.prompt_name")
        if line is not None:
            self._talk.print(write_file(self.interview, kind, line.strip() or proposed, self.wording))

    def _what_if(self, argument: str) -> None:
        """Try another answer to a question, and write what it would change."""
        given = given_answers(self.interview, self.wording)
        if not given:
            self._talk.say("interview.answers_none")
            return
        name = self._named(argument, given, "interview.prompt_which")
        if name is None:
            return
        question = self.interviewer.library.questions[name]
        offer = self.interviewer.offer(self.interview.session, name)
        self._talk.say("interview.what_if", question=self.wording.text(question.text))
        self.show_answers(question, offer)
        while (line := self._reply_to("interview.prompt_what_if")) is not None:
            reply = read_reply(line, question, offer)
            if isinstance(reply, Ambiguous | NotUnderstood):
                self._talk.print(asked_back(reply, question, offer, self.wording))
                continue
            if isinstance(reply, Meant):
                self._try(name, reply.answer)
            else:
                self._talk.say("interview.not_understood", given=quoted(line))
            return

    def _try(self, question: str, answer: Answer) -> None:
        try:
            told = tried(self.interview, question, answer, self.wording)
        except AnswersError as error:
            self._talk.print(self.wording.refusal(error))
        else:
            self._talk.tell(told)

    def _delete(self) -> None:
        """Delete the session, if the person says so twice."""
        self._talk.say("interview.delete", name=self.interview.name)
        line = self._talk.read("interview.prompt_yes_no")
        if line is None or read_yes_or_no(line) != "yes":
            self._talk.say("interview.kept")
            return
        try:
            self.interview.delete()
        except OSError as error:
            self._talk.say("interview.not_deleted", name=self.interview.name, reason=reason_of(error))
        else:
            self._talk.left = True

    def _advice(self, argument: str) -> None:
        """Write all of the advice, or how the conclusion with this number comes about."""
        conclusions = {name: self.wording.conclusion(name) for name in self.interview.turn.conclusions}
        if not argument:
            self._talk.tell(advice(self.interview, self.wording))
            self._talk.say("interview.advice_hint")
        picked = self._named(argument, conclusions, "interview.prompt_conclusion")
        if picked is not None:
            self._talk.tell(reasoning(self.interview, picked, self.wording))
