"""The days that the knowledge covers, in stretches of the same law, newest first, each with a prover."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from advisor.inference.cnf import Lit
from advisor.inference.encoding import Encoding
from advisor.inference.formula import Atom
from advisor.inference.solver import Model
from advisor.inference.time_limit import deciding
from advisor.knowledge_base import Knowledge
from advisor.verify.proof.example import Example, example_of


class Stretch:
    """Days on which the same law is in force; `last` is None where they go on."""

    def __init__(self, knowledge: Knowledge, first: date, last: date | None) -> None:
        self.first = first
        self.last = last
        self.library = knowledge.library
        self.day = knowledge.on(first)
        self.program = self.day.program

    @cached_property
    def encoding(self) -> Encoding:
        """The rules of these days as clauses, with a solver."""
        return self.day.encoding()

    @cached_property
    def gate(self) -> Lit:
        """The literal that says that the cooperation is admissible."""
        return self.encoding.atom((self.library.roles.gate, "yes"))

    def in_force(self, references: Iterable[str]) -> bool:
        """Whether all references are in force on these days."""
        return all(self.library.status(reference, self.first) == "in_force" for reference in references)

    def scope(self, fact: str) -> tuple[Lit, ...]:
        """Return what must hold for `fact` to be spoken of: the gate for what is shown, except for the gate."""
        shown = fact in self.library.shown and fact != self.library.roles.gate
        return (self.gate,) if shown else ()

    @property
    def eras(self) -> tuple[str, ...]:
        """The regimes of law on these days; one, where the knowledge is sound."""
        era = self.library.roles.era
        return tuple(v for v in self.library.values(era) if self.program.constants.get((era, v)))


@dataclass(frozen=True, slots=True)
class Found:
    """Answers that were found, and the days on which they show it."""

    stretch: Stretch
    model: Model
    literals: tuple[Lit, ...]

    def example(self, day: date | None = None) -> Example:
        """Return the fewest answers that show it, on `day` (default: the first of the days)."""
        encoding = self.stretch.encoding
        shown = encoding.cnf.all_of(self.literals)
        return example_of(encoding, self.model, shown, day or self.stretch.first)


Ask = Callable[[Stretch], Sequence[Lit] | None]


class Days:
    """All stretches; what answers have shown on the way is kept, so that it need not be asked for."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.every = tuple(Stretch(knowledge, first, last) for first, last in reversed(knowledge.stretches()))
        self._fired: set[str] = set()
        self._held: set[Atom] = set()
        self._held_admissibly: set[Atom] = set()

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """Those with one regime of law, newest first; nothing sound can be said of others."""
        return tuple(stretch for stretch in self.every if len(stretch.eras) == 1)

    def find(self, ask: Ask) -> Found | None:
        """Return answers, on the newest days possible, under which all literals hold that `ask` gives.

        `ask` returns None for days on which there is nothing to ask. None is returned where no answers on any
        day will do: a proof that there are none.
        """
        for stretch in self.stretches:
            literals = ask(stretch)
            if literals is None:
                continue
            model = stretch.encoding.solver.model(literals)
            if model is not None:
                return Found(stretch, model, tuple(literals))
        return None

    def deciding(self, fact: str) -> AbstractContextManager[None]:
        """Say that answers are looked for which show something of a fact; see `time_limit`."""
        places = (stretch.program.places[fact] for stretch in self.every if fact in stretch.program.places)
        return deciding("fact", next(places, None), fact)

    def fires(self, rule: str) -> bool:
        """Whether a ground rule (by id) fires under any answers."""
        if rule not in self._fired:
            with deciding("rule", self.knowledge.rulebase.by_id[rule].place, rule):
                self._learn(self.find(lambda stretch: [stretch.encoding.fires(rule)]))
        return rule in self._fired

    def comes_out(self, atom: Atom, *, admissibly: bool) -> bool:
        """Whether an atom is true under any answers (`admissibly`: under any for which the gate holds)."""
        held = self._held_admissibly if admissibly else self._held
        if atom not in held:
            with self.deciding(atom[0]):
                self._learn(self.find(lambda s: [*((s.gate,) if admissibly else ()), s.encoding.atom(atom)]))
        return atom in held

    def _learn(self, found: Found | None) -> None:
        """Keep which rules fire and which facts hold in answers that were found."""
        if found is None:
            return
        stretch, model = found.stretch, found.model
        encoding, program = stretch.encoding, stretch.program
        self._fired.update(rule.id for rule in program.rules if model.holds(encoding.fires(rule.id)))
        held = {atom for atom in program.producers if model.holds(encoding.atom(atom))}
        self._held |= held
        if model.holds(stretch.gate):
            self._held_admissibly |= held
