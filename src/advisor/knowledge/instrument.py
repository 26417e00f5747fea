"""Instruments (statutes, regulations, the study) and their articles, with the days on which they hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, get_args

from advisor.knowledge.shape import FILLED, Citation, Defined, Doubts, Id, NewCitation, Sourced, Told
from advisor.text import Text

Rank = Literal["statute", "government_regulation", "presidential_regulation", "ministerial_regulation", "study"]
RANKS: tuple[Rank, ...] = get_args(Rank)
InForce = Annotated[date | None, Told("schema.key.in_force")]
Revoked = Annotated[date | None, Told("schema.key.revoked")]
AppliesTo = Annotated[Any, Defined("condition"), Told("schema.article.applies_to")]
Status = Literal["in_force", "not_yet", "revoked", "unknown", "study"]


@dataclass(frozen=True, kw_only=True)
class Article(Sourced):
    """One article, paragraph or page, paraphrased.

    A `context` article explains others or is there to be read; nothing has to rest on it. `applies_to` is a
    condition on the case that the article speaks of (its addressee): a rule that cites it may fire in no other.
    `revoked` is the first day on which it no longer holds, `revoked_by` the article that ended it.
    """

    id: NewCitation
    label: Text
    text: Text
    context: Annotated[bool, Told("schema.article.context")] = False
    applies_to: AppliesTo = None
    in_force: InForce = None
    revoked: Revoked = None
    revoked_by: Citation | None = None
    note: Text | None = None
    doubts: Doubts = ()


@dataclass(frozen=True, kw_only=True)
class Instrument(Sourced):
    """One statute, regulation or study; `revoked` is the first day on which it no longer holds."""

    id: Id
    rank: Rank
    short: Text
    title: Text
    gazette: str | None = None
    enacted: date | None = None
    in_force: InForce = None
    revoked: Revoked = None
    revoked_by: Citation | None = None
    note: Text | None = None
    doubts: Doubts = ()
    articles: Annotated[tuple[Article, ...], FILLED]

    def status(self, article: Article | None, day: date) -> Status:
        """Return whether the instrument, or one of its articles, is in force on `day`."""
        if self.rank == "study":
            return "study"
        begin = (article and article.in_force) or self.in_force
        ends = [end for end in (self.revoked, article.revoked if article else None) if end]
        if begin is None:
            return "unknown"
        if day < begin:
            return "not_yet"
        return "revoked" if ends and day >= min(ends) else "in_force"


@dataclass(frozen=True, kw_only=True)
class InstrumentFile(Instrument):
    """The content of one file of kbase/instruments/."""
