"""Templates: texts with places to fill in.

A place is a name in braces, `{name}`; `{{` and `}}` stand for the braces themselves. Nothing else can stand in
braces: a file could ask for gigabytes by a width, or for the inside of an object by an attribute.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_BRACES: Final = re.compile(r"{{|}}|{([a-z][a-z0-9_]*)}|[{}]")
_MOST_QUOTED: Final = 20


class TemplateError(ValueError):
    """A text is no template, or has a place that nothing fills; `part` is where in the text that is seen."""

    def __init__(self, part: str) -> None:
        self.part = part
        super().__init__(part)


def places(template: str) -> frozenset[str]:
    """Return the names of the places. Raises `TemplateError` where a brace is neither doubled nor around a name."""
    found: set[str] = set()
    for braces in _BRACES.finditer(template):
        if braces[1]:
            found.add(braces[1])
        elif len(braces[0]) == 1:
            raise TemplateError(template[braces.start() :][:_MOST_QUOTED])
    return frozenset(found)


def filled(template: str, values: Mapping[str, str]) -> str:
    """Return the text with every place replaced by the value of its name; what stands in a value stays as it is.

    Raises `TemplateError` where the text is no template, or a place has no value.
    """

    def replaced(braces: re.Match[str]) -> str:
        if len(braces[0]) == 1 or (braces[1] and braces[1] not in values):
            raise TemplateError(template[braces.start() :][:_MOST_QUOTED])
        return values[braces[1]] if braces[1] else braces[0][0]

    return _BRACES.sub(replaced, template)
