"""Making the steps of a lesson from the firings of one completion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from advisor.advice.advice import Conclusion
from advisor.inference.formula import Atom, Literal, atoms
from advisor.inference.ground import GroundRule
from advisor.inference.program import Program
from advisor.knowledge_base import Knowledge
from advisor.reasoning.competition import Competition
from advisor.reasoning.completions import EVERYWHERE
from advisor.reasoning.confirmation import confirmed
from advisor.reasoning.entailment import Entailment
from advisor.teach.agenda import Agenda
from advisor.teach.settled import Settled
from advisor.teach.step import Saying, Step
from advisor.teach.trace import Tracer


class StepMaker:
    """Goes through the firings of one completion and keeps those that happen in every completion."""

    def __init__(self, knowledge: Knowledge, as_of: date, entailment: Entailment) -> None:
        self.knowledge = knowledge
        self.library = knowledge.library
        self.as_of = as_of
        self.entailment = entailment
        self.program: Program = entailment.program
        self.settled = Settled(entailment)
        self._decisions = {file.decision: file for file in knowledge.rulebase.decisions}
        result = confirmed(entailment.day, entailment.example)
        self._order = [firing.rule for firing in result.firings]
        self._taught = self._taught_rules()
        self._steps: dict[Atom, int] = {}
        self.tracer = Tracer(self.settled, self._steps)
        self.competition = Competition(knowledge.rulebase, self.settled)
        self.agenda = Agenda(self.competition, self._taught.values(), self._order)
        self._there: set[Atom] = set()
        self._fired: set[str] = set()

    def steps(self, conclusions: Mapping[str, Conclusion]) -> Iterator[Step]:
        """Yield the steps: the firings in their order, then what nothing concludes and what stays open."""
        number = 0
        for rule_id in self._order:
            if rule_id in self._taught:
                for step in self._of_rule(self._taught[rule_id], number + 1):
                    number = step.number
                    yield step
        for conclusion in conclusions.values():
            concluded = any(atom[0] == conclusion.id for atom in self._steps)
            if conclusion.reason is None and (conclusion.open or not concluded):
                number += 1
                yield self._without_rule(conclusion, number)

    def _taught_rules(self) -> dict[str, GroundRule]:
        """Return the rules that are taught: all, or only those behind the gate where it never holds."""
        if self.entailment.passable:
            return dict(self.program.by_id)
        rules = self.program.rules
        return {rule.id: rule for rule in rules if self.entailment.scope_of_rule(rule) == EVERYWHERE}

    # -- one rule -------------------------------------------------------------------------------------------

    def _of_rule(self, rule: GroundRule, number: int) -> Iterator[Step]:
        """Yield the steps that a firing gives: one, or where it is not certain one for each fact that is."""
        if self.settled.fires(rule):
            if not rule.silent:
                yield self._firing(rule, number)
                self._note(rule.heads, number)
            self._fired.add(rule.id)
            self._there.update(rule.heads)
        elif rule.silent:
            # Certain, though not by this rule in every completion: here it has come.
            self._there.update(atom for atom in rule.heads if self.settled.truth(Literal(atom)))
        else:
            for atom in filter(self._certain_otherwise, rule.heads):
                yield self._either(atom, number)
                self._note([atom], number)
                number += 1

    def _note(self, heads: Iterable[Atom], number: int) -> None:
        for atom in heads:
            self._steps.setdefault(atom, number)
            self._there.add(atom)

    def _certain_otherwise(self, atom: Atom) -> bool:
        """Whether a fact is certain, but no rule that certainly fires concludes it."""
        if atom in self._steps or self.program.is_helper(atom) or not self.settled.truth(Literal(atom)):
            return False
        return not self.settled.concluding(atom)

    def _firing(self, rule: GroundRule, number: int) -> Step:
        trace = self.tracer.trace(rule, self.competition.weighed(rule))
        out = tuple(atom for atom in rule.heads if not self.program.is_helper(atom))
        step = self._step(number, out, rule)
        return replace(
            step,
            sayings=(self._saying(rule),),
            candidates=self.competition.candidates(rule),
            agenda=self.agenda.ready(self._there, self._fired, rule.id),
            helpers=tuple(self._saying(rule) for rule in trace.helpers.values() if "/" not in rule.id),
            facts_in=self.tracer.facts_in(trace.matched),
            absent=self.tracer.absent(trace),
            whatever=tuple(question for question in self.entailment.open if question in trace.open),
        )

    def _either(self, atom: Atom, number: int) -> Step:
        """Return the step of a fact that is certain whichever of several rules concludes it."""
        ways = [rule for rule in self.settled.alternatives(atom) if not rule.silent]
        asked = [part for rule in ways for part in atoms(rule.body) if part in self._steps]
        hang = self.program.support.get(atom, frozenset())
        step = self._step(number, (atom,), ways[0])
        return replace(
            step,
            kind="either",
            sayings=tuple(self._saying(rule) for rule in ways),
            facts_in=self.tracer.facts_in(asked),
            whatever=tuple(question for question in self.entailment.open if question in hang),
            agenda=self.agenda.ready(self._there, self._fired, ways[0].id),
        )

    def _step(self, number: int, out: tuple[Atom, ...], rule: GroundRule) -> Step:
        name = next((name for name, _ in out if name in self.library.conclusions), out[0][0])
        return Step(
            number=number,
            kind="fires",
            name=name,
            decision=rule.decision,
            background=self._decisions[rule.decision].background,
            headline=self._headline(name),
            expected=self._expected(name),
            out=out,
        )

    def _without_rule(self, conclusion: Conclusion, number: int) -> Step:
        """Return the step of a conclusion that stays open, or about which no rule says anything."""
        name = conclusion.id
        values = self.program.values[name]
        rules = [rule for value in values for rule in self.program.producers.get((name, value), ())]
        decision = next(rule.decision for rule in self.knowledge.rulebase.rules if name in dict(rule.heads))
        return Step(
            number=number,
            kind="open" if conclusion.open else "none",
            name=name,
            decision=decision,
            background=self._decisions[decision].background,
            headline=self._headline(name),
            expected=self._expected(name),
            conclusion=conclusion,
            considered=len(dict.fromkeys(rule.id for rule in rules)),
        )

    def _headline(self, name: str) -> bool:
        conclusion = self.library.conclusions.get(name)
        return conclusion is not None and conclusion.headline

    def _expected(self, name: str) -> tuple[str, ...]:
        """Return the values of a conclusion that some rule of the day can conclude."""
        if name not in self.library.conclusions:
            return ()
        return tuple(value for value in self.program.values[name] if (name, value) in self.program.producers)

    def _saying(self, rule: GroundRule) -> Saying:
        grounds = rule.grounds
        cites = self.library.standing(grounds.cites, self.as_of)
        return Saying(rule.id, grounds.because, cites, grounds.authority, grounds.provenance)
