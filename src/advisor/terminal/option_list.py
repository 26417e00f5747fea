"""The option list: arrows move, digits jump, letters filter, space marks several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from advisor.terminal.lines import Lines


@dataclass(frozen=True)
class Item:
    """One line of a list: what it stands for, what it says, and what is said of it while the cursor is on it."""

    value: str
    label: str
    note: str = ""

    def fits(self, text: str) -> bool:
        """Return whether the label holds `text`."""
        return text.lower() in self.label.lower()


@dataclass
class OptionList:
    """A list of items of which one, or several, can be taken; `always` stands at its end and is never filtered."""

    items: Sequence[Item]
    always: Sequence[Item] = ()
    several: bool = False
    marked: set[str] = field(default_factory=set)
    filter: str = ""
    filtering: bool = True
    numbered: bool = True
    cursor: int = 0
    _digits: str = ""

    @property
    def shown(self) -> list[Item]:
        """The items that fit the filter, and those that always show."""
        return [item for item in self.items if item.fits(self.filter)] + list(self.always)

    @property
    def current(self) -> Item | None:
        """The item under the cursor; None where what was typed fits nothing."""
        if self.cursor >= len(self.shown):
            return None
        item = self.shown[self.cursor]
        # What always shows is not taken by a filter that means something else.
        return item if item.fits(self.filter) else None

    def put_on(self, value: str) -> None:
        """Put the cursor on the item that stands for `value`, if there is one."""
        values = [item.value for item in self.shown]
        if value in values:
            self.cursor = values.index(value)

    def key(self, name: str, text: str) -> bool:
        """Take a key that moves, marks or filters; return whether it is one."""
        match name:
            case "up" | "down":
                self._move(-1 if name == "up" else 1)
            case "backspace":
                self._set_filter(self.filter[:-1])
            case "space" if self.several and not self._goes_on_with_a_space:
                self._mark()
            case "char" | "space":
                self._type(text)
            case _:
                return False
        return True

    def show_all(self) -> None:
        """Take the filter away."""
        self._set_filter("")

    def draw(self, lines: Lines, *, active: bool = True) -> None:
        """Draw the list; where it is not active no item is under the cursor."""
        for number, item in enumerate(self.shown, start=1):
            here = active and item is self.current
            box = ""
            if self.several and item not in self.always:
                box = "[x] " if item.value in self.marked else "[ ] "
            place = f"{number:>2}. " if self.numbered else ""
            if here:
                lines.keep_in_view()
            lead = f"{'›' if here else ' '} {place}{box}"
            lines.add(item.label, "class:current" if here else "", lead)
            if here and item.note:
                lines.add(item.note, "class:hint", " " * len(lead))

    @property
    def _goes_on_with_a_space(self) -> bool:
        """Whether some item reads on with a space after what was typed."""
        return bool(self.filter) and any(item.fits(f"{self.filter} ") for item in (*self.items, *self.always))

    def _move(self, by: int) -> None:
        """Move the cursor, around the ends too."""
        self._digits = ""
        if self.shown:
            self.cursor = (self.cursor + by) % len(self.shown)

    def _mark(self) -> None:
        """Mark the item under the cursor, or unmark it; never what always shows."""
        self._digits = ""  # the next digit begins a new number
        item = self.current
        if item is not None and item not in self.always:
            self.marked ^= {item.value}

    def _type(self, text: str) -> None:
        """Take what was typed: a digit jumps to that number, anything else filters (where that is wanted)."""
        if text.isdecimal() and not self.filter:
            self._jump(text)
        elif self.filtering and (self.filter or text != " "):
            self._set_filter(self.filter + text)

    def _jump(self, digit: str) -> None:
        for digits in (self._digits + digit, digit):
            if 1 <= int(digits) <= len(self.shown):
                self._digits, self.cursor = digits, int(digits) - 1
                return

    def _set_filter(self, text: str) -> None:
        if text == self.filter:
            return
        self.filter = text
        self._digits = ""
        fitting = (place for place, item in enumerate(self.shown) if item.fits(text))
        self.cursor = next(fitting, 0)
