"""Two rule bases of a day as clauses over the same answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from advisor.inference.cnf import Cnf, Lit, denied
from advisor.inference.domain import Domain
from advisor.inference.encoding import Encoding
from advisor.inference.formula import Atom
from advisor.inference.program import Program, Row
from advisor.inference.solver import Solver
from advisor.knowledge_base import Knowledge
from advisor.verify.proof.answers import fewest


class SideBySide:
    """The old and the new rule base on a day.

    A question of both is answered alike, with options and numbers that both accept; a question of one alone is
    answered freely. Answers that either refuses as contradictory are left out.
    """

    def __init__(self, old: Knowledge, new: Knowledge, day: date) -> None:
        self.day = day
        self._old, self._new = _with_common_cuts(old.on(day).program, new.on(day).program)
        self._cnf = Cnf()
        self.old, self.new = Encoding(self._old, self._cnf), Encoding(self._new, self._cnf)
        self._gates = (_gate(old, self.old), _gate(new, self.new))
        self._before_gate = _before_gate(old) & _before_gate(new)
        self._tie()
        self._solver = Solver(self._cnf)

    def difference(self, fact: str) -> Lit | None:
        """Return a literal that is true only where the fact has other values; None where it always has the same.

        It is looked at where the cooperation is admissible under both (what that rests on: everywhere).
        """
        values = dict.fromkeys((*self._old.values.get(fact, ()), *self._new.values.get(fact, ())))
        return self._differing([(fact, value) for value in values], fact)

    def contested(self, fact: str, names: tuple[str, str]) -> Lit | None:
        """Return the same for whether the fact is contested; `names` are the facts that say so, old and new."""
        return self._either([self._unlike(self.old.atom((names[0], fact)), self.new.atom((names[1], fact)), fact)])

    def row(self, literal: Lit, near: Mapping[str, int]) -> tuple[Row, Row] | None:
        """Return answers (old and new codes) under which a literal holds; None where there are none.

        No more of them can be as in `near` (question -> new code).
        """
        known = (self._given({q: code}) for q, code in near.items() if q in self._new.position)
        model = self._solver.nearest([literal], known)
        return None if model is None else (self.old.row(model), self.new.row(model))

    def fewest(self, literal: Lit, row: tuple[Row, Row]) -> dict[str, int]:
        """Return the fewest answers of a row (none can be left out) under which a literal holds, whatever the rest.

        Codes are those of the new rule base; of a question that only the old one knows, those of the old.
        """
        return fewest(
            self._codes(row), lambda fewer: not self._solver.satisfiable([denied(literal), *self._given(fewer)])
        )

    def domain(self, question: str) -> Domain:
        """Return the domain of a question: the new one, where there is one."""
        found = [d for d in (*self._new.domains, *self._old.domains) if d.id == question]
        return found[0]

    # -- within ---------------------------------------------------------------------------------------------

    def _codes(self, row: tuple[Row, Row]) -> dict[str, int]:
        old = {domain.id: code for domain, code in zip(self._old.domains, row[0], strict=True)}
        return old | {domain.id: code for domain, code in zip(self._new.domains, row[1], strict=True)}

    def _given(self, codes: Mapping[str, int]) -> list[Lit]:
        literals: list[Lit] = []
        for question, code in codes.items():
            copy = self.new if question in self._new.position else self.old
            literals += copy.answer(question, code)
        return literals

    def _differing(self, atoms: Iterable[Atom], fact: str) -> Lit | None:
        return self._either([self._unlike(self.old.atom(atom), self.new.atom(atom), fact) for atom in atoms])

    def _unlike(self, old: Lit, new: Lit, fact: str) -> Lit:
        needed = () if fact in self._before_gate else self._gates
        return self._cnf.all_of([self._cnf.unlike(old, new), *needed])

    def _either(self, literals: Sequence[Lit]) -> Lit | None:
        some = self._cnf.any_of(literals)
        return None if some == self._cnf.false else some

    def _tie(self) -> None:
        """Make both answer alike what both know, and nothing that only one accepts."""
        for domain in self._old.domains:
            if domain.id not in self._new.position:
                continue
            other = self._new.domain(domain.id)
            if domain.question.type != other.question.type:
                continue  # another kind of question under the same name: answered freely
            common = set(domain.atoms) & set(other.atoms)
            for atom in domain.atoms:
                if atom in common:
                    self._cnf.alike_where(self._cnf.true, [self.old.atom(atom)], [self.new.atom(atom)])
                else:
                    self._cnf.add([denied(self.old.atom(atom))])
            self._cnf.add(*([denied(self.new.atom(atom))] for atom in other.atoms if atom not in common))


def _gate(knowledge: Knowledge, encoding: Encoding) -> Lit:
    return encoding.atom((knowledge.library.roles.gate, "yes"))


def _before_gate(knowledge: Knowledge) -> frozenset[str]:
    return knowledge.rulebase.dependence.below(knowledge.library.roles.gate)


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
    domains = [
        replace(domain, cuts=tuple(sorted(cuts[domain.id]))) if domain.id in cuts else domain
        for domain in program.domains
    ]
    return replace(program, domains=tuple(domains))
