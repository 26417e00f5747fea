"""Which facts can depend on which, by the shape of the rules alone."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.inference.formula import atoms
from advisor.inference.ground import GroundRule


class Dependence:
    """The facts that the rules for each fact ask for, followed down."""

    def __init__(self, rules: Iterable[GroundRule]) -> None:
        self._asked: dict[str, set[str]] = {}
        self._below: dict[str, frozenset[str]] = {}
        for rule in rules:
            asked = {name for name, _ in atoms(rule.body)}
            for fact, _ in rule.heads:
                self._asked.setdefault(fact, set()).update(asked)

    def below(self, fact: str) -> frozenset[str]:
        """Return the facts and questions on which a fact can depend, itself among them."""
        if fact not in self._below:
            found, todo = {fact}, [fact]
            while todo:
                asked = self._asked.get(todo.pop(), set()) - found
                todo += asked
                found |= asked
            self._below[fact] = frozenset(found)
        return self._below[fact]
