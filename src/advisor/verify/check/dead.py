"""Dead rules: rules, candidates and contradictions that nothing brings about, whatever the answers and the day."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.inference.authored import Source, SourceRanking, law_of
from advisor.inference.cnf import denied
from advisor.inference.condition import Combination, Condition, formula_of, written
from advisor.inference.encoding import Encoding, answers_alone
from advisor.inference.ground import fits
from advisor.inference.rulebase import RuleBase
from advisor.inference.time_limit import deciding
from advisor.verify.check.files import Files
from advisor.verify.check.finding import Finding, Related, Told
from advisor.verify.proof.days import Days, Stretch


class DeadRules:
    """Finds what never fires; `dead` are the ids of the rules, rankings and shortfalls of which nothing does."""

    def __init__(self, days: Days, files: Files) -> None:
        self.days = days
        self.files = files
        self.rulebase: RuleBase = days.knowledge.rulebase
        self.dead: frozenset[str] = frozenset(self._never())

    def findings(self) -> Iterator[Finding]:
        """Yield every dead rule, every candidate that never wins and every contradiction that never occurs."""
        for source in self.rulebase.authored:
            if source.shape.id in self.dead:
                yield self._dead(source)
            elif isinstance(source, SourceRanking):
                yield from self._candidates(source)
        yield from self._contradictions()

    def _never(self) -> Iterator[str]:
        """Yield the ids of sources of which no ground rule fires."""
        alive: set[str] = set()
        for rule in self.rulebase.rules:
            if rule.source not in alive and not rule.only_fits and self.days.fires(rule.id):
                alive.add(rule.source)
        yield from (source.shape.id for source in self.rulebase.authored if source.shape.id not in alive)

    def _candidates(self, ranking: SourceRanking) -> Iterator[Finding]:
        name = ranking.shape.id
        library = self.days.knowledge.library
        place = self.files.of_rule(ranking.place)
        for rule in self.rulebase.by_source[name]:
            if not rule.silent and not self.days.fires(rule.id):
                value = rule.id.removeprefix(f"{name}.")
                key = "check.dead.otherwise" if value == "otherwise" else "check.dead.candidate"
                told: Told = {"name": name, "candidate": library.label(*rule.heads[-1])}
                yield Finding("dead", f"{name}={value}", place, key, told)

    def _contradictions(self) -> Iterator[Finding]:
        encoding = answers_alone(self.rulebase)
        for exclusion in self.rulebase.exclusions:
            with deciding("rule", exclusion.place, exclusion.shape.id):
                possible = encoding.solver.satisfiable([encoding.formula(exclusion.formula)])
            if not possible:
                conditions = _core(encoding, exclusion.condition)
                told = {"name": exclusion.shape.id, "conditions": conditions}
                place = self.files.of_rule(exclusion.place)
                yield Finding("dead", exclusion.shape.id, place, "check.dead.contradiction", told)

    # -- why --------------------------------------------------------------------------------------------------

    def _dead(self, source: Source) -> Finding:
        with deciding("rule", source.place, source.shape.id):
            return self._explained(source)

    def _explained(self, source: Source) -> Finding:
        name, place = source.shape.id, self.files.of_rule(source.place)
        law = law_of(source)
        stretch = next((s for s in self.days.stretches if s.in_force(law)), None)
        if stretch is None:
            told = {"name": name, "articles": ", ".join(law)}
            return Finding("dead", name, place, "check.dead.law", told)
        fitting = self.days.find(lambda s: [s.encoding.atom(fits(name))])
        if fitting is not None:
            earlier = self._earlier(fitting.stretch, name)
            told = {"name": name, "rules": ", ".join(rule.name for rule in earlier)}
            return Finding("dead", name, place, "check.dead.order", told, others=earlier)
        formula = formula_of(source.condition)
        if self.days.find(lambda s: [s.encoding.formula(formula)] if s.in_force(law) else None) is not None:
            return Finding("dead", name, place, "check.dead.nothing", {"name": name})
        told = {"name": name, "conditions": _core(stretch.encoding, source.condition)}
        return Finding("dead", name, place, "check.dead.never", told)

    def _earlier(self, stretch: Stretch, name: str) -> tuple[Related, ...]:
        """Return the fewest earlier rules of the same policy of which one always fits where this one does."""
        encoding = stretch.encoding
        before = {denied(encoding.atom(fits(rule))): rule for rule in self.rulebase.by_id[name].forestalled_by}
        core = encoding.solver.core([encoding.atom(fits(name))], list(before)) or []
        earlier = [self.rulebase.by_id[before[literal]] for literal in core]
        return tuple(Related(rule.id, self.files.of_rule(rule.place)) for rule in earlier)


def _core(encoding: Encoding, condition: Condition) -> str:
    """Return the fewest parts of a condition that never hold together, in words of its author."""
    match condition:
        case Combination(joint="all"):
            parts = condition.parts
        case _:
            parts = (condition,)
    tried = {encoding.formula(formula_of(part)): part for part in parts}
    return "; ".join(written(tried[literal]) for literal in encoding.solver.core([], list(tried)) or ())
