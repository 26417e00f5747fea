"""What opens over a lesson: something to read, a list to pick from, an answer to change."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from advisor.inference.domain import Answer
from advisor.interview.session import UNKNOWN
from advisor.knowledge.question import Question
from advisor.terminal.halves import draw_halves
from advisor.terminal.lines import Lines, StyledLine
from advisor.terminal.option_list import Item, OptionList
from advisor.terminal.paragraph import Paragraph, draw
from advisor.terminal.teach_pages import Halves

if TYPE_CHECKING:
    from advisor.terminal.teach_screen import TeachScreen

NOTHING = "[]"
RESTORE = "restore"
FAR = 100_000


class Overlay(ABC):
    """Something that opens over a lesson and takes keys until it closes."""

    keys = "teach.keys.read"

    def __init__(self, app: TeachScreen) -> None:
        self.app = app

    @abstractmethod
    def lines(self, width: int, height: int) -> list[StyledLine]:
        """Return the lines to show, at most `height`."""

    @abstractmethod
    def key(self, name: str, text: str) -> None:
        """Take a key: its name, and the character of a printable one."""


class Reading(Overlay):
    """Something to read: paragraphs above, rows of two halves, paragraphs below. Enter does `take`, if given."""

    def __init__(
        self,
        app: TeachScreen,
        above: Sequence[Paragraph],
        rows: Sequence[Halves] = (),
        below: Sequence[Paragraph] = (),
        take: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(app)
        self.above, self.rows, self.below = above, rows, below
        self.take = take
        self.keys = "teach.keys.compare" if take else "teach.keys.read"
        self.top = 0
        self._height = 3

    def lines(self, width: int, height: int) -> list[StyledLine]:
        """Return what is in view; what is compared has a line between one row and the next."""
        self._height = height
        drawn = reading_lines(self.above, self.rows, self.below, width)
        self.top, shown = self.app.view(drawn, self.top, height)
        return shown

    def key(self, name: str, text: str) -> None:
        """Scroll, take, or close."""
        page = max(self._height - 2, 1)
        step = {"up": -1, "down": 1, "pageup": -page, "pagedown": page, "space": page, "home": -FAR, "end": FAR}
        if name in step:
            self.top = max(self.top + step[name], 0)
        elif self.take is not None and name == "enter":
            self.app.close()
            self.take()
        elif self.take is not None and text == "t":
            self.app.close()
            self.app.toggle()
        elif name in ("escape", "left", "enter") or text in ("r", "f"):
            self.app.close()
        elif text == "q":
            self.app.quit()


def reading_lines(
    above: Sequence[Paragraph], rows: Sequence[Halves], below: Sequence[Paragraph], width: int
) -> list[StyledLine]:
    """Return paragraphs and rows of halves as lines."""
    lines = Lines(width)
    draw(above, lines)
    if rows:
        lines.blank()
    for number, (left, right) in enumerate(rows):
        if number > 1:
            draw_halves([Paragraph()], [Paragraph()], lines)
        draw_halves(left, right, lines)
    if rows and below:
        lines.blank()
    draw(below, lines)
    return lines.lines


class Picking(Overlay):
    """A list to pick from; `picked` gets the value."""

    keys = "teach.keys.list"

    def __init__(
        self,
        app: TeachScreen,
        wanted: str,
        items: Sequence[Item],
        picked: Callable[[str], None],
        always: Sequence[Item] = (),
    ) -> None:
        super().__init__(app)
        self.wanted = wanted
        self.list = OptionList(items, always)
        self.picked = picked

    def lines(self, width: int, height: int) -> list[StyledLine]:
        """Return the list, with what it asks for above it."""
        head = Lines(width)
        head.add(self.wanted, "class:question")
        if self.list.filter:
            head.add(self.app.words.say("teach.filter", text=self.list.filter), "class:dim")
        head.blank()
        lines = Lines(width)
        self.list.draw(lines)
        return [*head.lines, *lines.window(max(height - len(head.lines), 1))]

    def key(self, name: str, text: str) -> None:
        """Move, filter, pick, or close."""
        match name:
            case "up" | "down":
                self.list.move(-1 if name == "up" else 1)
            case "enter" if self.list.current is not None:
                value = self.list.current.value
                self.app.close()
                self.picked(value)
            case "backspace":
                self.list.erase()
            case "escape" | "left":
                self.app.close()
            case "char" | "space":
                self.list.type(text)


class Changing(Overlay):
    """The answers to one question, to take another one; `taken` gets it (None: not known)."""

    def __init__(
        self, app: TeachScreen, question: Question, now: Answer | None, taken: Callable[[Answer | None], None]
    ) -> None:
        super().__init__(app)
        self.question = question
        self.now = now
        self.taken = taken
        self.several = question.type == "choices"
        self.number = ""
        self.on_field = question.type == "number"
        self.keys = "teach.keys.several" if self.several else "teach.keys.list"
        words = app.words
        always = [Item(UNKNOWN, words.say("teach.unknown"))]
        if self.several:
            always.insert(0, Item(NOTHING, words.say("answer.empty_list")))
        options = () if self.on_field else question.option_ids
        items = [Item(option, words.wording.option(question.id, option)) for option in options]
        self.list = OptionList(items, always, self.several)
        if isinstance(now, tuple):
            self.list.marked = set(now)
        elif isinstance(now, str):
            self.list.cursor = options.index(now)

    def lines(self, width: int, height: int) -> list[StyledLine]:
        """Return the question and its answers."""
        say, wording = self.app.words.say, self.app.words.wording
        head = Lines(width)
        now = self.app.words.answer(self.question.id, self.now)
        head.add(say("teach.toggle_to", question=wording.text(self.question.text), answer=now), "class:question")
        head.blank()
        if self.question.type == "number":
            unit = wording.text(self.question.unit) if self.question.unit else ""
            bounds = {"low": self.question.min, "high": self.question.max, "unit": unit}
            head.add(say("interview.number", **bounds).strip(), "class:dim")
            mark = "›" if self.on_field else " "
            head.add(f"{mark} {self.number}_", "class:current" if self.on_field else "")
        elif self.list.filter:
            head.add(say("teach.filter", text=self.list.filter), "class:dim")
        lines = Lines(width)
        self.list.draw(lines, active=not self.on_field)
        return [*head.lines, *lines.window(max(height - len(head.lines), 1))]

    def key(self, name: str, text: str) -> None:
        """Move, mark, type a number, take, or close."""
        match name:
            case "up" | "down" if self.question.type == "number":
                self.on_field = not self.on_field
            case "up" | "down":
                self.list.move(-1 if name == "up" else 1)
            case "space" if self.several and not self.list.filter:
                self.list.mark()
            case "backspace" if self.question.type == "number":
                self.number = self.number[:-1]
            case "backspace":
                self.list.erase()
            case "escape" | "left":
                self.app.close()
            case "enter":
                self._take()
            case "char" if self.question.type == "number":
                if text.isdigit() and len(self.number) < 6:
                    self.number += text
                    self.on_field = True
            case "char" | "space":
                self.list.type(text)

    def _take(self) -> None:
        found = self._answer()
        if found is None:
            self.app.message = self.app.words.say("teach.choose")
        else:
            self.taken(None if found == UNKNOWN else found)

    def _answer(self) -> Answer | None:
        """Return the answer that enter means now; None where there is none that can be taken."""
        if self.on_field:
            low, high = self.question.min or 0, self.question.max or 0
            return int(self.number) if self.number and low <= int(self.number) <= high else None
        item = self.list.current
        if item is None or item.value == UNKNOWN or not self.several:
            return item.value if item else None
        if item.value == NOTHING:
            return ()
        marked = self.list.marked or {item.value}
        return tuple(option for option in self.question.option_ids if option in marked)
