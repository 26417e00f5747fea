"""A program as clauses: what SAT needs to reason about all completions of known answers at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from functools import cached_property
from itertools import pairwise

from advisor.inference.cnf import Cnf, Lit, denied
from advisor.inference.domain import Code, Domain
from advisor.inference.formula import IN_FORCE, Atom, Formula, Literal
from advisor.inference.program import Program, Row
from advisor.inference.rulebase import RuleBase
from advisor.inference.solver import Model, Solver


class Encoding:
    """The literals of one copy of a program; its clauses are added to a `Cnf`.

    A derived fact is true exactly where one of its rules fires. Rules are stratified, so this is their meaning.
    """

    def __init__(self, program: Program, cnf: Cnf, *, exclusions: bool = True) -> None:
        """Without `exclusions` answers may contradict each other; `clashes` then says where they do."""
        self.program = program
        self.cnf = cnf
        self._answers: dict[Atom, Lit] = {}
        self._derived: dict[Atom, Lit] = {}
        self._coded: dict[tuple[str, Code], tuple[Lit, ...]] = {}
        self._formulas: dict[Formula, Lit] = {}
        self._rules: dict[str, Lit] = {}
        self._values: dict[str, tuple[tuple[str, Lit], ...]] = {}
        for domain in program.domains:
            self._add_domain(domain)
        bodies: dict[Atom, list[Lit]] = {}
        remaining = {atom: len(rules) for atom, rules in program.producers.items()}
        for rule in program.rules:
            body = self.formula(rule.body)
            self._rules[rule.id] = body
            for head in rule.heads:
                bodies.setdefault(head, []).append(body)
                remaining[head] -= 1
                if not remaining[head]:
                    self._derived[head] = cnf.any_of(bodies[head])
        self.clashes = tuple(self.formula(exclusion.formula) for exclusion in program.exclusions)
        if exclusions:
            cnf.add(*([denied(clash)] for clash in self.clashes))

    def over(self, cnf: Cnf) -> Encoding:
        """Return the same literals over a copy of the clauses."""
        other = copy(self)
        other.__dict__.pop("solver", None)
        other.cnf, other._formulas = cnf, dict(self._formulas)
        return other

    @cached_property
    def solver(self) -> Solver:
        """The solver over the clauses."""
        return Solver(self.cnf)

    def row(self, model: Model) -> Row:
        """Return the full answer set of a model: one code a question."""
        return tuple(
            domain.code_of([model.holds(literal) for literal in self.variables_of(domain.id)])
            for domain in self.program.domains
        )

    def atom(self, atom: Atom) -> Lit:
        """Return the literal of an atom; what no rule of the day concludes is false."""
        if self.program.is_question(atom):
            return self._answers[atom]
        return self._derived.get(atom, self.cnf.false)

    def values(self, fact: str) -> tuple[tuple[str, Lit], ...]:
        """Return the values of a fact that some rule of the day concludes, each with its literal."""
        if fact not in self._values:
            atoms = ((fact, value) for value in self.program.values[fact])
            self._values[fact] = tuple((atom[1], self._derived[atom]) for atom in atoms if atom in self._derived)
        return self._values[fact]

    def fires(self, rule: str) -> Lit:
        """Return the literal that says that a ground rule (by id) fires; false where the day has no such rule."""
        return self._rules.get(rule, self.cnf.false)

    def formula(self, formula: Formula) -> Lit:
        """Return a literal that is true exactly where the formula is. What is in force is known on the day."""
        if isinstance(formula, Literal):
            if formula.atom[0] == IN_FORCE:
                literal = self.cnf.true if self.program.constants[formula.atom] else self.cnf.false
            else:
                literal = self.atom(formula.atom)
            return literal if formula.positive else denied(literal)
        if formula not in self._formulas:
            parts = [self.formula(part) for part in formula.parts]
            self._formulas[formula] = self.cnf.at_least(formula.enough, parts)
        return self._formulas[formula]

    def answer(self, question: str, code: Code) -> tuple[Lit, ...]:
        """Return the literals that say that the question has the answer with this code."""
        if (question, code) not in self._coded:
            domain = self.program.domain(question)
            self._coded[(question, code)] = tuple(
                self._answers[atom] if domain.has(code, atom[1]) else denied(self._answers[atom])
                for atom in domain.atoms
            )
        return self._coded[(question, code)]

    def answers(self, codes: Mapping[str, Code]) -> list[Lit]:
        """Return the literals of several answers: question -> code."""
        return [literal for question, code in codes.items() for literal in self.answer(question, code)]

    def variables_of(self, question: str) -> list[Lit]:
        """Return the literals that describe the answer to a question, in the order of `Domain.atoms`."""
        return [self._answers[atom] for atom in self.program.domain(question).atoms]

    def _add_domain(self, domain: Domain) -> None:
        for atom in domain.atoms:
            self._answers[atom] = self.cnf.new()
        found = [self._answers[atom] for atom in domain.atoms]
        if domain.question.type == "choice":
            self.cnf.add(found)
            self.cnf.add(*([denied(a), denied(b)] for i, a in enumerate(found) for b in found[:i]))
        if domain.question.type == "number":
            low, high = domain.bounds
            for cut, variable in zip(domain.cuts, found, strict=True):
                if cut < low:
                    self.cnf.add([variable])
                if cut >= high:
                    self.cnf.add([denied(variable)])
            self.cnf.add(*([denied(above), below] for below, above in pairwise(found)))


def answers_alone(rulebase: RuleBase) -> Encoding:
    """Return the answers without any rule; they may contradict each other."""
    return Encoding(Program((), rulebase.exclusions, rulebase.domains, {}, {}), Cnf(), exclusions=False)


class PairEncoding:
    """Two copies of a program side by side, with a selector a question that makes both answer it alike."""

    def __init__(self, program: Program, cnf: Cnf) -> None:
        self.program = program
        self.cnf = cnf
        self.first = Encoding(program, cnf)
        self.second = Encoding(program, cnf)
        self.alike = {domain.id: cnf.new() for domain in program.domains}
        self._differences: dict[tuple[Atom, ...], Lit] = {}
        for question, selector in self.alike.items():
            cnf.alike_where(selector, self.first.variables_of(question), self.second.variables_of(question))

    def over(self, cnf: Cnf) -> PairEncoding:
        """Return the same literals over a copy of the clauses."""
        other = copy(self)
        other.__dict__.pop("solver", None)
        other.cnf = cnf
        other.first, other.second = self.first.over(cnf), self.second.over(cnf)
        other._differences = dict(self._differences)
        return other

    @cached_property
    def solver(self) -> Solver:
        """The solver over the clauses."""
        return Solver(self.cnf)

    def differ(self, atoms: Iterable[Atom]) -> Lit:
        """Return a literal that is true exactly where the copies differ in one of `atoms`."""
        asked = tuple(atoms)
        if asked not in self._differences:
            unlike = (self.cnf.unlike(self.first.atom(atom), self.second.atom(atom)) for atom in asked)
            self._differences[asked] = self.cnf.any_of(unlike)
        return self._differences[asked]

    def same(self, atom: Atom) -> Lit:
        """Return a literal that is true exactly where the copies agree on an atom."""
        return denied(self.cnf.unlike(self.first.atom(atom), self.second.atom(atom)))

    def both(self, atom: Atom) -> tuple[Lit, Lit]:
        """Return the literals of an atom in both copies."""
        return self.first.atom(atom), self.second.atom(atom)
