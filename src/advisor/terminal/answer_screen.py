"""The answers to one question, to choose from or to fill in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from advisor.interview.turn import Offer
from advisor.knowledge.question import Question
from advisor.report.wording import Wording
from advisor.terminal.field import Field
from advisor.terminal.lines import Lines
from advisor.terminal.option_list import Item, OptionList
from advisor.terminal.paragraph import Paragraph
from advisor.terminal.reply import bounds, number_in
from advisor.terminal.screen import Host, Screen
from advisor.understanding.reading import UNKNOWN, Answer

NOTHING = "[]"
LONGEST = 6
KEYS = ("up", "down", "left", "enter", "escape", "f1", "f2", "f3", "f5", "f6", "?")
"""The keys that a field for a number leaves to the screen."""


class AnswerScreen(Screen):
    """A list of options, or a field for a number; at the end always that the answer is not known.

    `heading` stands above, `unknown` says that the answer is not known, and `taken` gets the answer.
    """

    def __init__(
        self,
        host: Host,
        wording: Wording,
        question: Question,
        offer: Offer,
        now: Answer | None,
        heading: Sequence[Paragraph],
        unknown: str,
        taken: Callable[[Answer], None],
        keys: str,
    ) -> None:
        """Begin with the answer `now`, None where there is none; `keys` is the catalogue key of the foot."""
        super().__init__(host)
        self.wording = wording
        self.question = question
        self.offer = offer
        self.heading = heading
        self.taken = taken
        self.keys = keys
        always = [Item(UNKNOWN, unknown)]
        if offer.nothing:
            always.insert(0, Item(NOTHING, wording.say("answer.empty_list")))
        notes = {o.id: wording.text(o.help) for o in question.options if o.help is not None}
        items = [Item(o, wording.option(question.id, o), notes.get(o, "")) for o in offer.options]
        number = question.type == "number"
        self.list = OptionList(items, always, several=question.type == "choices", numbered=not number)
        if isinstance(now, tuple):
            self.list.marked = set(now)
        elif isinstance(now, str):
            self.list.put_on(now)
        if number:
            given = str(now) if isinstance(now, int) else ""
            self.field = Field(given, LONGEST, self._wrong_number, KEYS, self._draw_list, replace=True)

    def draw(self, lines: Lines) -> None:
        """Draw the heading, and under it the list or the bounds of the number."""
        lines.write(self.heading)
        if self.field is not None:
            lines.add(bounds(self.question, self.offer, self.wording).strip(), "class:dim")
            return
        if self.list.filter:
            lines.add(self.wording.say("interview.filter", text=self.list.filter), "class:dim")
        lines.end_heading()
        self._draw_list(lines)

    def key(self, name: str, text: str) -> None:
        """Take the answer, close, or move, mark, filter and type."""
        match name:
            case "enter":
                self._take()
            case "escape" if self.list.filter:
                self.list.show_all()
            case "escape" | "left":
                self.host.close()
            case "up" | "down" if self.field is not None:
                self.field.active = not self.field.active
            case "char" if self.field is not None:
                self.field.active = True
                self.field.buffer.insert_text(text)
            case _:
                self.list.key(name, text)

    def _draw_list(self, lines: Lines) -> None:
        self.list.draw(lines, active=self.field is None or not self.field.active)

    def _take(self) -> None:
        """Take the answer, or say what has to be done first, unless the field says that already."""
        answer = self._answer()
        if answer is not None:
            self.taken(answer)
        elif self.field is None or not self.field.active or not self.field.wrong:
            wanted = "interview.mark_first" if self.list.several else "interview.choose_first"
            self.host.message = self.wording.say(wanted)

    def _answer(self) -> Answer | None:
        """Return the answer that is chosen or filled in; None where there is none that can be taken."""
        if self.field is not None and self.field.active:
            return number_in(self.field.text, self.offer)
        item = self.list.current
        if item is not None and item.value == NOTHING:
            return ()
        if not self.list.several or (item is not None and item.value == UNKNOWN):
            return item.value if item is not None else None
        return tuple(option for option in self.question.option_ids if option in self.list.marked) or None

    def _wrong_number(self, text: str) -> str:
        if number_in(text, self.offer) is not None:
            return ""
        return self.wording.say("interview.number_wanted", given=text, low=self.offer.low, high=self.offer.high)
