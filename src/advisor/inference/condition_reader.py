"""Reading conditions as rule authors write them.

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

from advisor.inference.condition import (
    Combination,
    Condition,
    Joint,
    Negation,
    Operator,
    Test,
    always,
    formula_of_test,
)
from advisor.inference.formula import IN_FORCE
from advisor.inference.size import MOST_TESTS, tests_in
from advisor.inference.vocabulary import Vocabulary
from advisor.knowledge.document import Document, Key
from advisor.knowledge.spelling import shown
from advisor.problem import MOST_FINDINGS, Problem, nearest

COMBINATORS = ("all", "any", "not")
YES_NO_SAID = {"ya": "yes", "iya": "yes", "benar": "yes", "tidak": "no", "bukan": "no"}


class ConditionReader:
    """Reads the conditions of one file; findings are added to `problems`, and what has one reads as never."""

    def __init__(self, vocabulary: Vocabulary, document: Document, problems: list[Problem]) -> None:
        self.vocabulary = vocabulary
        self.document = document
        self.problems = problems
        self._tests = 0

    def read(self, raw: Any, key: Key) -> Condition:
        """Return the condition `raw` that stands at `key`; None means always."""
        if raw is None:
            return always(self.document.place(key))
        if not isinstance(raw, dict) or not raw:
            return self._problem(key, "condition.not_mapping")
        return self._joined("all", [self._entry(name, value, (*key, name)) for name, value in raw.items()], key)

    def _joined(self, joint: Joint, parts: Iterable[Condition], key: Key) -> Condition:
        found = tuple(parts)
        return found[0] if len(found) == 1 else Combination(joint, found, self.document.place(key))

    def _problem(self, key: Key, message: str, **values: str) -> Condition:
        self.problems.append(self.document.problem(key, message, **values))
        return Combination("any", (), self.document.place(key))

    def _entry(self, name: str, value: Any, key: Key) -> Condition:
        if len(self.problems) >= MOST_FINDINGS:
            return Combination("any", (), self.document.place(key))
        if name == "not":
            if value is None:
                return self._problem(key, "condition.not_mapping")
            return Negation(self.read(value, key), self.document.place(key))
        if name in ("all", "any"):
            if not isinstance(value, list) or not value:
                return self._problem(key, "condition.not_list", name=name)
            parts = [self.read(part, (*key, i)) for i, part in enumerate(value)]
            return self._joined("all" if name == "all" else "any", parts, key)
        if name == IN_FORCE:
            return self._in_force(value, key)
        if self._tests > MOST_TESTS:
            return self._too_many(key)
        if not self.vocabulary.knows(name):
            known = (*self.vocabulary.names, *COMBINATORS, IN_FORCE)
            return self._problem((*key, "#key"), "name.unknown", name=name, near=nearest(name, known))
        return self._tested(name, value, key)

    def _too_many(self, key: Key) -> Condition:
        """Note, where a file has more tests than all files may have, the first that is too many."""
        problem = self.document.problem(key, "rules.too_large", name=str(key[-1]), most=str(MOST_TESTS))
        if all(noted.key != problem.key for noted in self.problems):
            self.problems.append(problem)
        return Combination("any", (), problem.place)

    def _in_force(self, value: Any, key: Key) -> Condition:
        listed = value if isinstance(value, list) else [value]
        for index, ref in enumerate(listed):
            if not isinstance(ref, str) or ref not in self.vocabulary.references:
                near = nearest(str(ref), self.vocabulary.references)
                return self._problem((*key, index), "citation.unknown", name=str(ref), near=near)
        tests = [self._test(IN_FORCE, "is", (str(ref),), (*key, index)) for index, ref in enumerate(listed)]
        return self._joined("all", tests, key)

    def _test(self, name: str, operator: Operator, values: tuple[str, ...], key: Key) -> Test:
        formula = formula_of_test(self.vocabulary, name, operator, values)
        self._tests += tests_in(formula)
        return Test(name, operator, values, formula, self.document.place(key))

    def _tested(self, name: str, value: Any, key: Key) -> Condition:
        if isinstance(value, dict):
            if not value:
                return self._problem(key, "condition.empty_list", name=name)
            operators = [(op, v) for op, v in value.items() if not (op == "of" and "count" in value)]
            return self._joined("all", [self._operator(name, op, v, value, (*key, op)) for op, v in operators], key)
        if isinstance(value, list):
            if not value:
                return self._problem(key, "condition.empty_list", name=name)
            return self._joined("any", [self._value(name, item, (*key, i)) for i, item in enumerate(value)], key)
        return self._value(name, value, key)

    def _operator(self, name: str, op: str, value: Any, whole: dict[str, Any], key: Key) -> Condition:
        number, many = self.vocabulary.is_number(name), self.vocabulary.is_many(name)
        match op:
            case "not":
                return Negation(self._tested(name, value, key), self.document.place(key))
            case "over" if number:
                low, high = self.vocabulary.bounds(name)
                told = {"name": name, "low": str(low), "high": str(high - 1)}
                if not _whole(value):
                    given = f"'{shown(value)}'" if isinstance(value, str) else shown(value)
                    return self._problem(key, "condition.over", given=given, **told)
                if not low <= value < high:
                    self._problem(key, "condition.never", **told)
                return self._test(name, "over", (str(value),), key)
            case "empty" if many and isinstance(value, bool):
                return self._test(name, "empty", ("yes" if value else "no",), key)
            case "count" if many and _whole(value) and "of" in whole:
                return self._count(name, value, whole["of"], key)
        known = "not, over" if number else "not, empty, count + of" if many else "not"
        return self._problem(key, "condition.operator", name=name, operator=op, known=known)

    def _count(self, name: str, count: int, of: Any, key: Key) -> Condition:
        counted = tuple(str(item) for item in (of if isinstance(of, list) else [of]))
        for item in counted:
            if not self.vocabulary.expand(name, item):
                near = nearest(item, self.vocabulary.options(name))
                return self._problem((*key[:-1], "of"), "value.unknown", name=name, value=item, near=near)
        return self._test(name, "count", (str(count), *counted), key)

    def _value(self, name: str, value: Any, key: Key) -> Condition:
        if self.vocabulary.is_number(name):
            return self._problem(key, "condition.number", name=name)
        word = ("yes" if value else "no") if isinstance(value, bool) else str(value)
        flag = self.vocabulary.is_flag(name) and word in ("yes", "no")
        if not flag and not self.vocabulary.expand(name, word):
            options = ("yes", "no") if self.vocabulary.is_flag(name) else self.vocabulary.options(name)
            near = nearest(YES_NO_SAID.get(word.lower(), word), options)
            return self._problem(key, "value.unknown", name=name, value=word, near=near)
        return self._test(name, "is", (word,), key)


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
