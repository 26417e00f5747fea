"""Facts that rules conclude: intermediate ones (`facts.yaml`) and the conclusions of the advice."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from advisor.knowledge.shape import Citation, Id, Shape
from advisor.text import Text

FactKind = Literal["flag", "one", "many"]


class Fact(Shape):
    """A fact that rules can conclude: a flag (holds or not), exactly one value, or any number of values.

    The values come from `values` or from the table of terms named by `table`.
    """

    id: Id
    kind: FactKind
    label: Text
    values: tuple[str, ...] = ()
    table: Id | None = None


class FactFile(Shape):
    """The content of kbase/facts.yaml."""

    facts: tuple[Fact, ...]


class Conclusion(Fact):
    """A fact that the advice states; `headline` ones are what the interview settles first."""

    headline: bool = False
    question: Text


class ConclusionFile(Shape):
    """The content of kbase/conclusions.yaml: `gate` must hold before the others are spoken of."""

    gate: Id
    contested: Id
    conclusions: tuple[Conclusion, ...] = Field(min_length=1)


class OtherRegime(Shape):
    """For which eras the answer under another law is shown, and on which day that law is read."""

    eras: tuple[str, ...]
    as_of: date
    instrument: Id


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
