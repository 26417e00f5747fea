"""The names that conditions and conclusions may use: questions, facts, their values, groups, articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from advisor.knowledge.fact import Fact
from advisor.knowledge.library import Library
from advisor.knowledge.question import Group, Question


class Vocabulary:
    """Looks names up; built once from a knowledge base.

    `tables` maps a table to the ids of its terms, in order; `references` are the ids of all instruments and
    articles.
    """

    def __init__(
        self,
        questions: Iterable[Question],
        facts: Iterable[Fact],
        groups: Iterable[Group],
        tables: Mapping[str, tuple[str, ...]],
        references: Iterable[str],
    ) -> None:
        self.questions = {question.id: question for question in questions}
        self.facts = {fact.id: fact for fact in facts}
        self._groups = {(group.question, group.id): group.options for group in groups}
        self._tables = tables
        self._references = frozenset(references)

    def names(self) -> tuple[str, ...]:
        """Return all names that a condition may test."""
        return (*self.questions, *self.facts)

    def knows(self, name: str) -> bool:
        """Whether `name` is a question or a fact."""
        return name in self.questions or name in self.facts

    def references(self) -> frozenset[str]:
        """Return the ids of all instruments and articles."""
        return self._references

    def dated(self, reference: object) -> bool:
        """Whether `reference` is an instrument or article of the knowledge base."""
        return isinstance(reference, str) and reference in self._references

    def is_number(self, name: str) -> bool:
        """Whether `name` is a question that is answered by a number."""
        return name in self.questions and self.questions[name].type == "number"

    def bounds(self, name: str) -> tuple[int, int]:
        """Return the smallest and the largest answer to a number question."""
        question = self.questions[name]
        return question.min or 0, question.max or 0

    def is_flag(self, name: str) -> bool:
        """Whether `name` is a yes_no question or a flag."""
        if name in self.questions:
            return self.questions[name].type == "yes_no"
        return self.facts[name].kind == "flag"

    def is_many(self, name: str) -> bool:
        """Whether `name` can have several values at once."""
        if name in self.questions:
            return self.questions[name].type == "choices"
        return self.facts[name].kind == "many"

    def values(self, name: str) -> tuple[str, ...]:
        """Return the values of a question or fact, in order; () for numbers."""
        if name in self.questions:
            return self.questions[name].option_ids
        fact = self.facts[name]
        if fact.kind == "flag":
            return ("yes", "no")
        return fact.values or self._tables.get(fact.table or "", ())

    def options(self, name: str) -> tuple[str, ...]:
        """Return what may stand for a value of `name`: its values and its groups."""
        return (*self.values(name), *(group for question, group in self._groups if question == name))

    def expand(self, name: str, value: str) -> tuple[str, ...]:
        """Return the values that `value` stands for: itself, the options of a group of that name, or nothing."""
        if value in self.values(name):
            return (value,)
        return self._groups.get((name, value), ())


def vocabulary_of(library: Library) -> Vocabulary:
    """Return the vocabulary of a library."""
    return Vocabulary(
        library.questions.values(),
        library.all_facts.values(),
        library.groups,
        library.tables,
        [*library.instruments, *library.articles],
    )
