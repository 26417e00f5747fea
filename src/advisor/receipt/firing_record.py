"""Which rules fire for a case whatever its open answers are, and on which facts they then stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from advisor.advice.reasons import Reasons
from advisor.inference.case import Case
from advisor.inference.firing import Firing
from advisor.inference.formula import IN_FORCE, AllOf, Atom, Formula, Literal
from advisor.inference.inquiry import Inquiry
from advisor.inference.program import Program, Row
from advisor.knowledge_base import Knowledge
from advisor.receipt.fingerprint import written
from advisor.receipt.mark import Fires
from advisor.receipt.statement import Statement


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that fires whatever the open answers are: what it concluded, and the facts that it stood on."""

    rule: str
    concluded: tuple[str, ...]
    matched: tuple[str, ...]


class FiringRecord:
    """The firings that every admissible completion of a case has in common.

    Where no completion is admissible, all of them count. experta runs one completion, is held against the bulk
    reader, and gives the order; which of its firings the other completions share is decided by SAT.
    """

    def __init__(self, knowledge: Knowledge, case: Case, rules: Mapping[str, Statement]) -> None:
        self.knowledge = knowledge
        self.case = case
        self.rules = rules
        self.day = knowledge.on(case.as_of)
        gate = knowledge.library.conclusion_file.gate
        self.inquiry = Inquiry(self.day.readers.fresh(), case.codes, gate, knowledge.library.conclusions)
        # Whatever is no gate ranges over the admissible completions.
        self._scope = "" if self.inquiry.passable else gate
        self._truth: dict[Atom, bool | None] = {}

    @property
    def program(self) -> Program:
        """The rules of the day."""
        return self.day.program

    @cached_property
    def fires(self) -> dict[str, Fires]:
        """When each rule fires; "sometimes" ranges over all completions, admissible or not."""
        shown = {firing.rule for firing in self._run}
        return {name: self._when(name, name in shown) for name in self.rules}

    @cached_property
    def firings(self) -> tuple[Fired, ...]:
        """The rules that always fire, in running order."""
        return tuple(
            Fired(
                rule.id, tuple(written(head) for head in rule.heads), tuple(dict.fromkeys(self._matched(rule.body)))
            )
            for rule in (self.rules[firing.rule] for firing in self._run if firing.rule in self.rules)
            if self.fires[rule.id] == "always"
        )

    @cached_property
    def _run(self) -> tuple[Firing, ...]:
        reasons = Reasons(self.knowledge, self.case.as_of, self.day, self.inquiry)
        return reasons.support(self._row).result.firings

    @property
    def _row(self) -> Row:
        if len(self.case.codes) == len(self.program.domains):
            return tuple(self.case.codes[domain.id] for domain in self.program.domains)
        row = self.inquiry.base or self.inquiry.readers.sat.completion(self.case.codes)
        if row is None:
            raise ValueError("answers that contradict each other have no firings")
        return row

    def _when(self, rule: str, shown: bool) -> Fires:
        if rule not in self.program.by_id:
            return "never"
        if not self.inquiry.open:
            return "always" if shown else "never"
        sat = self.inquiry.readers.sat
        literal = sat.rule(rule)
        if not shown:
            return "never" if sat.completion(self.case.codes, [literal]) is None else "sometimes"
        return "always" if self.inquiry.holds_always(literal, self._scope) else "sometimes"

    # -- what a rule stood on -------------------------------------------------------------------------------

    def _matched(self, formula: Formula) -> Iterator[str]:
        """Yield the facts by which a condition holds; of alternatives those that hold by themselves."""
        if isinstance(formula, Literal):
            yield from self._named(formula)
            return
        for part in formula.parts:
            if isinstance(formula, AllOf) or self._holds(part):
                yield from self._matched(part)

    def _named(self, literal: Literal) -> Iterator[str]:
        name, _ = literal.atom
        position = self.program.position.get(name)
        if position is None:
            if literal.positive and self._known(literal.atom):
                yield written(literal.atom)
        elif name in self.case.answers:
            answer = self.case.answers[name]
            if not isinstance(answer, tuple):
                yield f"{name}={answer}"
            elif literal.positive and literal.atom[1] in answer:
                yield written(literal.atom)

    def _holds(self, formula: Formula) -> bool:
        """Whether a condition holds in every completion by what is true of its facts one by one."""
        if isinstance(formula, Literal):
            return self._known(formula.atom) is formula.positive
        held = (self._holds(part) for part in formula.parts)
        return all(held) if isinstance(formula, AllOf) else any(held)

    def _known(self, atom: Atom) -> bool | None:
        """Return whether a fact is true, or false, in every completion; else None."""
        if atom not in self._truth:
            self._truth[atom] = self._found(atom)
        return self._truth[atom]

    def _found(self, atom: Atom) -> bool | None:
        name, value = atom
        if name == IN_FORCE:
            return self.knowledge.library.status(value, self.case.as_of) == "in_force"
        position = self.program.position.get(name)
        if position is not None:
            code = self.case.codes.get(name)
            return None if code is None else self.program.domains[position].has(code, value)
        if not self.inquiry.open:
            return atom in self._concluded
        return self.inquiry.always(atom, self._scope)

    @cached_property
    def _concluded(self) -> frozenset[Atom]:
        return frozenset(atom for firing in self._run for atom in firing.concluded)
