"""Working out coverage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import pairwise
from operator import or_

from advisor.inference.authored import Source, law_of, sources_of
from advisor.inference.bit_parallel import Column, Columns, Table, evaluated, places
from advisor.inference.condition import Condition, Test, tests_of
from advisor.inference.domain import Domain
from advisor.inference.formula import Formula, Literal, conjunction, negation
from advisor.knowledge_base import Knowledge
from advisor.scenario.scenario import Scenario
from advisor.scenario.sorted_scenarios import sorted_scenarios
from advisor.verify.coverage.coverage import (
    ArticleCoverage,
    ConditionCoverage,
    Coverage,
    OptionCoverage,
    RuleCoverage,
    Side,
)
from advisor.verify.proof.days import Days
from advisor.verify.proof.gate import Gate
from advisor.verify.proof.relevance import decisive, not_forestalled


def coverage_of(knowledge: Knowledge, scenarios: Sequence[Scenario]) -> Coverage:
    """Return what the approved, fully answered ones of the scenarios have tried."""
    return _Covering(knowledge, scenarios).coverage()


class _Covering:
    def __init__(self, knowledge: Knowledge, scenarios: Sequence[Scenario]) -> None:
        self.knowledge = knowledge
        self.rulebase = knowledge.rulebase
        full = sorted_scenarios(knowledge, scenarios).full
        self.names = [scenario.id for scenario, _ in full]
        domains = self.rulebase.domains
        cases = [(case.as_of, tuple(case.codes[domain.id] for domain in domains)) for _, case in full]
        self.table = Table(knowledge.library, domains, cases)
        self.columns: Columns = evaluated(self.rulebase, self.table)
        self.gate = Gate.of(knowledge)

    def coverage(self) -> Coverage:
        rules = tuple(
            self._rule(decision.shape.decision, source)
            for decision in self.rulebase.sources
            for source in sources_of(decision)
        )
        options = (option for domain in self.rulebase.domains for option in self._options(domain))
        return Coverage(len(self.names), rules, tuple(self._articles()), tuple(options))

    # -- rules ----------------------------------------------------------------------------------------------

    def _rule(self, decision: str, source: Source) -> RuleCoverage:
        name = source.shape.id
        gated = self.gate.stands_before_all(head for rule in self.rulebase.by_source[name] for head in rule.heads)
        where = self._where(source, gated=gated)
        conditions = tuple(self._condition(source.condition, test, where) for test in tests_of(source.condition))
        fired = self._fired(name) & (self.columns.atom(self.gate.atom) if gated else -1)
        return RuleCoverage(name, decision, source.place, fired.bit_count(), self._example(fired), conditions)

    def _fired(self, name: str) -> Column:
        """Return where a rule of this source fires."""
        return reduce(or_, (self.columns.rules[rule.id] for rule in self.rulebase.by_source[name]), 0)

    def _where(self, source: Source, *, gated: bool) -> _Where:
        formula = not_forestalled(self.rulebase, source.shape.id)
        return _Where(law_of(source), conjunction([formula, Literal(self.gate.atom)]) if gated else formula)

    def _condition(self, condition: Condition, test: Test, where: _Where) -> ConditionCoverage:
        relevant = conjunction([where.formula, decisive(condition, test)])
        column = self.columns.formula(relevant) & self.columns.in_force(where.law)
        held = self.columns.formula(test.formula)
        return ConditionCoverage(
            test,
            self._side(column & held, conjunction([relevant, test.formula]), where.law),
            self._side(column & ~held, conjunction([relevant, negation(test.formula)]), where.law),
        )

    def _side(self, column: Column, formula: Formula, law: Sequence[str]) -> Side:
        possible = column != 0 or self._possible(formula, law)
        return Side(column.bit_count(), self._example(column), possible)

    def _example(self, column: Column) -> str | None:
        return self.names[next(places(column))] if column else None

    def _possible(self, formula: Formula, law: Sequence[str]) -> bool:
        """Return whether there are answers, on a day on which `law` is in force, for which a formula is true."""
        days = (stretch for stretch in self._days.every if stretch.in_force(law))
        return any(stretch.encoding.solver.satisfiable([stretch.encoding.formula(formula)]) for stretch in days)

    @cached_property
    def _days(self) -> Days:
        return Days(self.knowledge)

    # -- articles and options -------------------------------------------------------------------------------

    def _articles(self) -> Iterator[ArticleCoverage]:
        citing: dict[str, dict[str, Column]] = {}
        for rule in self.rulebase.rules:
            if not rule.silent:
                for citation in rule.grounds.cites:
                    by_rule = citing.setdefault(citation, {})
                    by_rule[rule.source] = by_rule.get(rule.source, 0) | self.columns.rules[rule.id]
        for citation in self.knowledge.library.articles:
            if citation in citing:
                fired = reduce(or_, citing[citation].values(), 0)
                yield ArticleCoverage(citation, tuple(citing[citation]), fired.bit_count())

    def _options(self, domain: Domain) -> Iterator[OptionCoverage]:
        index = self.rulebase.domains.index(domain)
        codes = [row[index] for _, row in self.table.cases]
        if domain.question.type == "number":
            starts = [*domain.cells, domain.bounds[1] + 1]
            for first, after in pairwise(starts):
                label = str(first) if after == first + 1 else f"{first}-{after - 1}"
                yield OptionCoverage(domain.id, label, sum(first <= code < after for code in codes))
            return
        for option in domain.question.option_ids:
            yield OptionCoverage(domain.id, option, sum(domain.has(code, option) for code in codes))


@dataclass(frozen=True, slots=True)
class _Where:
    """Under which law, and where besides, a rule can speak at all."""

    law: tuple[str, ...]
    formula: Formula
