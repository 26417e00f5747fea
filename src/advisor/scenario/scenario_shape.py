"""The shapes of scenario files.

They are the one description of what may stand there: files are read into them, and the JSON Schema that editors use
is made of them. Which words there are is the matter of a knowledge base (`naming.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Final, Generic, Literal, TypeVar

from pydantic import BeforeValidator, Discriminator, Tag
from pydantic_core import PydanticCustomError

from advisor.advice.advice import INADMISSIBLE
from advisor.knowledge.shape import FILLED, Citation, Constraint, Defined, Id, Shape, Told

NO_DAY: Final = date.min
"""Stands where a scenario names no day of its own."""

TextLine = Annotated[str, Constraint(min_length=1, strip_whitespace=True)]
Truth = Annotated[bool, Constraint(strict=True)]
Question = Annotated[str, Defined("question")]
FactName = Annotated[str, Defined("expectable")]
Value = Annotated[str, Defined("value")]
Values = Annotated[tuple[Value, ...], FILLED]
Citations = Annotated[tuple[Annotated[str, Defined("citation")], ...], FILLED]


def _no_number(given: object) -> object:
    """Refuse a number, which pydantic would take for seconds since 1970."""
    if isinstance(given, (int, float)):
        raise PydanticCustomError("date_type", "a number is no day")
    return given


# By these pydantic sees which alternative is meant, so that findings are told of that one alone.


def _listed_or_by_value(given: object) -> str:
    return "<by value>" if isinstance(given, Mapping) else "<listed>"


def _listed_or_alone(given: object) -> str:
    return "<listed>" if isinstance(given, list) else "<alone>"


def _said_or_not(given: object) -> str:
    return "<not said>" if given is None or given == INADMISSIBLE else "<said>"


Cites = Annotated[
    Annotated[Citations, Tag("<listed>")]
    | Annotated[dict[Annotated[str, Defined("element")], Citations], FILLED, Tag("<by value>")],
    Discriminator(_listed_or_by_value),
]
"""Articles that all reasons together name, or for each value those that its own rules name."""

Never = Annotated[
    Annotated[Values, Tag("<listed>")] | Annotated[Value, Tag("<alone>")], Discriminator(_listed_or_alone)
]
"""What stands under a fact of `never`."""

NotSaid = Annotated[Literal["inadmissible"] | None, Tag("<not said>")]
OneValue = Annotated[Annotated[Value, Tag("<said>")] | NotSaid, Discriminator(_said_or_not)]
ValueList = Annotated[Annotated[tuple[Value, ...], Tag("<said>")] | NotSaid, Discriminator(_said_or_not)]


@dataclass(frozen=True, kw_only=True)
class Expected(Shape):
    """What a scenario can expect of any fact; what was not written is at its default."""

    depends_on: Annotated[tuple[Question, ...], Told("schema.expect.depends_on")] = ()
    cites: Annotated[Cites, Told("schema.expect.cites")] = ()
    does_not_cite: Annotated[Cites, Told("schema.expect.does_not_cite")] = ()


@dataclass(frozen=True, kw_only=True)
class ExpectedOne(Expected):
    """What it can expect of a fact with one value."""

    value: Annotated[OneValue, Told("schema.expect.value")] = None
    possible: Annotated[Values, Told("schema.expect.possible")] = ()


@dataclass(frozen=True, kw_only=True)
class ExpectedList(Expected):
    """What it can expect of a fact with any number of values."""

    value: Annotated[ValueList, Told("schema.expect.value")] = None
    possible: Annotated[tuple[tuple[Value, ...], ...], FILLED, Told("schema.expect.possible")] = ()
    includes: Annotated[Values, Told("schema.expect.includes")] = ()
    excludes: Annotated[Values, Told("schema.expect.excludes")] = ()


@dataclass(frozen=True, kw_only=True)
class OfConclusion(Shape):
    """What it can expect of a conclusion beside that."""

    contested: Annotated[Truth | None, Told("schema.expect.contested")] = False


@dataclass(frozen=True, kw_only=True)
class ExpectedConclusion(OfConclusion, ExpectedOne):
    """What it can expect of a conclusion with one value."""


@dataclass(frozen=True, kw_only=True)
class ExpectedConclusions(OfConclusion, ExpectedList):
    """What it can expect of a conclusion with any number of values."""


@dataclass(frozen=True, kw_only=True)
class ScenarioEntry(Shape):
    """One scenario as it stands in a file.

    Answers and expectations are read by themselves, because what they may be depends on the question or fact.
    """

    id: Annotated[Id, Told("schema.scenario.id")]
    name: Annotated[TextLine, Told("schema.scenario.name")]
    source: Annotated[tuple[Citation, ...], FILLED, Told("schema.scenario.source")]
    why: Annotated[TextLine, Told("schema.scenario.why")]
    based_on: Annotated[TextLine, Defined("base"), Told("schema.scenario.based_on")] = ""
    as_of: Annotated[date, BeforeValidator(_no_number), Told("schema.scenario.as_of")] = NO_DAY
    answers: Annotated[dict[str, Any], Defined("answers"), Told("schema.scenario.answers")] = field(
        default_factory=dict
    )
    unknown: Annotated[tuple[Question, ...], Told("schema.scenario.unknown")] = ()
    expect: Annotated[dict[FactName, Any], FILLED, Defined("expect"), Told("schema.scenario.expect")] = field(
        default_factory=dict
    )
    never: Annotated[dict[FactName, Any], FILLED, Defined("never"), Told("schema.scenario.never")] = field(
        default_factory=dict
    )
    refused: Annotated[
        tuple[Annotated[str, Defined("refusable")], ...], FILLED, Told("schema.scenario.refused")
    ] = ()
    approved: Annotated[Truth, Told("schema.scenario.approved")] = True


T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class ScenarioFile(Shape, Generic[T]):
    """The content of a scenario file: a list of scenarios or, where each is read by itself, of mappings."""

    scenarios: Annotated[tuple[T, ...], FILLED, Told("schema.scenario.file")]
