"""Screens: what fills the terminal, one at a time; each draws itself and takes keys."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from advisor.terminal.lines import Lines

if TYPE_CHECKING:
    from advisor.terminal.full_screen import FullScreen


class Screen(ABC):
    """Something that fills the terminal and takes keys."""

    keys = "interview.keys.question"

    def __init__(self, app: FullScreen) -> None:
        self.app = app

    @abstractmethod
    def draw(self, lines: Lines) -> None:
        """Draw the screen."""

    @abstractmethod
    def key(self, name: str, text: str) -> None:
        """Take a key: its name, and the character of a printable one."""


class PagerScreen(Screen):
    """Shows lines that are there already; arrows and page keys move, everything else closes."""

    keys = "interview.keys.pager"

    def __init__(self, app: FullScreen, content: list[str]) -> None:
        super().__init__(app)
        self.content = content
        self.top = 0

    def draw(self, lines: Lines) -> None:
        """Draw what is in view."""
        height = self.app.height
        self.top = max(0, min(self.top, len(self.content) - height))
        for line in self.content[self.top : self.top + height]:
            lines.lines.append([("", line)])

    def key(self, name: str, text: str) -> None:
        """Move, or close."""
        step = {
            "up": -1,
            "down": 1,
            "pageup": -self.app.height,
            "pagedown": self.app.height,
            "space": self.app.height,
        }
        if name in step:
            self.top += step[name]
        elif name in ("escape", "enter", "left", "f1", "f2", "f3") or text in ("q", "?"):
            self.app.close()
