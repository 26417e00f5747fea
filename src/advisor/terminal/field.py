"""A field: one line of text that a person edits, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Collection

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.layout import BufferControl, Window
from prompt_toolkit.validation import ValidationError, Validator

from advisor.terminal.lines import Lines

HIDDEN = "�"
"""What shows where a character cannot be seen, lest a text be read as if it were not there."""


def on_one_line(text: str) -> str:
    """Return a text with blanks for tabs and line breaks, and `HIDDEN` for what else cannot be seen."""
    return "".join(one if one.isprintable() else " " if one.isspace() else HIDDEN for one in text)


class Sentences(Validator):
    """Judges a text by a function that returns what is wrong with it in words, "" where nothing is."""

    def __init__(self, wrong: Callable[[str], str]) -> None:
        self.wrong = wrong

    def validate(self, document: Document) -> None:
        """Raise `ValidationError` with what is wrong."""
        sentence = self.wrong(document.text.strip())
        if sentence:
            raise ValidationError(len(document.text), sentence)


class Field:
    """A line of at most `longest` characters, judged as it is typed.

    The screen that has the field gets the keys in `passes`, and those that edit no text. `below` draws what else
    stands under it. With `replace` what is typed or pasted first replaces the text that stood there.
    """

    def __init__(
        self,
        text: str,
        longest: int,
        wrong: Callable[[str], str],
        passes: Collection[str],
        below: Callable[[Lines], None] = lambda lines: None,
        *,
        replace: bool = False,
    ) -> None:
        self.longest = longest
        self.passes = passes
        self._below = below
        self.active = True
        self._replaced = text if replace else ""
        self.buffer = Buffer(
            multiline=False,
            document=Document(text),
            validator=Sentences(wrong),
            on_text_changed=self._changed,
        )
        self.buffer.validate()
        control = BufferControl(self.buffer)
        self.window = Window(control, wrap_lines=True, dont_extend_height=True, style=self._style)

    @property
    def text(self) -> str:
        """What stands in the field, without spaces around it."""
        return self.buffer.text.strip()

    @property
    def wrong(self) -> str:
        """What is wrong with the text; "" where nothing is, or nothing was typed."""
        error = self.buffer.validation_error
        return error.message if error is not None and self.text else ""

    def restart(self, text: str) -> None:
        """Let this be the text; what is typed or pasted next replaces it."""
        self.buffer.document = Document(text)
        self._replaced = text

    def draw_below(self, lines: Lines) -> None:
        """Draw what stands under the field, and what is wrong with the text."""
        self._below(lines)
        if self.wrong:
            lines.blank()
            lines.add(self.wrong, "class:wrong")

    def _style(self) -> str:
        return "class:wrong" if self.wrong else "class:current" if self.active else ""

    def _changed(self, buffer: Buffer) -> None:
        """Hold the text to one line and to its length, whatever was pasted, and judge it."""
        text, cursor = buffer.text, buffer.cursor_position
        if self._replaced and cursor == len(text) and text.startswith(self._replaced):
            text, cursor = text[len(self._replaced) :], cursor - len(self._replaced)
        self._replaced = ""
        text = on_one_line(text)
        excess = min(max(len(text) - self.longest, 0), cursor)
        text, cursor = text[: cursor - excess] + text[cursor:], cursor - excess
        if text != buffer.text:
            buffer.document = Document(text, cursor)
        buffer.validate()
