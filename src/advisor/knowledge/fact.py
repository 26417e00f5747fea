"""Facts that rules conclude: intermediate ones (`facts.yaml`) and the conclusions of the advice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from advisor.knowledge.case import Aspect
from advisor.knowledge.shape import FILLED, Citation, Id, Shape
from advisor.text import Text

FactKind = Literal["flag", "one", "many"]


@dataclass(frozen=True, kw_only=True)
class Fact(Shape):
    """A fact that rules can conclude: a flag (holds or not), exactly one value, or any number of values.

    The values come from `values` or from the table of terms named by `table`. A `shown` fact stands in reports
    although it is no conclusion.
    """

    id: Id
    kind: FactKind
    label: Text
    values: tuple[str, ...] = ()
    table: Id | None = None
    shown: bool = False


@dataclass(frozen=True, kw_only=True)
class FactFile(Shape):
    """The content of kbase/facts.yaml."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, kw_only=True)
class Conclusion(Fact):
    """A fact that the advice states; `headline` ones are what the interview settles first.

    `aspect` is the aspect of the study's findings that is about the same matter.
    """

    headline: bool = False
    aspect: Aspect | None = None
    question: Text


@dataclass(frozen=True, kw_only=True)
class ConclusionFile(Shape):
    """The content of kbase/conclusions.yaml.

    `gate` must hold before the others are spoken of; `contested` is the fact that names contested conclusions;
    `details` are facts that are no conclusions but that the interview settles with the diagnosis.
    """

    gate: Id
    contested: Id
    details: tuple[Id, ...] = ()
    conclusions: Annotated[tuple[Conclusion, ...], FILLED]


@dataclass(frozen=True, kw_only=True)
class OtherRegime(Shape):
    """For which eras the answer under another law is shown, and on which day that law is read."""

    eras: tuple[str, ...]
    as_of: date
    instrument: Id


@dataclass(frozen=True, kw_only=True)
class Manifest(Shape):
    """The content of kbase/knowledge.yaml."""

    version: str
    title: Text
    covered_from: date
    covered_from_cites: tuple[Citation, ...]
    read_until: date
    era: Id
    other_regime_conclusion: Id
    other_regimes: tuple[OtherRegime, ...]
