"""What is settled: what holds whatever the open answers are."""

from __future__ import annotations

from advisor.inference.formula import FALSE, TRUE, AllOf, Atom, Formula, Literal, resolved
from advisor.inference.ground import GroundRule
from advisor.inference.inquiry import Inquiry
from advisor.teach.step import Need


class Settled:
    """Answers for one inquiry what holds in every completion of the known answers.

    As in the advice, the gate ranges over all completions and everything else over those in which the gate holds.
    Where it holds in none, everything ranges over all of them.
    """

    def __init__(self, inquiry: Inquiry) -> None:
        self.inquiry = inquiry
        self.program = inquiry.program
        self._gate = inquiry.gate[0]
        self._truths: dict[Atom, bool | None] = {}
        self._fires: dict[str, bool] = {}

    def fires(self, rule: GroundRule) -> bool:
        """Whether a rule fires in every completion."""
        if rule.id not in self._fires:
            gate = any(name == self._gate for name, _ in rule.heads)
            literal = self.inquiry.readers.sat.rule(rule.id)
            self._fires[rule.id] = self.inquiry.holds_always(literal, self._scope(gate=gate))
        return self._fires[rule.id]

    def can_fire(self, rule: GroundRule) -> bool:
        """Whether a rule fires in some completion."""
        gate = any(name == self._gate for name, _ in rule.heads)
        return not self.inquiry.holds_always(-self.inquiry.readers.sat.rule(rule.id), self._scope(gate=gate))

    def truth(self, atom: Atom) -> bool | None:
        """Return whether an atom is true, or false, in every completion; None where that is open."""
        if atom not in self._truths:
            self._truths[atom] = self._truth(atom)
        return self._truths[atom]

    def holds(self, formula: Formula) -> bool:
        """Whether a formula follows from what is settled alone."""
        return resolved(formula, self.truth) == TRUE

    def lack(self, formula: Formula) -> tuple[Need, ...]:
        """Return what is missing for a formula to hold; () where that is not settled.

        Of several missing parts of a conjunction the first one is enough to name.
        """
        needs: dict[tuple[str, bool], dict[str, None]] = {}
        for literal in self._missing(formula):
            name, value = literal.atom
            needs.setdefault((name, literal.positive), {})[value] = None
        return tuple(Need(name, tuple(values), positive) for (name, positive), values in needs.items())

    def begins(self, formula: Formula) -> bool:
        """Whether the first part of a conjunction is met, so that its rule came near to firing."""
        return isinstance(formula, AllOf) and len(formula.parts) > 1 and self.holds(formula.parts[0])

    def _missing(self, formula: Formula) -> list[Literal]:
        if isinstance(formula, Literal):
            return [formula] if self.truth(formula.atom) is (not formula.positive) else []
        if isinstance(formula, AllOf):
            missing = [part for part in formula.parts if resolved(part, self.truth) == FALSE]
            return self._missing(missing[0]) if missing else []
        if resolved(formula, self.truth) != FALSE:
            return []
        return [literal for part in formula.parts for literal in self._missing(part)]

    def _truth(self, atom: Atom) -> bool | None:
        name, value = atom
        if name in self.inquiry.known:
            domain = self.program.domains[self.program.position[name]]
            return domain.has(self.inquiry.known[name], value)
        return self.inquiry.always(atom, self._scope(gate=name == self._gate))

    def _scope(self, *, gate: bool) -> str:
        """Return a fact over whose completions something ranges; any that is not the gate stands for all others."""
        return self._gate if gate or not self.inquiry.passable else ""
