"""The option list: arrows move, numbers and words choose, space marks several. Nothing is chosen by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from advisor.terminal.lines import Lines
from advisor.understanding.answer import LONGEST
from advisor.understanding.options import begins
from advisor.understanding.words import typed_words

PAGE = 8
"""How many items a page key passes over."""


@dataclass(frozen=True)
class Item:
    """One line of a list: what it stands for, what it says, and what is said of it while it is chosen.

    `key` is what is typed for it; "" where it has the number of its place.
    """

    value: str
    label: str
    note: str = ""
    key: str = ""


@dataclass(frozen=True)
class Found:
    """The values that a text can mean, and whether it is these that it means."""

    values: tuple[str, ...]
    sure: bool = False


@dataclass
class OptionList:
    """A list of items of which one, or several, can be taken; `always` stands at its end and is never filtered.

    `cursor` is the place of the item that the person went to; None where they went to none. `typed` is what they
    typed, `stale` whether that was refused, so that it goes where something else is typed; `find` says what it can
    mean (by default: the number of an item, or the beginning of words of a label).
    """

    items: Sequence[Item]
    always: Sequence[Item] = ()
    several: bool = False
    marked: set[str] = field(default_factory=set)
    typed: str = ""
    typing: bool = True
    numbered: bool = True
    cursor: int | None = None
    find: Callable[[str], Found] | None = None
    stale: bool = False

    @property
    def every(self) -> list[Item]:
        """All items, whatever was typed."""
        return [*self.items, *self.always]

    @property
    def found(self) -> Found:
        """What the typed text can mean."""
        return (self.find or self._by_label)(self.typed)

    @property
    def shown(self) -> list[Item]:
        """The items that the typed text can mean, and those that always show; all where it means none of them."""
        values = self.found.values if self.typed else ()
        return [item for item in self.items if item.value in values or not values] + list(self.always)

    @property
    def current(self) -> Item | None:
        """The item that is chosen: the one that the person went to, or the one that they typed; None for none."""
        if self.cursor is not None:
            return self.shown[self.cursor]
        found = self.found if self.typed else Found(())
        meant = [item for item in self.every if item.value in found.values]
        return meant[0] if found.sure and len(meant) == 1 else None

    def put_on(self, value: str) -> None:
        """Go to the item that stands for `value`, if there is one."""
        values = [item.value for item in self.shown]
        self.cursor = values.index(value) if value in values else None

    def key(self, name: str, text: str) -> bool:
        """Take a key that moves, marks or types; return whether it is one that does something here."""
        match name:
            case "up" | "down" if self.shown:
                self._move(-1 if name == "up" else 1)
            case "pageup" | "pagedown" if self.cursor is not None:
                self._turn(-PAGE if name == "pageup" else PAGE)
            case "home" | "end" if self.shown:
                self.cursor = 0 if name == "home" else len(self.shown) - 1
            case "backspace" if self.typed:
                self.type(self.typed[:-1])
            case "space" if self.several and self.cursor is not None:
                return self._mark(self.shown[self.cursor])
            case "char" | "space" if self.stale and text.strip():
                self.type("")
                return self.key(name, text)
            case "char" | "space" if self._takes(text):
                self.type(self.typed + text)
            case _:
                return False
        return True

    def type(self, text: str) -> None:
        """Let this be the typed text; the person is then on no item but the one that it means."""
        self.typed = text
        self.cursor = None
        self.stale = False

    @property
    def wrong_number(self) -> str:
        """The typed number where no item has it; "" where one has, or it is no number.

        It stays: what is typed behind it would else be another number.
        """
        return self.typed if self.numbered and self.typed.isdecimal() and not self.found.values else ""

    def mark(self, values: Sequence[str]) -> None:
        """Mark items, and take the typed text away."""
        self.marked |= set(values)
        self.type("")

    def draw(self, lines: Lines, *, active: bool = True) -> None:
        """Draw the list; where it is not active no item is chosen."""
        chosen = self.current if active else None
        numbers = {item.value: item.key or str(place) for place, item in enumerate(self.every, start=1)}
        for item in self.shown:
            here = item is chosen
            box = ""
            if self.several and item not in self.always:
                box = "[x] " if item.value in self.marked else "[ ] "
            place = f"{numbers[item.value]:>2}. " if self.numbered else ""
            if here:
                lines.keep_in_view()
            lead = f"{'›' if here else ' '} {place}{box}"
            lines.add(item.label, "class:current" if here else "", lead)
            if here and item.note:
                lines.add(item.note, "class:hint", " " * len(lead))

    def _takes(self, text: str) -> bool:
        """Return whether a text can be typed behind what was typed."""
        begins_with_it = bool(self.typed or text.strip())
        return begins_with_it and (self.typing or text.isdecimal()) and len(self.typed + text) <= LONGEST

    def _by_label(self, text: str) -> Found:
        for place, item in enumerate(self.every, start=1):
            if text == (item.key or str(place)):
                return Found((item.value,), sure=True)
        words = typed_words(text)
        values = tuple(item.value for item in self.every if words and begins(words, item.label))
        return Found(values, sure=len(values) == 1)

    def _move(self, by: int) -> None:
        """Go to the next item, around the ends too; from none to the first or the last."""
        if self.cursor is None:
            current = self.current
            place = self.shown.index(current) if current in self.shown else (-1 if by > 0 else 0)
        else:
            place = self.cursor
        self.cursor = (place + by) % len(self.shown)

    def _turn(self, by: int) -> None:
        """Go so many items on, as far as there are any."""
        self.cursor = min(max((self.cursor or 0) + by, 0), len(self.shown) - 1)

    def _mark(self, item: Item) -> bool:
        """Mark an item, or unmark it, but never what always shows; return whether it can be marked."""
        if item in self.always:
            return False
        self.marked ^= {item.value}
        return True
