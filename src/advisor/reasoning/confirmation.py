"""Confirmation: experta draws the conclusions that people see, and is held against the generated program."""

from __future__ import annotations

from advisor.inference.day import Day
from advisor.inference.firing import Firing, Result
from advisor.inference.formula import Atom
from advisor.inference.program import Program, Row
from advisor.problem import DisagreementError

Stand = tuple[frozenset[str], frozenset[Atom], frozenset[Atom]]
"""On what a firing stood: the questions, the derived facts that were there, and those that were not."""


def confirmed(day: Day, row: Row) -> Result:
    """Run experta on a full answer set and return its conclusions and firings, in the order of its agenda.

    Raises `DisagreementError` where the generated program concludes anything else, or from anything else.
    """
    drawn, generated = day.experta.run(row), day.generated.trace(row)
    facts = {name for name in {*drawn.facts, *generated.facts} if drawn.values(name) != generated.values(name)}
    ours, theirs = (_stands(day.program, result.firings) for result in (drawn, generated))
    rules = {rule for rule in ours.keys() | theirs.keys() if ours.get(rule) != theirs.get(rule)}
    if facts or rules:
        raise DisagreementError(facts, rules)
    return drawn


def _stands(program: Program, firings: tuple[Firing, ...]) -> dict[str, Stand]:
    """Return on what each rule stood. Experta names an answer by its value, a condition by what it asks of it."""
    return {firing.rule: _stand(program, firing) for firing in firings}


def _stand(program: Program, firing: Firing) -> Stand:
    atoms = (*firing.matched, *firing.absent)
    return (
        frozenset(atom[0] for atom in atoms if program.is_question(atom)),
        frozenset(atom for atom in firing.matched if not program.is_question(atom)),
        frozenset(atom for atom in firing.absent if not program.is_question(atom)),
    )
