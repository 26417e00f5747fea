"""Rules as they stand in the files of rules/, checked, before policies and rankings are spelt out."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.inference.condition import Condition
from advisor.inference.formula import Atom
from advisor.knowledge.library import Library
from advisor.knowledge.rule import DecisionFile, Grounds, Ranking, Rule, Shortfall
from advisor.problem import Place

LEGAL_AUTHORITIES = ("law", "ministerial")


@dataclass(frozen=True, slots=True)
class SourceRule:
    """One rule: `heads` follow, and every value of a fact of `copies` (fact, from which other fact).

    `law` are the references that must be in force on the day for the rule to exist on that day.
    """

    shape: Rule
    condition: Condition
    heads: tuple[Atom, ...]
    copies: tuple[tuple[str, str], ...]
    law: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class SourceRanking:
    """One ranking."""

    shape: Ranking
    condition: Condition
    place: Place


@dataclass(frozen=True, slots=True)
class SourceShortfall:
    """One shortfall."""

    shape: Shortfall
    condition: Condition
    place: Place


@dataclass(frozen=True, slots=True)
class SourceDecision:
    """One file of rules/; of the rules for a fact in `shape.first` only the first that fits speaks."""

    shape: DecisionFile
    rules: tuple[SourceRule, ...]
    rankings: tuple[SourceRanking, ...]
    shortfalls: tuple[SourceShortfall, ...]


Source = SourceRule | SourceRanking | SourceShortfall


def sources_of(decision: SourceDecision) -> tuple[Source, ...]:
    """Return all that stands in a file: its rules, rankings and shortfalls."""
    return (*decision.rules, *decision.rankings, *decision.shortfalls)


def law_cited(library: Library, grounds: Grounds) -> tuple[str, ...]:
    """Return what must be in force for a rule on these grounds to exist: the law it cites, if law is its authority.

    Citations that the library does not know are left out.
    """
    if grounds.authority not in LEGAL_AUTHORITIES:
        return ()
    known = (citation for citation in grounds.cites if citation in library.articles)
    return tuple(citation for citation in known if library.instrument_of(citation).rank != "study")


def law_of(source: Source) -> tuple[str, ...]:
    """Return the law that must be in force for it to exist on a day; rankings and shortfalls are judgements."""
    return source.law if isinstance(source, SourceRule) else ()
