"""Pairs of completions, asked of the SAT solver directly."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from advisor.inference.day import Day
from advisor.inference.program import Row


def differing_pair(
    day: Day, known: Mapping[str, int], questions: Collection[str], fact: str, gate: str
) -> tuple[Row, Row] | None:
    """Return two completions that differ in no other answers than `questions`, and in `fact`; None: there are none.

    In both the gate holds (of the gate itself: whether or not it does).
    """
    pair = day.pair()
    literals = [*pair.first.answers(known), *pair.second.answers(known)]
    literals += [selector for question, selector in pair.alike.items() if question not in questions]
    if fact != gate:
        literals += pair.both((gate, "yes"))
    literals.append(pair.differ([(fact, value) for value in day.program.values[fact]]))
    model = pair.solver.model(literals)
    return None if model is None else (pair.first.row(model), pair.second.row(model))
