"""A lesson in plain mode: line by line, for pipes and screen readers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TextIO

from advisor.interview.turn import Offer
from advisor.report.wording import Wording
from advisor.teach.comparison import compare
from advisor.teach.lecture import Lecture
from advisor.teach.lesson import Lesson
from advisor.teach.teacher import Teacher
from advisor.terminal.lesson_pages import LessonPages
from advisor.terminal.lesson_words import LessonWords, changed
from advisor.terminal.line_talk import LineTalk
from advisor.terminal.paragraph import Paragraph
from advisor.terminal.reply import asked_back, bounds, read_reply
from advisor.understanding.answer import read_yes_or_no
from advisor.understanding.reading import UNKNOWN, Ambiguous, Answer, Meant, NotUnderstood

# Words of both languages are understood in both, so that nobody has to remember which one runs.
WORDS = {
    "": "next", "lanjut": "next", "next": "next",
    "kembali": "back", "back": "back", "<": "back",
    "keputusan": "decision", "decision": "decision",
    "simpulan": "conclusion", "conclusion": "conclusion",
    "fakta": "facts", "facts": "facts",
    "ubah": "change", "change": "change",
    "hasil": "result", "result": "result",
    "bantuan": "help", "help": "help", "?": "help",
    "keluar": "quit", "quit": "quit", "exit": "quit",
}  # fmt: skip


class PlainLesson:
    """Goes through a lesson over two streams; ends at `quit`, or where the input ends."""

    def __init__(self, teacher: Teacher, lesson: Lesson, wording: Wording, source: TextIO, target: TextIO) -> None:
        self.teacher = teacher
        self.original = lesson
        self.lecture = Lecture(lesson)
        self.words = LessonWords(wording.library, wording.language, wording.as_of)
        self.pages = LessonPages(self.words)
        self._talk = LineTalk(self.words.say, source, target)

    def run(self) -> None:
        """Go on until the trainer leaves."""
        self._talk.say("teach.words")
        self._show()
        while not self._talk.left:
            line = self._talk.read("teach.prompt")
            if line is not None:
                self._command(" ".join(line.lower().split()))

    def _command(self, text: str) -> None:
        word, _, rest = text.partition(" ")
        commands: dict[str, Callable[[], None]] = {
            "next": self._next,
            "back": self._back,
            "decision": lambda: self._go(self.lecture.next_decision()),
            "conclusion": lambda: self._go(self.lecture.next_conclusion()),
            "facts": self._facts,
            "change": lambda: self._change(rest),
            "result": self._result,
            "help": lambda: self._talk.say("teach.words"),
            "quit": self._quit,
        }
        if word in WORDS:
            commands[WORDS[word]]()
        else:
            self._talk.say("teach.not_understood", given=text)
            self._talk.say("teach.words")

    # -- going through the lesson ---------------------------------------------------------------------------

    def _next(self) -> None:
        if self.lecture.page == "result":
            self._talk.say("teach.at_end")
        else:
            self._go(self.lecture.next())

    def _back(self) -> None:
        if self.lecture.page == "facts":
            self._talk.say("teach.at_start")
        else:
            self._go(self.lecture.back())

    def _quit(self) -> None:
        self._talk.left = True

    def _go(self, lecture: Lecture) -> None:
        self.lecture = lecture
        self._show()

    def _show(self) -> None:
        lesson, step = self.lecture.lesson, self.lecture.step
        self._talk.print("")
        if self.lecture.page == "facts":
            self._facts()
        elif step is None:
            self._result()
            self._talk.say("teach.at_end")
        else:
            where = self.words.say("teach.place_step", number=step.number, all=len(lesson.steps))
            self._talk.print(f"— {where} —")
            self._write(self.pages.step(lesson, step, self.lecture.page))

    def _facts(self) -> None:
        lesson = self.lecture.lesson
        self._write(self.pages.facts(lesson, changed=lesson is not self.original))

    def _result(self) -> None:
        above, rows, below = self.pages.result(self.lecture.lesson)
        self._write(above)
        for half in (0, 1) if rows else ():
            self._talk.print("")
            self._write(paragraph for row in rows for paragraph in row[half])
        if below:
            self._talk.print("")
            self._write(below)

    # -- changing an answer ---------------------------------------------------------------------------------

    def _change(self, number: str) -> None:
        answers = self.words.answer_labels(self.lecture.lesson)
        if not number:
            self._talk.say("teach.toggle_which")
            self._talk.options(answers.values())
            if self.lecture.lesson is not self.original:
                self._talk.say("interview.option", number=0, label=self.words.say("teach.toggle_back"))
            number = (self._talk.read("teach.prompt_which") or "").strip()
        if number == "0" and self.lecture.lesson is not self.original:
            self._talk.say("teach.restored")
            self._go(self.lecture.taught(self.original))
        elif re.fullmatch(r"[0-9]{1,4}", number) and 1 <= int(number) <= len(answers):
            self._change_one([*answers][int(number) - 1])
        elif number:
            self._talk.say("teach.no_such_number", given=number)

    def _now(self, name: str) -> str:
        return self.words.answer(name, self.lecture.lesson.taught.case.answers.get(name))

    def _change_one(self, name: str) -> None:
        question = self.words.library.questions[name]
        offer = Offer.of(question)
        self._talk.say("teach.toggle_to", question=self.words.text(question.text), answer=self._now(name))
        if question.type == "number":
            self._talk.print(bounds(question, offer, self.words))
        else:
            self._talk.options(self.words.option(name, option) for option in offer.options)
            self._talk.say("interview.option", number=0, label=self.words.say("teach.unknown"))
            self._talk.say("interview.several" if question.type == "choices" else "interview.one")
        line = self._talk.read("teach.prompt_answer")
        if line is None or not line.strip():
            return
        reply = read_reply(line, question, offer)
        match reply:
            case Meant(answer):
                self._compare(name, None if answer == UNKNOWN else answer)
            case Ambiguous() | NotUnderstood():
                self._talk.print(asked_back(reply, question, offer, self.words))
            case _:
                self._talk.say("interview.not_understood", given=line.strip())

    def _compare(self, name: str, answer: Answer | None) -> None:
        lesson = self.lecture.lesson
        after = changed(self.teacher, lesson, name, answer, self.words)
        if isinstance(after, str):
            self._talk.print(after)
            return
        comparison = compare(lesson, after)
        written = self.words.answer(name, answer)
        above, _ = self.pages.comparison(comparison, name, written)
        self._write(above)
        for one in comparison.changed:
            before, now = self.words.concluded(one.before), self.words.concluded(one.after)
            self._talk.say("teach.was", conclusion=self.words.label(one.after.id), before=before, after=now)
            self._write(self.pages.because(one))
        for one in comparison.same:
            value = self.words.concluded(one.after)
            self._talk.say("teach.stays", conclusion=self.words.label(one.after.id), value=value)
        line = self._talk.read("teach.prompt_take")
        if line is not None and read_yes_or_no(line) == "yes":
            self._talk.say("teach.taken", question=self.words.label(name), answer=written)
            self._go(self.lecture.taught(after))

    # -- lines ----------------------------------------------------------------------------------------------

    def _write(self, paragraphs: Iterable[Paragraph]) -> None:
        for paragraph in paragraphs:
            self._talk.print(paragraph.lead + paragraph.text)
