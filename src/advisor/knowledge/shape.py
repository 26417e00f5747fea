"""What every shape of the knowledge base shares: immutable, no unknown keys, dates and citations as words."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.-]*$")]
Citation = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+:[A-Za-z0-9_-]+$")]
Provenance = Literal["verified", "secondary", "recalled"]
Confidence = Literal["high", "medium", "low"]
Authority = Literal["law", "ministerial", "study", "judgement"]

PROVENANCE_ORDER: tuple[Provenance, ...] = ("verified", "secondary", "recalled")


class Shape(BaseModel):
    """Base of all shapes read from YAML."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class Sourced(Shape):
    """Something read from a source, with how surely it was read."""

    provenance: Provenance
    confidence: Confidence | None = None
    source: str = Field(min_length=1)
