"""Rules as they stand in rules/: one file a decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from advisor.knowledge.shape import FILLED, Authority, Citation, Id, Provenance, Shape
from advisor.text import Text


@dataclass(frozen=True, kw_only=True)
class Grounds(Shape):
    """On what a rule stands: the articles, their weight, how surely they were read, and the reason."""

    because: Text
    cites: Annotated[tuple[Citation, ...], FILLED]
    see: tuple[Citation, ...] = ()
    authority: Authority
    provenance: Provenance


@dataclass(frozen=True, kw_only=True)
class Rule(Grounds):
    """`then` follows where `when` holds (always, where there is no `when`).

    `then` names facts and gives each a value, a list of values, or `{from: other_fact}` for every value that the
    other fact has.

    A silent rule only connects other rules; reasons pass over it.
    """

    id: Id
    silent: bool = False
    when: Any = None
    then: Annotated[dict[str, Any], FILLED]


@dataclass(frozen=True, kw_only=True)
class Otherwise(Grounds):
    """What a ranking concludes where no candidate covers anything of what is needed."""

    value: str


@dataclass(frozen=True, kw_only=True)
class Ranking(Shape):
    """A choice among candidates: the one that covers most of what is needed, the earliest where several do.

    `among` is a fact of kind many whose values are candidates, `covers` one whose values are needed; what a
    candidate covers stands in its term. `order` settles ties (default: the order of the table).
    """

    id: Id
    conclusion: Id
    among: Id
    covers: Id
    when: Any = None
    order: tuple[str, ...] = ()
    chosen: Grounds
    beaten: Grounds
    otherwise: Otherwise | None = None


@dataclass(frozen=True, kw_only=True)
class Shortfall(Grounds):
    """Concludes every need that the chosen candidate does not cover."""

    id: Id
    conclusion: Id
    chosen: Id
    covers: Id
    when: Any = None


@dataclass(frozen=True, kw_only=True)
class DecisionFile(Shape):
    """The content of one file of rules/.

    `first` names conclusions for which only the first fitting rule, in the order of the file, speaks. The rules
    of a `background` decision are shown only to those who ask for every step.
    """

    decision: Id
    title: Text
    first: tuple[Id, ...] = ()
    background: bool = False
    rules: tuple[Rule, ...] = ()
    rankings: tuple[Ranking, ...] = ()
    shortfalls: tuple[Shortfall, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Contradiction(Shape):
    """Answers that cannot stand together."""

    id: Id
    when: Any
    message: Text
    cites: tuple[Citation, ...] = ()
    authority: Literal["law", "judgement"]


@dataclass(frozen=True, kw_only=True)
class ContradictionFile(Shape):
    """The content of rules/contradictions.yaml."""

    contradictions: tuple[Contradiction, ...]
