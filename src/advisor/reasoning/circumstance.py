"""Circumstances: what the answer to one question is, or would have to be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal as OneOf
from typing import assert_never

from advisor.inference.domain import Code, Domain
from advisor.inference.formula import Atom, Literal, Threshold, cut_of

Relation = OneOf["is", "is_not", "includes", "excludes", "over", "at_most"]


@dataclass(frozen=True, slots=True)
class Circumstance:
    """What the answer to a question (by id) must be.

    `values` holds the one option (is, is_not), the options (includes, excludes), or one number as a word (over,
    at_most).
    """

    question: str
    relation: Relation
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Sets of circumstances, each enough by itself and with none to spare; `more` says that there are others."""

    sets: tuple[tuple[Circumstance, ...], ...]
    more: bool = False


def described(domain: Domain, code: Code, used: Iterable[Atom]) -> list[Circumstance]:
    """Return what the answer with a code says about some atoms of its question."""
    held = {atom[1]: domain.has(code, atom[1]) for atom in used}
    true = tuple(value for value, holds in held.items() if holds)
    false = tuple(value for value, holds in held.items() if not holds)
    match domain.question.type:
        case "choice" | "yes_no":
            return [Circumstance(domain.id, "is", (domain.question.option_ids[code],))]
        case "number":
            above = [Circumstance(domain.id, "over", (str(max(map(cut_of, true))),))] if true else []
            below = [Circumstance(domain.id, "at_most", (str(min(map(cut_of, false))),))] if false else []
            return above + below
        case "choices":
            chosen = [Circumstance(domain.id, "includes", true)] if true else []
            return chosen + ([Circumstance(domain.id, "excludes", false)] if false else [])
        case _ as unreachable:
            assert_never(unreachable)


def literals_of(domain: Domain, circumstance: Circumstance) -> tuple[Literal, ...]:
    """Return what must hold for a circumstance about the question of a domain to be given."""
    question, values = circumstance.question, circumstance.values
    match circumstance.relation:
        case "is" if domain.question.type == "yes_no":
            return (Literal((question, "yes"), positive=values == ("yes",)),)
        case "is" | "includes":
            return tuple(Literal((question, value)) for value in values)
        case "excludes" | "is_not":
            return tuple(Literal((question, value), positive=False) for value in values)
        case "over":
            return tuple(Literal((question, Threshold(int(value)))) for value in values)
        case "at_most":
            return tuple(Literal((question, Threshold(int(value))), positive=False) for value in values)
        case _ as unreachable:
            assert_never(unreachable)
