"""A list to pick from."""

from __future__ import annotations

from collections.abc import Callable

from advisor.terminal.lines import Lines
from advisor.terminal.option_list import OptionList
from advisor.terminal.screen import Host, ListedScreen

CLOSING = ("escape", "left", "f2", "f3")


class ListScreen(ListedScreen):
    """A list with what it asks for above it; `picked` gets the value that was picked.

    The list closes first, unless it `stays`. `empty` is said where there is nothing in it.
    """

    def __init__(
        self,
        host: Host,
        wanted: str,
        options: OptionList,
        picked: Callable[[str], None],
        keys: str,
        empty: str = "",
        *,
        stays: bool = False,
    ) -> None:
        super().__init__(host)
        self.wanted = wanted
        self.list = options
        if options.cursor is None and options.every:
            options.cursor = 0
        self.picked = picked
        self.keys = keys
        self.empty = empty
        self.stays = stays

    def draw(self, lines: Lines) -> None:
        """Draw the list under what it asks for."""
        lines.add(self.wanted, "class:question")
        lines.blank()
        if self.empty and not self.list.items:
            lines.add(self.empty)
        if self.list.typed:
            lines.add(self.host.say("interview.typed", text=self.list.typed), "class:dim")
        lines.end_heading()
        self.list.draw(lines)

    def key(self, name: str, text: str) -> bool:
        """Pick, close, or go through the list."""
        item = self.list.current
        if name == "enter" and item is not None:
            if not self.stays:
                self.host.close()
            if self.list.typed:
                self.list.type("")
            self.picked(item.value)
        elif name == "escape" and self.list.typed:
            self.list.type("")
        elif name in CLOSING or (name == "enter" and not self.list.every):
            self.host.close()
        elif name == "enter":
            self.refuse()
        else:
            return self.listed(name, text)
        return True
