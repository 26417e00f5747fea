"""What every shape of the knowledge base shares: immutable, no unknown keys, dates and citations as words.

Shapes are plain dataclasses, so that a program that only uses knowledge loads no validation library. What a value
must be like stands beside its type as a `Constraint`, which pydantic reads when a file is validated.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal


class Constraint:
    """What a value must be like: `pattern` for a string, `min_length` for a string, list or mapping."""

    def __init__(self, **limits: str | int) -> None:
        self.limits = limits

    def __get_pydantic_core_schema__(self, source: object, handler: Callable[[object], Any]) -> Any:
        """Return pydantic's schema of the value with the limits in it."""
        return {**handler(source), **self.limits}


FILLED = Constraint(min_length=1)

Id = Annotated[str, Constraint(pattern=r"^[a-z0-9][a-z0-9_.-]*$")]
Citation = Annotated[str, Constraint(pattern=r"^[a-z0-9-]+:[A-Za-z0-9_-]+$")]
Provenance = Literal["verified", "secondary", "recalled"]
Confidence = Literal["high", "medium", "low"]
Authority = Literal["law", "ministerial", "study", "judgement"]

PROVENANCE_ORDER: tuple[Provenance, ...] = ("verified", "secondary", "recalled")


@dataclass(frozen=True, kw_only=True)
class Shape:
    """Base of all shapes read from YAML."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}


@dataclass(frozen=True, kw_only=True)
class Sourced(Shape):
    """Something read from a source, with how surely it was read."""

    provenance: Provenance
    confidence: Confidence | None = None
    source: Annotated[str, FILLED]
