"""The trace of a firing: what it stood on, with the silent rules that only prepared it passed through."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from advisor.inference.firing import Firing
from advisor.inference.formula import AllOf, Atom, Formula, Literal
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
    """Traces the firings of one completion, keeping only what is settled."""

    def __init__(self, derivation: Derivation, firings: Iterable[Firing]) -> None:
        self.entailment = derivation.entailment
        self.program = derivation.program
        self.derivation = derivation
        self.firings: Mapping[str, Firing] = {firing.rule: firing for firing in firings}

    def trace(self, rule: GroundRule, steps: Container[Atom], weighed: Iterable[Atom] = ()) -> Trace:
        """Return what the firing of a rule stood on; `steps` are the facts that earlier steps concluded.

        `weighed` are facts that it stood on because candidates were weighed by them.
        """
        found = Trace()
        self._gather(rule, steps, found)
        for atom in weighed:
            self._match(atom, steps, found)
        if not any(self.derivation.justification(one).together for one in (rule, *found.helpers.values())):
            # What is settled was enough; the open answers of this completion only happened to fit as well.
            found.open.clear()
        return found

    def facts_in(self, trace: Trace, steps: Mapping[Atom, int]) -> tuple[FactIn, ...]:
        """Return the facts of a trace, values of one fact together."""
        found: dict[str, list[Atom]] = {}
        for atom in trace.matched:
            found.setdefault(atom[0], []).append(atom)
        return tuple(
            FactIn(
                name,
                tuple(value for _, value in atoms),
                tuple(sorted({steps[atom] for atom in atoms if atom in steps})),
            )
            for name, atoms in found.items()
        )

    def absent(self, trace: Trace) -> tuple[Absent, ...]:
        """Return the facts that had to be absent, values of one fact together."""
        found: dict[str, list[str]] = {}
        for name, value in trace.absent:
            found.setdefault(name, []).append(value)
        return tuple(self._absent(name, tuple(values)) for name, values in found.items())

    def _gather(self, rule: GroundRule, steps: Container[Atom], found: Trace) -> None:
        firing = self.firings[rule.id]
        for atom in firing.matched:
            self._match(atom, steps, found)
        for atom in firing.absent:
            if self.program.is_helper(atom):
                continue
            if self.derivation.truth(Literal(atom)) is False:
                found.absent[atom] = None
            else:
                found.open |= dict.fromkeys(self._questions(atom))

    def _match(self, atom: Atom, steps: Container[Atom], found: Trace) -> None:
        name = atom[0]
        if name in self.entailment.known:
            found.matched[self._as_answered(atom)] = None
        elif atom in steps:
            found.matched[atom] = None
        elif name in self.program.position:
            found.open[name] = None
        else:
            self._pass_through(atom, steps, found)

    def _as_answered(self, atom: Atom) -> Atom:
        """Return a matched answer; a completion may have another number of which the rules say the same."""
        domain = self.program.domains[self.program.position[atom[0]]]
        return (atom[0], str(self.entailment.known[atom[0]])) if domain.question.type == "number" else atom

    def _pass_through(self, atom: Atom, steps: Container[Atom], found: Trace) -> None:
        """Go on to the silent rule that concluded a fact of which no step speaks."""
        below = next((rule for rule in self._silent(atom) if self.derivation.fires(rule)), None)
        if below is None:
            found.open |= dict.fromkeys(self._questions(atom))
        elif below.id not in found.helpers:
            found.helpers[below.id] = below
            self._gather(below, steps, found)

    def _silent(self, atom: Atom) -> Iterator[GroundRule]:
        producers = self.program.producers.get(atom, ())
        return (rule for rule in producers if rule.silent and rule.id in self.firings)

    def _questions(self, atom: Atom) -> tuple[str, ...]:
        """Return the open questions on which a fact can depend."""
        if atom[0] in self.program.position:
            return (atom[0],)
        support = self.program.support.get(atom, frozenset())
        return tuple(question for question in self.entailment.open if question in support)

    def _absent(self, name: str, values: tuple[str, ...]) -> Absent:
        if name in self.program.position:
            domain = self.program.domains[self.program.position[name]]
            return Absent(name, values, every=set(values) >= set(domain.question.option_ids))
        if self.program.facts[name].kind == "flag":
            return Absent(name, values, every=False, lacks=self._lacks(name, values))
        every = set(values) >= set(self.program.values[name])
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
