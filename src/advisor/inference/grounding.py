"""Spelling rules out: from what stands in rules/ to ground rules in an order in which they can run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from graphlib import TopologicalSorter

from advisor.inference.authored import SourceDecision, SourceRanking, SourceRule, SourceShortfall
from advisor.inference.condition import formula_of
from advisor.inference.domain import Domain
from advisor.inference.expansion import RankingExpansion, spell_out_first
from advisor.inference.formula import Atom, Formula, Literal, atoms, conjunction, cut_of, disjunction
from advisor.inference.ground import GroundRule
from advisor.inference.rulebase import Exclusion, RuleBase
from advisor.knowledge.library import Library
from advisor.knowledge.rule import Grounds


def rulebase_of(library: Library, sources: Sequence[SourceDecision], exclusions: Sequence[Exclusion]) -> RuleBase:
    """Return the rule base. Raises `graphlib.CycleError` with the ids of rules that depend on themselves."""
    rules = [rule for source in sources for rule in grounded(library, source)]
    return assembled(library, rules, sources, exclusions)


def assembled(
    library: Library,
    rules: Sequence[GroundRule],
    sources: Sequence[SourceDecision],
    exclusions: Sequence[Exclusion],
) -> RuleBase:
    """Return the rule base of `rules`, which `sources` were spelt out into. Raises `graphlib.CycleError`."""
    formulas = [*(rule.body for rule in rules), *(exclusion.formula for exclusion in exclusions)]
    return RuleBase(
        rules=tuple(ordered(rules)),
        exclusions=tuple(exclusions),
        domains=domains_of(library, formulas),
        sources=tuple(sources),
    )


def grounded(library: Library, source: SourceDecision) -> Iterator[GroundRule]:
    """Yield the ground rules of one decision."""
    first: dict[str, list[GroundRule]] = {name: [] for name in source.shape.first}
    for rule in source.rules:
        policies = [name for name in first if name in rule.shape.then]
        spelt_out = _rule(library, source, rule)
        if policies:
            first[policies[0]] += spelt_out
        else:
            yield from spelt_out
    for ranking in source.rankings:
        yield from _ranking(library, source, ranking)
    for shortfall in source.shortfalls:
        yield from _shortfall(library, source, shortfall)
    for rules in first.values():
        yield from spell_out_first(rules)


def _rule(library: Library, source: SourceDecision, rule: SourceRule) -> Iterator[GroundRule]:
    """Yield a rule; where it copies a fact, one for each value that the other fact can hand on."""
    ground = GroundRule(
        id=rule.shape.id,
        source=rule.shape.id,
        decision=source.shape.decision,
        heads=rule.heads,
        body=formula_of(rule.condition),
        grounds=grounds_of(rule.shape),
        law=rule.law,
        place=rule.place,
        silent=rule.shape.silent,
    )
    if not rule.copies:
        yield ground
    for name, other in rule.copies:
        allowed = library.values(name)
        for value in library.values(other):
            if value in allowed:
                body = conjunction([ground.body, Literal((other, value))])
                yield replace(ground, id=f"{ground.id}.{value}", heads=((name, value),), body=body)


def _ranking(library: Library, source: SourceDecision, ranking: SourceRanking) -> Iterator[GroundRule]:
    condition = formula_of(ranking.condition)
    yield from RankingExpansion(ranking.shape, condition, source.shape.decision, library, ranking.place).rules()


def _shortfall(library: Library, source: SourceDecision, shortfall: SourceShortfall) -> Iterator[GroundRule]:
    """Yield, for each need, a rule that concludes it where the chosen candidate does not cover it."""
    shape, condition = shortfall.shape, formula_of(shortfall.condition)
    table = library.all_facts[shape.chosen].table or ""
    candidates = [library.term(table, candidate) for candidate in library.values(shape.chosen)]
    for need in library.values(shape.covers):
        unable = [Literal((shape.chosen, term.id)) for term in candidates if need not in term.covers]
        because = shape.because.filled(need=library.label(shape.covers, need))
        yield GroundRule(
            id=f"{shape.id}.{need}",
            source=shape.id,
            decision=source.shape.decision,
            heads=((shape.conclusion, need),),
            body=conjunction([condition, Literal((shape.covers, need)), disjunction(unable)]),
            grounds=replace(grounds_of(shape), because=because),
            law=(),
            place=shortfall.place,
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


def domains_of(library: Library, formulas: Iterable[Formula]) -> tuple[Domain, ...]:
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


def grounds_of(source: Grounds) -> Grounds:
    """Return the grounds alone of a rule, a ranking's part or a shortfall."""
    return Grounds(
        because=source.because,
        cites=source.cites,
        see=source.see,
        authority=source.authority,
        provenance=source.provenance,
    )
