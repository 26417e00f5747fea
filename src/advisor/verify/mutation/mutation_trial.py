"""Trying a mutant: whether the scenarios catch it and, if not, whether it says anything else than the original."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property

from advisor.inference.bit_parallel import Columns
from advisor.inference.case import Case, CaseReader
from advisor.inference.cnf import Lit
from advisor.inference.program import Row
from advisor.inference.time_limit import deciding
from advisor.knowledge_base import Knowledge
from advisor.problem import AnswersError, KnowledgeError
from advisor.scenario.judging import judge, judge_refusal
from advisor.scenario.naming import OTHER
from advisor.scenario.observer import TwoRegimes
from advisor.scenario.scenario import Scenario
from advisor.scenario.sorted_scenarios import sorted_scenarios
from advisor.verify.mutation.citation_trial import CitationTrial
from advisor.verify.mutation.clash import clash_row
from advisor.verify.mutation.full_trial import FullTrial
from advisor.verify.mutation.mutant import Mutant
from advisor.verify.mutation.mutated import MutatedKnowledge
from advisor.verify.mutation.outcome import MutantOutcome, TellingCase
from advisor.verify.mutation.probe import Difference, Probe
from advisor.verify.mutation.telling import telling_case
from advisor.verify.proof.answers import Codes


class MutationTrial:
    """Tries mutants of one knowledge on one set of scenarios; made once a process."""

    def __init__(self, knowledge: Knowledge, scenarios: Iterable[Scenario]) -> None:
        self.mutated = MutatedKnowledge(knowledge)
        self.original = self.mutated.original
        self.library = self.original.library
        self.sorted = sorted_scenarios(self.original, scenarios)
        self.full = FullTrial(self.original, self.sorted.full)
        self.citations = CitationTrial(self.original, self.sorted.full)
        self._probes: dict[date, Probe] = {}

    def outcome(self, mutant: Mutant) -> MutantOutcome:
        """Return what becomes of a mutant."""
        with deciding("rule", mutant.place, mutant.subject):
            return self._outcome(mutant)

    def _outcome(self, mutant: Mutant) -> MutantOutcome:
        changed = self.mutated.knowledge(mutant)
        if changed is None:
            return MutantOutcome(mutant, "refused")
        columns = self.full.tried(changed)
        by = self._caught_at_once(mutant, changed, columns)
        if by is not None:
            return MutantOutcome(mutant, "caught", by.id)
        found = self._telling(mutant, changed)
        if found is None:
            return MutantOutcome(mutant, "equivalent")
        by = self._caught_in_the_end(mutant, changed, columns)
        if by is not None:
            return MutantOutcome(mutant, "caught", by.id)
        return MutantOutcome(mutant, "survived", telling=found)

    # -- scenarios ------------------------------------------------------------------------------------------

    def _caught_at_once(self, mutant: Mutant, changed: Knowledge, columns: Columns) -> Scenario | None:
        """Return a scenario that catches the mutant, of those that are tried quickly."""
        if mutant.change.exclusions is not None:
            full = self.full.refusing(changed, columns)
            return full.scenario if full is not None else self._wrongly_refused(changed)
        full = self.full.failing(columns)
        if full is not None:
            return full.scenario
        if mutant.kind == "swap_citation":
            cites = next(rule.grounds.cites for rule in changed.rulebase.rules if rule.source == mutant.subject)
            return self.citations.noticing(mutant.subject, cites)
        return None

    def _caught_in_the_end(self, mutant: Mutant, changed: Knowledge, columns: Columns) -> Scenario | None:
        """Return a scenario that catches the mutant, of all the others."""
        touched = [(s.scenario, s.case) for s in self.full.touched(columns)]
        for scenario, case in (*touched, *self._concerned(mutant, changed)):
            if _fails(changed, scenario, case):
                return scenario
        return None

    def _concerned(self, mutant: Mutant, changed: Knowledge) -> Iterator[tuple[Scenario, Case]]:
        """Yield the scenarios with open answers in some completion of which the mutant says something else."""
        moved = self._moved(changed) if mutant.kind != "move_date" else None
        by_day: dict[date, list[tuple[Scenario, Case]]] = {}
        for scenario, case in self.sorted.open:
            if moved is None or moved & self._resting(scenario):
                by_day.setdefault(case.as_of, []).append((scenario, case))
        for day, scenarios in by_day.items():
            difference = self._probe(day).difference(changed)
            for scenario, case in scenarios:
                if self._can_notice(scenario, case, difference, day):
                    yield scenario, case

    def _moved(self, changed: Knowledge) -> frozenset[str]:
        """Return the facts that a changed rule concludes, or concluded."""
        before, after = self.original.rulebase.by_id, changed.rulebase.by_id
        differing = (n for n in before.keys() | after.keys() if before.get(n) != after.get(n))
        rules = [rule for name in differing for rule in (before.get(name), after.get(name)) if rule is not None]
        return frozenset(fact for rule in rules for fact, _ in rule.heads)

    def _resting(self, scenario: Scenario) -> frozenset[str]:
        """Return the facts on which what a scenario expects can depend."""
        names = {fact.removesuffix(OTHER) for fact in scenario.wanted} | {self.library.roles.gate}
        if any("contested" in parts for parts in scenario.wanted.values()):
            names.add(self.library.roles.contested)
        return frozenset().union(*(self.original.rulebase.dependence.below(name) for name in names))

    def _can_notice(self, scenario: Scenario, case: Case, difference: Difference | None, day: date) -> bool:
        """Whether a scenario expects something that can differ in one of its completions."""
        facts = {fact.removesuffix(OTHER) for fact in scenario.wanted}
        if any(fact.endswith(OTHER) for fact in scenario.wanted) or not facts <= set(self.library.shown):
            return True  # of another day, or of what nobody is shown, the difference says nothing
        if any("contested" in parts for parts in scenario.wanted.values()):
            facts.add(self.library.roles.contested)
        if difference is None or facts.isdisjoint(difference.facts):
            return False
        return self._probe(day).possible(difference.literal, case.codes)

    def _wrongly_refused(self, changed: Knowledge) -> Scenario | None:
        """Return a scenario whose answers are refused, or accepted, though they should not be."""
        reader = CaseReader(self.library, changed.rulebase)
        for scenario in (*self.sorted.refused, *(scenario for scenario, _ in self.sorted.open)):
            refusal: AnswersError | None = None
            try:
                reader.data(scenario.data)
            except AnswersError as error:
                refusal = error
            if judge_refusal(scenario, refusal) is not None:
                return scenario
        return None

    # -- proofs ---------------------------------------------------------------------------------------------

    def _telling(self, mutant: Mutant, changed: Knowledge) -> TellingCase | None:
        """Return a case on which the mutant says something else; None where it is proved that there is none."""
        if mutant.change.exclusions is not None:
            row = clash_row(self.original, changed)
            return None if row is None else self._told(changed, self._days[0], row)
        near = self._near(mutant)
        for day in self._days_of(mutant):
            for literals in self._asked(mutant, changed, day):
                row = self._probe(day).row(literals, near)
                if row is not None:
                    return self._told(changed, day, row)
        return None

    def _asked(self, mutant: Mutant, changed: Knowledge, day: date) -> Iterator[tuple[Lit, ...]]:
        """Yield literals that ask for answers on which the mutant says something else."""
        probe = self._probe(day)
        difference = probe.difference(changed)
        if difference is not None:
            yield (difference.literal,)
        if mutant.kind == "swap_citation":
            # Somebody is told the article of a rule that only leads to others, too.
            for rule in changed.rulebase.rules:
                if rule.source == mutant.subject and not rule.silent:
                    yield probe.firing(changed, rule.id)

    @cached_property
    def _days(self) -> tuple[date, ...]:
        """The first day of each stretch in which the same law is in force, the newest first."""
        return tuple(first for first, _ in reversed(self.original.stretches()))

    def _days_of(self, mutant: Mutant) -> Sequence[date]:
        """Return the days on which a mutant can make a difference."""
        if mutant.kind != "move_date":
            return self._days
        # The one day that lies between the date and the moved date.
        day = min(date.fromisoformat(mutant.values[name]) for name in ("before", "after"))
        return (day,) if day >= self.library.manifest.covered_from else ()

    def _probe(self, day: date) -> Probe:
        if day not in self._probes:
            self._probes[day] = Probe(self.original, day)
        return self._probes[day]

    def _near(self, mutant: Mutant) -> Codes:
        """Return the answers of a scenario in which the rule speaks, or of any; none where there is no scenario."""
        names = [rule.id for rule in self.original.rulebase.rules if rule.source == mutant.subject]
        found = self.full.firing(names) or next(iter(self.full.scenarios), None)
        return {} if found is None else found.case.codes

    def _told(self, changed: Knowledge, day: date, row: Row) -> TellingCase:
        return telling_case(self.original, changed, day, row, self.full.scenarios)


def _fails(knowledge: Knowledge, scenario: Scenario, case: Case) -> bool:
    """Return whether a scenario fails, as the bulk reader sees it."""
    try:
        observed = TwoRegimes(knowledge, case).observe(scenario.wanted)
    except (AnswersError, KnowledgeError):
        return True
    return any(judge(expectation, observed[expectation.fact]) for expectation in scenario.expectations)
