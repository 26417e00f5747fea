"""A program on the whole screen: its application, its styles, and how keys reach it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from prompt_toolkit.application import Application
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import HSplit, Layout
from prompt_toolkit.output import Output
from prompt_toolkit.styles import Style

STYLES = {
    "head": "reverse bold",
    "foot": "reverse",
    "question": "bold",
    "current": "bold ansicyan",
    "dim": "ansibrightblack",
    "wrong": "bold ansired",
    "message": "ansiyellow",
    "settled": "ansigreen",
}
KEYS = ("up", "down", "left", "pageup", "pagedown", "enter", "escape", "backspace", "space")
"""The keys by name that every screen has; all other characters come as they are typed."""


def whole_screen(
    content: HSplit,
    take: Callable[[str, str], None],
    leave: Callable[[], None],
    keys: Iterable[str],
    styles: Mapping[str, str],
    source: Input | None,
    target: Output | None,
) -> Application[None]:
    """Return an application that fills the terminal with `content`.

    `take` gets each key: its name (of `KEYS` and `keys`, else "char") and the character of a printable one; `leave`
    is called at Ctrl-C and Ctrl-D. `styles` are added to the common ones.
    """
    application: Application[None] = Application(
        layout=Layout(content),
        key_bindings=_bindings(take, leave, (*KEYS, *keys)),
        style=Style.from_dict({**STYLES, **styles}),
        full_screen=True,
        input=source,
        output=target,
        mouse_support=False,
    )
    # How long escape waits for the rest of a sequence; a person who presses it should not wait.
    application.ttimeoutlen = 0.05
    return application


def _bindings(take: Callable[[str, str], None], leave: Callable[[], None], keys: Iterable[str]) -> KeyBindings:
    bindings = KeyBindings()

    def taking(name: str) -> Callable[[KeyPressEvent], None]:
        return lambda event: take(name, event.data if name in ("char", "space") else "")

    for key in keys:
        bindings.add(key)(taking(key))
    bindings.add(Keys.Any)(taking("char"))
    for key in ("c-c", "c-d"):
        bindings.add(key)(lambda event: leave())
    return bindings
