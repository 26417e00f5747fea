"""How long each explanation takes beyond start-up, on the study's cases; milliseconds, and ratios in one run.

python benchmarks/explain.py
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from advisor.advice.advising import advise
from advisor.explain.compare import compare
from advisor.explain.how import how
from advisor.explain.reach import reach
from advisor.explain.target import Target
from advisor.explain.what_if import what_if
from advisor.explain.why_not import why_not
from advisor.inference.case import Case, CaseReader
from advisor.knowledge_base import Knowledge
from advisor.loading import load_knowledge


def _case(knowledge: Knowledge, name: str) -> Case:
    case = knowledge.library.cases[name]
    answers = {q: list(a) if isinstance(a, tuple) else a for q, a in case.answers.items()}
    return CaseReader(knowledge.library, knowledge.rulebase).data({"as_of": case.as_of, "answers": answers})


def _timed(act: Callable[[], object]) -> float:
    begin = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - begin)


def main() -> None:
    """Print median and worst for each kind, and both as shares of the whole advice."""
    knowledge = load_knowledge()
    cases = [_case(knowledge, name) for name in knowledge.library.cases]
    names = list(knowledge.library.conclusions)
    targets = [Target(name, value) for name in names for value in knowledge.library.values(name)]
    for case in cases:
        knowledge.on(case.as_of).experta  # noqa: B018 - built once a day, part of starting up
        advise(knowledge, case)
    whole = statistics.median(_timed(lambda case=case: advise(knowledge, case)) for case in cases)
    times = {
        "how": [_timed(lambda c=c, n=n: how(knowledge, c, n)) for c in cases for n in names],
        "why not": [_timed(lambda c=c, t=t: why_not(knowledge, c, t)) for c in cases for t in targets],
        "what if": [
            _timed(lambda c=c, q=q: what_if(knowledge, c, {q: "unknown"}))
            for c in cases
            for q in list(c.answers)[:8]
        ],
        "reach": [_timed(lambda c=c, t=t: reach(knowledge, c, t)) for c in cases for t in targets],
        "compare": [_timed(lambda a=a, b=b: compare(knowledge, [a, b], ["a", "b"])) for a in cases for b in cases],
    }
    print(f"the whole advice: median {whole:.0f} ms")
    print(f"{'':9} {'median':>8} {'worst':>8}   share of the whole advice")
    for kind, found in times.items():
        median, worst = statistics.median(found), max(found)
        print(f"{kind:9} {median:6.0f} ms {worst:6.0f} ms   {median / whole:.2f} {worst / whole:.2f}")


if __name__ == "__main__":
    main()
