"""Marked exceptions: findings of `advisor check` that are meant to be as they are, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal, get_args

from advisor.knowledge.shape import FILLED, Defined, Shape, Told
from advisor.text import Text

Kind = Literal[
    "gap",
    "conflict",
    "cycle",
    "dead",
    "duplicate",
    "subsumed",
    "idle_condition",
    "unread",
    "unreached",
    "outdated",
    "lapsed",
    "addressee",
    "unused_article",
    "uncited",
    "translation",
    "uncovered",
    "unasked",
    "stale_exception",
]

# Knowledge with a cycle cannot be loaded, and an exception to a stale exception would be one itself.
MARKABLE: tuple[str, ...] = tuple(kind for kind in get_args(Kind) if kind not in ("cycle", "stale_exception"))


@dataclass(frozen=True, kw_only=True)
class MarkedException(Shape):
    """One exception: the kind of finding, what it is about (as `check` names it), and why it may stay."""

    finding: Annotated[str, FILLED, Defined("finding"), Told("schema.exception.finding")]
    of: Annotated[str, FILLED, Told("schema.exception.of")]
    reason: Annotated[Text, Told("schema.exception.reason")]


@dataclass(frozen=True, kw_only=True)
class ExceptionFile(Shape):
    """The content of kbase/exceptions.yaml, a file that need not be there."""

    exceptions: tuple[MarkedException, ...]
