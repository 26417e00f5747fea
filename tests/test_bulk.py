"""A hundred thousand random valid cases go through the batch without an error."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

import pytest

from advisor.batch.lines import BatchOptions
from advisor.batch.pool import run_batch
from advisor.knowledge_base import Knowledge
from conftest import DAYS

FULL = 2_450
PARTIAL = 50
"""How many cases one test takes; of the partial ones, three questions in ten are open."""

TESTS = 40


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


@pytest.mark.parametrize("part", [0, *(pytest.param(part, marks=pytest.mark.heavy) for part in range(1, TESTS))])
def test_random_valid_cases_go_through_without_an_error(part: int, knowledge: Knowledge) -> None:
    def lines() -> Iterator[bytes]:
        yield from _cases(knowledge, FULL, 0.0, seed=1000 + part)
        yield from _cases(knowledge, PARTIAL, 0.3, seed=2000 + part)

    answers = list(run_batch(lines(), knowledge, BatchOptions()))

    assert [] == [answer.text for answer in answers if answer.bad]
    assert FULL + PARTIAL == len(answers)
