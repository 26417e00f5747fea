"""Rules as they stand in rules/: one file a decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from advisor.knowledge.shape import FILLED, Authority, Citation, Cites, Defined, Id, Provenance, Shape, Told
from advisor.text import Text

When = Annotated[Any, Defined("condition"), Told("schema.key.when")]
FactName = Annotated[Id, Defined("fact")]
FactWithTerms = Annotated[Id, Defined("fact_with_terms")]


@dataclass(frozen=True, kw_only=True)
class Grounds(Shape):
    """On what a rule stands: the articles, their weight, how surely they were read, and the reason."""

    because: Annotated[Text, Told("schema.key.because")]
    cites: Cites
    see: Annotated[tuple[Citation, ...], Told("schema.key.see")] = ()
    authority: Annotated[Authority, Told("schema.key.authority")]
    provenance: Annotated[Provenance, Told("schema.key.provenance")]


@dataclass(frozen=True, kw_only=True)
class Rule(Grounds):
    """`then` follows where `when` holds (always, where there is no `when`).

    `then` names facts and gives each a value, a list of values, or `{from: other_fact}` for every value that the
    other fact has.

    A silent rule only connects other rules; reasons pass over it.
    """

    id: Id
    silent: Annotated[bool, Told("schema.key.silent")] = False
    when: When = None
    then: Annotated[dict[str, Any], FILLED, Defined("then"), Told("schema.rule.then")]


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
    conclusion: FactWithTerms
    among: Annotated[FactWithTerms, Told("schema.ranking.among")]
    covers: Annotated[FactWithTerms, Told("schema.ranking.covers")]
    when: When = None
    order: Annotated[tuple[str, ...], Told("schema.ranking.order")] = ()
    chosen: Annotated[Grounds, Told("schema.ranking.chosen")]
    beaten: Annotated[Grounds, Told("schema.ranking.beaten")]
    otherwise: Annotated[Otherwise | None, Told("schema.ranking.otherwise")] = None


@dataclass(frozen=True, kw_only=True)
class Shortfall(Grounds):
    """Concludes every need that the chosen candidate does not cover."""

    id: Id
    conclusion: FactName
    chosen: FactWithTerms
    covers: FactWithTerms
    when: When = None


@dataclass(frozen=True, kw_only=True)
class DecisionFile(Shape):
    """The content of one file of rules/.

    `first` names conclusions for which only the first fitting rule, in the order of the file, speaks. The rules
    of a `background` decision are shown only to those who ask for every step.
    """

    decision: Id
    title: Text
    first: Annotated[tuple[FactName, ...], Told("schema.decision.first")] = ()
    background: Annotated[bool, Told("schema.decision.background")] = False
    rules: tuple[Rule, ...] = ()
    rankings: Annotated[tuple[Ranking, ...], Told("schema.decision.rankings")] = ()
    shortfalls: Annotated[tuple[Shortfall, ...], Told("schema.decision.shortfalls")] = ()


@dataclass(frozen=True, kw_only=True)
class Contradiction(Shape):
    """Answers that cannot stand together."""

    id: Id
    when: Annotated[Any, Defined("condition_on_answers"), Told("schema.key.when")]
    message: Text
    cites: Annotated[tuple[Citation, ...], Told("schema.key.cites")] = ()
    authority: Annotated[Literal["law", "judgement"], Told("schema.key.authority")]


@dataclass(frozen=True, kw_only=True)
class ContradictionFile(Shape):
    """The content of rules/contradictions.yaml."""

    contradictions: tuple[Contradiction, ...]
