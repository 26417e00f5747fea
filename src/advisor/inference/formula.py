"""Formulas over atoms: the small language into which every condition is translated.

An atom is a pair (attribute, value): `("sector", "roads")`, `("region_count", ">2")`, `("kinds", "third_party")`,
`("in_force", "pp28-2018")`. Negation stands only in front of an atom.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never

Atom = tuple[str, str]
"""An attribute (a question, a fact, `IN_FORCE`) and a value of it."""

IN_FORCE = "in_force"
"""The attribute of the atoms that say whether an instrument or an article holds on the day."""


class Threshold(str):
    """The value of an atom about a number: the number is more than `cut`."""

    __slots__ = ()

    def __new__(cls, cut: int) -> Threshold:
        """Return the threshold "more than `cut`"."""
        return super().__new__(cls, f">{cut}")

    def __getnewargs__(self) -> tuple[int]:  # type: ignore[override]
        return (cut_of(self),)


def cut_of(value: str) -> int:
    """Return the number that a value of the form of a threshold names; ValueError where it has another form."""
    if not value.startswith(">"):
        raise ValueError(f"{value!r} is no threshold")
    return int(value[1:])


@dataclass(frozen=True, slots=True)
class Literal:
    """An atom, or its negation."""

    atom: Atom
    positive: bool = True


@dataclass(frozen=True, slots=True)
class AllOf:
    """A conjunction; without parts it is true."""

    parts: tuple[Formula, ...]

    @property
    def enough(self) -> int:
        """How many of the parts must hold: all of them."""
        return len(self.parts)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """A disjunction; without parts it is false."""

    parts: tuple[Formula, ...]

    @property
    def enough(self) -> int:
        """How many of the parts must hold: one."""
        return 1


@dataclass(frozen=True, slots=True)
class AtLeast:
    """A cardinality: `enough` of the parts hold, or more. Made by `at_least`, so 1 < `enough` < number of parts."""

    enough: int
    parts: tuple[Formula, ...]


Formula = Literal | AllOf | AnyOf | AtLeast

TRUE = AllOf(())
FALSE = AnyOf(())


def conjunction(parts: Iterable[Formula]) -> Formula:
    """Return the conjunction of `parts`, flattened, without repetitions."""
    return _joined(AllOf, parts, FALSE)


def disjunction(parts: Iterable[Formula]) -> Formula:
    """Return the disjunction of `parts`, flattened, without repetitions."""
    return _joined(AnyOf, parts, TRUE)


def _joined(joint: type[AllOf | AnyOf], parts: Iterable[Formula], decisive: Formula) -> Formula:
    """Return the parts joined; where one of them is `decisive`, so is the whole."""
    flat: dict[Formula, None] = {}
    for part in parts:
        if part == decisive:
            return decisive
        flat.update(dict.fromkeys(part.parts if isinstance(part, joint) else (part,)))
    return next(iter(flat)) if len(flat) == 1 else joint(tuple(flat))


def at_least(count: int, parts: Iterable[Formula]) -> Formula:
    """Return a formula that is true where at least `count` of `parts` are; one that stands twice counts twice."""
    listed = tuple(parts)
    if count <= 0:
        return TRUE
    if count > len(listed):
        return FALSE
    if count == 1:
        return disjunction(listed)
    return conjunction(listed) if count == len(listed) else AtLeast(count, listed)


def more_of(many: Iterable[Formula], few: Sequence[Formula]) -> Formula:
    """Return a formula that is true where more of `many` than of `few` hold."""
    # m > f is the same as m + (n - f) > n, and n - f of the n `few` do not hold.
    return at_least(len(few) + 1, [*many, *map(negation, few)])


def negation(formula: Formula) -> Formula:
    """Return the negation, pushed down to the atoms."""
    match formula:
        case Literal():
            return Literal(formula.atom, not formula.positive)
        case AllOf():
            return disjunction(map(negation, formula.parts))
        case AnyOf():
            return conjunction(map(negation, formula.parts))
        case AtLeast():
            return at_least(len(formula.parts) - formula.enough + 1, map(negation, formula.parts))
        case _ as unreachable:
            assert_never(unreachable)


def literals(formula: Formula) -> Iterator[Literal]:
    """Yield every literal of the formula, in order."""
    if isinstance(formula, Literal):
        yield formula
    else:
        for part in formula.parts:
            yield from literals(part)


def atoms(formula: Formula) -> Iterator[Atom]:
    """Yield the atom of every literal, in order."""
    return (literal.atom for literal in literals(formula))


def holds(formula: Formula, truth: Callable[[Atom], bool]) -> bool:
    """Return whether the formula is true where `truth` says which atoms are."""
    match formula:
        case Literal():
            return truth(formula.atom) is formula.positive
        case AllOf():
            return all(holds(part, truth) for part in formula.parts)
        case AnyOf():
            return any(holds(part, truth) for part in formula.parts)
        case AtLeast():
            return sum(holds(part, truth) for part in formula.parts) >= formula.enough
        case _ as unreachable:
            assert_never(unreachable)


def resolved(formula: Formula, known: Callable[[Atom], bool | None]) -> Formula:
    """Return the formula with every atom that `known` settles replaced by its truth value."""
    if isinstance(formula, Literal):
        value = known(formula.atom)
        if value is None:
            return formula
        return TRUE if value is formula.positive else FALSE
    parts = [resolved(part, known) for part in formula.parts]
    match formula:
        case AllOf():
            return conjunction(parts)
        case AnyOf():
            return disjunction(parts)
        case AtLeast():
            open_parts = [part for part in parts if part not in (TRUE, FALSE)]
            return at_least(formula.enough - parts.count(TRUE), open_parts)
        case _ as unreachable:
            assert_never(unreachable)
