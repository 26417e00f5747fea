"""Many full cases side by side: the truth of an atom in all of them is one integer, with one bit a case.

A rule base is evaluated on hundreds of cases in the time that one case takes otherwise, and without being made
ready for a day first: what is in force on the day of each case is a column like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from operator import and_, or_
from typing import assert_never

from advisor.inference.counting import where_enough
from advisor.inference.domain import Code, Domain
from advisor.inference.formula import IN_FORCE, AllOf, AnyOf, AtLeast, Atom, Formula, Literal, cut_of
from advisor.inference.program import Row
from advisor.inference.rulebase import RuleBase
from advisor.knowledge.library import Library

Column = int
"""Where something is true: bit n is set where it is in case n."""

DIGITS = bytes.maketrans(b"\0\1", b"01")
TRUTHS = bytes.maketrans(b"01", b"\0\1")

Span = tuple[date, date | None]
"""A first day, and the first day after the span (None: it has no end)."""


class Table:
    """Cases (the day and the row of all answers), and the columns of what they say themselves."""

    def __init__(self, library: Library, domains: Sequence[Domain], cases: Sequence[tuple[date, Row]]) -> None:
        self.cases = tuple(cases)
        self.library = library
        self.everywhere: Column = (1 << len(self.cases)) - 1
        self._domains = {domain.id: (index, domain) for index, domain in enumerate(domains)}
        self._columns: dict[Atom, Column] = {}
        self._since: dict[date, Column] = {}
        self._spans: dict[str, tuple[Span, ...]] = {}

    def with_cases(self, cases: Sequence[tuple[date, Row]]) -> Table:
        """Return a table of other cases, which is spared the look-ups in the calendar that this one has made."""
        table = Table(self.library, [domain for _, domain in self._domains.values()], cases)
        table._spans = self._spans
        return table

    def under(self, library: Library) -> Table:
        """Return the same cases under a library with other dates."""
        table = Table(library, [domain for _, domain in self._domains.values()], self.cases)
        table._columns = {atom: column for atom, column in self._columns.items() if atom[0] != IN_FORCE}
        return table

    def speaks_of(self, atom: Atom) -> bool:
        """Whether the atom is about an answer or about what is in force."""
        return atom[0] == IN_FORCE or atom[0] in self._domains

    def column(self, atom: Atom) -> Column:
        """Return where an atom about an answer, or about what is in force, is true."""
        if atom not in self._columns:
            name, value = atom
            self._columns[atom] = self._in_force(value) if name == IN_FORCE else self._answered(name, value)
        return self._columns[atom]

    def _in_force(self, reference: str) -> Column:
        if reference not in self._spans:
            self._spans[reference] = tuple(_spans(self.library, reference))
        found = 0
        for first, after in self._spans[reference]:
            found |= self._from(first) ^ (self._from(after) if after else 0)
        return found

    def _from(self, first: date) -> Column:
        """Return the cases of this day and of later ones."""
        if first not in self._since:
            self._since[first] = packed([day >= first for day, _ in self.cases])
        return self._since[first]

    @cached_property
    def _codes(self) -> tuple[tuple[Code, ...], ...]:
        """The answers to each question, in the order of the cases."""
        return tuple(zip(*(row for _, row in self.cases), strict=True))

    def _answered(self, name: str, value: str) -> Column:
        index, domain = self._domains[name]
        codes = self._codes[index] if self.cases else ()
        match domain.question.type:
            case "number":
                limit = cut_of(value)
                return packed([code > limit for code in codes])
            case "choices":
                place = domain.bits[value]
                return packed([code >> place & 1 for code in codes])
            case _:
                option = domain.bits.get(value)
                return packed([code == option for code in codes])


@dataclass(frozen=True)
class Columns:
    """A rule base evaluated on a table: where each rule fires, and where each derived atom is true."""

    table: Table
    rules: Mapping[str, Column]
    derived: Mapping[Atom, Column]

    def atom(self, atom: Atom) -> Column:
        """Return where an atom is true."""
        found = self.derived.get(atom)
        if found is not None:
            return found
        return self.table.column(atom) if self.table.speaks_of(atom) else 0

    def formula(self, formula: Formula) -> Column:
        """Return where a formula is true."""
        match formula:
            case Literal():
                found = self.atom(formula.atom)
                return found if formula.positive else self.table.everywhere ^ found
            case AllOf():
                found = self.table.everywhere
                for part in formula.parts:
                    found &= self.formula(part)
                    if not found:
                        break
                return found
            case AnyOf():
                return reduce(or_, map(self.formula, formula.parts), 0)
            case AtLeast():
                return where_enough(formula.enough, map(self.formula, formula.parts), self.table.everywhere)
            case _ as unreachable:
                assert_never(unreachable)

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


def _spans(library: Library, reference: str) -> Iterator[Span]:
    """Yield the spans of days in which an article or instrument is in force."""
    changes = sorted(library.boundaries(reference))
    for first, after in zip([date.min, *changes], [*changes, None], strict=True):
        if library.status(reference, first) == "in_force":
            yield first, after


def packed(truths: Iterable[int]) -> Column:
    """Return the column of a truth (0 or 1) for each case, in their order."""
    return int(bytes(truths)[::-1].translate(DIGITS) or b"0", 2)


def unpacked(column: Column, count: int) -> bytes:
    """Return for each of `count` cases whether it has its bit in the column (0 or 1), in their order."""
    return f"{column:0{count}b}"[::-1].encode().translate(TRUTHS)
