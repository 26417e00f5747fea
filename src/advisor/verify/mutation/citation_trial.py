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
class Reliance:
    """An article that a scenario expects (`unwanted`: expects not to be named); whether it is rests on one rule."""

    scenario: Scenario
    article: str
    unwanted: bool


class CitationTrial:
    """Knows for every rule which expectations rest on it alone."""

    def __init__(self, knowledge: Knowledge, scenarios: Iterable[tuple[Scenario, Case]]) -> None:
        self._library = knowledge.library
        self._by_rule: dict[str, list[Reliance]] = {}
        for scenario, case in scenarios:
            for rule, reliance in _reliances(knowledge, scenario, case):
                self._by_rule.setdefault(rule, []).append(reliance)

    def noticing(self, rule: str, cites: tuple[str, ...]) -> Scenario | None:
        """Return a scenario that fails where a rule names `cites`; None where there is none."""
        for reliance in self._by_rule.get(rule, ()):
            standing = self._library.standing(cites, reliance.scenario.as_of)
            if cited(reliance.article, frozenset(standing)) is reliance.unwanted:
                return reliance.scenario
        return None


def _reliances(knowledge: Knowledge, scenario: Scenario, case: Case) -> Iterator[tuple[str, Reliance]]:
    """Yield, by rule, what a scenario expects of the articles of facts that are settled and spoken of."""
    expectations = [e for e in scenario.expectations if e.part in CITING and not e.fact.endswith(OTHER)]
    if not expectations:
        return
    observer = Observer(knowledge, case)
    seen = observer.observe({e.fact: frozenset[Part](["contested"]) for e in expectations})
    for expectation in expectations:
        observed = seen[expectation.fact]
        if observed.open or observed.reason is not None:
            continue
        unwanted = expectation.part == "does_not_cite"
        speakers = observer.rules_by_element(expectation.fact, contested=observed.contested is True)
        for element, article in _articles(expectation):
            # Of an element the rules for it, of the whole fact also those on which they rest.
            asked = (
                [speaker.rule for found in speakers.values() for speaker in found]
                if element is None
                else [speaker.rule for speaker in speakers.get(element, ()) if speaker.direct]
            )
            naming = {rule.source for rule in asked if cited(article, frozenset(rule.grounds.cites))}
            if unwanted:
                # Any of the rules could come to name what none of them may.
                decisive = set() if naming else {rule.source for rule in asked}
            else:
                decisive = naming if len(naming) == 1 else set()
            yield from ((rule, Reliance(scenario, article, unwanted)) for rule in decisive)


def _articles(expectation: Expectation) -> Iterator[tuple[str | None, str]]:
    """Yield every article, with the element of whose reasons it is expected (None: of any)."""
    expected = expectation.expected
    if isinstance(expected, dict):
        for element, citations in expected.items():
            yield from ((element, citation) for citation in citations)
    elif isinstance(expected, tuple):
        yield from ((None, citation) for citation in expected)
