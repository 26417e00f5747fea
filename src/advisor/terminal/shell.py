"""The shell: the application that fills the terminal, under the interview and under the lesson alike.

At the top a line that says where one is; below it the screen on top of those that are open, beside it the panel of
the screen at the bottom; then a sentence about the last key, and at the foot the keys.
"""

from __future__ import annotations

import asyncio
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future

from prompt_toolkit.application import Application
from prompt_toolkit.filters import Condition
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import ConditionalContainer, DynamicContainer, HSplit, Layout, VSplit, Window
from prompt_toolkit.layout.controls import GetLinePrefixCallable, UIContent, UIControl
from prompt_toolkit.layout.dimension import Dimension
from prompt_toolkit.output import Output
from prompt_toolkit.styles import Style
from prompt_toolkit.utils import get_cwidth

from advisor.signals import ENDING, EndedError
from advisor.terminal.field import Field, on_one_line
from advisor.terminal.lines import Lines, StyledLine
from advisor.terminal.screen import BaseScreen, Host, Result, Screen

STYLES = {
    "head": "reverse bold",
    "foot": "reverse",
    "heading": "bold underline",
    "question": "bold",
    "hint": "",
    "current": "bold ansicyan",
    "dim": "ansibrightblack",
    "wrong": "bold ansired",
    "message": "ansiyellow",
    "note": "bold ansiyellow",
    "changed": "bold ansiyellow",
    "settled": "ansigreen",
}
KEYS = (
    "up", "down", "left", "right", "pageup", "pagedown", "home", "end", "enter", "escape", "backspace", "tab",
    "space", *(f"f{number}" for number in range(1, 13)),
)  # fmt: skip
"""The keys by name; what else can be printed is a character."""

EDITING = ("left", "right", "home", "end", "backspace", "space")
"""Of these the keys that edit a field."""

ESCAPE_SECONDS = 0.05
"""How long Escape waits for the rest of a sequence; a person who presses it should not wait."""

PROMPT = "› "
LEAST_COLUMNS, LEAST_ROWS = 20, 3
"""What a screen can count on, however small the terminal is."""


class LinesControl(UIControl):
    """Shows lines that are drawn for the room there is; where that fails it shows a sentence that says so."""

    def __init__(self, draw: Callable[[Lines], None], failure: Callable[[Exception], str], spare: int = 0) -> None:
        """Show what `draw` draws, or what `failure` says; `spare` columns at the right stay empty."""
        self.draw = draw
        self.failure = failure
        self.spare = spare

    def preferred_height(
        self, width: int, max_available_height: int, wrap_lines: bool, get_line_prefix: GetLinePrefixCallable | None
    ) -> int:
        """Return as many lines as there are."""
        return len(self._lines(width, max_available_height))

    def create_content(self, width: int, height: int) -> UIContent:
        """Return the lines."""
        lines = self._lines(width, height)
        return UIContent(lambda number: [*lines[number]], len(lines), show_cursor=False)

    def _lines(self, width: int, height: int) -> list[StyledLine]:
        lines = Lines(max(width - self.spare, LEAST_COLUMNS), height)
        try:
            self.draw(lines)
        except Exception as error:
            lines.lines.clear()
            lines.add(self.failure(error))
        return lines.in_view


class Shell:
    """Shows screens, one on top of the other, and hands them the keys. It is their `Host`."""

    def __init__(
        self,
        base: Callable[[Host], BaseScreen],
        say: Callable[..., str],
        source: Input | None = None,
        target: Output | None = None,
    ) -> None:
        """Show what `base` makes, the screen at the bottom; `say` returns the sentence of a catalogue key."""
        self.message = ""
        self.say = say
        self._working = threading.Lock()
        self._open: list[Screen] = []
        self._ended: EndedError | None = None
        self.base = base(self)
        self._top = Window(self._control(self._draw_top), height=1, style="class:head")
        self.application: Application[None] = Application(
            layout=Layout(self._layout()),
            key_bindings=self._bindings(),
            style=Style.from_dict(STYLES),
            full_screen=True,
            input=source,
            output=target,
        )
        self.application.ttimeoutlen = self.application.timeoutlen = ESCAPE_SECONDS
        self.application.key_processor.before_key_press += self._forget
        self._focus()

    def run(self) -> None:
        """Run until the person leaves. Raises `EndedError` where a signal ends it; the terminal is as before."""
        try:
            self.application.run(pre_run=self._take_signals)
        except OSError:
            if self._ended is None:
                raise
            raise self._ended from None  # a terminal that has gone cannot be given back

    # -- what screens ask for -------------------------------------------------------------------------------

    @property
    def screen(self) -> Screen:
        """The screen that shows and takes keys."""
        return self._open[-1] if self._open else self.base

    def open(self, screen: Screen) -> None:
        """Show a screen over this one."""
        self._open.append(screen)

    def close(self) -> None:
        """Close the screen on top."""
        self._open.pop()

    def leave(self) -> None:
        """End the program."""
        self.application.exit()

    def in_background(self, work: Callable[[], Result], done: Callable[[Result], None]) -> None:
        """Do `work` in another thread, then hand its result to `done`; keys are taken in the meantime."""

        def in_turn() -> Result:
            # What is asked for twice in a row is worked out one after the other: readers of a day are shared.
            with self._working:
                return work()

        async def run() -> None:
            done(await asyncio.wrap_future(_started(in_turn)))
            self.application.invalidate()

        self.application.create_background_task(run())

    # -- keys -----------------------------------------------------------------------------------------------

    def _bindings(self) -> KeyBindings:
        bindings = KeyBindings()

        def bind(key: str) -> None:
            name = key if key in KEYS else "char"
            edits = name == "char" or key in EDITING
            wanted = Condition(lambda: self._edited is None or not edits or key in self._edited.passes)
            bindings.add(key, filter=wanted)(lambda event: self._take(name, event.data))

        for key in (*KEYS, "?", Keys.Any):
            bind(key)
        on_a_list = Condition(lambda: self._edited is None)
        bindings.add(Keys.BracketedPaste, filter=on_a_list)(lambda event: self._take("char", _pasted(event.data)))
        for key in ("c-c", "c-d", Keys.SIGINT):
            bindings.add(key)(lambda event: self.leave())
        return bindings

    def _take_signals(self) -> None:
        """Let the signals that end the program do so when the terminal has been given back, and not before."""
        if sys.platform == "win32":
            return
        for number in ENDING:
            if number != signal.SIGINT:  # which is a key
                asyncio.get_running_loop().add_signal_handler(number, self._end, number)

    def _end(self, number: int) -> None:
        self._ended = EndedError(number)
        if not self.application.is_done:
            self.application.exit(exception=self._ended)

    @property
    def _edited(self) -> Field | None:
        """The field that is being edited."""
        field = self.screen.field
        return field if field is not None and field.active else None

    def _take(self, name: str, text: str) -> None:
        """Hand a key to the screen; what is pasted comes as one character of many letters."""
        used = False
        if name != "char" or (text.strip() and text.isprintable()):
            try:
                used = self.screen.key(name, text)
            except Exception as error:
                self.message = self._failure(error)
        if not used and not self.message:
            pasted = name == "char" and len(text) > 1
            self.message = self.say("interview.paste_unused" if pasted else "interview.key_unused")
        self._focus()

    def _focus(self) -> None:
        self.application.layout.focus(self._edited.window if self._edited is not None else self._top)

    def _forget(self, sender: object) -> None:
        self.message = ""

    def _failure(self, error: Exception) -> str:
        """Return a sentence that says what went wrong: no fault of the program ends what a person is doing."""
        return self.say("interview.failed", reason=f"{type(error).__name__}: {error}")

    # -- what shows -----------------------------------------------------------------------------------------

    def _layout(self) -> HSplit:
        # What has a stated height gets all the lines that are left, and is not drawn once more to be measured.
        room = Dimension(min=LEAST_ROWS, preferred=LEAST_ROWS)
        screen = self._control(lambda lines: self.screen.draw(lines), spare=1)
        page = Window(screen, height=room)
        prompt = Window(self._control(self._draw_prompt), width=len(PROMPT), dont_extend_height=True)
        field = DynamicContainer(lambda: Window() if self.screen.field is None else self.screen.field.window)
        form = HSplit(
            [
                Window(screen, dont_extend_height=True),
                VSplit([prompt, field]),
                Window(self._control(self._draw_below, spare=1)),
            ],
            height=room,
            window_too_small=Window(),
        )
        panel = self._control(lambda lines: self.base.draw_panel(lines), spare=1)
        side = VSplit([Window(width=1, char="│"), Window(panel, width=self.base.panel_width, height=room)])
        too_small = Window(self._control(lambda lines: lines.add(self.say("interview.too_small"))))
        middle = VSplit(
            [
                Window(width=self.base.margin),
                DynamicContainer(lambda: page if self.screen.field is None else form),
                ConditionalContainer(side, Condition(self._has_panel)),
            ],
            window_too_small=too_small,
        )
        message = self._control(self._draw_message, spare=1)
        foot = self._control(self._draw_foot)
        return HSplit(
            [
                self._top,
                middle,
                Window(message, height=Dimension(min=1), dont_extend_height=True, style="class:message"),
                Window(foot, dont_extend_height=True, style="class:foot"),
            ],
            window_too_small=too_small,
        )

    def _control(self, draw: Callable[[Lines], None], spare: int = 0) -> LinesControl:
        return LinesControl(draw, self._failure, spare)

    def _has_panel(self) -> bool:
        columns = self.application.output.get_size().columns
        return columns >= self.base.wide and self.base.has_panel(covered=bool(self._open))

    def _draw_top(self, lines: Lines) -> None:
        lines.lines.append([("", _cut(f" {self.base.head}", lines.width))])

    def _draw_prompt(self, lines: Lines) -> None:
        lines.lines.append([("class:current", PROMPT if self._edited is not None else "")])

    def _draw_below(self, lines: Lines) -> None:
        if self.screen.field is not None:
            self.screen.field.draw_below(lines)

    def _draw_message(self, lines: Lines) -> None:
        if self.message:
            lines.add(self.message, lead=" ")

    def _draw_foot(self, lines: Lines) -> None:
        """Draw the keys, as many in a line as fit, none of them broken."""
        found = [""]
        for key in self.say(self.screen.keys).split("  "):
            if found[-1] and get_cwidth(found[-1]) + get_cwidth(key) + 2 > lines.width:
                found.append("")
            found[-1] += f" {key} "
        lines.lines += [[("", line)] for line in found]


def _cut(text: str, width: int) -> str:
    """Return as much of a text as fits, with "…" at its end where that is not all."""
    if get_cwidth(text) <= width:
        return text
    while text and get_cwidth(text) >= width:
        text = text[:-1]
    return f"{text}…"


def _pasted(text: str) -> str:
    """Return what was pasted on one line; what stood on several lines stays apart."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return on_one_line("; ".join(line for line in lines if line))


def _started(work: Callable[[], Result]) -> Future[Result]:
    """Start work in a thread for which nobody waits who leaves the program."""
    future: Future[Result] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)

    future.set_running_or_notify_cancel()  # what is under way is not called off, and its result may come to nobody
    threading.Thread(target=run, daemon=True).start()
    return future
