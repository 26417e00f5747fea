"""Reading what a scenario expects of facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, cast

from advisor.advice.advice import INADMISSIBLE
from advisor.knowledge.fact import Fact
from advisor.knowledge.library import Library
from advisor.knowledge.reading import Read, Reader
from advisor.knowledge.words import Words
from advisor.problem import Problem
from advisor.scenario.expectation import ANY_PART, Expectation, Expected, Part, Written
from advisor.scenario.naming import fact_named, is_conclusion, is_truth, values_of
from advisor.scenario.scenario_files import Entry
from advisor.scenario.scenario_shape import (
    ExpectedConclusion,
    ExpectedConclusions,
    ExpectedList,
    ExpectedOne,
    Never,
    OneValue,
    ValueList,
)

OF_PARTS: Final = {
    ("key.unknown", "includes"): "scenario.only_lists",
    ("key.unknown", "excludes"): "scenario.only_lists",
    ("key.unknown", "contested"): "scenario.only_conclusions",
    ("value.truth", "contested"): "scenario.truth_or_open",
}
"""What is said of some parts instead of what is said of any key: that only other facts have them, say."""


def shape_of(library: Library, name: str, fact: Fact) -> type[ExpectedOne | ExpectedList]:
    """Return the shape of what can be expected of a fact under a name."""
    if is_conclusion(library, name):
        return ExpectedConclusions if fact.kind == "many" else ExpectedConclusion
    return ExpectedList if fact.kind == "many" else ExpectedOne


class ExpectationReader:
    """Reads `expect` and `never` of scenarios; findings are added to `problems`."""

    def __init__(self, library: Library, words: Mapping[str, Words], problems: list[Problem]) -> None:
        self.library = library
        self.words = words
        self.problems = problems

    def read(self, entry: Entry) -> Iterator[Expectation]:
        """Yield the expectations of an entry; those that cannot be understood are left out, with a finding.

        Names that are those of no fact are found with the entry itself.
        """
        for name, given in entry.mapping("expect").items():
            fact = fact_named(self.library, name)
            if fact is not None:
                for part, expected, key in self._expected(entry, name, fact, given):
                    value = self._value(name, fact, part, expected)
                    yield Expectation(name, part, value, entry.place("expect", name, *key, "#key"))
        for name in entry.mapping("never"):
            fact = fact_named(self.library, name)
            if fact is not None:
                read = self._read(entry, ("never", name), fact, Never)
                if read is not None:
                    listed = read.shape if isinstance(read.shape, tuple) else (read.shape,)
                    value = tuple(self._element(fact, element) for element in listed)
                    yield Expectation(name, "never", value, entry.place("never", name, "#key"))

    def _expected(
        self, entry: Entry, name: str, fact: Fact, given: Any
    ) -> Iterator[tuple[Part, Any, tuple[str, ...]]]:
        """Yield each part of what is expected of a fact, and its key where it has one: a value may stand alone."""
        key = ("expect", name)
        if given == {}:
            self.problems.append(Problem(entry.place(*key), "value.empty", {"name": name}))
        elif isinstance(given, Mapping):
            read = self._read(entry, key, fact, shape_of(self.library, name, fact))
            if read is not None:
                yield from ((cast("Part", part), getattr(read.shape, part), (part,)) for part in given)
        else:
            read = self._read(entry, key, fact, ValueList if fact.kind == "many" else OneValue)
            if read is not None:
                yield "value", read.shape, ()

    def _read(self, entry: Entry, key: tuple[str, str], fact: Fact, shape: Any) -> Read[Any] | None:
        """Return what stands at `key`; None, with findings noted, where it cannot be read."""
        reader = Reader()
        words = {**self.words, **values_of(self.library, key[1], fact)}
        read = reader.part(entry.document, shape, key, words)
        self.problems += [_of_fact(problem, key[1]) for problem in reader.problems]
        return read

    def _value(self, name: str, fact: Fact, part: Part, expected: Any) -> Expected:
        """Return what is expected of a part in the form of `Expectation`."""
        match part:
            case "value" if expected is None:
                # Of a conclusion nothing is said where the cooperation is inadmissible; a fact may have no value.
                return () if fact.kind == "one" and not is_conclusion(self.library, name) else None
            case "value" if expected != INADMISSIBLE:
                return self._written(fact, expected)
            case "possible":
                return tuple(self._written(fact, value) for value in expected)
            case "cites" | "does_not_cite" if isinstance(expected, Mapping):
                return {element: self._wanted(citations) for element, citations in expected.items()}
            case "cites" | "does_not_cite":
                return self._wanted(expected)
            case _:
                return cast("Expected", expected)

    def _written(self, fact: Fact, value: Any) -> Written:
        """Return a value as `Written`; a list in the order of the vocabulary."""
        if fact.kind == "many":
            return tuple(element for element in self.library.values(fact.id) if element in value)
        return self._element(fact, value)

    def _element(self, fact: Fact, value: str) -> bool | str:
        return value == "yes" if is_truth(self.library, fact) else value

    def _wanted(self, citations: tuple[str, ...]) -> tuple[str, ...]:
        """Return what is looked for: articles, or any part of them where kbase/ only has parts."""
        return tuple(one if one in self.library.articles else one + ANY_PART for one in citations)


def _of_fact(problem: Problem, name: str) -> Problem:
    """Return a problem in the words of its part of the fact `name`."""
    part = problem.values.get("name", "")
    message = OF_PARTS.get((problem.key, part))
    if message is None:
        return problem
    return Problem(problem.place, message, {**problem.values, "name": name, "part": part})
