"""Mutating a rule base: every mutant tried on the scenarios, spread over processes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from advisor.inference.vocabulary import Vocabulary
from advisor.knowledge_base import Knowledge
from advisor.scenario.scenario import Scenario
from advisor.verify.mutation.library_mutants import library_mutants
from advisor.verify.mutation.mutant import Mutant
from advisor.verify.mutation.mutation_trial import MutationTrial
from advisor.verify.mutation.outcome import MutantOutcome, TellingCase, Verdict
from advisor.verify.mutation.rule_mutants import rule_mutants
from advisor.workers import spread

CHUNK = 25

Found = tuple[Verdict, str | None, TellingCase | None]
"""An outcome without its mutant, which is large: only its number goes from process to process."""


def mutants_of(knowledge: Knowledge, prefixes: Sequence[str] = ()) -> tuple[Mutant, ...]:
    """Return every mutant, always in the same order; with `prefixes` only of subjects whose ids begin so."""
    library, rulebase = knowledge.library, knowledge.rulebase
    every = (*rule_mutants(library, Vocabulary(library), rulebase), *library_mutants(library, rulebase))
    return tuple(mutant for mutant in every if not prefixes or mutant.subject.startswith(tuple(prefixes)))


def tried(
    knowledge: Knowledge, scenarios: Sequence[Scenario], mutants: Sequence[Mutant], jobs: int | None = None
) -> Iterator[MutantOutcome]:
    """Return the outcome of each mutant, in order, as they become known.

    Work is spread over `jobs` processes (default: one a core). Raises `WorkerEndedError` where they are ended from
    outside.
    """
    count = min(jobs or os.cpu_count() or 1, -(-len(mutants) // CHUNK))
    if count < 2:
        trial = MutationTrial(knowledge, scenarios)
        return (trial.outcome(mutant) for mutant in mutants)
    numbers = {mutant.id: number for number, mutant in enumerate(mutants_of(knowledge))}
    wanted = [numbers[mutant.id] for mutant in mutants]
    chunks = [wanted[i : i + CHUNK] for i in range(0, len(wanted), CHUNK)]
    found = chain.from_iterable(spread(_trying, (knowledge, tuple(scenarios)), chunks, count))
    return (MutantOutcome(mutant, *one) for mutant, one in zip(mutants, found, strict=True))


def _trying(knowledge: Knowledge, scenarios: Sequence[Scenario]) -> Callable[[Sequence[int]], list[Found]]:
    mutants, trial = mutants_of(knowledge), MutationTrial(knowledge, scenarios)

    def found(numbers: Sequence[int]) -> list[Found]:
        outcomes = [trial.outcome(mutants[number]) for number in numbers]
        return [(outcome.verdict, outcome.by, outcome.telling) for outcome in outcomes]

    return found
