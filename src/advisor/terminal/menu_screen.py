"""A menu: what can be done now, with text above and below it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from advisor.terminal.lines import Lines
from advisor.terminal.option_list import Item, OptionList
from advisor.terminal.paragraph import Paragraph
from advisor.terminal.reply import Command, read_command
from advisor.terminal.screen import Host, Screen


class MenuScreen(Screen):
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
        else:
            return self._listed(name, text)
        return True

    def _listed(self, name: str, text: str) -> bool:
        used = self.list.key(name, text)
        wrong = self.list.wrong_number
        if wrong:
            self.host.message = self.host.say("interview.no_such_action", given=wrong, most=len(self.actions))
        if used:
            self.below_list = 0
        return used

    def _say_what_is_expected(self) -> None:
        """Do what was typed where it is a command; else say what is expected."""
        command = read_command(self.list.typed)
        if command is not None and self.commanded(command):
            self.list.type("")
            return
        self.list.stale = True
        wrong, most = self.list.wrong_number, len(self.actions)
        key = "interview.no_such_action" if wrong else "interview.choose_action"
        self.host.message = self.host.say(key, given=wrong, most=most)

    def _do(self) -> None:
        item = self.list.current
        if item is None:
            self._say_what_is_expected()
            return
        self.list.type("")
        if self.closes:
            self.host.close()
        self.actions[item.value]()
