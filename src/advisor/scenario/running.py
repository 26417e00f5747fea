"""Running scenarios through both readers of the rule base."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import replace

from advisor.inference.case import CaseReader
from advisor.knowledge_base import Knowledge
from advisor.problem import AnswersError, DisagreementError
from advisor.scenario.compiled_observer import CompiledObserver
from advisor.scenario.experta_observer import ExpertaObserver
from advisor.scenario.judging import Failure, judge
from advisor.scenario.observer import Observer, ReaderName
from advisor.scenario.refusal import Refusal, judge_refusal, refusal_of
from advisor.scenario.result import Disagreement, Fired, ScenarioResult
from advisor.scenario.scenario import Scenario
from advisor.scenario.two_regimes import TwoRegimes

OBSERVERS: tuple[type[Observer], ...] = (ExpertaObserver, CompiledObserver)
CHUNK = 20


def run_scenario(knowledge: Knowledge, scenario: Scenario, *, experta: bool = True) -> ScenarioResult:
    """Return what comes of a scenario; one that nobody approved is not run.

    Without `experta` it is only looked at through the generated program, which is much faster.
    """
    if not scenario.approved:
        return ScenarioResult(scenario)
    begin = time.perf_counter()
    result = _Run(knowledge, scenario, OBSERVERS if experta else (CompiledObserver,)).result()
    return replace(result, seconds=time.perf_counter() - begin)


def run_scenarios(
    knowledge: Knowledge, scenarios: Sequence[Scenario], jobs: int | None = None
) -> Iterator[ScenarioResult]:
    """Return the result of each scenario, in order, as they become known.

    Work is spread over `jobs` processes (default: one a core) once there is enough of it. They are started at once,
    before whoever shows progress starts threads of its own.
    """
    count = min(jobs or os.cpu_count() or 1, -(-len(scenarios) // CHUNK))
    if count < 2:
        return (run_scenario(knowledge, scenario) for scenario in scenarios)
    pool = ProcessPoolExecutor(count, initializer=_start, initargs=(knowledge,))
    chunks = [scenarios[i : i + CHUNK] for i in range(0, len(scenarios), CHUNK)]
    return _results(pool, [pool.submit(_work, chunk) for chunk in chunks])


def _results(
    pool: ProcessPoolExecutor, waiting: Sequence[Future[list[ScenarioResult]]]
) -> Iterator[ScenarioResult]:
    try:
        for future in waiting:
            yield from future.result()
    finally:
        # Whoever stops early does not wait for what nobody wants any more.
        pool.shutdown(wait=True, cancel_futures=True)


_knowledge: Knowledge | None = None


def _start(knowledge: Knowledge) -> None:
    global _knowledge
    _knowledge = knowledge


def _work(chunk: Sequence[Scenario]) -> list[ScenarioResult]:
    if _knowledge is None:  # pragma: no cover - the pool always runs the initializer first
        raise RuntimeError("the worker process was not initialised")
    return [run_scenario(_knowledge, scenario) for scenario in chunk]


class _Run:
    """One scenario, run."""

    def __init__(self, knowledge: Knowledge, scenario: Scenario, observers: Sequence[type[Observer]]) -> None:
        self.knowledge = knowledge
        self.scenario = scenario
        self.observers = observers

    def result(self) -> ScenarioResult:
        try:
            case = CaseReader(self.knowledge.library, self.knowledge.rulebase).data(self.scenario.data)
            views = {observer.name: TwoRegimes(observer, self.knowledge, case) for observer in self.observers}
        except AnswersError as error:
            return self._about_answers(refusal_of(error))
        return self._about_answers(None) if self.scenario.refused is not None else self._judged(views)

    def _about_answers(self, refusal: Refusal | None) -> ScenarioResult:
        failure = judge_refusal(self.scenario, refusal)
        found = () if failure is None else (failure,)
        return ScenarioResult(self.scenario, {observer.name: found for observer in self.observers})

    def _judged(self, views: Mapping[ReaderName, TwoRegimes]) -> ScenarioResult:
        failures: dict[ReaderName, tuple[Failure, ...]] = {}
        disagreement = None
        for name, view in views.items():
            try:
                observed = view.observe(self.scenario.wanted)
            except DisagreementError as error:
                disagreement = Disagreement(error.facts, error.rules)
                continue
            judged = (judge(expected, observed[expected.fact]) for expected in self.scenario.expectations)
            failures[name] = tuple(failure for failure in judged if failure is not None)
        facts = dict.fromkeys(failure.expectation.fact for found in failures.values() for failure in found)
        # Experta's firings are the same, unless the readers disagree; then they cannot be asked for again.
        fired = {fact: tuple(self._fired(views["compiled"], fact)) for fact in facts}
        return ScenarioResult(self.scenario, failures, fired, disagreement)

    def _fired(self, view: TwoRegimes, fact: str) -> Iterator[Fired]:
        background = {d.decision for d in self.knowledge.rulebase.decisions if d.background}
        for rule, direct in view.rules(fact):
            if not rule.silent and (direct or rule.decision not in background):
                grounds = rule.grounds
                yield Fired(rule.id, rule.place, rule.heads, grounds.because, grounds.cites, direct)
