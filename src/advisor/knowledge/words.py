"""The words that a knowledge base knows in some place, and what is said of any other."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from advisor.knowledge.spelling import shown
from advisor.problem import nearest

YES_NO: Final = ("yes", "no")
TRUTHS: Final = {True: "yes", False: "no", "yes": "yes", "no": "no", "true": "yes", "false": "no"}
"""How yes and no may be written where nothing else can stand."""


@dataclass(frozen=True, slots=True, repr=False)  # pydantic writes out what an error holds: that would be all words
class Words:
    """The words that can stand in a place: all questions, say, or the values of a fact.

    `message` is the key of what is said of another word. It is told of `about` where that is given (the fact whose
    values these are), else of the word itself.
    """

    known: Collection[str]
    message: str
    about: str = ""

    def understood(self, given: object) -> str | None:
        """Return the word that is meant; None where it is not known."""
        if self.known == YES_NO and isinstance(given, (bool, str)):
            given = TRUTHS.get(given, given)
        return given if isinstance(given, str) and given in self.known else None

    def told(self, given: object) -> dict[str, str]:
        """Return what the message on a wrong word needs, with the nearest that is known."""
        word = shown(given)
        named = {"name": self.about, "value": word} if self.about else {"name": word}
        return {**named, "near": nearest(word, self.known)}
