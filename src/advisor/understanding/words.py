"""The words that people answer with, and how a text is compared with others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Final

import yaml

Words = tuple[str, ...]
"""A text as words: case folded, without blanks, hyphens and signs between them."""

WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
BETWEEN: Final = re.compile(r"[\s\-_/(),.&+:;'’\"“”‘«»–—]*")
"""What may stand between and around words without meaning anything."""


@dataclass(frozen=True)
class Vocabulary:
    """The content of words.yaml; `commands` and `months` by the word that a person writes."""

    yes: frozenset[Words]
    no: frozenset[Words]
    unknown: frozenset[Words]
    nothing: frozenset[Words]
    commands: dict[str, str]
    not_yet: frozenset[Words]
    negations: frozenset[Words]
    vague: frozenset[Words]
    joins: tuple[str, ...]
    partners: tuple[str, ...]
    months: dict[str, int]

    @cached_property
    def orders(self) -> frozenset[Words]:
        """The words that are commands; nobody means the beginning of a label by one."""
        return frozenset(words_of(word) for word in self.commands)

    @cached_property
    def replies(self) -> frozenset[Words]:
        """The words that are answers by themselves, to some questions."""
        return self.yes | self.no | self.unknown | self.nothing


@cache
def vocabulary() -> Vocabulary:
    """Return the words that answers are understood by."""
    data = yaml.load((Path(__file__).parent / "words.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    sets = {
        name: frozenset(words_of(text) for text in data[name])
        for name in ("yes", "no", "unknown", "nothing", "not_yet", "negations", "vague")
    }
    months = {name: number for number, names in enumerate(data["months"], start=1) for name in names}
    commands = {word: command for command, words in data["commands"].items() for word in words}
    joins, partners = tuple(data["joins"]), tuple(data["partners"])
    return Vocabulary(**sets, commands=commands, joins=joins, partners=partners, months=months)


@cache
def words_of(text: str) -> Words:
    """Return the words of a label or an id."""
    return tuple(word.replace("’", "'") for word in WORD.findall(text.casefold()))


def typed_words(text: str) -> Words:
    """Return the words of what a person wrote; () where signs stand in it that no label has."""
    return words_of(text) if not BETWEEN.sub("", WORD.sub("", text)) else ()
