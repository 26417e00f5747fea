"""The names that conditions and conclusions may use: questions, facts, their values, groups, articles."""

from __future__ import annotations

from advisor.knowledge.library import Library


class Vocabulary:
    """Looks names up in a library; a name of a question or fact must be known unless a method says otherwise."""

    def __init__(self, library: Library) -> None:
        self._questions = library.questions
        self._facts = library.all_facts
        self._library = library
        self._groups = {(group.question, group.id): group.options for group in library.groups}
        self.names: tuple[str, ...] = (*library.questions, *library.all_facts)
        """All names that a condition may test."""
        self.references = frozenset([*library.instruments, *library.articles])
        """The ids of all instruments and articles."""

    def knows(self, name: str) -> bool:
        """Whether `name` is a question or a fact."""
        return name in self._questions or name in self._facts

    def is_number(self, name: str) -> bool:
        """Whether `name` is a question that is answered by a number."""
        return name in self._questions and self._questions[name].type == "number"

    def bounds(self, name: str) -> tuple[int, int]:
        """Return the smallest and the largest answer to a number question."""
        return self._questions[name].bounds

    def is_flag(self, name: str) -> bool:
        """Whether `name` is a yes_no question or a flag."""
        question = self._questions.get(name)
        return question.type == "yes_no" if question else self._facts[name].kind == "flag"

    def is_many(self, name: str) -> bool:
        """Whether `name` can have several values at once."""
        question = self._questions.get(name)
        return question.type == "choices" if question else self._facts[name].kind == "many"

    def values(self, name: str) -> tuple[str, ...]:
        """Return the values of a question or fact, in order; () for numbers."""
        question = self._questions.get(name)
        return question.option_ids if question else self._library.values(name)

    def options(self, name: str) -> tuple[str, ...]:
        """Return what may stand for a value of `name`: its values and its groups."""
        return (*self.values(name), *(group for question, group in self._groups if question == name))

    def expand(self, name: str, value: str) -> tuple[str, ...]:
        """Return the values that `value` stands for: itself, the options of a group of that name, or nothing."""
        return (value,) if value in self.values(name) else self._groups.get((name, value), ())
