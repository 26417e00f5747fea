"""Clauses under construction: fresh variables, and literals that stand for formulas over other literals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NewType

Lit = NewType("Lit", int)
"""A literal of SAT: a variable's number, negative where it is denied."""

Clause = list[Lit]


def denied(literal: Lit) -> Lit:
    """Return the literal that is true exactly where `literal` is false."""
    return Lit(-literal)


class Cnf:
    """A growing list of clauses. New literals are defined by their clauses, so they can be used either way."""

    def __init__(self) -> None:
        self.count = 0
        self.clauses: list[Clause] = []
        self.true = self.new()
        self.clauses.append([self.true])

    @property
    def false(self) -> Lit:
        """The literal that is never true."""
        return denied(self.true)

    def copy(self) -> Cnf:
        """Return clauses that grow apart from these."""
        other = Cnf()
        other.count, other.clauses = self.count, list(self.clauses)
        return other

    def new(self) -> Lit:
        """Return a fresh variable."""
        self.count += 1
        return Lit(self.count)

    def add(self, *clauses: Clause) -> None:
        """Add clauses."""
        self.clauses.extend(clauses)

    def any_of(self, literals: Iterable[Lit]) -> Lit:
        """Return a literal that is true exactly where one of `literals` is."""
        kept = [literal for literal in dict.fromkeys(literals) if literal != self.false]
        if self.true in kept:
            return self.true
        if len(kept) < 2:
            return kept[0] if kept else self.false
        result = self.new()
        self.clauses.append([denied(result), *kept])
        self.clauses.extend([result, denied(literal)] for literal in kept)
        return result

    def all_of(self, literals: Iterable[Lit]) -> Lit:
        """Return a literal that is true exactly where all `literals` are."""
        return denied(self.any_of(map(denied, literals)))

    def at_least(self, enough: int, literals: Iterable[Lit]) -> Lit:
        """Return a literal that is true exactly where `enough` of `literals` are, or more."""
        listed = [literal for literal in literals if literal != self.false]
        kept = [literal for literal in listed if literal != self.true]
        enough -= len(listed) - len(kept)
        if enough <= 0:
            return self.true
        if enough > len(kept):
            return self.false
        if enough == 1:
            return self.any_of(kept)
        if enough == len(kept):
            return self.all_of(kept)
        reached = self.more_than(kept, enough - 1)[-1]
        missed = self.more_than(map(denied, kept), len(kept) - enough)[-1]
        self.clauses.append([denied(reached), denied(missed)])
        return reached

    def more_than(self, literals: Iterable[Lit], most: int) -> list[Lit]:
        """Return `most` + 1 literals, the n-th of which must be true where more than n of `literals` are.

        Where no more are it may be true all the same: deny it to forbid more than n.
        """
        # Imported late: an interview shows its first question without a solver.
        import pycard
        from pysat.card import ITotalizer

        try:
            with ITotalizer(lits=list(literals), ubound=most, top_id=self.count) as totalizer:
                self.clauses += totalizer.cnf.clauses
                self.count = max(self.count, totalizer.top_id)
                return [Lit(literal) for literal in totalizer.rhs]
        except pycard.error as error:
            # Here pysat takes Ctrl-C and raises an error of its own.
            raise KeyboardInterrupt from error

    def unlike(self, one: Lit, other: Lit) -> Lit:
        """Return a literal that is true exactly where `one` and `other` differ."""
        if one == other:
            return self.false
        if one == denied(other):
            return self.true
        result = self.new()
        self.clauses += [
            [denied(result), one, other],
            [denied(result), denied(one), denied(other)],
            [result, one, denied(other)],
            [result, denied(one), other],
        ]
        return result

    def alike_where(self, selector: Lit, ones: Sequence[Lit], others: Sequence[Lit]) -> None:
        """Make two lists of literals agree, one by one, wherever `selector` is true."""
        for one, other in zip(ones, others, strict=True):
            self.clauses += [[denied(selector), denied(one), other], [denied(selector), one, denied(other)]]
