"""Random answers for property tests.

Hypothesis draws a seed and the day; forty answers are then drawn from the seed. Drawn one by one by Hypothesis
itself, a failing case would take longer to shrink than to read.
"""

from __future__ import annotations

import random
from functools import reduce
from operator import and_, or_

from hypothesis import assume
from hypothesis import strategies as st

from advisor.inference.bit_parallel import Column, Columns
from advisor.inference.condition import Combination, Condition, Negation, Test
from advisor.inference.day import Day
from advisor.inference.domain import Domain
from advisor.inference.program import Row

SEEDS = st.integers(min_value=0, max_value=2**32 - 1)


def drawn_row(seed: int, day: Day) -> Row:
    """Return a full set of answers that contradict nothing."""
    row = drawn_answers(seed, day)
    assume(not day.generated.contradictions(row))
    return row


def drawn_answers(seed: int, day: Day) -> Row:
    """Return a full set of answers, contradictory or not."""
    drawn = random.Random(seed)  # noqa: S311
    return tuple(_code(drawn, domain) for domain in day.program.domains)


def drawn_part(seed: int, day: Day) -> dict[str, int]:
    """Return a random part of a full set of answers: question -> code."""
    row = drawn_row(seed, day)
    drawn = random.Random(seed + 1)  # noqa: S311
    share = drawn.random()
    return {
        domain.id: code for domain, code in zip(day.program.domains, row, strict=True) if drawn.random() < share
    }


def _code(drawn: random.Random, domain: Domain) -> int:
    match domain.question.type:
        case "number":
            low, high = domain.bounds
            return drawn.choice(
                [drawn.choice(domain.cells), drawn.randint(low, min(high, 12)), drawn.randint(low, high)]
            )
        case "choices":
            code = drawn.randrange(1 << len(domain.question.options))
            for _ in range(drawn.choice((0, 1, 1, 2))):  # short lists are the likelier ones
                code &= drawn.randrange(1 << len(domain.question.options))
            return code
        case _:
            return drawn.choice(domain.cells)


def where_holds(columns: Columns, condition: Condition, test: Test | None = None, given: Column = 0) -> Column:
    """Return where a condition holds; a test that is this very `test` counts as true where `given` says so."""
    if condition is test:
        return given
    match condition:
        case Test():
            return columns.formula(condition.formula)
        case Negation():
            return columns.table.everywhere ^ where_holds(columns, condition.part, test, given)
        case Combination():
            parts = (where_holds(columns, part, test, given) for part in condition.parts)
            everywhere = columns.table.everywhere
            return reduce(and_, parts, everywhere) if condition.joint == "all" else reduce(or_, parts, 0)
