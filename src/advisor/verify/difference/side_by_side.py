"""Two rule bases of a day as clauses over the same answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from advisor.inference.cnf import Cnf, Lit, denied
from advisor.inference.domain import Code, Domain
from advisor.inference.encoding import Encoding
from advisor.inference.formula import Atom
from advisor.inference.program import Program, Row
from advisor.inference.solver import Solver
from advisor.knowledge_base import Knowledge
from advisor.verify.proof.answers import Codes, fewest
from advisor.verify.proof.example import Example
from advisor.verify.proof.gate import Gate


class SideBySide:
    """The old and the new rule base on a day.

    A question of both is answered alike, with options and numbers that both accept; a question of one alone is
    answered freely. Answers that either refuses as contradictory are left out.
    """

    def __init__(self, old: Knowledge, new: Knowledge, day: date) -> None:
        self.day = day
        self._cnf = Cnf()
        programs = _with_common_cuts(old.on(day).program, new.on(day).program)
        self.old, self.new = (Encoding(program, self._cnf) for program in programs)
        gates = Gate.of(old), Gate.of(new)
        self._admissible = (self.old.atom(gates[0].atom), self.new.atom(gates[1].atom))
        self._before_gate = gates[0].before & gates[1].before
        # Of a question that both know, the domain of the new one.
        self._domains = {domain.id: domain for program in programs for domain in program.domains}
        self._tie()
        self._solver = Solver(self._cnf)

    def differing(self, fact: str, atoms: Iterable[tuple[Atom, Atom]]) -> Lit | None:
        """Return a literal that is true only where the two of a pair of atoms (old, new) about a fact differ.

        It is looked at where the cooperation is admissible under both (what that rests on: everywhere). None is
        returned where no pair ever differs.
        """
        needed = () if fact in self._before_gate else self._admissible
        unlike = (self._cnf.unlike(self.old.atom(old), self.new.atom(new)) for old, new in atoms)
        some = self._cnf.any_of([self._cnf.all_of([literal, *needed]) for literal in unlike])
        return None if some == self._cnf.false else some

    def rows(self, literal: Lit, near: Codes) -> tuple[Row, Row] | None:
        """Return answers (old and new codes) under which a literal holds; None where there are none.

        No more of them can be as in `near` (question -> new code).
        """
        known = (self._given({q: code}) for q, code in near.items() if q in self.new.program.position)
        model = self._solver.nearest([literal], known)
        return None if model is None else (self.old.row(model), self.new.row(model))

    def example(self, literal: Lit, rows: tuple[Row, Row]) -> Example:
        """Return the fewest answers (none can be left out) under which a literal holds, whatever the others are."""
        codes: dict[str, Code] = {}
        for side, row in zip((self.old, self.new), rows, strict=True):
            codes |= {domain.id: code for domain, code in zip(side.program.domains, row, strict=True)}
        kept = fewest(codes, lambda few: not self._solver.satisfiable([denied(literal), *self._given(few)]))
        return Example(
            self.day, {question: self._domains[question].decode(code) for question, code in kept.items()}
        )

    # -- within ---------------------------------------------------------------------------------------------

    def _given(self, codes: Codes) -> list[Lit]:
        literals: list[Lit] = []
        for question, code in codes.items():
            side = self.new if question in self.new.program.position else self.old
            literals += side.answer(question, code)
        return literals

    def _tie(self) -> None:
        """Make both answer alike what both know, and nothing that only one accepts."""
        for domain in self.old.program.domains:
            other = self._domains[domain.id]
            if domain.id not in self.new.program.position or domain.question.type != other.question.type:
                continue  # a question of one alone, or another kind of question under the same name
            common = set(domain.atoms) & set(other.atoms)
            for atom in domain.atoms:
                if atom in common:
                    self._cnf.alike_where(self._cnf.true, [self.old.atom(atom)], [self.new.atom(atom)])
                else:
                    self._cnf.add([denied(self.old.atom(atom))])
            self._cnf.add(*([denied(self.new.atom(atom))] for atom in other.atoms if atom not in common))


def _with_common_cuts(old: Program, new: Program) -> tuple[Program, Program]:
    """Return both programs with each number cut wherever one of them cuts it, and within the bounds of both."""
    cuts: dict[str, set[int]] = {}
    for program in (old, new):
        for domain in program.domains:
            if domain.question.type == "number":
                low, high = domain.bounds
                cuts.setdefault(domain.id, set()).update((*domain.cuts, low - 1, high))
    return _cut(old, cuts), _cut(new, cuts)


def _cut(program: Program, cuts: Mapping[str, set[int]]) -> Program:
    def cut(domain: Domain) -> Domain:
        return replace(domain, cuts=tuple(sorted(cuts[domain.id]))) if domain.id in cuts else domain

    return replace(program, domains=tuple(map(cut, program.domains)))
