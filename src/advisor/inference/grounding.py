"""Spelling rules out: from what stands in rules/ to ground rules in an order in which they can run.

Policies and rankings become plain implications, so that every reader of the rule base sees the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from graphlib import TopologicalSorter

from advisor.inference.authored import Source, SourceDecision, SourceRanking, SourceRule, SourceShortfall, law_of
from advisor.inference.condition import formula_of
from advisor.inference.domain import Domain
from advisor.inference.formula import (
    Atom,
    Formula,
    Literal,
    atoms,
    conjunction,
    cut_of,
    disjunction,
    more_of,
    negation,
)
from advisor.inference.ground import GroundRule, beaten, best, fits
from advisor.inference.rulebase import Exclusion, RuleBase
from advisor.knowledge.library import Library
from advisor.knowledge.rule import Grounds
from advisor.knowledge.term import Term
from advisor.text import Text


def rulebase_of(
    library: Library,
    rules: Sequence[GroundRule],
    sources: Sequence[SourceDecision],
    exclusions: Sequence[Exclusion],
) -> RuleBase:
    """Return the rule base of the rules into which `sources` are spelt out.

    Raises `graphlib.CycleError` with the ids of rules that depend on themselves.
    """
    formulas = [*(rule.body for rule in rules), *(exclusion.formula for exclusion in exclusions)]
    return RuleBase(
        rules=tuple(ordered(rules)),
        exclusions=tuple(exclusions),
        domains=_domains(library, formulas),
        sources=tuple(sources),
    )


def ordered(rules: Iterable[GroundRule]) -> list[GroundRule]:
    """Return the rules so that each stands after those that conclude what it asks.

    Raises `graphlib.CycleError` with the ids of rules that depend on themselves.
    """
    # Sorted by id, so that the order of files and of rules in them changes nothing.
    by_id = {rule.id: rule for rule in sorted(rules, key=lambda rule: rule.id)}
    producers: dict[Atom, list[str]] = {}
    for rule in by_id.values():
        for head in rule.heads:
            producers.setdefault(head, []).append(rule.id)
    graph = {
        rule.id: sorted({name for atom in atoms(rule.body) for name in producers.get(atom, ())})
        for rule in by_id.values()
    }
    return [by_id[name] for name in TopologicalSorter(graph).static_order()]


def _domains(library: Library, formulas: Iterable[Formula]) -> tuple[Domain, ...]:
    """Return the domains of the questions, numbers cut where a formula asks for more than some number."""
    numbers = {question.id for question in library.questions.values() if question.type == "number"}
    cuts: dict[str, set[int]] = {}
    for formula in formulas:
        for name, value in atoms(formula):
            if name in numbers:
                cuts.setdefault(name, set()).add(cut_of(value))
    return tuple(
        Domain(question, tuple(sorted(cuts.get(question.id, ())))) for question in library.questions.values()
    )


def grounded(library: Library, source: SourceDecision) -> Iterator[GroundRule]:
    """Yield the ground rules of one decision."""
    return _Grounding(library, source).rules()


class _Grounding:
    """Spells one decision out."""

    def __init__(self, library: Library, decision: SourceDecision) -> None:
        self.library = library
        self.decision = decision

    def rules(self) -> Iterator[GroundRule]:
        first: dict[str, list[GroundRule]] = {name: [] for name in self.decision.shape.first}
        for rule in self.decision.rules:
            policies = [name for name in first if name in rule.shape.then]
            spelt_out = self._rule(rule)
            if policies:
                first[policies[0]] += spelt_out
            else:
                yield from spelt_out
        for ranking in self.decision.rankings:
            yield from self._ranking(ranking)
        for shortfall in self.decision.shortfalls:
            yield from self._shortfall(shortfall)
        for rules in first.values():
            yield from _first_that_fits(rules)

    def _ground(
        self,
        source: Source,
        part: str,
        heads: tuple[Atom, ...],
        body: Formula,
        grounds: Grounds,
        *,
        silent: bool = False,
    ) -> GroundRule:
        """Return one of the rules into which something is spelt out; `part` distinguishes it from the others."""
        return GroundRule(
            id=f"{source.shape.id}.{part}" if part else source.shape.id,
            source=source.shape.id,
            decision=self.decision.shape.decision,
            heads=heads,
            body=body,
            grounds=grounds,
            law=law_of(source),
            place=source.place,
            silent=silent,
        )

    def _rule(self, rule: SourceRule) -> Iterator[GroundRule]:
        """Yield a rule; where it copies a fact, one for each value that the other fact can hand on."""
        condition, grounds, silent = formula_of(rule.condition), grounds_of(rule.shape), rule.shape.silent
        if not rule.copies:
            yield self._ground(rule, "", rule.heads, condition, grounds, silent=silent)
        for name, other in rule.copies:
            allowed = self.library.values(name)
            for value in self.library.values(other):
                if value in allowed:
                    body = conjunction([condition, Literal((other, value))])
                    yield self._ground(rule, value, ((name, value),), body, grounds, silent=silent)

    def _shortfall(self, shortfall: SourceShortfall) -> Iterator[GroundRule]:
        """Yield, for each need, a rule that concludes it where the chosen candidate does not cover it."""
        shape, condition = shortfall.shape, formula_of(shortfall.condition)
        candidates = self._terms(shape.chosen, self.library.values(shape.chosen))
        for need in self.library.values(shape.covers):
            unable = [Literal((shape.chosen, term.id)) for term in candidates if need not in term.covers]
            body = conjunction([condition, Literal((shape.covers, need)), disjunction(unable)])
            grounds = _filled(shape, need=self.library.label(shape.covers, need))
            yield self._ground(shortfall, need, ((shape.conclusion, need),), body, grounds)

    def _ranking(self, ranking: SourceRanking) -> Iterator[GroundRule]:
        """Yield who yields to whom, who is best, and what holds where nobody covers anything."""
        shape, condition = ranking.shape, formula_of(ranking.condition)
        table = self.library.all_facts[shape.among].table or ""
        candidates = self._terms(shape.among, shape.order or self.library.tables[table])
        for index, loser in enumerate(candidates):
            for other_index, winner in enumerate(candidates):
                if loser is not winner:
                    yield self._yielding(ranking, condition, loser, winner, ties=other_index < index)
        for term in candidates:
            heads = (best(shape.id, term.id), (shape.conclusion, term.id))
            standing = Literal(beaten(shape.id, term.id), positive=False)
            covering = disjunction(Literal((shape.covers, need)) for need in term.covers)
            body = conjunction([condition, Literal((shape.among, term.id)), standing, covering])
            yield self._ground(ranking, term.id, heads, body, _filled(shape.chosen, winner=term.label))
        if shape.otherwise:
            nobody = (Literal(best(shape.id, term.id), positive=False) for term in candidates)
            head = (shape.conclusion, shape.otherwise.value)
            yield self._ground(
                ranking, "otherwise", (head,), conjunction([condition, *nobody]), _filled(shape.otherwise)
            )

    def _yielding(
        self, ranking: SourceRanking, condition: Formula, loser: Term, winner: Term, *, ties: bool
    ) -> GroundRule:
        """Return the rule by which one candidate yields to another, with `ties` also where both cover as much."""
        shape = ranking.shape
        # What both cover counts for both, so only the difference decides.
        gain: list[Formula] = [Literal((shape.covers, need)) for need in winner.covers if need not in loser.covers]
        loss: list[Formula] = [Literal((shape.covers, need)) for need in loser.covers if need not in winner.covers]
        better = negation(more_of(loss, gain)) if ties else more_of(gain, loss)
        both = [Literal((shape.among, term.id)) for term in (loser, winner)]
        return self._ground(
            ranking,
            f"{loser.id}-yields-to-{winner.id}",
            (beaten(shape.id, loser.id),),
            conjunction([condition, *both, better]),
            _filled(shape.beaten, loser=loser.label, winner=winner.label),
            silent=True,
        )

    def _terms(self, fact: str, names: Iterable[str]) -> list[Term]:
        table = self.library.all_facts[fact].table or ""
        return [self.library.term(table, name) for name in names]


def _first_that_fits(rules: Sequence[GroundRule]) -> Iterator[GroundRule]:
    """Yield rules of which only the first fitting one fires.

    For each rule a silent one says that it fits; the rule itself fires where it fits and no earlier one does.
    """
    earlier: list[Formula] = []
    for rule in rules:
        fitting = fits(rule.id)
        yield replace(rule, id=f"{rule.id}/fits", heads=(fitting,), silent=True)
        yield replace(rule, body=conjunction([Literal(fitting), *earlier]), silent=False)
        earlier.append(Literal(fitting, positive=False))


def grounds_of(source: Grounds) -> Grounds:
    """Return the grounds alone of a rule, a ranking's part or a shortfall."""
    return Grounds(
        because=source.because,
        cites=source.cites,
        see=source.see,
        authority=source.authority,
        provenance=source.provenance,
    )


def _filled(grounds: Grounds, **labels: Text) -> Grounds:
    return replace(grounds_of(grounds), because=grounds.because.filled(**labels))
