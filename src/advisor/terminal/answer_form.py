"""The answer form: the answers to one question, to choose from or to fill in."""

from __future__ import annotations

from advisor.inference.domain import Answer
from advisor.interview.session import UNKNOWN
from advisor.interview.turn import Offer
from advisor.knowledge.question import Question
from advisor.report.wording import Wording
from advisor.terminal.field import Field
from advisor.terminal.lines import Lines
from advisor.terminal.option_list import Item, OptionList
from advisor.terminal.reply import number_in

NOTHING = "[]"
LONGEST = 6
KEYS = ("up", "down", "left", "enter", "escape", "f1", "f2", "f3", "f5", "f6", "?")
"""The keys that a field for a number leaves to the screen."""


class AnswerForm:
    """A list of options, or a field for a number; at the end always that the answer is not known."""

    def __init__(
        self, question: Question, offer: Offer, wording: Wording, now: Answer | None, unknown: str
    ) -> None:
        """Begin with the answer `now`, None where there is none; `unknown` says that it is not known."""
        self.question = question
        self.offer = offer
        self.wording = wording
        always = [Item(UNKNOWN, unknown)]
        if offer.nothing:
            always.insert(0, Item(NOTHING, wording.say("answer.empty_list")))
        items = [Item(option, wording.option(question.id, option)) for option in offer.options]
        several, number = question.type == "choices", question.type == "number"
        self.list = OptionList(items, always, several, numbered=not number)
        if isinstance(now, tuple):
            self.list.marked = set(now)
        elif isinstance(now, str):
            self.list.put_on(now)
        self.field: Field | None = None
        if number:
            given = str(now) if isinstance(now, int) else ""
            self.field = Field(given, LONGEST, self._wrong_number, KEYS, self._draw_list, replace=True)

    @property
    def answer(self) -> Answer | None:
        """The answer that is chosen or filled in; None where there is none that can be taken."""
        if self.field is not None and self.field.active:
            return number_in(self.field.text, self.offer)
        item = self.list.current
        if item is not None and item.value == NOTHING:
            return ()
        if not self.list.several or (item is not None and item.value == UNKNOWN):
            return item.value if item is not None else None
        return tuple(option for option in self.question.option_ids if option in self.list.marked) or None

    @property
    def missing(self) -> str:
        """What has to be done before there is an answer; "" where the field says that already."""
        if self.field is not None and self.field.active and self.field.wrong:
            return ""
        return self.wording.say("interview.mark_first" if self.list.several else "interview.choose_first")

    def key(self, name: str, text: str) -> bool:
        """Take a key that moves, marks, filters or types; return whether it is one."""
        if self.field is None:
            return self.list.key(name, text)
        match name:
            case "up" | "down":
                self.field.active = not self.field.active
            case "char":
                self.field.active = True
                self.field.buffer.insert_text(text)
            case _:
                return False
        return True

    def draw(self, lines: Lines) -> None:
        """Draw the list, or the bounds of the number, under what was drawn before."""
        say = self.wording.say
        if self.field is not None:
            unit = self.wording.text(self.question.unit) if self.question.unit else ""
            lines.add(
                say("interview.number", low=self.offer.low, high=self.offer.high, unit=unit).strip(), "class:dim"
            )
            return
        if self.list.filter:
            lines.add(say("interview.filter", text=self.list.filter), "class:dim")
        lines.end_heading()
        self._draw_list(lines)

    def _draw_list(self, lines: Lines) -> None:
        self.list.draw(lines, active=self.field is None or not self.field.active)

    def _wrong_number(self, text: str) -> str:
        if number_in(text, self.offer) is not None:
            return ""
        return self.wording.say("interview.number_wanted", given=text, low=self.offer.low, high=self.offer.high)
