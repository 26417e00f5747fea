"""What is wrong with broken JSON, in the words of the catalogue."""

from __future__ import annotations

from json import JSONDecodeError
from typing import Final

from advisor.catalogue import text_of
from advisor.text import Text

SYNTAX: Final = {
    "Expecting value": "json.value",
    "Expecting property name": "json.name",
    "Expecting ':' delimiter": "json.colon",
    "Expecting ',' delimiter": "json.comma",
    "Illegal trailing comma": "json.trailing_comma",
    "Extra data": "json.complete",
    "Unterminated string": "json.quote",
    "Invalid control character": "json.control",
    "Invalid \\escape": "json.escape",
    "Invalid \\uXXXX escape": "json.escape",
}
"""How that begins which Python's reader says of broken JSON, and which text says it to people."""


def reason_of_json(error: ValueError | RecursionError) -> Text:
    """Return why `json.loads` refused something; its own words, in quotation marks, where we have none."""
    match error:
        case RecursionError():
            return text_of("json.too_deep")
        case UnicodeDecodeError():
            return text_of("file.not_utf8")
        case JSONDecodeError():
            said = (key for words, key in SYNTAX.items() if error.msg.startswith(words))
            key = next(said, None)
            return text_of(key) if key is not None else text_of("json.other", said=error.msg)
        case _:
            return text_of("json.number")  # the one thing left that is refused: a number of thousands of digits
