"""Running scenarios through both readers of the rule base."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from advisor.inference.case import CaseReader
from advisor.knowledge_base import Knowledge
from advisor.problem import AnswersError, DisagreementError
from advisor.scenario.judging import judge, judge_refusal
from advisor.scenario.observer import TwoRegimes
from advisor.scenario.result import Disagreement, Fired, ScenarioResult
from advisor.scenario.scenario import Scenario
from advisor.workers import spread

CHUNK = 20


def run_scenario(knowledge: Knowledge, scenario: Scenario, *, by_experta: bool = True) -> ScenarioResult:
    """Return what comes of a scenario; one that nobody approved is not run.

    The generated program and SAT answer, and experta (unless `by_experta` is false) is held against them.
    """
    if not scenario.approved:
        return ScenarioResult(scenario)
    begin = time.perf_counter()
    result = _Run(knowledge, scenario, by_experta=by_experta).result()
    return replace(result, seconds=time.perf_counter() - begin)


def run_scenarios(
    knowledge: Knowledge, scenarios: Sequence[Scenario], jobs: int | None = None
) -> Iterator[ScenarioResult]:
    """Return the result of each scenario, in order, as they become known.

    Work is spread over `jobs` processes (default: one a core) once there is enough of it. Raises `WorkerEndedError`
    where they are ended from outside.
    """
    count = min(jobs or os.cpu_count() or 1, -(-len(scenarios) // CHUNK))
    if count < 2:
        return (run_scenario(knowledge, scenario) for scenario in scenarios)
    # Those of one day go together: each day has an engine of its own, which takes a while to build.
    order = sorted(range(len(scenarios)), key=lambda index: scenarios[index].as_of)
    chunks = [order[i : i + CHUNK] for i in range(0, len(order), CHUNK)]
    tasks = ([scenarios[index] for index in chunk] for chunk in chunks)
    return _in_order(chunks, spread(_running, (knowledge,), tasks, count))


def _in_order(chunks: Iterable[Sequence[int]], results: Iterator[list[ScenarioResult]]) -> Iterator[ScenarioResult]:
    """Yield the results of chunks in the order of the numbers that stand in the chunks."""
    found: dict[int, ScenarioResult] = {}
    following = 0
    for chunk, of_chunk in zip(chunks, results, strict=True):
        found.update(zip(chunk, of_chunk, strict=True))
        while following in found:
            yield found.pop(following)
            following += 1


def _running(knowledge: Knowledge) -> Callable[[Sequence[Scenario]], list[ScenarioResult]]:
    return lambda scenarios: [run_scenario(knowledge, scenario) for scenario in scenarios]


class _Run:
    """One scenario, run."""

    def __init__(self, knowledge: Knowledge, scenario: Scenario, *, by_experta: bool) -> None:
        self.knowledge = knowledge
        self.scenario = scenario
        self.by_experta = by_experta

    def result(self) -> ScenarioResult:
        try:
            case = CaseReader(self.knowledge.library, self.knowledge.rulebase).data(self.scenario.data)
            view = TwoRegimes(self.knowledge, case)
        except AnswersError as error:
            return self._about_answers(error)
        return self._about_answers(None) if self.scenario.refused is not None else self._judged(view)

    def _about_answers(self, refusal: AnswersError | None) -> ScenarioResult:
        failure = judge_refusal(self.scenario, refusal)
        return ScenarioResult(self.scenario, () if failure is None else (failure,))

    def _judged(self, view: TwoRegimes) -> ScenarioResult:
        observed = view.observe(self.scenario.wanted)
        judged = (judge(expected, observed[expected.fact]) for expected in self.scenario.expectations)
        failures = tuple(failure for failure in judged if failure is not None)
        facts = dict.fromkeys(failure.expectation.fact for failure in failures)
        fired = {fact: tuple(self._fired(view, fact)) for fact in facts}
        return ScenarioResult(self.scenario, failures, fired, self._disagreement(view))

    def _disagreement(self, view: TwoRegimes) -> Disagreement | None:
        if self.by_experta:
            try:
                view.confirm()
            except DisagreementError as error:
                return Disagreement(error.facts, error.rules)
        return None

    def _fired(self, view: TwoRegimes, fact: str) -> Iterator[Fired]:
        background = {d.decision for d in self.knowledge.rulebase.decisions if d.background}
        for speaker in view.rules(fact):
            rule, grounds = speaker.rule, speaker.rule.grounds
            if not rule.silent and (speaker.direct or rule.decision not in background):
                yield Fired(rule.id, rule.place, rule.heads, grounds.because, grounds.cites, speaker.direct)
