"""What proving the knowledge costs: check, coverage, mutants, against loading; seconds and ratios in one run.

python benchmarks/proofs.py [MUTANTS]
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable
from typing import TypeVar

from advisor.folders import built_in
from advisor.loading import load_knowledge
from advisor.scenario.scenario_reader import read_scenarios
from advisor.verify.check.check import check
from advisor.verify.coverage.covering import coverage_of
from advisor.verify.difference.difference import difference_of
from advisor.verify.mutation.mutation import mutants_of
from advisor.verify.mutation.mutation_trial import MutationTrial

T = TypeVar("T")
MUTANTS = 300


def _timed(name: str, base: float, act: Callable[[], T]) -> tuple[T, float]:
    begin = time.perf_counter()
    found = act()
    took = time.perf_counter() - begin
    print(f"{name:24} {took:7.2f} s   {took / (base or took):6.1f} x loading")
    return found, took


def main() -> None:
    """Print how long each proof takes, and of mutants how long one of each verdict does."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else MUTANTS
    knowledge, base = _timed("loading", 0, load_knowledge)
    _timed("check", base, lambda: check(knowledge, built_in("kbase"), built_in("rules")))
    folder = built_in("scenarios")
    scenarios, _ = _timed("reading the scenarios", base, lambda: read_scenarios(knowledge, [folder]))
    _timed("coverage", base, lambda: coverage_of(knowledge, scenarios))
    _timed("difference to a copy", base, lambda: difference_of(knowledge, load_knowledge()))
    trial, _ = _timed("preparing for mutants", base, lambda: MutationTrial(knowledge, scenarios))
    times: dict[str, list[float]] = {}
    for mutant in random.Random(1).sample(mutants_of(knowledge), count):  # noqa: S311
        begin = time.perf_counter()
        outcome = trial.outcome(mutant)
        times.setdefault(outcome.verdict, []).append(1000 * (time.perf_counter() - begin))
    for verdict, found in sorted(times.items()):
        mean, share = statistics.mean(found), f"{len(found)} of {count}"
        print(f"a mutant that is {verdict:11} {mean:6.1f} ms on average ({share})")


if __name__ == "__main__":
    main()
