"""Form comparison: two institutional forms side by side."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal as OneOf

from advisor.advice.advice import Conclusion
from advisor.explain.target import Target
from advisor.inference.formula import Atom, Literal
from advisor.plain_data import UNWRITTEN
from advisor.reasoning.entailment import Entailment

Aspect = OneOf["covers", "available", "ready"]


@dataclass(frozen=True, slots=True)
class Row:
    """One aspect of a comparison: does a form cover a need, is it available, does it meet a condition to start.

    `chosen` and `asked` say so of both forms; None where open answers decide, or where rules do not ask it of the
    form: `required` says of which of them they do.
    """

    aspect: Aspect
    name: str
    chosen: bool | None
    asked: bool | None
    required: tuple[bool, bool] = field(default=(True, True), metadata=UNWRITTEN)


@dataclass(frozen=True, slots=True)
class FormComparison:
    """The recommended form, the form that was asked for, and how they compare."""

    chosen: str
    asked: str
    rounds: tuple[Row, ...]


def form_comparison(entailment: Entailment, conclusion: Conclusion, target: Target) -> FormComparison | None:
    """Return how the recommended form and the one asked for compare; None for other conclusions."""
    roles = entailment.library.roles.forms
    chosen = conclusion.value
    if conclusion.id not in (roles.start, roles.target) or not isinstance(chosen, str) or chosen == target.value:
        return None
    return _Comparing(entailment, conclusion.id, chosen, target.value).comparison()


class _Comparing:
    """Compares two forms, as the values of one conclusion."""

    def __init__(self, entailment: Entailment, fact: str, chosen: str, asked: str) -> None:
        self.entailment = entailment
        self.library = entailment.library
        self.roles = entailment.library.roles.forms
        self.fact = fact
        self.forms = (chosen, asked)

    def comparison(self) -> FormComparison:
        chosen, asked = (self._holds((self.roles.available, form)) for form in self.forms)
        rows = [*self._covers(), Row("available", self.roles.available, chosen, asked)]
        if self.fact == self.roles.start:
            rows += self._ready()
        return FormComparison(*self.forms, tuple(rows))

    def _covers(self) -> list[Row]:
        table, name = self.library.all_facts[self.fact].table or "", self.roles.needs
        abilities = [self.library.term(table, form).covers for form in self.forms]
        needs = [need for need in self.library.values(name) if self._holds((name, need)) is not False]
        return [Row("covers", need, need in abilities[0], need in abilities[1]) for need in needs]

    def _ready(self) -> list[Row]:
        chosen, asked = self.forms
        first, second = self._conditions(chosen), self._conditions(asked)
        return [
            Row("ready", name, self._met(chosen, name), self._met(asked, name), (name in first, name in second))
            for name in dict.fromkeys([*first, *second])
        ]

    def _conditions(self, form: str) -> list[str]:
        """Return the conditions that rules ask of a form before it may start."""
        unmet = self.roles.unmet.get(form)
        if unmet is None:
            return []
        return [value for value in self.library.values(unmet) if self.entailment.producers((unmet, value))]

    def _met(self, form: str, condition: str) -> bool | None:
        if condition not in self._conditions(form):
            return None
        unmet = self._holds((self.roles.unmet[form], condition))
        return None if unmet is None else not unmet

    def _holds(self, atom: Atom) -> bool | None:
        return self.entailment.truth(Literal(atom), self.entailment.scope(self.fact))
