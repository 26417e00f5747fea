"""What somebody asks about: a conclusion, and a value that it could have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.inference.formula import Atom
from advisor.knowledge.library import Library
from advisor.problem import AnswersError, Problem, nearest, place_of
from advisor.text import Text
from advisor.understanding.answer import read_yes_or_no
from advisor.understanding.options import read_option
from advisor.understanding.reading import Choice, Meant, listed


@dataclass(frozen=True, slots=True)
class Target:
    """A value of a conclusion; of a list-valued one an element of the list."""

    conclusion: str
    value: str

    @property
    def atom(self) -> Atom:
        """The atom that says it."""
        return self.conclusion, self.value


def read_conclusion(text: str, library: Library) -> str:
    """Return the id of a conclusion that is named by its id, or by its label as options are.

    Raises `AnswersError` with the nearest one where there is none such.
    """
    labels = {name: conclusion.label for name, conclusion in library.conclusions.items()}
    found = _named(text, labels)
    if found is not None:
        return found
    told = {"name": text, "near": nearest(text, labels)}
    raise AnswersError([Problem(place_of(text), "explain.unknown_conclusion", told, {"known": listed(labels)})])


def read_target(text: str, library: Library) -> Target:
    """Return what `C=VALUE` asks about, each by id or label. Raises `AnswersError` where one does not exist."""
    name, equals, value = (part.strip() for part in text.partition("="))
    if not equals or not value:
        raise AnswersError([Problem(place_of(text), "explain.not_a_target", {"given": text})])
    conclusion = read_conclusion(name, library)
    labels = {one: library.label(conclusion, one) for one in library.values(conclusion)}
    found = read_yes_or_no(value) if set(labels) == {"yes", "no"} else None
    found = found or _named(value, labels)
    if found is None:
        told = {"name": conclusion, "value": value, "near": nearest(value, labels)}
        raise AnswersError([Problem(place_of(text), "explain.unknown_value", told, {"known": listed(labels)})])
    return Target(conclusion, found)


def _named(text: str, labels: Mapping[str, Text]) -> str | None:
    """Return which of several ids a text names, by itself or by its label; None where it names none."""
    reading = read_option(text, [Choice(name, label) for name, label in labels.items()], reserved=False)
    return str(reading.answer) if isinstance(reading, Meant) else None
