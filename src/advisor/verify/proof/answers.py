"""Choosing among the answers that prove something: those most like others, and no more of them than are needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pysat.solvers import Solver

Codes = Mapping[str, int]
"""Answers: question -> code."""


def nearest_model(solver: Solver, given: Sequence[int], wishes: Iterable[Sequence[int]]) -> list[int] | None:
    """Return a model of `given` in which, in their order, each of `wishes` holds that still can, or None."""
    if not solver.solve(assumptions=list(given)):
        return None
    model, kept = solver.get_model(), list(given)
    for wish in wishes:
        if solver.solve(assumptions=[*kept, *wish]):
            model, kept = solver.get_model(), [*kept, *wish]
    return list(model)


def fewest(codes: Codes, enough: Callable[[Codes], bool]) -> dict[str, int]:
    """Return answers of which none can be left out without their not being `enough` any more.

    All of `codes` must be; the last questions are the first to be left out.
    """
    kept = dict(codes)
    for question in reversed(list(codes)):
        fewer = {name: code for name, code in kept.items() if name != question}
        if enough(fewer):
            kept = fewer
    return kept
