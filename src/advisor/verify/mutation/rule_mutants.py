"""Mutants of rules, rankings, shortfalls and contradictions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TypeVar, cast

from advisor.inference.authored import (
    Source,
    SourceDecision,
    SourceRanking,
    SourceRule,
    SourceShortfall,
    law_cited,
)
from advisor.inference.formula import Atom
from advisor.inference.rulebase import Exclusion, RuleBase
from advisor.inference.vocabulary import Vocabulary
from advisor.knowledge.library import Library
from advisor.knowledge.rule import Grounds
from advisor.verify.mutation.condition_mutants import changed_conditions, neighbour
from advisor.verify.mutation.mutant import Change, Mutant

S = TypeVar("S", SourceRule, SourceRanking, SourceShortfall)


def rule_mutants(library: Library, vocabulary: Vocabulary, rulebase: RuleBase) -> Iterator[Mutant]:
    """Yield every mutant of what stands in rules/, in the order of the files."""
    for decision in rulebase.sources:
        yield from _DecisionMutants(library, vocabulary, decision).all()
    yield from _contradictions(vocabulary, rulebase.exclusions)


class _DecisionMutants:
    """Makes the mutants of one file of rules/."""

    def __init__(self, library: Library, vocabulary: Vocabulary, decision: SourceDecision) -> None:
        self.library = library
        self.vocabulary = vocabulary
        self.decision = decision

    def all(self) -> Iterator[Mutant]:
        for rule in self.decision.rules:
            yield from self._common(rule)
            yield from self._conclusions(rule)
            yield from self._citations(rule)
        for ranking in self.decision.rankings:
            yield from self._common(ranking)
            yield from self._ranking(ranking)
        for shortfall in self.decision.shortfalls:
            yield from self._common(shortfall)
            yield from self._citations(shortfall)
        yield from self._order()

    def _common(self, source: Source) -> Iterator[Mutant]:
        """Yield the mutants that rules, rankings and shortfalls have alike."""
        name = source.shape.id
        yield Mutant("drop_rule", name, source.place, {}, self._instead(source, None))
        for changed in changed_conditions(self.vocabulary, source.condition):
            change = self._instead(source, replace(source, condition=changed.condition))
            yield Mutant(changed.kind, name, changed.place, changed.values, change)

    def _conclusions(self, rule: SourceRule) -> Iterator[Mutant]:
        for index, (fact, value) in enumerate(rule.heads):
            other = neighbour(self.vocabulary, fact, value)
            if other is None or (fact, other) in rule.heads:
                continue
            heads: tuple[Atom, ...] = (*rule.heads[:index], (fact, other), *rule.heads[index + 1 :])
            told = {"fact": fact, "before": value, "after": other}
            change = self._instead(rule, replace(rule, heads=heads))
            yield Mutant("swap_conclusion", rule.shape.id, rule.place, told, change)

    def _citations(self, source: SourceRule | SourceShortfall) -> Iterator[Mutant]:
        grounds: Grounds = source.shape
        for index, cited in enumerate(grounds.cites):
            other = self._other_article(cited, grounds.cites)
            if other is None:
                continue
            cites = (*grounds.cites[:index], other, *grounds.cites[index + 1 :])
            if isinstance(source, SourceRule):
                shape = replace(source.shape, cites=cites)
                changed: Source = replace(source, shape=shape, law=law_cited(self.library, shape))
            else:
                changed = replace(source, shape=replace(source.shape, cites=cites))
            told = {"before": cited, "after": other}
            yield Mutant("swap_citation", source.shape.id, source.place, told, self._instead(source, changed))

    def _other_article(self, cited: str, cites: Sequence[str]) -> str | None:
        """Return the article after this one in its instrument (before it, at the end), or one of the next."""
        instruments = list(self.library.instruments.values())
        at = instruments.index(self.library.instrument_of(cited))
        for instrument in (*instruments[at:], *instruments[:at]):
            names = [article.id for article in instrument.articles]
            start = names.index(cited) if cited in names else -1
            for name in (*names[start + 1 :], *reversed(names[: max(start, 0)])):
                if name not in cites:
                    return name
        return None

    def _ranking(self, ranking: SourceRanking) -> Iterator[Mutant]:
        shape = ranking.shape
        if shape.otherwise is not None:
            without = self._instead(ranking, replace(ranking, shape=replace(shape, otherwise=None)))
            yield Mutant("drop_rule", f"{shape.id}.otherwise", ranking.place, {}, without)
            other = neighbour(self.vocabulary, shape.conclusion, shape.otherwise.value)
            if other is not None:
                told = {"fact": shape.conclusion, "before": shape.otherwise.value, "after": other}
                swapped = replace(shape, otherwise=replace(shape.otherwise, value=other))
                change = self._instead(ranking, replace(ranking, shape=swapped))
                yield Mutant("swap_conclusion", f"{shape.id}.otherwise", ranking.place, told, change)
        order = shape.order or self.library.values(shape.among)
        for index in range(len(order) - 1):
            first, second = order[index : index + 2]
            swapped_order = (*order[:index], second, first, *order[index + 2 :])
            change = self._instead(ranking, replace(ranking, shape=replace(shape, order=swapped_order)))
            yield Mutant("swap_order", shape.id, ranking.place, {"before": first, "after": second}, change)

    def _order(self) -> Iterator[Mutant]:
        """Yield the decision with two neighbouring rules swapped, where only the first rule that fits speaks."""
        for fact in self.decision.shape.first:
            listed = [index for index, rule in enumerate(self.decision.rules) if fact in rule.shape.then]
            for here, there in pairwise(listed):
                rules = list(self.decision.rules)
                first, second = rules[here], rules[there]
                rules[here], rules[there] = second, first
                change = Change(source=replace(self.decision, rules=tuple(rules)))
                told = {"before": first.shape.id, "after": second.shape.id}
                yield Mutant("swap_order", second.shape.id, second.place, told, change)

    def _instead(self, source: Source, changed: Source | None) -> Change:
        """Return the decision with `changed` (nothing, where it is None) in the place of `source`."""
        decision = self.decision
        return Change(
            source=replace(
                decision,
                rules=_swapped(decision.rules, source, changed),
                rankings=_swapped(decision.rankings, source, changed),
                shortfalls=_swapped(decision.shortfalls, source, changed),
            )
        )


def _swapped(items: tuple[S, ...], old: Source, new: Source | None) -> tuple[S, ...]:
    """Return the items with `new`, which is of the kind of `old`, in its place."""
    found: list[S] = []
    for item in items:
        if item is not old:
            found.append(item)
        elif new is not None:
            found.append(cast("S", new))
    return tuple(found)


def _contradictions(vocabulary: Vocabulary, exclusions: tuple[Exclusion, ...]) -> Iterator[Mutant]:
    for index, exclusion in enumerate(exclusions):
        before, after = exclusions[:index], exclusions[index + 1 :]
        name = exclusion.shape.id
        yield Mutant("drop_rule", name, exclusion.place, {}, Change(exclusions=(*before, *after)))
        for changed in changed_conditions(vocabulary, exclusion.condition):
            other = replace(exclusion, condition=changed.condition)
            change = Change(exclusions=(*before, other, *after))
            yield Mutant(changed.kind, name, changed.place, changed.values, change)
