"""How long the readers of the rule base take for one full case, and what unknown answers cost; ratios in one run.

python benchmarks/readers.py
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from datetime import date

from advisor.advice.conclusions import conclude
from advisor.inference.case import Case
from advisor.inference.program import Row
from advisor.loading import load_knowledge

CASES = 60


def _median_ms(work: Callable[[int], object], count: int = CASES) -> float:
    times = []
    for index in range(count):
        begin = time.perf_counter()
        work(index)
        times.append(time.perf_counter() - begin)
    return 1000 * statistics.median(times)


def main() -> None:
    """Print the table."""
    begin = time.perf_counter()
    knowledge = load_knowledge()
    loading = 1000 * (time.perf_counter() - begin)
    as_of = date(2026, 1, 1)
    day = knowledge.on(as_of)
    drawn = random.Random(1)  # noqa: S311
    rows: list[Row] = []
    while len(rows) < CASES:
        row = tuple(drawn.choice(domain.cells) for domain in day.program.domains)
        if not day.readers.compiled.contradictions(row):
            rows.append(row)
    day.experta.run(rows[0])

    def partial(index: int) -> object:
        kept = {
            domain.id: code
            for position, (domain, code) in enumerate(zip(day.program.domains, rows[index], strict=True))
            if position % 3
        }
        answers = {domain.id: domain.decode(kept[domain.id]) for domain in day.program.domains if domain.id in kept}
        return conclude(knowledge, Case(as_of, answers, kept))

    compiled = _median_ms(lambda index: day.readers.compiled.run(rows[index]))
    table = {
        "generated Python, one full case": compiled,
        "experta, one full case": _median_ms(lambda index: day.experta.run(rows[index])),
        "SAT, one case with a third open": _median_ms(partial),
        "loading kbase/ and rules/": loading,
    }
    print(f"{len(day.program.rules)} rules on {as_of}")
    for name, value in table.items():
        print(f"{name:36} {value:9.2f} ms   x {value / compiled:8.1f}")


if __name__ == "__main__":
    main()
