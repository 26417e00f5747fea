"""Facts that rules conclude: intermediate ones (`facts.yaml`) and the conclusions of the advice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from advisor.knowledge.case import Aspect
from advisor.knowledge.shape import FEW, FILLED, Citation, Constraint, Defined, Id, Shape, Told
from advisor.problem import LONGEST_NAME
from advisor.text import Text

Value = Annotated[str, Constraint(max_length=LONGEST_NAME)]
FactKind = Literal["flag", "one", "many"]


@dataclass(frozen=True, kw_only=True)
class Fact(Shape):
    """A fact that rules can conclude: a flag (holds or not), exactly one value, or any number of values.

    The values are `values` or, where there are none, all terms of `table`. A `shown` fact stands in reports
    although it is no conclusion.
    """

    id: Id
    kind: Annotated[FactKind, Told("schema.fact.kind")]
    label: Text
    values: Annotated[tuple[Value, ...], FEW, Told("schema.fact.values")] = ()
    table: Annotated[Id | None, Defined("table"), Told("schema.fact.table")] = None
    shown: Annotated[bool, Told("schema.fact.shown")] = False


@dataclass(frozen=True, kw_only=True)
class FactFile(Shape):
    """The content of kbase/facts.yaml."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, kw_only=True)
class Conclusion(Fact):
    """A fact that the advice states; `headline` ones are what the interview settles first.

    `aspect` is the aspect of the study's findings that is about the same matter. `sentence` is a template with the
    place `{value}` that states the conclusion.
    """

    headline: Annotated[bool, Told("schema.conclusion.headline")] = False
    aspect: Annotated[Aspect | None, Told("schema.conclusion.aspect")] = None
    question: Text
    sentence: Annotated[Text | None, Told("schema.conclusion.sentence")] = None


@dataclass(frozen=True, kw_only=True)
class ConclusionFile(Shape):
    """The content of kbase/conclusions.yaml."""

    conclusions: Annotated[tuple[Conclusion, ...], FILLED]


@dataclass(frozen=True, kw_only=True)
class OtherRegime(Shape):
    """For which eras the answer under another law is shown, and on which day that law is read.

    Where the answers have one of the values of `begun_where`, the cooperation may have begun under that law.
    """

    eras: Annotated[tuple[Annotated[str, Defined("era")], ...], Told("schema.other_regime.eras")]
    as_of: Annotated[date, Told("schema.other_regime.as_of")]
    instrument: Annotated[Id, Defined("instrument")]
    begun_where: Annotated[
        Mapping[Annotated[Id, Defined("question")], tuple[str, ...]] | None, Told("schema.other_regime.begun_where")
    ] = None


@dataclass(frozen=True, kw_only=True)
class Limit(Shape):
    """What a report says on its first page of how far an instrument could be read, while it is in force."""

    instrument: Annotated[Id, Defined("instrument")]
    text: Text


@dataclass(frozen=True, kw_only=True)
class Manifest(Shape):
    """The content of kbase/knowledge.yaml.

    Where `own_day_where` holds of the answers the day is that of signing, so that none is assumed.
    """

    version: str
    title: Text
    covered_from: date
    covered_from_cites: tuple[Citation, ...]
    read_until: date
    other_regimes: tuple[OtherRegime, ...]
    limits: Annotated[tuple[Limit, ...], Told("schema.manifest.limits")] = ()
    at_hand: Annotated[tuple[Text, ...], Told("schema.manifest.at_hand")] = ()
    own_day_where: Annotated[
        Mapping[Annotated[Id, Defined("question")], str] | None, Told("schema.manifest.own_day_where")
    ] = None
