"""Labels of what a receipt names; what a knowledge base does not know is written as it stands there."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.inference.domain import Answer
from advisor.report.wording import Wording


@dataclass(frozen=True, slots=True)
class Labels:
    """Finds labels in one library and one language."""

    wording: Wording

    def fact(self, name: str) -> str:
        """Return the label of a conclusion or another fact."""
        fact = self.wording.library.all_facts.get(name)
        return self.wording.text(fact.label) if fact else printable(name)

    def value(self, fact: str, value: str) -> str:
        """Return the label of a value of a fact."""
        try:
            return self.wording.text(self.wording.library.label(fact, value))
        except KeyError:
            return printable(value)

    def question(self, name: str) -> str:
        """Return the short name of a question."""
        return self.wording.question(name) if name in self.wording.library.questions else printable(name)

    def answer(self, question: str, answer: Answer) -> str:
        """Return an answer in words."""
        known = question in self.wording.library.questions
        words = answer if isinstance(answer, tuple) else (str(answer),)
        labels = (self.wording.option(question, word) if known else word for word in words)
        return printable(", ".join(labels)) or self.wording.say("answer.empty_list")

    def citation(self, reference: str) -> str:
        """Return an article or instrument as it is cited."""
        library = self.wording.library
        known = reference in library.articles or reference in library.instruments
        return self.wording.citation(reference) if known else printable(reference)

    def term(self, name: str) -> str:
        """Return the label of a term that is named `table:id`."""
        table, _, word = name.partition(":")
        found = self.wording.library.entries.get(table, {}).get(word)
        return self.wording.text(found.label) if found else printable(word)


def printable(text: str) -> str:
    """Return text from a file of others without what would steer a terminal."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)
