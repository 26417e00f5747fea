"""All rules, rankings and shortfalls of a rule base as they were written, one by one."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.inference.source import SourceDecision, SourceRanking, SourceRule, SourceShortfall

Source = SourceRule | SourceRanking | SourceShortfall


def sources_of(decision: SourceDecision) -> Iterator[Source]:
    """Yield what stands in one file of rules/: the rules, then the rankings, then the shortfalls."""
    yield from decision.rules
    yield from decision.rankings
    yield from decision.shortfalls


def law_of(source: Source) -> tuple[str, ...]:
    """Return the law that must be in force for it to exist on a day; rankings and shortfalls are judgements."""
    return source.law if isinstance(source, SourceRule) else ()
