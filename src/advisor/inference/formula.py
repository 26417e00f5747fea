"""Formulas over atoms: the small language into which every condition is translated.

An atom is a pair (attribute, value): `("sector", "roads")`, `("region_count", ">2")`, `("kinds", "third_party")`,
`("in_force", "pp28-2018")`. Negation stands only in front of an atom.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class AnyOf:
    """A disjunction; without parts it is false."""

    parts: tuple[Formula, ...]


Formula = Literal | AllOf | AnyOf

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


def negation(formula: Formula) -> Formula:
    """Return the negation, pushed down to the atoms."""
    if isinstance(formula, Literal):
        return Literal(formula.atom, not formula.positive)
    if isinstance(formula, AllOf):
        return disjunction(negation(part) for part in formula.parts)
    return conjunction(negation(part) for part in formula.parts)


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
    if isinstance(formula, Literal):
        return truth(formula.atom) is formula.positive
    if isinstance(formula, AllOf):
        return all(holds(part, truth) for part in formula.parts)
    return any(holds(part, truth) for part in formula.parts)


def resolved(formula: Formula, known: Callable[[Atom], bool | None]) -> Formula:
    """Return the formula with every atom that `known` settles replaced by its truth value."""
    if isinstance(formula, Literal):
        value = known(formula.atom)
        if value is None:
            return formula
        return TRUE if value is formula.positive else FALSE
    parts = [resolved(part, known) for part in formula.parts]
    return conjunction(parts) if isinstance(formula, AllOf) else disjunction(parts)


def at_least(count: int, formulas: list[Formula]) -> Formula:
    """Return a formula that is true where at least `count` of `formulas` are (no more than a few of them)."""
    if count <= 0:
        return TRUE
    if count > len(formulas):
        return FALSE
    if count == 1:
        return disjunction(formulas)
    first, rest = formulas[0], formulas[1:]
    return disjunction([conjunction([first, at_least(count - 1, rest)]), at_least(count, rest)])


def more_of(many: list[Formula], few: list[Formula]) -> Formula:
    """Return a formula that is true where more of `many` than of `few` hold."""
    # With k of `few` true, k + 1 of `many` must be; k is never more than there are `few`.
    return disjunction(
        conjunction([at_least(k + 1, many), negation(at_least(k + 1, few))]) for k in range(len(few) + 1)
    )
