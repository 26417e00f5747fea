"""Many full cases side by side: the truth of an atom in all of them is one integer, with one bit a case.

A rule base is evaluated on hundreds of cases in the time that one case takes otherwise, and without being made
ready for a day first: what is in force on the day of each case is a column like any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_, or_

from advisor.inference.condition import Combination, Condition, Negation, Test
from advisor.inference.domain import Domain
from advisor.inference.formula import IN_FORCE, AllOf, Atom, Formula, Literal
from advisor.inference.program import Row
from advisor.inference.rulebase import RuleBase
from advisor.knowledge.library import Library

Column = int


class Table:
    """Cases (the day and the row of all answers), and the columns of what they say themselves."""

    def __init__(self, library: Library, domains: Sequence[Domain], cases: Sequence[tuple[date, Row]]) -> None:
        self.cases = tuple(cases)
        self.library = library
        self.everywhere: Column = (1 << len(self.cases)) - 1
        self._domains = {domain.id: (index, domain) for index, domain in enumerate(domains)}
        self._columns: dict[Atom, Column] = {}

    def under(self, library: Library) -> Table:
        """Return the same cases under a library with other dates."""
        domains = [domain for _, domain in self._domains.values()]
        table = Table(library, domains, self.cases)
        table._columns = {atom: column for atom, column in self._columns.items() if atom[0] != IN_FORCE}
        return table

    def speaks_of(self, atom: Atom) -> bool:
        """Whether the atom is about an answer or about what is in force."""
        return atom[0] == IN_FORCE or atom[0] in self._domains

    def column(self, atom: Atom) -> Column:
        """Return where an atom about an answer, or about what is in force, is true."""
        if atom not in self._columns:
            self._columns[atom] = _packed(self._truths(atom))
        return self._columns[atom]

    def _truths(self, atom: Atom) -> Iterator[bool]:
        name, value = atom
        if name == IN_FORCE:
            days = {day: self.library.status(value, day) == "in_force" for day, _ in self.cases}
            return (days[day] for day, _ in self.cases)
        index, domain = self._domains[name]
        return (domain.has(row[index], value) for _, row in self.cases)


@dataclass(frozen=True)
class Columns:
    """A rule base evaluated on a table: where each rule fires, and where each derived atom is true."""

    table: Table
    rules: Mapping[str, Column]
    derived: Mapping[Atom, Column]

    def atom(self, atom: Atom) -> Column:
        """Return where an atom is true."""
        if self.table.speaks_of(atom):
            return self.table.column(atom)
        return self.derived.get(atom, 0)

    def formula(self, formula: Formula) -> Column:
        """Return where a formula is true."""
        if isinstance(formula, Literal):
            found = self.atom(formula.atom)
            return found if formula.positive else self.table.everywhere ^ found
        parts = (self.formula(part) for part in formula.parts)
        if isinstance(formula, AllOf):
            return reduce(and_, parts, self.table.everywhere)
        return reduce(or_, parts, 0)

    def condition(self, condition: Condition, test: Test | None = None, given: Column = 0) -> Column:
        """Return where a condition holds; a test that is this very `test` counts as true where `given` says so."""
        if condition is test:
            return given
        match condition:
            case Test():
                return self.formula(condition.formula)
            case Negation():
                return self.table.everywhere ^ self.condition(condition.part, test, given)
            case Combination():
                parts = (self.condition(part, test, given) for part in condition.parts)
                everywhere = self.table.everywhere
                return reduce(and_, parts, everywhere) if condition.joint == "all" else reduce(or_, parts, 0)

    def in_force(self, references: Sequence[str]) -> Column:
        """Return where all of these are in force."""
        return reduce(and_, (self.table.column((IN_FORCE, r)) for r in references), self.table.everywhere)


def evaluated(rulebase: RuleBase, table: Table) -> Columns:
    """Return what follows from a rule base in every case of the table (contradictory cases included)."""
    rules: dict[str, Column] = {}
    derived: dict[Atom, Column] = {}
    columns = Columns(table, rules, derived)
    for rule in rulebase.rules:
        fires = columns.formula(rule.body) & columns.in_force(rule.law) if rule.law else columns.formula(rule.body)
        rules[rule.id] = fires
        for head in rule.heads:
            derived[head] = derived.get(head, 0) | fires
    return columns


def places(column: Column) -> Iterator[int]:
    """Yield the index of every case that has its bit in the column."""
    while column:
        lowest = column & -column
        yield lowest.bit_length() - 1
        column ^= lowest


def _packed(truths: Iterator[bool]) -> Column:
    digits = "".join("1" if truth else "0" for truth in truths)
    return int(digits[::-1], 2) if digits else 0
