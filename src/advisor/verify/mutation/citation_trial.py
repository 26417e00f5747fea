"""Which scenarios would notice that a rule names another article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from advisor.inference.case import Case
from advisor.knowledge_base import Knowledge
from advisor.scenario.expectation import Expectation, Part, cited
from advisor.scenario.naming import OTHER
from advisor.scenario.observer import CITING, Observer
from advisor.scenario.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Named:
    """An article that a scenario expects (or, where `unwanted`, expects not to be named).

    `rules` are those whose reasons name it there, `speaking` all whose reasons are looked at.
    """

    scenario: Scenario
    wanted: str
    rules: frozenset[str]
    speaking: frozenset[str]
    unwanted: bool


class CitationTrial:
    """Knows for every rule which expectations rest on it alone."""

    def __init__(self, knowledge: Knowledge, scenarios: Iterable[tuple[Scenario, Case]]) -> None:
        self._library = knowledge.library
        self._by_rule: dict[str, list[Named]] = {}
        for scenario, case in scenarios:
            for named in _named(knowledge, scenario, case):
                for rule in _decisive(named):
                    self._by_rule.setdefault(rule, []).append(named)

    def noticing(self, rule: str, cites: tuple[str, ...]) -> Scenario | None:
        """Return a scenario that fails where a rule names `cites`; None where there is none."""
        for named in self._by_rule.get(rule, ()):
            standing = self._library.standing(cites, named.scenario.as_of)
            if cited(named.wanted, frozenset(standing)) is named.unwanted:
                return named.scenario
        return None


def _decisive(named: Named) -> frozenset[str]:
    """Return the rules on each of which alone the expectation rests."""
    if named.unwanted:
        return named.speaking if not named.rules else frozenset()
    return named.rules if len(named.rules) == 1 else frozenset()


def _named(knowledge: Knowledge, scenario: Scenario, case: Case) -> Iterator[Named]:
    """Yield every article that a scenario expects of a fact that is settled and spoken of."""
    expectations = [e for e in scenario.expectations if e.part in CITING and not e.fact.endswith(OTHER)]
    if not expectations:
        return
    observer = Observer(knowledge, case)
    seen = observer.observe({e.fact: frozenset[Part](["contested"]) for e in expectations})
    for expectation in expectations:
        observed = seen[expectation.fact]
        if observed.open or observed.reason is not None:
            continue
        rules = observer.rules_by_element(expectation.fact, contested=observed.contested is True)
        for element, wanted in _wanted(expectation):
            # Of an element the rules for it, of the whole fact also those on which they rest.
            asked = (
                [speaker.rule for found in rules.values() for speaker in found]
                if element is None
                else [speaker.rule for speaker in rules.get(element, ()) if speaker.direct]
            )
            naming = frozenset(r.source for r in asked if cited(wanted, frozenset(r.grounds.cites)))
            speaking = frozenset(rule.source for rule in asked)
            yield Named(scenario, wanted, naming, speaking, expectation.part == "does_not_cite")


def _wanted(expectation: Expectation) -> Iterator[tuple[str | None, str]]:
    """Yield every article, with the element of whose reasons it is expected (None: of any)."""
    expected = expectation.expected
    if isinstance(expected, dict):
        for element, citations in expected.items():
            yield from ((element, citation) for citation in citations)
    elif isinstance(expected, tuple):
        yield from ((None, citation) for citation in expected)
