"""Enumeration: every value that a fact has over some completions. A sample finds most, the solver the rest."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress
from typing import Final

from advisor.inference.cnf import Lit, denied
from advisor.inference.solver import Model, Solver
from advisor.inference.time_limit import Clock, OutOfTimeError
from advisor.reasoning.completions import Completions

Value = tuple[str, ...]
"""The values of a fact in one completion, in the order of the vocabulary."""

MOST_VALUES: Final = 64


def values_over(completions: Completions, facts: Sequence[str]) -> dict[str, tuple[Value, ...] | None]:
    """Return all values of each fact, in any order, () for a flag that is not set; None: more than `MOST_VALUES`.

    The facts are asked for together: one question to the solver does for all of them where the sample was complete.
    """
    solver = completions.readers.solver
    found = {fact: _Values(completions, fact) for fact in facts}
    # Some fact has a value that was not found yet.
    another = solver.switch([values.switch for values in found.values()])
    deciding = completions.readers.program.deciding
    try:
        with deciding((fact, "") for fact in facts):
            while (model := solver.model([*completions.literals, another])) is not None:
                for values in found.values():
                    values.note(model)
    except OutOfTimeError as error:
        # Together they were too hard: name those that are so by themselves.
        hard = [fact for fact in facts if solver.soon([*completions.literals, found[fact].switch]) is None]
        with deciding((fact, "") for fact in hard or facts):
            raise Clock().error() from error
    for switch in (another, *(values.switch for values in found.values())):
        solver.retire(switch)
    return {fact: None if values.too_many else tuple(values.found) for fact, values in found.items()}


class _Values:
    """The values of one fact that were found so far; `switch` asks for another."""

    def __init__(self, completions: Completions, fact: str) -> None:
        self._solver: Solver = completions.readers.solver
        concluded = completions.readers.encoding.values(fact)
        self._words: tuple[str, ...] = tuple(word for word, _ in concluded)
        self._literals: tuple[Lit, ...] = tuple(literal for _, literal in concluded)
        self.switch = self._solver.cnf.new()
        # In the order in which they were found: what the solver gives next depends on it.
        self.found: dict[Value, None] = {}
        self.too_many = False
        for simulation, sample in completions.samples:
            columns = [simulation.atom((fact, word)) for word in self._words]
            parts = simulation.parted(columns, sample, MOST_VALUES)
            for part in parts or ():
                self._add(tuple(word for word, column in zip(self._words, columns, strict=True) if column & part))
            if parts is None:
                self._give_up()

    def note(self, model: Model) -> None:
        """Take the value that the fact has in a model."""
        if not self.too_many:
            self._add(tuple(compress(self._words, map(model.holds, self._literals))))

    def _add(self, value: Value) -> None:
        if value not in self.found:
            self.found[value] = None
            concluded = zip(self._words, self._literals, strict=True)
            another = (denied(literal) if word in value else literal for word, literal in concluded)
            self._solver.cnf.add([denied(self.switch), *another])
        if len(self.found) > MOST_VALUES:
            self._give_up()

    def _give_up(self) -> None:
        self.too_many = True
        self._solver.retire(self.switch)
