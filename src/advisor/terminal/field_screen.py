"""A screen that asks for one line of text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from advisor.terminal.lines import Lines
from advisor.terminal.screen import Screen

if TYPE_CHECKING:
    from advisor.terminal.full_screen import FullScreen

LONGEST = 240


class FieldScreen(Screen):
    """A field with what it asks for above it; `done` gets the text.

    `wrong` says what is wrong with a text ("" where it is right); that is shown as the person types, and a wrong
    text is not taken.
    """

    keys = "interview.keys.field"

    def __init__(
        self,
        app: FullScreen,
        wanted: str,
        text: str,
        done: Callable[[str], None],
        wrong: Callable[[str], str] = lambda text: "",
    ) -> None:
        super().__init__(app)
        self.wrong = wrong
        self.wanted = wanted
        self.text = text
        self.done = done

    def draw(self, lines: Lines) -> None:
        """Draw the field."""
        lines.add(self.wanted, "class:question")
        lines.blank()
        wrong = self.wrong(self.text.strip())
        lines.add(f"› {self.text}_", "class:wrong" if wrong else "class:current")
        if wrong:
            lines.blank()
            lines.add(wrong, "class:wrong")

    def key(self, name: str, text: str) -> None:
        """Type, erase, take, or leave."""
        match name:
            case "enter" if self.text.strip() and not self.wrong(self.text.strip()):
                self.app.close()
                self.done(self.text.strip())
            case "escape" | "f5" | "f6":
                self.app.close()
            case "backspace":
                self.text = self.text[:-1]
            case "char" | "space" if len(self.text) < LONGEST:
                self.text += text
