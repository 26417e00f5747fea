"""The answers to one question, to choose from or to fill in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from advisor.interview.turn import Offer
from advisor.knowledge.question import Question
from advisor.report.wording import Wording
from advisor.terminal.field import Field
from advisor.terminal.lines import Lines
from advisor.terminal.option_list import Found, Item, OptionList
from advisor.terminal.paragraph import Paragraph
from advisor.terminal.reply import Command, answer_in_bounds, asked_back, bounds, read_reply
from advisor.terminal.screen import Host, ListedScreen
from advisor.understanding.answer import choices_of
from advisor.understanding.options import begins
from advisor.understanding.reading import UNKNOWN, Ambiguous, Answer, Meant, NotUnderstood
from advisor.understanding.words import typed_words

NOTHING = "[]"
LONGEST = 60
KEYS = ("left", "?")
"""The keys that a field for a number leaves to the screen, beside those that edit nothing."""


class AnswerScreen(ListedScreen):
    """A list of options, or a field for a number; at the end always that the answer is not known.

    `heading` stands above, `unknown` says that the answer is not known, and `taken` gets the answer. Nothing is
    chosen before the person goes to an option or types what it is. What is typed is read as in plain mode;
    `commanded` gets a command, and returns whether it is one here.
    """

    no_such_number = "interview.no_such_number"

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
        commanded: Callable[[Command], bool] = lambda command: False,
    ) -> None:
        """Begin with the answer `now`, None where there is none; `keys` is the catalogue key of the foot."""
        super().__init__(host)
        self.wording = wording
        self.question = question
        self.offer = offer
        self.heading = heading
        self.taken = taken
        self.keys = keys
        self.commanded = commanded
        number = question.type == "number"
        always = [Item(UNKNOWN, unknown, key="" if number else "0")]
        if offer.nothing:
            always.insert(0, Item(NOTHING, wording.say("answer.empty_list"), key="-"))
        notes = {o.id: wording.text(o.help) for o in question.options if o.help is not None}
        items = [Item(o, wording.option(question.id, o), notes.get(o, "")) for o in offer.options]
        several = question.type == "choices"
        self.list = OptionList(items, always, several=several, numbered=not number, find=self._find)
        if isinstance(now, tuple):
            self.list.marked = set(now)
            if not now:
                self.list.put_on(NOTHING)
        elif isinstance(now, str):
            self.list.put_on(now)
        self._given = str(now) if isinstance(now, int) else ""
        if number:
            self.field = Field(self._given, LONGEST, self._wrong_number, KEYS, self._draw_list, replace=True)
            self.field.active = self.list.cursor is None

    @property
    def typed(self) -> str:
        """What the person typed."""
        if self.field is not None:
            return self.field.text if self.field.active else ""
        return self.list.typed

    @property
    def unsent(self) -> str:
        """What the person typed and has not entered yet."""
        return "" if self.typed == self._given else self.typed

    def clear(self) -> None:
        """Take away what was typed."""
        self.list.type("")
        if self.field is not None:
            self.field.restart(self._given)

    def draw(self, lines: Lines) -> None:
        """Draw the heading, and under it the list or the bounds of the number."""
        lines.write(self.heading)
        if self.field is not None:
            lines.add(bounds(self.question, self.offer, self.wording).strip(), "class:dim")
            return
        if self.list.typed:
            lines.add(self.wording.say("interview.typed", text=self.list.typed), "class:dim")
        lines.end_heading()
        self._draw_list(lines)

    def key(self, name: str, text: str) -> bool:
        """Take the answer, close, or move, mark and type."""
        match name:
            case "enter":
                self._enter()
            case "escape" | "left" if self.unsent:
                self.clear()
            case "escape" | "left":
                self.host.close()
            case "up" | "down" if self.field is not None:
                self.field.active = not self.field.active
                self.list.cursor = None if self.field.active else 0
            case "char" if self.field is not None:
                self.field.active, self.list.cursor = True, None
                self.field.buffer.insert_text(text)
            case _:
                return self.listed(name, text)
        return True

    def _draw_list(self, lines: Lines) -> None:
        self.list.draw(lines, active=self.field is None or not self.field.active)

    def _find(self, text: str) -> Found:
        """Return what a typed text can mean among what is listed."""
        reading = read_reply(text, self.question, self.offer)
        match reading:
            case Meant(answer):
                values = (NOTHING,) if answer == () else (answer,) if isinstance(answer, str) else answer
                return Found(values if isinstance(values, tuple) else (), sure=True)
            case Ambiguous():
                return Found(reading.candidates)
            case Command():
                return Found(())
        words = typed_words(text)
        choices = choices_of(self.question) if words else ()
        return Found(tuple(one.id for one in choices if any(begins(words, label) for label in one.labels)))

    def _enter(self) -> None:
        """Take what was chosen, marked or typed; say what is expected where that is nothing."""
        gone_to = self.list.current if self.list.cursor is not None else None
        if gone_to is not None:
            self._take_item(gone_to)
        elif self.typed:
            self.list.stale = True
            self._take_typed(self.typed)
            if self.list.stale and self.field is not None:
                self.field.restart(self.typed)
        elif self.list.marked:
            self._take_marked()
        else:
            choose = "interview.mark_first" if self.list.several else "interview.choose_first"
            self.host.message = self.wording.say("interview.number_first" if self.field else choose)

    def _take_marks_away(self, value: str) -> None:
        """Let no mark stand beside an answer that says that there is none; it has still to be taken."""
        self.list.marked.clear()
        self._go_to(value)
        (item,) = (item for item in self.list.always if item.value == value)
        self.host.message = self.wording.say("interview.marks_gone", answer=item.label)

    def _take_item(self, item: Item) -> None:
        if item in self.list.always and self.list.marked:
            self._take_marks_away(item.value)
        elif item.value == NOTHING:
            self.taken(())
        elif item.value == UNKNOWN or not self.list.several:
            self.taken(item.value)
        elif self.list.marked:
            self._take_marked()
        else:
            self.host.message = self.wording.say("interview.mark_first")

    def _take_marked(self) -> None:
        self.taken(tuple(option for option in self.question.option_ids if option in self.list.marked))

    def _take_typed(self, text: str) -> None:
        """Take what was typed, or ask back; what is wrong with a number stands under its field already."""
        reply = read_reply(text, self.question, self.offer)
        match reply:
            case Command():
                if self.commanded(reply):
                    self.clear()
                else:
                    self.host.message = self.wording.say("interview.not_understood", given=text)
            case Ambiguous() | NotUnderstood() if self.field is None:
                self.host.message = asked_back(reply, self.question, self.offer, self.wording)
                if isinstance(reply, Ambiguous) and len(reply.candidates) == 1:
                    (candidate,) = reply.candidates
                    self._go_to(candidate)
                    marks = self.list.several and candidate != UNKNOWN
                    more = "interview.space_marks_it" if marks else "interview.enter_takes_it"
                    self.host.message = f"{self.host.message} {self.wording.say(more)}"
            case Meant(tuple() as several) if several:
                self._mark_typed(several)
            case Meant(tuple() | "unknown" as nothing) if self.list.marked:
                self._take_marks_away(NOTHING if nothing == () else UNKNOWN)
            case Meant(answer):
                self._take_number_or_option(text, answer)

    def _go_to(self, value: str) -> None:
        """Go to an item for the person, who has still to take it."""
        self.list.type("")
        self.list.put_on(value)

    def _mark_typed(self, options: tuple[str, ...]) -> None:
        """Mark what was typed; what is not offered goes on as it is: whoever takes it says why it cannot be."""
        if set(options) <= set(self.offer.options):
            self.list.mark(options)
            marked = (option for option in self.question.option_ids if option in self.list.marked)
            names = ", ".join(self.wording.option(self.question.id, option) for option in marked)
            self.host.message = self.wording.say("interview.marked", options=names)
        else:
            self.taken(options)

    def _take_number_or_option(self, text: str, answer: Answer) -> None:
        wrong = self._wrong_number(text) if isinstance(answer, int) else ""
        if not wrong:
            self.taken(answer)

    def _wrong_number(self, text: str) -> str:
        return answer_in_bounds(text, self.question, self.offer, self.wording)
