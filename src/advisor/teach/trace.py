"""The trace of a firing: what it stood on, with the silent rules that only prepared it passed through."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from advisor.inference.formula import AllOf, Atom, Formula, Literal, literals
from advisor.inference.ground import GroundRule
from advisor.reasoning.competition import Need, needs_of
from advisor.reasoning.derivation import Derivation
from advisor.teach.step import Absent, FactIn

MOST_LACKS = 3


@dataclass
class Trace:
    """What one firing stood on: facts that were there, facts that were absent, helpers, and open questions."""

    matched: dict[Atom, None] = field(default_factory=dict)
    absent: dict[Atom, None] = field(default_factory=dict)
    helpers: dict[str, GroundRule] = field(default_factory=dict)
    open: dict[str, None] = field(default_factory=dict)


class Tracer:
    """Traces rules that certainly fire; what was not answered is no fact on which they stand."""

    def __init__(self, derivation: Derivation, steps: Mapping[Atom, int]) -> None:
        """Take the numbers of the `steps` so far by the facts that they concluded; it may grow."""
        self.entailment = derivation.entailment
        self.program = derivation.program
        self.derivation = derivation
        self.steps = steps

    def trace(self, rule: GroundRule, weighed: Iterable[Atom] = ()) -> Trace:
        """Return what the firing of a rule stood on; `weighed` are facts by which it weighed candidates."""
        found = Trace()
        self._gather(rule, found)
        for atom in weighed:
            self._note(Literal(atom), found)
        return found

    def facts_in(self, atoms: Iterable[Atom]) -> tuple[FactIn, ...]:
        """Return facts with the steps that concluded them, values of one fact together and in their usual order."""
        found: dict[str, set[str]] = {}
        for name, value in atoms:
            found.setdefault(name, set()).add(value)
        return tuple(
            FactIn(
                name,
                tuple(sorted(values, key=self._order(name))),
                tuple(sorted({self.steps[name, value] for value in values if (name, value) in self.steps})),
            )
            for name, values in found.items()
        )

    def absent(self, trace: Trace) -> tuple[Absent, ...]:
        """Return the facts that had to be absent, values of one fact together."""
        found: dict[str, list[str]] = {}
        for name, value in trace.absent:
            found.setdefault(name, []).append(value)
        return tuple(self._absent(name, tuple(values)) for name, values in found.items())

    def _gather(self, rule: GroundRule, found: Trace) -> None:
        basis = self.derivation.basis(rule.body)
        for literal in basis.literals:
            self._note(literal, found)
        for literal in (part for formula in basis.together for part in literals(formula)):
            if self.derivation.truth(literal):
                self._note(literal, found)
            elif self.derivation.truth(literal) is None:
                found.open |= dict.fromkeys(self._questions(literal.atom))

    def _note(self, literal: Literal, found: Trace) -> None:
        atom = literal.atom
        if atom[0] in self.entailment.known:
            self._note_answer(literal, found)
        elif self.program.is_question(atom) or not literal.positive:
            if atom[0] in self.program.facts:
                found.absent[atom] = None
        elif atom in self.steps:
            found.matched[atom] = None
        else:
            self._pass_through(atom, found)

    def _note_answer(self, literal: Literal, found: Trace) -> None:
        """Note an answer: of a list what a rule asks of it, else what was answered."""
        question = literal.atom[0]
        domain = self.program.domain(question)
        if domain.question.type != "choices":
            found.matched[question, str(domain.decode(self.entailment.known[question]))] = None
        elif literal.positive:
            found.matched[literal.atom] = None
        else:
            found.absent[literal.atom] = None

    def _pass_through(self, atom: Atom, found: Trace) -> None:
        """Go on to the silent rule that concluded a fact of which no step speaks."""
        below = next((rule for rule in self.derivation.concluding(atom) if rule.silent), None)
        if below is not None and below.id not in found.helpers:
            found.helpers[below.id] = below
            self._gather(below, found)

    def _order(self, name: str) -> Callable[[str], int]:
        """Return the place of a value in the vocabulary (of a number: itself)."""
        if name in self.program.facts:
            return self.program.values[name].index
        options = self.program.domain(name).question.option_ids
        return options.index if options else int

    def _questions(self, atom: Atom) -> tuple[str, ...]:
        """Return the open questions on which a fact can depend."""
        if self.program.is_question(atom):
            return (atom[0],)
        support = self.program.support.get(atom, frozenset())
        return tuple(question for question in self.entailment.open if question in support)

    def _absent(self, name: str, values: tuple[str, ...]) -> Absent:
        if name not in self.program.facts:
            domain = self.program.domain(name)
            return Absent(name, values, every=set(values) >= set(domain.question.option_ids))
        every = self.program.facts[name].kind != "flag" and set(values) >= set(self.program.values[name])
        return Absent(name, values, every, self._lacks(name, values))

    def _lacks(self, name: str, values: tuple[str, ...]) -> tuple[tuple[Need, ...], ...]:
        """Return what the rules for a fact lacked: all of them if they are few, else those that came near."""
        rules = [rule for value in values for rule in self.program.producers.get((name, value), ())]
        if len(rules) > MOST_LACKS:
            rules = [rule for rule in rules if self._begins(rule.body)]
        if len(rules) > MOST_LACKS:
            return ()
        lacks = dict.fromkeys(needs_of(self.derivation.missing(rule.body)) for rule in rules)
        return tuple(lack for lack in lacks if lack and not any(self.program.is_helper((n.name, "")) for n in lack))

    def _begins(self, formula: Formula) -> bool:
        """Whether the first part of a conjunction is met, so that its rule came near to firing."""
        if not isinstance(formula, AllOf) or len(formula.parts) < 2:
            return False
        return self.derivation.truth(formula.parts[0]) is True
