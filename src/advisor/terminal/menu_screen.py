"""A menu: what can be done now, with text above and below it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from advisor.terminal.lines import Lines
from advisor.terminal.option_list import Item, OptionList
from advisor.terminal.paragraph import Paragraph
from advisor.terminal.reply import Command, read_command
from advisor.terminal.screen import Host, ListedScreen


class MenuScreen(ListedScreen):
    """Shows what can be done, by the sentence that says it; nothing is done before the person goes to it.

    `above` and `below` stand around the list. `closes`: the menu lies over another screen, so that Escape and the
    arrow to the left close it. `commanded` gets a command that is typed, and returns whether it is one here.
    """

    def __init__(
        self,
        host: Host,
        above: Sequence[Paragraph],
        actions: Mapping[str, Callable[[], None]],
        below: Sequence[Paragraph] = (),
        keys: str = "interview.keys.stop",
        *,
        closes: bool = False,
        commanded: Callable[[Command], bool] = lambda command: False,
    ) -> None:
        super().__init__(host)
        self.keys = keys
        self.above = above
        self.actions = actions
        self.below = below
        self.closes = closes
        self.commanded = commanded
        self.list = OptionList([Item(action, action) for action in actions])
        self.below_list = 0
        self.page = 1

    @property
    def unsent(self) -> str:
        """What the person typed and has not entered yet."""
        return self.list.typed

    def clear(self) -> None:
        """Take away what was typed."""
        self.list.type("")

    def draw(self, lines: Lines) -> None:
        """Draw the text above, what can be done, and the text below."""
        lines.write(self.above)
        if self.list.typed:
            lines.add(self.host.say("interview.typed", text=self.list.typed), "class:dim")
        self.list.draw(lines)
        lines.blank()
        lines.write(self.below)
        self.page = max(lines.height // 2, 1)
        self.below_list = max(0, min(self.below_list, len(lines.lines) - lines.height))
        if self.below_list:
            lines.focus = self.below_list + lines.height // 2

    def key(self, name: str, text: str) -> bool:
        """Scroll, do what is chosen, or go through the list."""
        if name in ("pageup", "pagedown"):
            self.below_list += self.page if name == "pagedown" else -self.page
        elif name == "enter":
            self._do()
        elif name == "escape" and self.list.typed:
            self.list.type("")
        elif self.closes and name in ("escape", "left"):
            self.host.close()
        elif self.listed(name, text):
            self.below_list = 0
        else:
            return False
        return True

    def _do(self) -> None:
        """Do what is chosen, or what was typed where it is a command; else say what is expected."""
        item, command = self.list.current, read_command(self.list.typed)
        if item is not None:
            self.list.type("")
            if self.closes:
                self.host.close()
            self.actions[item.value]()
        elif command is not None and self.commanded(command):
            self.list.type("")
        else:
            self.refuse()
