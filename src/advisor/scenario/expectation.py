"""Expectations: what a scenario says of one fact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from advisor.problem import Place

Part = Literal[
    "value",
    "possible",
    "depends_on",
    "contested",
    "cites",
    "does_not_cite",
    "includes",
    "excludes",
    "never",
    "refused",
]
"""What of a fact is spoken of; `refused` is about the answers as a whole."""

Written = bool | str | tuple[str, ...]
"""A value as scenarios write it: true or false, one word, or a list (in the order of the vocabulary).

Of a fact that must have exactly one value a list stands for what is wrong: none, or several.
"""

Expected = Written | None | tuple[Any, ...] | Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is expected of a part of a fact, and where that is written.

    `expected` is, for each part:
      value: a `Written`; "inadmissible", or None (nothing is said of it, because the cooperation is inadmissible);
      possible: all `Written` that can still come out, in any order;
      depends_on: the open questions that can change it alone, in any order;
      contested: True, False, or None (it depends on open answers);
      cites, does_not_cite: citations that its reasons, or what they rest on, name (or do not); or a mapping of its
        values to citations that the rules name which conclude the value itself;
      includes, excludes: elements that a list certainly has, or cannot have;
      never: values (of a list: elements) that cannot come out;
      refused: the questions that the refusal of the answers names.
    """

    fact: str
    part: Part
    expected: Expected
    place: Place


ANY_PART = "-*"
"""What stands behind the beginning of citations, where any part of an article will do."""


def cited(wanted: str, citations: frozenset[str]) -> bool:
    """Return whether a citation (or, where it ends with `ANY_PART`, one that begins so) is among `citations`."""
    if wanted.endswith(ANY_PART):
        return any(citation.startswith(wanted.removesuffix("*")) for citation in citations)
    return wanted in citations
