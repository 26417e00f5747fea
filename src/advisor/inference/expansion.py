"""Spelling policies and rankings out into ground rules, so that every reader sees plain implications only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from advisor.inference.formula import Formula, Literal, conjunction, disjunction, more_of, negation
from advisor.inference.ground import GroundRule, beaten, best, fits
from advisor.knowledge.library import Library
from advisor.knowledge.rule import Grounds, Ranking
from advisor.knowledge.term import Term
from advisor.problem import Place


def spell_out_first(rules: Sequence[GroundRule]) -> Iterator[GroundRule]:
    """Yield rules of which only the first fitting one fires.

    For each rule a silent one says that it fits; the rule itself fires where it fits and no earlier one does.
    """
    earlier: list[Formula] = []
    for rule in rules:
        fitting = fits(rule.id)
        yield GroundRule(
            id=f"{rule.id}/fits",
            source=rule.source,
            decision=rule.decision,
            heads=(fitting,),
            body=rule.body,
            grounds=rule.grounds,
            law=rule.law,
            place=rule.place,
            silent=True,
        )
        yield GroundRule(
            id=rule.id,
            source=rule.source,
            decision=rule.decision,
            heads=rule.heads,
            body=conjunction([Literal(fitting), *earlier]),
            grounds=rule.grounds,
            law=rule.law,
            place=rule.place,
        )
        earlier.append(Literal(fitting, positive=False))


@dataclass(frozen=True)
class RankingExpansion:
    """Spells one ranking out: who beats whom, who is best, and what holds where nobody covers anything."""

    ranking: Ranking
    condition: Formula
    decision: str
    library: Library
    place: Place

    def rules(self) -> Iterator[GroundRule]:
        """Yield the ground rules of the ranking."""
        terms = self._candidates()
        for index, term in enumerate(terms):
            for other_index, other in enumerate(terms):
                if term is not other:
                    yield self._beaten(term, other, other_is_earlier=other_index < index)
        for term in terms:
            yield self._best(term)
        if self.ranking.otherwise:
            nobody = [Literal(best(self.ranking.id, term.id), positive=False) for term in terms]
            yield self._rule(
                "otherwise",
                ((self.ranking.conclusion, self.ranking.otherwise.value),),
                conjunction([self.condition, *nobody]),
                self.ranking.otherwise,
            )

    def _candidates(self) -> list[Term]:
        table = self.library.all_facts[self.ranking.among].table or ""
        order = self.ranking.order or self.library.tables[table]
        return [self.library.term(table, name) for name in order]

    def _needed(self, names: list[str]) -> list[Formula]:
        return [Literal((self.ranking.covers, name)) for name in names]

    def _beaten(self, loser: Term, winner: Term, *, other_is_earlier: bool) -> GroundRule:
        # What both cover counts for both, so only the difference decides.
        gain = self._needed([need for need in winner.covers if need not in loser.covers])
        loss = self._needed([need for need in loser.covers if need not in winner.covers])
        better = negation(more_of(loss, gain)) if other_is_earlier else more_of(gain, loss)
        candidates = [Literal((self.ranking.among, term.id)) for term in (loser, winner)]
        return self._rule(
            f"{loser.id}-yields-to-{winner.id}",
            (beaten(self.ranking.id, loser.id),),
            conjunction([self.condition, *candidates, better]),
            self._filled(self.ranking.beaten, loser=loser, winner=winner),
            silent=True,
        )

    def _best(self, term: Term) -> GroundRule:
        return self._rule(
            term.id,
            (best(self.ranking.id, term.id), (self.ranking.conclusion, term.id)),
            conjunction(
                [
                    self.condition,
                    Literal((self.ranking.among, term.id)),
                    Literal(beaten(self.ranking.id, term.id), positive=False),
                    disjunction(self._needed(list(term.covers))),
                ]
            ),
            self._filled(self.ranking.chosen, winner=term),
        )

    def _filled(self, grounds: Grounds, **terms: Term) -> Grounds:
        labels = {name: term.label for name, term in terms.items()}
        return replace(grounds, because=grounds.because.filled(**labels))

    def _rule(
        self,
        name: str,
        heads: tuple[tuple[str, str], ...],
        body: Formula,
        grounds: Grounds,
        *,
        silent: bool = False,
    ) -> GroundRule:
        rule_id = f"{self.ranking.id}.{name}"
        return GroundRule(
            id=rule_id,
            source=self.ranking.id,
            decision=self.decision,
            heads=heads,
            body=body,
            grounds=grounds,
            law=(),
            place=self.place,
            silent=silent,
        )
