"""The screen that asks for the title under which a session is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from advisor.terminal.lines import Lines
from advisor.terminal.screen import Screen

if TYPE_CHECKING:
    from advisor.terminal.full_screen import FullScreen

LONGEST = 80


class TitleScreen(Screen):
    """A field for one line of text."""

    keys = "interview.keys.field"

    def __init__(self, app: FullScreen) -> None:
        super().__init__(app)
        self.text = app.interview.session.title

    def draw(self, lines: Lines) -> None:
        """Draw the field."""
        lines.add(self.app.wording.say("interview.title_wanted"), "class:question")
        lines.blank()
        lines.add(f"› {self.text}_", "class:current")

    def key(self, name: str, text: str) -> None:
        """Type, erase, take, or leave."""
        match name:
            case "enter":
                self.app.close()
                self.app.titled(self.text.strip())
            case "escape" | "f5":
                self.app.close()
            case "backspace":
                self.text = self.text[:-1]
            case "char" | "space" if len(self.text) < LONGEST:
                self.text += text
