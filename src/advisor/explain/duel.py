"""A duel: two institutional forms side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal as Word

from advisor.advice.advice import Conclusion
from advisor.explain.situation import Situation
from advisor.explain.target import Target
from advisor.inference.formula import Atom

FORMS = ("institutional_form", "target_form")
NEEDS, AVAILABLE = "needs", "available"
Aspect = Word["covers", "available", "ready"]


@dataclass(frozen=True, slots=True)
class Round:
    """One aspect of a duel: does a form cover a need, is it available, does it meet a condition to start.

    `chosen` and `asked` say so of both forms; None where open answers decide, or where rules do not ask it of the
    form: `required` says of which of them they do.
    """

    aspect: Aspect
    name: str
    chosen: bool | None
    asked: bool | None
    required: tuple[bool, bool] = (True, True)


@dataclass(frozen=True, slots=True)
class Duel:
    """The recommended form, the form that was asked for, and how they compare."""

    chosen: str
    asked: str
    rounds: tuple[Round, ...]


def duel(situation: Situation, conclusion: Conclusion, target: Target) -> Duel | None:
    """Return the duel between the recommended form and the one asked for; None for other conclusions."""
    chosen = conclusion.value
    if conclusion.id not in FORMS or not isinstance(chosen, str) or chosen == target.value:
        return None
    return _Arena(situation, conclusion.id, chosen, target.value).duel()


class _Arena:
    def __init__(self, situation: Situation, fact: str, chosen: str, asked: str) -> None:
        self.situation = situation
        self.fact = fact
        self.forms = (chosen, asked)

    def duel(self) -> Duel:
        chosen, asked = self.forms
        available = Round("available", AVAILABLE, self._available(chosen), self._available(asked))
        rounds = [*self._covers(), available]
        if self.fact == FORMS[0]:
            rounds += self._ready()
        return Duel(chosen, asked, tuple(rounds))

    def _covers(self) -> list[Round]:
        library = self.situation.library
        table = library.all_facts[self.fact].table or ""
        abilities = [library.term(table, form).covers for form in self.forms]
        needs = [n for n in library.values(NEEDS) if self._holds((NEEDS, n)) is not False]
        return [Round("covers", need, need in abilities[0], need in abilities[1]) for need in needs]

    def _available(self, form: str) -> bool | None:
        return self._holds((AVAILABLE, form))

    def _ready(self) -> list[Round]:
        conditions = dict.fromkeys(value for form in self.forms for value in self._conditions(form))
        chosen, asked = self.forms
        return [
            Round("ready", name, self._met(chosen, name), self._met(asked, name), self._required(name))
            for name in conditions
        ]

    def _required(self, condition: str) -> tuple[bool, bool]:
        first, second = (condition in self._conditions(form) for form in self.forms)
        return first, second

    def _conditions(self, form: str) -> list[str]:
        """Return the conditions that rules ask of a form before it may start."""
        values = self.situation.program.values.get(f"unmet_{form}", ())
        return [value for value in values if (f"unmet_{form}", value) in self.situation.program.producers]

    def _met(self, form: str, condition: str) -> bool | None:
        if condition not in self._conditions(form):
            return None
        unmet = self._holds((f"unmet_{form}", condition))
        return None if unmet is None else not unmet

    def _holds(self, atom: Atom) -> bool | None:
        if not self.situation.possible(atom, self.fact):
            return False
        return None if self.situation.possible(atom, self.fact, truth=False) else True
