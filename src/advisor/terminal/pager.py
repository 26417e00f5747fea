"""The pager: shows a text that is wrapped to the width at hand, and scrolls it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial

from advisor.terminal.lines import Lines, StyledLine
from advisor.terminal.screen import Host, Screen
from advisor.terminal.scroll import Scroll

Content = Callable[[int], list[StyledLine]]
"""Returns the lines of a text for a width in cells."""


class Pager(Screen):
    """Shows a text; arrows and page keys move in it, and `closing` are the keys that close it besides Escape.

    `actions` are keys that close it and then do something.
    """

    def __init__(
        self,
        host: Host,
        content: Content,
        keys: str,
        closing: Collection[str] = (),
        actions: Mapping[str, Callable[[], None]] | None = None,
        marks: tuple[str, str] | None = None,
    ) -> None:
        """`keys` is the catalogue key of the foot; `marks` say on the page that there is more above and below."""
        super().__init__(host)
        self.keys = keys
        self.closing = {"escape", *closing}
        self.actions = actions or {}
        self.scroll = Scroll(marks)
        self._content = content
        self._width = 0
        self._lines: list[StyledLine] = []

    def work_out(self, work: Callable[[], Content]) -> None:
        """Show what `work` returns once it is done; where it failed, that shows when the page is drawn."""

        def guarded() -> Content:
            try:
                return work()
            except Exception as error:
                return partial(_failed, error)

        self.host.in_background(guarded, self._show)

    def draw(self, lines: Lines) -> None:
        """Draw what is in view."""
        if lines.width != self._width:
            before = len(self._lines) or 1
            self._width, self._lines = lines.width, self._content(lines.width)
            self.scroll.top = self.scroll.top * len(self._lines) // before
        lines.lines += self.scroll.view(self._lines, lines.height)

    def key(self, name: str, text: str) -> bool:
        """Scroll, act, or close."""
        key = text if name == "char" else name
        if key in self.actions:
            self.host.close()
            self.actions[key]()
        elif key in self.closing:
            self.host.close()
        else:
            return self.scroll.key(name)
        return True

    def _show(self, content: Content) -> None:
        self._content = content
        self._width = 0


def _failed(error: Exception, width: int) -> list[StyledLine]:
    raise error
