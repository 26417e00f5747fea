"""What every shape of a file shares: immutable, no unknown keys, dates and citations as words.

Shapes are plain dataclasses, so that a program that only uses knowledge loads no validation library. What a value
must be like stands beside its type: pydantic reads it when a file is validated, and when the JSON Schema of the
shape is made for editors.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Final, Literal, get_args

from advisor.knowledge.words import Words
from advisor.problem import LONGEST_NAME

ID: Final = r"^[a-z0-9][a-z0-9_.-]*$"
CITATION: Final = r"^[a-z0-9-]+:[A-Za-z0-9_-]+$"


class Constraint:
    """What a value must be like: `pattern` for a string, the least and most length of a string, list or mapping."""

    def __init__(self, **limits: str | int | bool) -> None:
        self.limits = limits

    def __get_pydantic_core_schema__(self, source: object, handler: Callable[[object], Any]) -> Any:
        """Return pydantic's schema of the value with the limits in it."""
        return {**handler(source), **self.limits}


class Told:
    """What editors say of a key: `key` names the text in the catalogue."""

    def __init__(self, key: str) -> None:
        self.key = key

    def __get_pydantic_json_schema__(self, schema: Any, handler: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
        """Return the JSON Schema of the value, with the key of the text under "told"."""
        return {**handler(schema), "told": self.key}


class Defined:
    """Which definition of the vocabulary says what a value can be: a question, an article, a condition.

    The JSON Schema refers to the definition. Where a file is validated with `Words` of that name in the context,
    any other word is refused; without a context every word is taken.
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def __get_pydantic_core_schema__(self, source: object, handler: Callable[[object], Any]) -> Any:
        """Return pydantic's schema of the value, preceded by the look into the context."""
        understand = {"type": "with-info", "function": self._understood}
        return {"type": "function-before", "function": understand, "schema": handler(source)}

    def __get_pydantic_json_schema__(self, schema: Any, handler: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
        """Return a node that names the definition under "defined"."""
        return {"type": "string", "defined": self.name}

    def _understood(self, given: object, info: Any) -> object:
        vocabulary: Mapping[str, Words] = info.context or {}
        if self.name not in vocabulary:
            return given
        word = vocabulary[self.name].understood(given)
        if word is None:
            from pydantic_core import PydanticCustomError

            raise PydanticCustomError("word", "unknown word", {"words": vocabulary[self.name]})
        return word


MOST_LISTED: Final = 300
"""How many options a question, or entries a table, may have; the built-in knowledge has 88 steps."""

FILLED: Final = Constraint(min_length=1)
LISTED: Final = Constraint(min_length=1, max_length=MOST_LISTED)
FEW: Final = Constraint(max_length=MOST_LISTED)

Id = Annotated[str, Constraint(pattern=ID, max_length=LONGEST_NAME)]
NewCitation = Annotated[str, Constraint(pattern=CITATION, max_length=LONGEST_NAME)]
Citation = Annotated[str, Constraint(pattern=CITATION), Defined("article")]
Cites = Annotated[tuple[Citation, ...], FILLED, Told("schema.key.cites")]
Sources = Annotated[tuple[Citation, ...], FILLED, Told("schema.key.source")]
Doubts = Annotated[tuple[Annotated[str, Defined("doubt")], ...], Told("schema.key.doubts")]
Provenance = Literal["verified", "secondary", "recalled"]
Confidence = Literal["high", "medium", "low"]
Authority = Literal["law", "ministerial", "study", "judgement"]

PROVENANCE_ORDER: tuple[Provenance, ...] = get_args(Provenance)
"""From the surest on."""


@dataclass(frozen=True, kw_only=True)
class Shape:
    """Base of all shapes read from YAML."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}


@dataclass(frozen=True, kw_only=True)
class Sourced(Shape):
    """Something read from a source, with how surely it was read."""

    provenance: Annotated[Provenance, Told("schema.key.provenance")]
    confidence: Annotated[Confidence | None, Told("schema.key.confidence")] = None
    source: Annotated[str, FILLED, Told("schema.key.source")]
