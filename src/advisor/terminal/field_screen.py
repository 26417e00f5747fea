"""A screen that asks for one line of text."""

from __future__ import annotations

from collections.abc import Callable

from advisor.terminal.field import Field
from advisor.terminal.lines import Lines
from advisor.terminal.screen import Host, Screen

LONGEST = 240
CLOSING = ("escape", "f5", "f6")


class FieldScreen(Screen):
    """A field with what it asks for above it; `done` gets the text.

    `wrong` returns what is wrong with a text ("" where it is right). That is shown as the person types, and a wrong
    text is not taken, and an empty one only where it is `optional`. What is typed first replaces the text that
    stood there, unless `replace` is false. `left` is called where the person leaves without a text.
    """

    keys = "interview.keys.field"

    def __init__(
        self,
        host: Host,
        wanted: str,
        text: str,
        done: Callable[[str], None],
        wrong: Callable[[str], str] = lambda text: "",
        *,
        replace: bool = True,
        optional: bool = False,
        left: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(host)
        self.left = left
        self.optional = optional
        self.wanted = wanted
        self.done = done
        self.field: Field = Field(text, LONGEST, wrong, (), replace=replace)

    def draw(self, lines: Lines) -> None:
        """Draw what is asked for."""
        lines.add(self.wanted, "class:question")
        lines.blank()

    def key(self, name: str, text: str) -> bool:
        """Take the text, or leave; say what is expected where there is none."""
        if name in CLOSING:
            self.host.close()
            self.left()
        elif name != "enter":
            return False
        elif not self.field.text and not self.optional:
            self.host.message = self.host.say("interview.type_first")
        elif self.field.wrong:
            self.field.restart(self.field.text)
        else:
            self.host.close()
            self.done(self.field.text)
        return True
