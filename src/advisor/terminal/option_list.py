"""The option list: arrows move, digits jump, letters filter, space marks several, enter takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from advisor.terminal.lines import Lines


@dataclass(frozen=True)
class Item:
    """One line of a list: what it stands for, and what it says."""

    value: str
    label: str
    note: str = ""


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
        wanted = self.filter.lower()
        return [item for item in self.items if wanted in item.label.lower()] + list(self.always)

    @property
    def current(self) -> Item | None:
        """The item under the cursor; None where what was typed fits nothing."""
        if self.cursor >= len(self.shown):
            return None
        item = self.shown[self.cursor]
        # What always shows is not taken by a filter that means something else.
        return None if self.filter and self.filter.lower() not in item.label.lower() else item

    def move(self, by: int) -> None:
        """Move the cursor, around the ends too."""
        self._digits = ""
        if self.shown:
            self.cursor = (self.cursor + by) % len(self.shown)

    def type(self, character: str) -> None:
        """Take a typed character: a digit jumps to that number, anything else filters (where that is wanted)."""
        if character.isdigit() and not self.filter:
            self._jump(character)
            return
        if self.filtering and character.isprintable() and (self.filter or character != " "):
            self._set_filter(self.filter + character)

    @property
    def fits_a_space(self) -> bool:
        """Whether a space goes on with what was typed, because some item reads on with one."""
        wanted = f"{self.filter} ".lower()
        return bool(self.filter) and any(wanted in item.label.lower() for item in (*self.items, *self.always))

    def erase(self) -> bool:
        """Take the last character of the filter away; return whether there was one."""
        if not self.filter:
            return False
        self._set_filter(self.filter[:-1])
        return True

    def mark(self) -> None:
        """Mark the item under the cursor, or unmark it, where several can be taken."""
        item = self.current
        if self.several and item is not None and item not in self.always:
            self.marked ^= {item.value}

    def draw(self, lines: Lines, *, active: bool = True) -> None:
        """Draw the list; where it is not active no item is under the cursor."""
        for number, item in enumerate(self.shown, start=1):
            here = active and item is self.current
            box = ""
            if self.several and item not in self.always:
                box = "[x] " if item.value in self.marked else "[ ] "
            place = f"{number:>2}. " if self.numbered else ""
            lead = f"{'›' if here else ' '} {place}{box}"
            if here:
                lines.focused()
            text = item.label + (f" – {item.note}" if item.note else "")
            lines.add(text, "class:current" if here else "", first=lead, indent=" " * len(lead))

    def _jump(self, digit: str) -> None:
        for digits in (self._digits + digit, digit):
            if 1 <= int(digits) <= len(self.shown):
                self._digits, self.cursor = digits, int(digits) - 1
                return

    def _set_filter(self, text: str) -> None:
        self.filter = text
        self._digits = ""
        fitting = (n for n, item in enumerate(self.shown) if text.lower() in item.label.lower())
        self.cursor = next(fitting, 0)
