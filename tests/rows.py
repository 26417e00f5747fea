"""Hypothesis strategies for full and partial answers."""

from __future__ import annotations

from hypothesis import strategies as st

from advisor.inference.domain import Domain
from advisor.inference.program import Program, Row


def codes(domain: Domain) -> st.SearchStrategy[int]:
    """Any answer to one question; of numbers mostly small ones."""
    match domain.question.type:
        case "number":
            low, high = domain.bounds
            return st.one_of(st.sampled_from(domain.cells), st.integers(low, min(high, 12)), st.integers(low, high))
        case "choices":
            every = (1 << len(domain.question.options)) - 1
            return st.one_of(
                st.builds(lambda a, b: a & b, st.integers(0, every), st.integers(0, every)),
                st.integers(0, every),
            )
        case _:
            return st.sampled_from(domain.cells)


def rows(program: Program) -> st.SearchStrategy[Row]:
    """Any full set of answers, contradictory ones included."""
    return st.tuples(*(codes(domain) for domain in program.domains))
