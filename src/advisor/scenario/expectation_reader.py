"""Reading what a scenario expects of facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from advisor.advice.advice import INADMISSIBLE
from advisor.knowledge.fact import Fact
from advisor.knowledge.library import Library
from advisor.problem import Problem, nearest
from advisor.scenario.entry import Entry
from advisor.scenario.expectation import ANY_PART, Expectation, Expected, Part, Written, cited
from advisor.scenario.naming import fact_named, fact_names, is_conclusion, is_truth
from advisor.scenario.spelling import shown

Step = str | int
TRUTHS = {True: "yes", False: "no", "yes": "yes", "no": "no", "true": "yes", "false": "no"}


class ExpectationReader:
    """Reads `expect` and `never` of scenarios; findings are added to `problems`."""

    def __init__(self, library: Library, problems: list[Problem]) -> None:
        self.library = library
        self.problems = problems
        self._articles = frozenset(library.articles)

    def read(self, entry: Entry) -> Iterator[Expectation]:
        """Yield the expectations of an entry; those that cannot be understood are left out, with a finding."""
        for name, given in self._mapping(entry, "expect").items():
            parts = given if isinstance(given, Mapping) else {"value": given}
            for part in parts:
                key = ("expect", name, part) if parts is given else ("expect", name)
                yield from _Reading(self, entry, key, name).expectation(part, parts[part])
        for name, given in self._mapping(entry, "never").items():
            yield from _Reading(self, entry, ("never", name), name).expectation("never", given)

    def _mapping(self, entry: Entry, key: str) -> Mapping[str, Any]:
        found = entry.raw.get(key, {})
        if isinstance(found, Mapping) and (found or key not in entry.raw):
            return found
        self.problems.append(Problem(entry.place(key), "scenario.no_facts", {"name": key}))
        return {}

    def known_article(self, citation: str) -> bool:
        """Return whether there is such an article, or one of which it is the beginning."""
        return cited(self.wanted(citation), self._articles)

    def wanted(self, citation: str) -> str:
        """Return what is looked for: the article, or any part of it where kbase/ only has parts."""
        return citation if citation in self._articles else citation + ANY_PART


class _Reading:
    """Reads one part of what is said of a fact."""

    def __init__(self, reader: ExpectationReader, entry: Entry, key: tuple[Step, ...], name: str) -> None:
        self.reader = reader
        self.library = reader.library
        self.entry = entry
        self.key = key
        self.name = name

    def expectation(self, part: str, given: Any) -> Iterator[Expectation]:
        """Yield the expectation, if it can be understood."""
        fact = fact_named(self.library, self.name)
        if fact is None:
            near = nearest(self.name, fact_names(self.library))
            self._problem((*self.key[:2], "#key"), "fact.unknown", name=self.name, near=near)
            return
        readers: dict[Part, Callable[[Fact, Any], Expected]] = {
            "value": self._value,
            "possible": self._possible,
            "depends_on": self._questions,
            "contested": self._contested,
            "cites": self._cites,
            "does_not_cite": self._cites,
            "includes": self._elements,
            "excludes": self._elements,
            "never": self._never,
        }
        # "never" stands beside "expect", not in it.
        known = next((p for p in readers if p == part and (p == "never") is (self.key[0] == "never")), None)
        if known is None:
            near = nearest(part, set(readers) - {"never"})
            self._problem((*self.key, "#key"), "key.unknown", name=part, near=near)
            return
        before = len(self.reader.problems)
        expected = readers[known](fact, given)
        if len(self.reader.problems) == before:
            yield Expectation(self.name, known, expected, self.entry.place(*self.key, "#key"))

    # -- parts ----------------------------------------------------------------------------------------------

    def _value(self, fact: Fact, given: Any) -> Expected:
        if given is None:
            # Of a conclusion nothing is said where the cooperation is inadmissible; a fact may have no value.
            return () if fact.kind == "one" and not is_conclusion(self.library, self.name) else None
        return INADMISSIBLE if given == INADMISSIBLE else self._written(fact, given, self.key)

    def _possible(self, fact: Fact, given: Any) -> Expected:
        return tuple(self._written(fact, value, (*self.key, i)) for i, value in self._filled(given, self.key))

    def _questions(self, fact: Fact, given: Any) -> Expected:
        if not isinstance(given, list):
            self._problem(self.key, "scenario.not_list", name=self.key[-1])
            return ()
        for index, name in enumerate(given):
            if name not in self.library.questions:
                near = nearest(str(name), self.library.questions)
                self._problem((*self.key, index), "answers.unknown_question", name=name, near=near)
        return tuple(map(str, given))

    def _contested(self, fact: Fact, given: Any) -> Expected:
        if not is_conclusion(self.library, self.name):
            self._problem((*self.key, "#key"), "scenario.only_conclusions", name=self.name)
        if given is None or isinstance(given, bool):
            return given
        self._problem(self.key, "scenario.truth_or_open", name="contested", given=given)
        return None

    def _cites(self, fact: Fact, given: Any) -> Expected:
        if not isinstance(given, Mapping):
            return self._citations(given, self.key)
        if not given:
            self._problem(self.key, "scenario.list_empty", name=self.key[-1])
        return {
            self._element(fact, value, (*self.key, value, "#key")): self._citations(cites, (*self.key, value))
            for value, cites in given.items()
        }

    def _elements(self, fact: Fact, given: Any) -> Expected:
        if fact.kind != "many":
            self._problem((*self.key, "#key"), "scenario.only_lists", name=self.name, part=self.key[-1])
            return ()
        return tuple(self._element(fact, value, (*self.key, i)) for i, value in self._filled(given, self.key))

    def _never(self, fact: Fact, given: Any) -> Expected:
        listed = self._filled(given, self.key) if isinstance(given, list) else [("#value", given)]
        if fact.kind == "many":
            return tuple(self._element(fact, value, (*self.key, i)) for i, value in listed)
        return tuple(self._written(fact, value, (*self.key, i)) for i, value in listed)

    # -- values ---------------------------------------------------------------------------------------------

    def _written(self, fact: Fact, given: Any, key: tuple[Step, ...]) -> Written:
        """Return a value as `Written`; a list in the order of the vocabulary."""
        if fact.kind == "many":
            if not isinstance(given, list):
                self._problem(key, "scenario.not_list", name=self.name)
                return ()
            named = {self._element(fact, value, (*key, i)) for i, value in enumerate(given)}
            return tuple(value for value in self.library.values(fact.id) if value in named)
        element = self._element(fact, given, key)
        return element == "yes" if is_truth(self.library, fact) else element

    def _element(self, fact: Fact, given: Any, key: tuple[Step, ...]) -> str:
        """Return one value of a fact as rules write it."""
        word = given
        if is_truth(self.library, fact) and isinstance(given, (bool, str)):
            word = TRUTHS.get(given, given)
        allowed = self.library.values(fact.id)
        if isinstance(word, str) and word in allowed:
            return word
        near = nearest(shown(word), allowed)
        self._problem(key, "value.unknown", name=self.name, value=shown(word), near=near)
        return ""

    def _citations(self, given: Any, key: tuple[Step, ...]) -> tuple[str, ...]:
        for index, citation in self._filled(given, key):
            if not isinstance(citation, str) or not self.reader.known_article(citation):
                near = nearest(str(citation), self.library.articles)
                self._problem((*key, index), "citation.unknown", name=citation, near=near)
        return tuple(self.reader.wanted(str(one)) for one in given) if isinstance(given, list) else ()

    def _filled(self, given: Any, key: tuple[Step, ...]) -> list[tuple[int, Any]]:
        """Return the elements of a list with their numbers; note where it is none, or empty."""
        if not isinstance(given, list):
            self._problem(key, "scenario.not_list", name=key[-1])
            return []
        if not given:
            self._problem(key, "scenario.list_empty", name=key[-1])
        return list(enumerate(given))

    def _problem(self, key: tuple[Step, ...], message: str, **values: object) -> None:
        told = {name: value if isinstance(value, str) else shown(value) for name, value in values.items()}
        self.reader.problems.append(Problem(self.entry.place(*key), message, told))
