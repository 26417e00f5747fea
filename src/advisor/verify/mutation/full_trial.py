"""Fully answered scenarios side by side, so that a changed rule base is tried on all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from advisor.advice.advice import INADMISSIBLE
from advisor.advice.conclusions import era_of
from advisor.inference.bit_parallel import Column, Columns, Table, evaluated, places
from advisor.inference.case import Case
from advisor.inference.program import Row
from advisor.knowledge_base import Knowledge
from advisor.scenario.expectation import Written
from advisor.scenario.judging import judge
from advisor.scenario.naming import OTHER, is_truth
from advisor.scenario.observed import Observed
from advisor.scenario.observer import CITING
from advisor.scenario.scenario import Scenario
from advisor.verify.proof.gate import Gate


@dataclass(frozen=True, slots=True, eq=False)
class FullScenario:
    """A scenario in which every question is answered, its column, and that of the other regime, if there is one."""

    scenario: Scenario
    case: Case
    row: Row
    column: int
    other: int | None


class FullTrial:
    """Tries rule bases on full scenarios. What rules name as their articles is not looked at here."""

    def __init__(self, knowledge: Knowledge, scenarios: Iterable[tuple[Scenario, Case]]) -> None:
        self.library = knowledge.library
        cases: list[tuple[date, Row]] = []
        self.scenarios = tuple(self._placed(knowledge, cases, s, case) for s, case in scenarios)
        self.table = Table(self.library, knowledge.rulebase.domains, cases)
        self.base = evaluated(knowledge.rulebase, self.table)
        self._gate = Gate.of(knowledge)
        self._by_column = {s.column: s for s in self.scenarios}
        self._by_column |= {s.other: s for s in self.scenarios if s.other is not None}

    def _placed(
        self, knowledge: Knowledge, cases: list[tuple[date, Row]], scenario: Scenario, case: Case
    ) -> FullScenario:
        """Add the case of a scenario to `cases`, and that under the other regime where the scenario asks for it."""
        row = tuple(case.codes[domain.id] for domain in knowledge.rulebase.domains)
        cases.append((case.as_of, row))
        place, other = len(cases) - 1, None
        era = era_of(knowledge, knowledge.on(case.as_of))
        for regime in self.library.manifest.other_regimes:
            if era in regime.eras and any(e.fact.endswith(OTHER) for e in scenario.expectations):
                cases.append((regime.as_of, row))
                other = len(cases) - 1
        return FullScenario(scenario, case, row, place, other)

    def tried(self, changed: Knowledge) -> Columns:
        """Return what changed knowledge says in every scenario."""
        same_dates = changed.library is self.library
        return evaluated(changed.rulebase, self.table if same_dates else self.table.under(changed.library))

    def refusing(self, changed: Knowledge, columns: Columns) -> FullScenario | None:
        """Return a scenario whose answers changed knowledge refuses as contradictory; None: there is none."""
        exclusions = changed.rulebase.exclusions
        refused = reduce(or_, (columns.formula(exclusion.formula) for exclusion in exclusions), 0)
        return self._by_column[next(places(refused))] if refused else None

    def failing(self, columns: Columns) -> FullScenario | None:
        """Return a scenario whose expectations changed columns do not meet; None where there is none."""
        changed = {fact: column for fact in self.library.all_facts if (column := self._changed(columns, fact))}
        gate = self.base.atom(self._gate.atom) ^ columns.atom(self._gate.atom)
        contested = self.library.roles.contested
        somewhere = reduce(or_, changed.values(), gate)
        for scenario in dict.fromkeys(self._by_column[place] for place in places(somewhere)):
            for expectation in scenario.scenario.expectations:
                if expectation.part in CITING:
                    continue
                about = expectation.fact.removesuffix(OTHER)
                place = scenario.other if expectation.fact.endswith(OTHER) else scenario.column
                fact = contested if expectation.part == "contested" else about
                if place is None or not (changed.get(fact, 0) | gate) >> place & 1:
                    continue
                if judge(expectation, self._observed(columns, about, place)):
                    return scenario
        return None

    def touched(self, columns: Columns) -> Iterator[FullScenario]:
        """Yield the scenarios that expect something of articles and in which other rules fire than before."""
        names = self.base.rules.keys() | columns.rules.keys()
        moved = reduce(or_, (self.base.rules.get(n, 0) ^ columns.rules.get(n, 0) for n in names), 0)
        for scenario in self.scenarios:
            expecting = any(e.part in CITING for e in scenario.scenario.expectations)
            if expecting and moved >> scenario.column & 1:
                yield scenario

    def firing(self, rule_ids: Iterable[str]) -> FullScenario | None:
        """Return a scenario in which one of these ground rules fires; None where there is none."""
        found = reduce(or_, (self.base.rules.get(name, 0) for name in rule_ids), 0)
        return self._by_column[next(places(found))] if found else None

    def _changed(self, columns: Columns, fact: str) -> Column:
        values = self.library.values(fact)
        return reduce(or_, (self.base.atom((fact, v)) ^ columns.atom((fact, v)) for v in values), 0)

    def _observed(self, columns: Columns, fact: str, column: int) -> Observed:
        """Return what is said of a fact in one case, as an observer of that case alone would."""
        if fact not in self._gate.before and not columns.atom(self._gate.atom) >> column & 1:
            return Observed(reason=INADMISSIBLE)
        values = tuple(v for v in self.library.values(fact) if columns.atom((fact, v)) >> column & 1)
        contested = (self.library.roles.contested, fact)
        written = self._written(fact, values)
        return Observed((written,), contested=bool(columns.atom(contested) >> column & 1))

    def _written(self, fact: str, values: tuple[str, ...]) -> Written:
        """Return values as scenarios write them; where there should be one and is not, all there are."""
        shape = self.library.all_facts[fact]
        if shape.kind == "flag":
            return values == ("yes",)
        if shape.kind == "many" or len(values) != 1:
            return values
        return values == ("yes",) if is_truth(self.library, shape) else values[0]
