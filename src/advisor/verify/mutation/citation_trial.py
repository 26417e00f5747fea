"""Which scenarios would notice that a rule names another article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from advisor.inference.case import Case
from advisor.knowledge_base import Knowledge
from advisor.scenario.compiled_observer import CompiledObserver
from advisor.scenario.expectation import Expectation, cited
from advisor.scenario.naming import OTHER
from advisor.scenario.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Named:
    """An article that a scenario expects, and the rules whose reasons name it there."""

    scenario: Scenario
    wanted: str
    rules: frozenset[str]


class CitationTrial:
    """Knows for every rule which expectations rest on it alone."""

    def __init__(self, knowledge: Knowledge, scenarios: Iterable[tuple[Scenario, Case]]) -> None:
        self._by_rule: dict[str, list[Named]] = {}
        for scenario, case in scenarios:
            for named in _named(knowledge, scenario, case):
                if len(named.rules) == 1:
                    self._by_rule.setdefault(next(iter(named.rules)), []).append(named)

    def noticing(self, rule: str, cites: frozenset[str]) -> Scenario | None:
        """Return a scenario that expects an article of a rule which is not among `cites`; None: there is none."""
        for named in self._by_rule.get(rule, ()):
            if not cited(named.wanted, cites):
                return named.scenario
        return None


def _named(knowledge: Knowledge, scenario: Scenario, case: Case) -> Iterator[Named]:
    """Yield every article that a scenario expects of a fact that is settled and spoken of."""
    expectations = [e for e in scenario.expectations if e.part == "cites" and not e.fact.endswith(OTHER)]
    if not expectations:
        return
    observer = CompiledObserver(knowledge, case)
    seen = observer.observe({e.fact: frozenset(["contested"]) for e in expectations})
    for expectation in expectations:
        observed = seen[expectation.fact]
        if observed.open or observed.reason is not None:
            continue
        rules = observer.rules_by_element(expectation.fact, contested=observed.contested is True)
        for element, wanted in _wanted(expectation):
            asked = [rules.get(element, ())] if element is not None else list(rules.values())
            naming = (r.source for found in asked for r in found if cited(wanted, frozenset(r.grounds.cites)))
            yield Named(scenario, wanted, frozenset(naming))


def _wanted(expectation: Expectation) -> Iterator[tuple[str | None, str]]:
    """Yield every article, with the element of whose reasons it is expected (None: of any)."""
    expected = expectation.expected
    if isinstance(expected, dict):
        for element, citations in expected.items():
            yield from ((element, citation) for citation in citations)
    elif isinstance(expected, tuple):
        yield from ((None, citation) for citation in expected)
