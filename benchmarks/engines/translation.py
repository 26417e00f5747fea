"""What every translation needs: the rules of a day, and formulas taken apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal as OneOf
from typing import TypeVar

from advisor.inference.formula import AllOf, Atom, Formula, Literal, atoms
from advisor.inference.program import Program
from advisor.knowledge.library import Library
from advisor.understanding.reading import Answer

T = TypeVar("T")
Kind = OneOf["one", "many", "number", "fact"]

Answers = Mapping[str, Answer]
Decision = frozenset[Atom]
"""What was concluded: the atoms of the conclusions and of what is contested that are true."""

Engine = Callable[[Answers], Decision]


@dataclass(frozen=True)
class Rules:
    """The rules of a day, in an order in which each stands after those that conclude what it asks."""

    program: Program
    library: Library

    @property
    def wanted(self) -> tuple[str, ...]:
        """The facts that an engine has to find: the conclusions, and which of them are contested."""
        return (*self.library.conclusions, self.library.roles.contested)

    @property
    def facts(self) -> tuple[str, ...]:
        """Every fact that a rule concludes or asks."""
        named = [name for rule in self.program.rules for name, _ in (*rule.heads, *atoms(rule.body))]
        return tuple(dict.fromkeys(name for name in named if name not in self.program.position))

    def kind(self, name: str) -> Kind:
        """Return whether a name stands for a question with one option, many, or a number, or for a fact."""
        if name not in self.program.position:
            return "fact"
        match self.program.domains[self.program.position[name]].question.type:
            case "number":
                return "number"
            case "choices":
                return "many"
            case _:
                return "one"

    def decision(self, true: Iterable[Atom]) -> Decision:
        """Return the decision in which these atoms are true."""
        wanted = frozenset(self.wanted)
        return frozenset(atom for atom in true if atom[0] in wanted)


def more_than(value: str) -> int:
    """Return the number n of an atom that says "more than n"."""
    return int(value.removeprefix(">"))


def translated(
    formula: Formula, literal: Callable[[Literal], T], joined: Callable[[OneOf["all", "any"], list[T]], T]
) -> T:
    """Return a formula in another language; without parts, "all" is true and "any" is false."""
    if isinstance(formula, Literal):
        return literal(formula)
    parts = [translated(part, literal, joined) for part in formula.parts]
    return joined("all" if isinstance(formula, AllOf) else "any", parts)
