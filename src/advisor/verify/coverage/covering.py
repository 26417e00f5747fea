"""Working out coverage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, reduce
from itertools import pairwise
from operator import or_

from advisor.inference.authored import Source, law_of, sources_of
from advisor.inference.bit_parallel import Column, Columns, Table, evaluated, places
from advisor.inference.condition import tests_of
from advisor.inference.domain import Domain
from advisor.inference.formula import Formula, conjunction, negation
from advisor.inference.ground import GroundRule
from advisor.inference.time_limit import deciding
from advisor.knowledge_base import Knowledge
from advisor.scenario.scenario import Scenario
from advisor.scenario.sorted_scenarios import sorted_scenarios
from advisor.verify.coverage.coverage import (
    ArticleCoverage,
    ConditionCoverage,
    Coverage,
    OpenQuestion,
    OptionCoverage,
    RuleCoverage,
    Side,
)
from advisor.verify.proof.days import Days
from advisor.verify.proof.gate import Gate
from advisor.verify.proof.relevance import decisive, scope_of


def coverage_of(knowledge: Knowledge, scenarios: Sequence[Scenario]) -> Coverage:
    """Return what the approved, fully answered ones of the scenarios have tried."""
    return _Covering(knowledge, scenarios).coverage()


class _Covering:
    def __init__(self, knowledge: Knowledge, scenarios: Sequence[Scenario]) -> None:
        self.knowledge = knowledge
        self.rulebase = knowledge.rulebase
        approved = sorted_scenarios(knowledge, scenarios)
        full = approved.full
        self.left_open = [set(knowledge.library.questions) - case.codes.keys() for _, case in approved.open]
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
        return Coverage(len(self.names), tuple(self._open()), rules, tuple(self._articles()), tuple(options))

    def _open(self) -> Iterator[OpenQuestion]:
        """Yield the questions that exclude scenarios, the one that excludes most of them alone first."""
        counted = [
            OpenQuestion(name, sum(name in left for left in self.left_open), self.left_open.count({name}))
            for name in self.knowledge.library.questions
        ]
        yield from sorted((q for q in counted if q.scenarios), key=lambda q: (-q.alone, -q.scenarios))

    # -- rules ----------------------------------------------------------------------------------------------

    def _rule(self, decision: str, source: Source) -> RuleCoverage:
        with deciding("rule", source.place, source.shape.id):
            return self._covered(decision, source)

    def _covered(self, decision: str, source: Source) -> RuleCoverage:
        name, condition = source.shape.id, source.condition
        scope = scope_of(self.rulebase, self.gate, name)
        fired = self._fired(self.rulebase.by_source[name]) & self.columns.formula(scope)
        conditions: list[ConditionCoverage] = []
        for test in tests_of(condition):
            relevant = conjunction([scope, decisive(condition, test)])
            held = self._side(conjunction([relevant, test.formula]), law_of(source))
            failed = self._side(conjunction([relevant, negation(test.formula)]), law_of(source))
            conditions.append(ConditionCoverage(test, held, failed))
        example = self._example(fired)
        return RuleCoverage(name, decision, source.place, fired.bit_count(), example, tuple(conditions))

    def _fired(self, rules: Iterable[GroundRule]) -> Column:
        """Return where any of these rules fires."""
        return reduce(or_, (self.columns.rules[rule.id] for rule in rules), 0)

    def _side(self, formula: Formula, law: Sequence[str]) -> Side:
        """Return in which cases a formula is true while `law` is in force."""
        column = self.columns.formula(formula) & self.columns.in_force(law)
        return Side(column.bit_count(), self._example(column), column != 0 or self._possible(formula, law))

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
        citing: dict[str, list[GroundRule]] = {}
        for rule in self.rulebase.rules:
            for citation in () if rule.silent else rule.grounds.cites:
                citing.setdefault(citation, []).append(rule)
        for citation in self.knowledge.library.articles:
            if citation in citing:
                rules = citing[citation]
                sources = tuple(dict.fromkeys(rule.source for rule in rules))
                yield ArticleCoverage(citation, sources, self._fired(rules).bit_count())

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
