"""How deep the items of a list stand in each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from advisor.papers.document import Item

NUMBER: Final = re.compile(r"[1-9][0-9]{0,5}\.")


def nested(items: Iterable[Item]) -> Iterator[tuple[int, Item]]:
    """Yield items that follow each other, with how many of them each stands in: an indented one in that before."""
    indents: list[int] = []
    for item in items:
        while len(indents) > 1 and item.indent < indents[-1]:
            indents.pop()
        if not indents or item.indent > indents[-1]:
            indents.append(item.indent)
        yield len(indents) - 1, item


def number_of(item: Item) -> int | None:
    """Return the number of an item, None where its mark is none."""
    return int(item.mark[:-1]) if NUMBER.fullmatch(item.mark) else None
