"""Firings: which rules fired on one full set of answers, and what followed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from advisor.inference.formula import Atom


@dataclass(frozen=True, slots=True)
class Firing:
    """One rule that fired: the facts it matched, the facts whose absence it needed, and what it concluded."""

    rule: str
    matched: tuple[Atom, ...]
    absent: tuple[Atom, ...]
    concluded: tuple[Atom, ...]


@dataclass(frozen=True)
class Result:
    """What follows from one full set of answers.

    `facts` holds, for each fact that has any value, its values in the order of the vocabulary; `fired` the ids
    of all rules that fired. `firings` is there only where the reader records them.
    """

    facts: Mapping[str, tuple[str, ...]]
    fired: frozenset[str]
    firings: tuple[Firing, ...] = field(default=(), compare=False)

    def values(self, fact: str) -> tuple[str, ...]:
        """Return the values of a fact; () where it has none."""
        return self.facts.get(fact, ())

    def holds(self, atom: Atom) -> bool:
        """Return whether a derived atom is true."""
        return atom[1] in self.facts.get(atom[0], ())
