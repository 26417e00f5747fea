"""Plain mode: one line out, one line in, no cursor movement; for screen readers, slow links and pipes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from advisor.inference.case import Party
from advisor.interview.interview import Interview
from advisor.interview.turn import Offer, Turn
from advisor.knowledge.question import Question
from advisor.papers.text_writer import write_text
from advisor.problem import AnswersError
from advisor.report.wording import Wording
from advisor.system_error import reason_of
from advisor.terminal.interview_files import kinds, proposed_name, write_file
from advisor.terminal.interview_talk import (
    answered,
    drop_party,
    given_answers,
    go_on,
    name_party,
    not_offered,
    note_on,
    open_lines,
    party_lines,
    progress,
    said_of_keeping,
    set_day,
    settled_lines,
    start_lines,
    still_open_lines,
    take,
    why_lines,
    wrong_day,
)
from advisor.terminal.interview_texts import advice, reasoning, tried
from advisor.terminal.line_talk import LineTalk
from advisor.terminal.reply import Command, answer_in_bounds, asked_back, bounds, read_command, read_reply
from advisor.text import Text
from advisor.understanding.answer import read_yes_or_no
from advisor.understanding.options import read_option
from advisor.understanding.reading import Ambiguous, Answer, Choice, Meant, NotUnderstood, quoted

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
        self.wording = wording
        self.folder = folder
        self._talk = LineTalk(self.wording.say, source, target)
        self._far = True
        """Whether so much was said since a question was shown that it is shown again."""

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
        self._show_answers(question, offer)
        closed = not_offered(question, offer, self.wording)
        if closed:
            self._talk.print(f"  {closed}")
        note = self.interview.session.notes.get(question.id)
        if note:
            self._talk.say("interview.note_now", note=note)
        given = self.interview.session.given.get(question.id)
        if given is not None:
            self._talk.say("interview.now", answer=answered(question.id, given, self.wording))

    def _show_answers(self, question: Question, offer: Offer) -> None:
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
            self._anywhere(command)

    def _anywhere(self, command: Command) -> bool:
        """Do what a command says that can be done at any time; return whether it is one."""
        argument = command.argument
        commands: dict[str, Callable[[], None]] = {
            "back": self._back,
            "answers": lambda: self._answers(argument),
            "advice": lambda: self._advice(argument),
            "save": lambda: self._save(argument),
            "day": lambda: self._day(argument),
            "names": lambda: self._names(argument),
            "write": lambda: self._write(argument),
            "what_if": lambda: self._what_if(argument),
            "delete": self._delete,
            "quit": self._quit,
        }
        if command.name not in commands:
            return False
        commands[command.name]()
        return True

    def _quit(self) -> None:
        self._talk.left = True

    def _back(self) -> None:
        if not self.interview.back():
            self._talk.say("interview.first")

    def _save(self, title: str) -> None:
        if title:
            self.interview.titled(title)
        self.interview.save()
        self._talk.print(said_of_keeping(self.interview, self.wording))

    def _day(self, text: str) -> None:
        if not text:
            self._talk.say("interview.day_hint", day=self.wording.day(self.interview.session.as_of))
            return
        wrong = wrong_day(self.interview, text, self.wording)
        self._talk.print(wrong or set_day(self.interview, text, self.wording))
        self.wording = replace(self.wording, as_of=self.interview.session.as_of)

    def _note(self, question: Question, note: str) -> None:
        if note:
            self._talk.print(note_on(self.interview, question.id, note, self.wording))
            return
        now = self.interview.session.notes.get(question.id)
        if now:
            self._talk.say("interview.note_now", note=now)
        self._talk.say("interview.note_hint")

    def _answers(self, argument: str) -> None:
        """List the answers, or look again at the one that `argument` names."""
        given = given_answers(self.interview, self.wording)
        if not given:
            self._talk.say("interview.answers_none")
            return
        question = self._named(argument, given, "interview.prompt_change")
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
            if command.name == "back" or not self._anywhere(command):
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
        if command is not None and (command.name == "back" or not self._anywhere(command)):
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
        self._show_answers(question, offer)
        line = self._reply_to("interview.prompt_what_if")
        if line is None:
            return
        reply = read_reply(line, question, offer)
        while isinstance(reply, Ambiguous | NotUnderstood):
            self._talk.print(asked_back(reply, question, offer, self.wording))
            line = self._reply_to("interview.prompt_what_if")
            if line is None:
                return
            reply = read_reply(line, question, offer)
        if isinstance(reply, Meant):
            self._try(name, reply.answer)
        else:
            self._talk.say("interview.not_understood", given=quoted(line))

    def _try(self, question: str, answer: Answer) -> None:
        try:
            told = tried(self.interview, question, answer, self.wording)
        except AnswersError as error:
            self._talk.print(self.wording.refusal(error))
        else:
            write_text(told, self._talk.target)

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
            write_text(advice(self.interview, self.wording), self._talk.target)
            self._talk.say("interview.advice_hint")
        picked = self._named(argument, conclusions, "interview.prompt_conclusion")
        if picked is not None:
            write_text(reasoning(self.interview, picked, self.wording), self._talk.target)

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
                self._day(line.strip())
            elif command is None or not self._anywhere(command):
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
                self._quit()
            elif command is None or not self._anywhere(command):
                self._talk.say("interview.not_now" if goes_on else "interview.not_now_at_end")
            if not self._stands(turn) or self.interview.wants_day:
                return

    def _say_end(self) -> None:
        self._talk.print("")
        if self.interview.barred:
            self._talk.say("interview.stop_barred")
            why = reasoning(self.interview, self.interviewer.library.roles.gate, self.wording)
            write_text(why, self._talk.target)
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
