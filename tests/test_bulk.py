"""A hundred thousand random valid cases go through the batch without an error."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

from advisor.batch import BatchOptions, run_batch
from advisor.knowledge_base import Knowledge
from conftest import DAYS

FULL = 98_000
PARTIAL = 2_000


def _cases(knowledge: Knowledge, count: int, share_unknown: float, seed: int) -> Iterator[bytes]:
    drawn = random.Random(seed)  # noqa: S311
    domains = knowledge.rulebase.domains
    contradictions = knowledge.on(DAYS[0]).generated.contradictions
    made = 0
    while made < count:
        row = tuple(drawn.choice(domain.cells) for domain in domains)
        if contradictions(row):
            continue
        answers: dict[str, Any] = {
            domain.id: domain.decode(code)
            for domain, code in zip(domains, row, strict=True)
            if drawn.random() >= share_unknown
        }
        made += 1
        yield json.dumps({"as_of": drawn.choice(DAYS).isoformat(), "answers": answers}).encode()


def test_a_hundred_thousand_random_valid_cases_go_through_without_an_error(knowledge: Knowledge) -> None:
    def lines() -> Iterator[bytes]:
        yield from _cases(knowledge, FULL, 0.0, seed=11)
        yield from _cases(knowledge, PARTIAL, 0.3, seed=12)

    answers = list(run_batch(lines(), BatchOptions()))

    assert [] == [answer.text for answer in answers if answer.bad]
    assert FULL + PARTIAL == len(answers)
