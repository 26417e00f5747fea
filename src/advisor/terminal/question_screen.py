"""The screen of one question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from advisor.inference.domain import Answer
from advisor.interview.session import UNKNOWN
from advisor.terminal.lines import Lines
from advisor.terminal.option_list import Item, OptionList
from advisor.terminal.progress import progress
from advisor.terminal.screen import Screen

if TYPE_CHECKING:
    from advisor.terminal.full_screen import FullScreen

NOTHING = "[]"


class QuestionScreen(Screen):
    """Shows a question with its options, or a field for a number, and always "tidak tahu"."""

    def __init__(self, app: FullScreen, question_id: str) -> None:
        super().__init__(app)
        self.question = app.interview.interviewer.library.questions[question_id]
        session = app.interview.session
        self.offer = app.interview.interviewer.offer(session, question_id)
        self.given = session.given.get(question_id)
        self.number = str(self.given) if isinstance(self.given, int) else ""
        self.untouched = True
        say, wording = app.wording.say, app.wording
        always = [Item(UNKNOWN, say("interview.unknown_option"))]
        several = self.question.type == "choices"
        if several and app.interview.interviewer.allows(question_id, (), session):
            always.insert(0, Item(NOTHING, say("answer.empty_list")))
        items = [Item(option, wording.option(question_id, option)) for option in self.offer.options]
        self.on_field = self.question.type == "number"
        self.list = OptionList(items, always, several, numbered=not self.on_field)
        self._show_given()

    def _show_given(self) -> None:
        if isinstance(self.given, tuple):
            self.list.marked = set(self.given)
        values = [item.value for item in self.list.shown]
        if isinstance(self.given, str) and self.given in values:
            self.list.cursor = values.index(self.given)

    def draw(self, lines: Lines) -> None:
        """Draw topic and progress, the question, its answers, and the help where it is asked for."""
        app = self.app
        lines.add(progress(app.interview, self.question, app.wording), "class:dim")
        lines.blank()
        lines.add(app.wording.text(self.question.text), "class:question")
        lines.blank()
        if self.question.type == "number":
            unit = app.wording.text(self.question.unit) if self.question.unit else ""
            bounds = {"low": self.offer.low, "high": self.offer.high, "unit": unit}
            lines.add(app.wording.say("interview.number", **bounds).strip(), "class:dim")
            fits = not self.number or self._number() is not None
            mark = "›" if self.on_field else " "
            lines.add(f"{mark} {self.number}_", "class:current" if fits else "class:wrong")
        elif self.list.filter:
            lines.add(app.wording.say("interview.filter", text=self.list.filter), "class:dim")
        self.list.draw(lines, active=not self.on_field)

    def key(self, name: str, text: str) -> None:
        """Move, mark, filter, type a number, ask for help, or take an answer."""
        match name:
            case "up" | "down" if self.question.type == "number":
                self.on_field = not self.on_field
            case "up" | "down":
                self.list.move(-1 if name == "up" else 1)
            case "f1":
                self.app.help(self.question)
            case "space" if self.list.several and not self.list.fits_a_space:
                self.list.mark()
            case "backspace":
                if self.question.type == "number":
                    self.number, self.untouched = self.number[:-1], False
                else:
                    self.list.erase()
            case "escape" if self.list.filter:
                while self.list.erase():
                    pass
            case "escape" if self.app.interview.revisiting:
                self.app.stay()
            case "left":
                self.app.back()
            case "enter":
                self._take()
            case "char" if text == "?":
                self.app.why()
            case "char" | "space":
                self._type(text)

    def _type(self, text: str) -> None:
        if self.question.type == "number":
            if not text.isdigit():
                self.app.message = self._out_of_bounds(text)
            elif len(self.number) < 6:
                # What is typed first replaces the answer that stood there.
                self.number = text if self.untouched else self.number + text
                self.on_field, self.untouched = True, False
        else:
            self.list.type(text)

    def _number(self) -> int | None:
        value = int(self.number) if self.number else -1
        return value if self.offer.low <= value <= self.offer.high else None

    def _take(self) -> None:
        answer = self._answer()
        if answer is None:
            say = self.app.wording.say
            key = "interview.mark_first" if self.list.several else "interview.choose_first"
            self.app.message = self._out_of_bounds(self.number) if self.on_field and self.number else say(key)
            return
        self.app.take(self.question.id, answer)

    def _answer(self) -> Answer | None:
        """Return the answer that enter means now."""
        item = self.list.current
        if self.on_field:
            return self._number()
        if item is not None and item.value == UNKNOWN:
            return UNKNOWN
        if not self.list.several:
            return item.value if item else None
        if item is not None and item.value == NOTHING:
            return ()
        return tuple(option for option in self.question.option_ids if option in self.list.marked) or None

    def _out_of_bounds(self, given: str) -> str:
        bounds = {"low": self.offer.low, "high": self.offer.high}
        return self.app.wording.say("interview.number_wanted", given=given, **bounds)
