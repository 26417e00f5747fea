"""Conditions as rule authors write them, translated into formulas.

when: {era: C, burdens_budget: yes}          all of it holds
when: {sector: [roads, transport]}           one of these values
when: {counterparts: region}                 a group stands for any of its options
when: {region_count: {over: 2}}              a number
when: {needs: {not: talk}}                   not this value
when: {counterparts: {empty: yes}}           none of the options
when: {counterparts: {count: 2, of: region}} at least two of these
when: {in_force: pp59-2022}                  the instrument is in force on the day
when: {any: [..., ...]} / {all: [...]} / {not: ...}
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from advisor.inference.formula import (
    FALSE,
    IN_FORCE,
    TRUE,
    Formula,
    Literal,
    at_least,
    conjunction,
    disjunction,
    negation,
)
from advisor.inference.vocabulary import Vocabulary
from advisor.knowledge.document import Document, Key
from advisor.problem import Problem, nearest

COMBINATORS = ("all", "any", "not")


class ConditionReader:
    """Translates the conditions of one file; findings gather in `problems`."""

    def __init__(self, vocabulary: Vocabulary, document: Document) -> None:
        self.vocabulary = vocabulary
        self.document = document
        self.problems: list[Problem] = []

    def read(self, raw: Any, key: Key) -> Formula:
        """Return the formula of the condition `raw` that stands at `key`; None means always."""
        if raw is None:
            return TRUE
        if not isinstance(raw, dict) or not raw:
            self._problem(key, "condition.not_mapping")
            return FALSE
        return conjunction(self._entry(name, value, (*key, name)) for name, value in raw.items())

    def _problem(self, key: Key, message: str, **values: str) -> None:
        self.problems.append(Problem(self.document.place(key), message, values))

    def _entry(self, name: str, value: Any, key: Key) -> Formula:
        if name == "not":
            if value is None:
                self._problem(key, "condition.not_mapping")
                return FALSE
            return negation(self.read(value, key))
        if name in COMBINATORS:
            if not isinstance(value, list) or not value:
                self._problem(key, "condition.not_list", name=name)
                return FALSE
            parts = [self.read(part, (*key, i)) for i, part in enumerate(value)]
            return conjunction(parts) if name == "all" else disjunction(parts)
        if name == IN_FORCE:
            return self._in_force(value, key)
        if not self.vocabulary.knows(name):
            known = (*self.vocabulary.names(), *COMBINATORS, IN_FORCE)
            self._problem((*key, "#key"), "name.unknown", name=name, near=nearest(name, known))
            return FALSE
        return self._test(name, value, key)

    def _in_force(self, value: Any, key: Key) -> Formula:
        formulas: list[Formula] = []
        for index, ref in enumerate(value if isinstance(value, list) else [value]):
            if not self.vocabulary.dated(ref):
                near = nearest(str(ref), self.vocabulary.references())
                self._problem((*key, index), "citation.unknown", name=str(ref), near=near)
            formulas.append(Literal((IN_FORCE, str(ref))))
        return conjunction(formulas)

    def _test(self, name: str, value: Any, key: Key) -> Formula:
        if isinstance(value, dict):
            if not value:
                self._problem(key, "condition.empty_list", name=name)
            return conjunction(self._operator(name, op, v, value, (*key, op)) for op, v in value.items())
        if isinstance(value, list):
            if not value:
                self._problem(key, "condition.empty_list", name=name)
            return disjunction(self._value(name, item, (*key, i)) for i, item in enumerate(value))
        return self._value(name, value, key)

    def _operator(self, name: str, op: str, value: Any, whole: dict[str, Any], key: Key) -> Formula:
        number = self.vocabulary.is_number(name)
        match op:
            case "not":
                return negation(self._test(name, value, key))
            case "over" if number and isinstance(value, int) and not isinstance(value, bool):
                low, high = self.vocabulary.bounds(name)
                if not low <= value < high:
                    self._problem(key, "condition.never", name=name, low=str(low), high=str(high - 1))
                return Literal((name, f">{value}"))
            case "empty" if self.vocabulary.is_many(name) and isinstance(value, bool):
                none = conjunction(negation(f) for f in self._options(name, self.vocabulary.values(name)))
                return none if value else negation(none)
            case "count" if self.vocabulary.is_many(name) and _whole(value) and "of" in whole:
                return at_least(value, self._options(name, self._counted(name, whole["of"], key)))
            case "of" if "count" in whole:
                return TRUE
        self._problem(key, "condition.operator", name=name, operator=op, known="not, over, empty, count + of")
        return FALSE

    def _counted(self, name: str, listed: Any, key: Key) -> list[str]:
        """Return the options that are counted, groups spelt out."""
        found: list[str] = []
        for item in listed if isinstance(listed, list) else [listed]:
            options = self.vocabulary.expand(name, str(item))
            if not options:
                near = nearest(str(item), self.vocabulary.options(name))
                self._problem((*key[:-1], "of"), "value.unknown", name=name, value=str(item), near=near)
            found += options
        return found

    def _options(self, name: str, options: Iterable[str]) -> list[Formula]:
        return [Literal((name, option)) for option in options]

    def _value(self, name: str, value: Any, key: Key) -> Formula:
        if self.vocabulary.is_number(name):
            self._problem(key, "condition.number", name=name)
            return FALSE
        word = ("yes" if value else "no") if isinstance(value, bool) else str(value)
        if self.vocabulary.is_flag(name) and word in ("yes", "no"):
            return Literal((name, "yes"), word == "yes")
        options = self.vocabulary.expand(name, word)
        if not options:
            near = nearest(word, self.vocabulary.options(name))
            self._problem(key, "value.unknown", name=name, value=word, near=near)
            return FALSE
        return disjunction(self._options(name, options))


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
