"""Drives a shell key by key, on a terminal of a stated size, and says what it shows."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import Input, create_pipe_input
from prompt_toolkit.key_binding.key_processor import KeyPress
from prompt_toolkit.keys import KEY_ALIASES, Keys
from prompt_toolkit.output import DummyOutput, Output

from advisor.terminal.shell import Shell

NAMES = {"space": " ", **KEY_ALIASES}
NAMED = {key.value for key in Keys}


class Sized(DummyOutput):
    """An output of a stated size."""

    def __init__(self, columns: int, rows: int) -> None:
        super().__init__()
        self.size = Size(rows=rows, columns=columns)

    def get_size(self) -> Size:
        return self.size


class Driver:
    """A shell that runs, without a terminal."""

    def __init__(self, shell: Shell, output: Sized, runner: asyncio.Runner) -> None:
        self.shell = shell
        self.output = output
        self.runner = runner

    @property
    def rows(self) -> list[str]:
        """What the screen shows, line by line."""
        screen = self.shell.application.renderer.last_rendered_screen
        assert screen is not None
        columns, rows = self.output.size.columns, self.output.size.rows
        return ["".join(screen.data_buffer[row][column].char for column in range(columns)) for row in range(rows)]

    @property
    def text(self) -> str:
        """What the screen shows, in one line; what stands beside a page comes after it."""
        halves = [row.partition("│") for row in self.rows]
        return " ".join(" ".join([left for left, _, _ in halves] + [right for _, _, right in halves]).split())

    def press(self, *keys: str) -> None:
        """Press keys: names of keys, or characters."""
        for key in keys:
            name = NAMES.get(key, key)
            # A key that is no character brings no text that could be typed.
            self.runner.run(self._press(KeyPress(Keys(name), "") if name in NAMED else KeyPress(name)))

    def paste(self, text: str) -> None:
        """Paste a text as a terminal does that says that it is pasted."""
        self.runner.run(self._press(KeyPress(Keys.BracketedPaste, text)))

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the terminal."""
        self.output.size = Size(rows=rows, columns=columns)
        self.runner.run(self._draw())

    def wait(self, what: Callable[[str], bool]) -> None:
        """Wait until the screen shows something that is worked out in the meantime."""
        self.runner.run(asyncio.wait_for(self._wait(what), 20))

    async def _press(self, key: KeyPress) -> None:
        processor = self.shell.application.key_processor
        processor.feed(key)
        processor.process_keys()
        while processor.key_buffer:  # Escape, which waits for the rest of a sequence
            await asyncio.sleep(0.01)
        await self._draw()

    async def _draw(self) -> None:
        application = self.shell.application
        before = application.render_counter
        application.invalidate()
        while application.render_counter == before and not application.is_done:
            await asyncio.sleep(0.001)

    async def _wait(self, what: Callable[[str], bool]) -> None:
        while not what(self.text):
            await asyncio.sleep(0.01)
            await self._draw()


@contextmanager
def driven(make: Callable[[Input, Output], Shell], columns: int = 120, rows: int = 30) -> Iterator[Driver]:
    """Run the shell that `make` makes, and close it at the end."""
    output = Sized(columns, rows)
    with create_pipe_input() as pipe, asyncio.Runner() as runner:
        shell = make(pipe, output)
        faults: list[object] = []
        loop = runner.get_loop()
        loop.set_exception_handler(lambda _, context: faults.append(context.get("exception", context)))
        task = loop.create_task(shell.application.run_async(set_exception_handler=False))
        driver = Driver(shell, output, runner)
        runner.run(driver._draw())
        yield driver
        if not shell.application.is_done:
            shell.leave()
        runner.run(asyncio.wait_for(task, 20))
        assert [] == faults
