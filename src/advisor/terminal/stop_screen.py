"""The stop line: nothing more can change these conclusions, and what to do now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from advisor.terminal.lines import Lines
from advisor.terminal.option_list import Item, OptionList
from advisor.terminal.screen import Host, Screen


class StopScreen(Screen):
    """Shows what can be done now, and below it the conclusions.

    `actions` are what can be done, by the catalogue key that says it.
    """

    keys = "interview.keys.stop"

    def __init__(
        self, host: Host, title: str, actions: Mapping[str, Callable[[], None]], conclusions: Sequence[str]
    ) -> None:
        super().__init__(host)
        self.title = title
        self.actions = actions
        self.conclusions = conclusions
        self.list = OptionList([Item(action, host.say(action)) for action in actions], filtering=False)
        self.below_list = 0
        self.page = 1

    def draw(self, lines: Lines) -> None:
        """Draw what can be done, and below it the conclusions."""
        lines.add(self.title, "class:question")
        lines.blank()
        self.list.draw(lines)
        lines.blank()
        for conclusion in self.conclusions:
            lines.add(conclusion, lead="  ", indent="    ")
        self.page = lines.height // 2
        self.below_list = max(0, min(self.below_list, len(lines.lines) - lines.height))
        if self.below_list:
            lines.focus = self.below_list + lines.height // 2

    def key(self, name: str, text: str) -> None:
        """Scroll, take what is under the cursor, or go through the list."""
        item = self.list.current
        if name in ("pageup", "pagedown"):
            self.below_list += self.page if name == "pagedown" else -self.page
        elif name == "enter" and item is not None:
            self.actions[item.value]()
        elif self.list.key(name, text):
            self.below_list = 0
