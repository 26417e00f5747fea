"""Random full cases without contradiction, half of them admissible; the same ones each time."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from typing import Any

from advisor.inference.domain import Code, Domain
from advisor.inference.program import Row
from advisor.knowledge_base import Knowledge

Data = dict[str, Any]


def full_cases(knowledge: Knowledge, day: date, count: int, seed: int) -> list[Data]:
    """Return `count` cases of the shape of answers files, every question answered."""
    drawn = random.Random(seed)  # noqa: S311 - nothing secret
    return [_data(knowledge, day, row) for row in _rows(knowledge, day, count, drawn)]


def open_cases(knowledge: Knowledge, day: date, count: int, seed: int, left_open: int) -> list[Data]:
    """Return `count` such cases, each without the answers to some questions."""
    cases = full_cases(knowledge, day, count, seed)
    drawn = random.Random(seed)  # noqa: S311 - nothing secret
    for case in cases:
        for question in drawn.sample(list(case["answers"]), left_open):
            del case["answers"][question]
    return cases


def _rows(knowledge: Knowledge, day: date, count: int, drawn: random.Random) -> Iterator[Row]:
    generated = knowledge.on(day).generated
    gate = (knowledge.library.roles.gate, "yes")
    wanted = {True: count - count // 2, False: count // 2}
    while any(wanted.values()):
        row = tuple(_code(domain, drawn) for domain in knowledge.rulebase.domains)
        if generated.contradictions(row):
            continue
        admissible = generated.run(row).holds(gate)
        if wanted[admissible]:
            wanted[admissible] -= 1
            yield row


def _code(domain: Domain, drawn: random.Random) -> Code:
    code = drawn.choice(domain.cells)
    # Of a list a quarter of the options rather than half of them, as people choose.
    return Code(code & drawn.choice(domain.cells)) if domain.question.type == "choices" else code


def _data(knowledge: Knowledge, day: date, row: Row) -> Data:
    answers = {domain.id: domain.decode(code) for domain, code in zip(knowledge.rulebase.domains, row, strict=True)}
    listed = {name: list(answer) if isinstance(answer, tuple) else answer for name, answer in answers.items()}
    return {"as_of": day.isoformat(), "answers": listed}
