"""A talk line by line over two streams: one line out, one line in, no cursor movement."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from textwrap import wrap
from typing import Final, TextIO

from advisor.papers.document import Document

LEAST_COLUMNS: Final = 40


class LineTalk:
    """Writes sentences and reads lines; `left` says that the person, or the input, has ended it."""

    def __init__(self, say: Callable[..., str], source: TextIO, target: TextIO) -> None:
        """`say` returns the sentence of a catalogue key."""
        self.source = source
        self.target = target
        self.left = False
        self._sentence = say

    def say(self, key: str, **values: object) -> None:
        """Write a sentence of the catalogue."""
        self.print(self._sentence(key, **values))

    def options(self, labels: Iterable[str]) -> None:
        """Write the lines of a list, each with its number."""
        for number, label in enumerate(labels, start=1):
            self.say("interview.option", number=number, label=label)

    def bullets(self, lines: Iterable[str]) -> None:
        """Write lines, each with a dash before it."""
        for line in lines:
            self.print(f"- {line}")

    def print(self, text: str) -> None:
        """Write a line, wrapped between words where a terminal shows it."""
        if self.target.isatty():
            inside = text.lstrip()
            indent = " " * (len(text) - len(inside))
            hanging = indent + "  " if inside.startswith(("- ", "• ")) else indent
            width = max(shutil.get_terminal_size().columns, LEAST_COLUMNS)
            text = "\n".join(wrap(inside, width, initial_indent=indent, subsequent_indent=hanging))
        self.target.write(text + "\n")

    def tell(self, document: Document) -> None:
        """Write a document."""
        from advisor.papers.text_writer import write_text  # late: most talks are over before anybody asks for one

        write_text(document, self.target)

    def read(self, key: str) -> str | None:
        """Ask for a line; None, and the talk is left, where there is none."""
        self.target.write(self._sentence(key))
        self.target.flush()
        line = self.source.readline()
        if not line:
            self.left = True
            self.print("")
            return None
        return line
