"""What somebody asks about: a conclusion, and a value that it could have."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.inference.formula import Atom
from advisor.knowledge.library import Library
from advisor.problem import AnswersError, Problem, nearest, place_of

WORDS = {"ya": "yes", "true": "yes", "tidak": "no", "false": "no"}


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
    """Return the id of a conclusion. Raises `AnswersError` with the nearest one where there is none such."""
    if text not in library.conclusions:
        near = nearest(text, library.conclusions)
        known = ", ".join(library.conclusions)
        raise AnswersError(
            [Problem(place_of(text), "explain.unknown_conclusion", {"name": text, "near": near, "known": known})]
        )
    return text


def read_target(text: str, library: Library) -> Target:
    """Return what `C=VALUE` asks about. Raises `AnswersError` where C or VALUE does not exist."""
    name, equals, value = (part.strip() for part in text.partition("="))
    if not equals or not value:
        raise AnswersError([Problem(place_of(text), "explain.not_a_target", {"given": text})])
    conclusion = read_conclusion(name, library)
    values = library.values(conclusion)
    if values == ("yes", "no"):
        value = WORDS.get(value.lower(), value.lower())
    if value not in values:
        known = ", ".join(values)
        values_of = {"name": conclusion, "value": value, "near": nearest(value, values), "known": known}
        raise AnswersError([Problem(place_of(text), "explain.unknown_value", values_of)])
    return Target(conclusion, value)
