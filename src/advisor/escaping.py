r"""Characters that a terminal acts on, or that a reader cannot see, made visible: `\x1b` for an escape.

What people read can hold text from anywhere: answers, titles, names of files, words of the command line. A control
character in it could clear the screen, set the clipboard or turn the line around.
"""

from __future__ import annotations

import re
from typing import Final

_SHORT: Final = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters, but for tab and line feed
    "\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # among these what turns the direction of writing around
    "\ud800-\udfff"  # halves of pairs, and bytes of file names that are no text
    "\ufdd0-\ufdef\ufffe\uffff"  # what never is a character: XML, and so DOCX, refuses some of it, and HTML all
)
_LONG: Final = (
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
)
HIDDEN: Final = re.compile(
    # Of what has more than four digits few are hidden, and few texts have any: it is looked at once it is found.
    f"[{_SHORT}\U00010000-\U0010ffff](?:(?<![\U00010000-\U0010ffff])|(?<=[{_LONG}]))"
)
"""One character of the categories Cc, Cf, Cs, Zl and Zp of Unicode, but no tab, line feed or joiner of letters.

Also what Unicode says will never be a character.
"""

NOT_TEXT: Final = range(0xDC80, 0xDD00)
"""How Python writes the bytes 80 to FF of a file name that is no text."""


class Styled(str):
    """Text that was escaped already and holds control characters of our own: colours."""

    __slots__ = ()


def escaped(text: str) -> str:
    """Return `text` with its control characters made visible; tabs and line feeds stay."""
    return text if text.isprintable() else HIDDEN.sub(_visible, text)


def on_one_line(text: str) -> str:
    """Return `text` with its control characters made visible; tabs and line feeds become blanks."""
    return text if text.isprintable() else escaped(text.replace("\n", " ").replace("\t", " "))


def json_escaped(text: str) -> str:
    """Return JSON in which the control characters are escaped as JSON does it; it means the same."""
    return text if text.isprintable() else HIDDEN.sub(_as_in_json, text)


def yaml_escaped(text: str) -> str:
    """Return YAML in which the control characters, which must stand in double quotes, are escaped."""
    return text if text.isprintable() else HIDDEN.sub(lambda found: _as_code(ord(found.group())), text)


def _visible(found: re.Match[str]) -> str:
    code = ord(found.group())
    return _as_code(code - NOT_TEXT.start + 0x80 if code in NOT_TEXT else code)


def _as_code(code: int) -> str:
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _as_in_json(found: re.Match[str]) -> str:
    units = found.group().encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i : i + 2].hex()}" for i in range(0, len(units), 2))
