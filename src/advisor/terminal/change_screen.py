"""Changes one answer of the case that is taught."""

from __future__ import annotations

from collections.abc import Callable

from advisor.inference.domain import Answer
from advisor.interview.session import UNKNOWN
from advisor.interview.turn import Offer
from advisor.knowledge.question import Question
from advisor.terminal.answer_form import AnswerForm
from advisor.terminal.lesson_words import LessonWords
from advisor.terminal.lines import Lines
from advisor.terminal.screen import Host, Screen


class ChangeScreen(Screen):
    """Shows a question with all its answers; `taken` gets the one that is taken (None: not known)."""

    def __init__(
        self,
        host: Host,
        words: LessonWords,
        question: Question,
        now: Answer | None,
        taken: Callable[[Answer | None], None],
    ) -> None:
        """`now` is the answer so far, None where it is not known."""
        super().__init__(host)
        self.taken = taken
        several = question.type == "choices"
        self.keys = "teach.keys.several" if several else "teach.keys.list"
        answer = words.answer(question.id, now)
        self.title = words.say("teach.toggle_to", question=words.wording.text(question.text), answer=answer)
        offer = Offer(question.option_ids, question.min or 0, question.max or 0, nothing=several)
        self.form = AnswerForm(question, offer, words.wording, now, words.say("teach.unknown"))
        self.field = self.form.field

    def draw(self, lines: Lines) -> None:
        """Draw the question and its answers."""
        lines.add(self.title, "class:question")
        lines.blank()
        self.form.draw(lines)

    def key(self, name: str, text: str) -> None:
        """Take an answer, close, or do what the form does."""
        match name:
            case "enter":
                self._take()
            case "escape" | "left":
                self.host.close()
            case _:
                self.form.key(name, text)

    def _take(self) -> None:
        answer = self.form.answer
        if answer is None:
            self.host.message = self.form.missing
        else:
            self.taken(None if answer == UNKNOWN else answer)
