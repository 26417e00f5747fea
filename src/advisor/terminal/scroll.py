"""Which part of a text that is longer than the screen is in view."""

from __future__ import annotations

from advisor.terminal.lines import StyledLine


class Scroll:
    """The part of a text that is in view; it moves by lines, by pages, and to either end."""

    def __init__(self, marks: tuple[str, str] | None = None) -> None:
        """Begin at the top; `marks` are shown on the first and the last line where there is more above or below."""
        self.marks = marks
        self.top = 0
        self.page = 1
        self.lowest = 0

    def view(self, lines: list[StyledLine], height: int) -> list[StyledLine]:
        """Return the lines in view, at most `height`."""
        self.lowest = max(len(lines) - height, 0)
        self.page = max(height - 2 if self.marks else height, 1)
        self.top = max(0, min(self.top, self.lowest))
        shown = lines[self.top : self.top + height]
        if self.marks is not None and self.top > 0:
            shown[0] = [("class:note", self.marks[0])]
        if self.marks is not None and self.top < self.lowest:
            shown[-1] = [("class:note", self.marks[1])]
        return shown

    def key(self, name: str) -> bool:
        """Take a key that moves the view; return whether it is one."""
        steps = {
            "up": -1, "down": 1, "pageup": -self.page, "pagedown": self.page, "space": self.page,
            "home": -self.lowest, "end": self.lowest,
        }  # fmt: skip
        if name in steps:
            self.top = max(0, min(self.top + steps[name], self.lowest))
        return name in steps
