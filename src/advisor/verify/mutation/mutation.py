"""Mutating a rule base: every mutant tried on the scenarios, spread over processes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass

from advisor.inference.vocabulary import Vocabulary
from advisor.knowledge_base import Knowledge
from advisor.scenario.scenario import Scenario
from advisor.verify.mutation.library_mutants import library_mutants
from advisor.verify.mutation.mutant import Mutant
from advisor.verify.mutation.mutation_trial import MutationTrial
from advisor.verify.mutation.outcome import MutantOutcome, TellingCase, Verdict
from advisor.verify.mutation.rule_mutants import rule_mutants

CHUNK = 25


@dataclass(frozen=True, slots=True)
class Found:
    """An outcome without its mutant, which is large: only its number goes from process to process."""

    number: int
    verdict: Verdict
    by: str | None
    telling: TellingCase | None


def mutants_of(knowledge: Knowledge, prefixes: Sequence[str] = ()) -> tuple[Mutant, ...]:
    """Return every mutant, always in the same order; with `prefixes` only of subjects whose ids begin so."""
    library, rulebase = knowledge.library, knowledge.rulebase
    every = (*rule_mutants(library, Vocabulary(library), rulebase), *library_mutants(library, rulebase))
    return tuple(mutant for mutant in every if not prefixes or mutant.subject.startswith(tuple(prefixes)))


def tried(
    knowledge: Knowledge, scenarios: Sequence[Scenario], mutants: Sequence[Mutant], jobs: int | None = None
) -> Iterator[MutantOutcome]:
    """Yield the outcome of each mutant, in order, as they become known.

    Work is spread over `jobs` processes (default: one a core); they are started at once.
    """
    count = min(jobs or os.cpu_count() or 1, -(-len(mutants) // CHUNK))
    if count < 2:
        trial = MutationTrial(knowledge, scenarios)
        return (trial.outcome(mutant) for mutant in mutants)
    numbers = {mutant.id: number for number, mutant in enumerate(mutants_of(knowledge))}
    wanted = [numbers[mutant.id] for mutant in mutants]
    pool = ProcessPoolExecutor(count, initializer=_start, initargs=(knowledge, tuple(scenarios)))
    futures = [pool.submit(_work, wanted[i : i + CHUNK]) for i in range(0, len(wanted), CHUNK)]
    return _outcomes(pool, futures, mutants)


def _outcomes(
    pool: ProcessPoolExecutor, waiting: Sequence[Future[list[Found]]], mutants: Sequence[Mutant]
) -> Iterator[MutantOutcome]:
    try:
        found = (one for future in waiting for one in future.result())
        for mutant, one in zip(mutants, found, strict=True):
            yield MutantOutcome(mutant, one.verdict, one.by, one.telling)
    finally:
        # Whoever stops early does not wait for what nobody wants any more.
        pool.shutdown(wait=True, cancel_futures=True)


class _Worker:
    """Tries mutants in one process."""

    def __init__(self, knowledge: Knowledge, scenarios: Sequence[Scenario]) -> None:
        self.mutants = mutants_of(knowledge)
        self.trial = MutationTrial(knowledge, scenarios)

    def found(self, number: int) -> Found:
        outcome = self.trial.outcome(self.mutants[number])
        return Found(number, outcome.verdict, outcome.by, outcome.telling)


_worker: _Worker | None = None


def _start(knowledge: Knowledge, scenarios: Sequence[Scenario]) -> None:
    global _worker
    _worker = _Worker(knowledge, scenarios)


def _work(numbers: Sequence[int]) -> list[Found]:
    if _worker is None:  # pragma: no cover - the pool always runs the initializer first
        raise RuntimeError("the worker process was not initialised")
    return [_worker.found(number) for number in numbers]
