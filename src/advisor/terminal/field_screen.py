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
    """A field with what it asks for above it; `done` gets the text."""

    keys = "interview.keys.field"

    def __init__(self, app: FullScreen, wanted: str, text: str, done: Callable[[str], None]) -> None:
        super().__init__(app)
        self.wanted = wanted
        self.text = text
        self.done = done

    def draw(self, lines: Lines) -> None:
        """Draw the field."""
        lines.add(self.wanted, "class:question")
        lines.blank()
        lines.add(f"› {self.text}_", "class:current")

    def key(self, name: str, text: str) -> None:
        """Type, erase, take, or leave."""
        match name:
            case "enter" if self.text.strip():
                self.app.close()
                self.done(self.text.strip())
            case "escape" | "f5":
                self.app.close()
            case "backspace":
                self.text = self.text[:-1]
            case "char" | "space" if len(self.text) < LONGEST:
                self.text += text
