"""Firings without experta: what each rule matched, read from its condition and from what the bulk reader says."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from advisor.inference.compiled import CompiledReader
from advisor.inference.firing import Firing, Result
from advisor.inference.formula import AllOf, Atom, Formula, Literal, holds
from advisor.inference.program import Row


def traced(compiled: CompiledReader, row: Row) -> Result:
    """Return what the bulk reader concludes from a full set of answers, with the firings."""
    result = compiled.run(row)
    return Result(result.facts, result.fired, tuple(_firings(compiled, row)))


def _firings(compiled: CompiledReader, row: Row) -> Iterator[Firing]:
    bodies, truths = compiled.evaluate(row)
    program, index = compiled.program, compiled.index

    def truth(atom: Atom) -> bool:
        if program.is_question(atom):
            return program.answer_holds(atom, row)
        return atom in index and truths[index[atom]]

    for rule, fired in zip(program.rules, bodies, strict=True):
        if fired:
            literals = list(_true_literals(rule.body, truth))
            matched = dict.fromkeys(literal.atom for literal in literals if literal.positive)
            absent = dict.fromkeys(literal.atom for literal in literals if not literal.positive)
            yield Firing(rule.id, tuple(matched), tuple(absent), rule.heads)


def _true_literals(formula: Formula, truth: Callable[[Atom], bool]) -> Iterator[Literal]:
    """Yield the literals by which a true formula is true: of a disjunction those of every part that is."""
    if isinstance(formula, Literal):
        yield formula
        return
    for part in formula.parts:
        if isinstance(formula, AllOf) or holds(part, truth):
            yield from _true_literals(part, truth)
