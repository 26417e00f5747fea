"""The reader for what is not known: SAT over all completions of the answers.

Each question to it is exact. Known answers go in as assumptions, so one solver serves every case of a day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from advisor.inference.encoding import Copy, Variables, differing, tied
from advisor.inference.formula import Atom, Formula
from advisor.inference.program import Program, Row

if TYPE_CHECKING:
    from pysat.solvers import Solver

SOLVER = "minisat22"
Known = Mapping[str, int]  # question -> code of its answer


def new_solver(clauses: Iterable[Sequence[int]]) -> Solver:
    """Return a solver that knows these clauses."""
    # Imported late: an interview shows its first question without a solver.
    from pysat.solvers import Solver

    return Solver(name=SOLVER, bootstrap_with=clauses)


class Encoding:
    """A program as clauses, once alone and once in two copies; made once a program and never changed."""

    def __init__(self, program: Program) -> None:
        self.program = program
        variables = Variables()
        self.single = Copy(program, variables)
        self.count = variables.count

    @cached_property
    def pair(self) -> Pair:
        """Two copies of the program, for pairs of completions."""
        return Pair(self.program)


class Pair:
    """Two copies of a program with selectors that make them answer a question alike."""

    def __init__(self, program: Program) -> None:
        variables = Variables()
        self.first = Copy(program, variables)
        self.second = Copy(program, variables)
        self.same = {domain.id: variables.new() for domain in program.domains}
        self.clauses = [
            *self.first.clauses,
            *self.second.clauses,
            *tied(self.first, self.second, self.same),
        ]
        self.count = variables.count


class SatReader:
    """Answers questions about the completions of known answers.

    Which of several completions it gives depends on what it was asked before; what it says of all of them does
    not. Whoever shows completions to people takes a fresh reader for each case.
    """

    def __init__(self, encoding: Encoding) -> None:
        self.encoding = encoding
        self.program = encoding.program
        self._variables = Variables(encoding.count)
        self._copy = encoding.single
        self._solver = new_solver(self._copy.clauses)
        self._pair: _PairSolver | None = None
        self._near: Row | None = None

    @classmethod
    def of(cls, program: Program) -> SatReader:
        """Encode a program and return a reader for it."""
        return cls(Encoding(program))

    def fresh(self) -> SatReader:
        """Return a reader of the same program that was asked nothing yet."""
        return SatReader(self.encoding)

    def completion(self, known: Known, where: Iterable[int] = (), near: Row | None = None) -> Row | None:
        """Return a completion of `known` in which the literals `where` hold (like `near` if it can be), or None."""
        if near is not None and near is not self._near:
            self._near = near
            answers = zip(self.program.domains, near, strict=True)
            self._solver.set_phases([x for domain, code in answers for x in self._copy.answer(domain.id, code)])
        if not self._solver.solve(assumptions=[*self._assumed(known), *where]):
            return None
        return self._copy.row(self._solver.get_model())

    def literal(self, atom: Atom) -> int:
        """Return the literal of an atom, for `where`."""
        return self._copy.atom(atom)

    def rule(self, rule: str) -> int:
        """Return the literal that says that the rule fires."""
        return self._copy.rules[rule]

    def formula(self, formula: Formula) -> int:
        """Return a literal that is true exactly where the formula is (one that stands in a rule of the program)."""
        return self._copy.formula(formula)

    def clause(self, literals: Sequence[int]) -> int:
        """Return a literal that, assumed, asks for one of `literals` to hold."""
        switch = self._variables.new()
        self._solver.add_clause([-switch, *literals])
        return switch

    def retire(self, switch: int) -> None:
        """Take back what `clause` gave; it is not asked for again."""
        self._solver.add_clause([-switch])

    def core(self, fixed: Iterable[int], tried: Sequence[int]) -> list[int] | None:
        """Return a smallest part (none can be left out) of `tried` that cannot stand beside `fixed`, or None."""
        fixed = list(fixed)
        if self._solver.solve(assumptions=[*fixed, *tried]):
            return None
        core = [literal for literal in self._solver.get_core() or [] if literal in set(tried)]
        for literal in list(core):
            rest = [other for other in core if other != literal]
            if not self._solver.solve(assumptions=[*fixed, *rest]):
                core = rest
        return core

    def answer_literals(self, question: str, code: int) -> list[int]:
        """Return the literals that say that a question has this answer."""
        return list(self._copy.answer(question, code))

    def assumed(self, known: Known) -> list[int]:
        """Return the literals of all known answers."""
        return self._assumed(known)

    def differing_pair(
        self,
        known: Known,
        questions: Collection[str],
        facts: Iterable[str],
        where: Iterable[Atom] = (),
        among: Mapping[str, Collection[int]] | None = None,
    ) -> tuple[Row, Row] | None:
        """Return two completions that differ in no other answers than `questions` and in one of `facts`, or None.

        In both of them the atoms `where` hold, and the questions of `among` have one of the answers with these
        codes.
        """
        if self._pair is None:
            self._pair = _PairSolver(self.encoding.pair, self.program)
        return self._pair.find(known, questions, facts, where, among or {})

    def _assumed(self, known: Known) -> list[int]:
        return [literal for question, code in known.items() for literal in self._copy.answer(question, code)]


class _PairSolver:
    """Finds pairs of completions."""

    def __init__(self, pair: Pair, program: Program) -> None:
        self.program = program
        self.variables = Variables(pair.count)
        self.first, self.second, self.same = pair.first, pair.second, pair.same
        self.solver = new_solver(pair.clauses)
        self._differ: dict[tuple[str, ...], int] = {}
        self._among: dict[tuple[str, tuple[int, ...]], int] = {}

    def find(
        self,
        known: Known,
        questions: Collection[str],
        facts: Iterable[str],
        where: Iterable[Atom],
        among: Mapping[str, Collection[int]],
    ) -> tuple[Row, Row] | None:
        assumptions = [literal for q, code in known.items() for literal in self.first.answer(q, code)]
        assumptions += [selector for q, selector in self.same.items() if q not in questions]
        for atom in where:
            assumptions += [self.first.atom(atom), self.second.atom(atom)]
        assumptions.append(self._difference(tuple(facts)))
        assumptions += [self._one_of(question, tuple(sorted(codes))) for question, codes in among.items()]
        if not self.solver.solve(assumptions=assumptions):
            return None
        model = self.solver.get_model()
        return self.first.row(model), self.second.row(model)

    def _one_of(self, question: str, codes: tuple[int, ...]) -> int:
        """Return a literal by which both copies answer a question with one of these codes."""
        key = (question, codes)
        if key not in self._among:
            switch = self.variables.new()
            for copy in (self.first, self.second):
                options = [self.variables.new() for _ in codes]
                self.solver.add_clause([-switch, *options])
                for option, code in zip(options, codes, strict=True):
                    for literal in copy.answer(question, code):
                        self.solver.add_clause([-option, literal])
            self._among[key] = switch
        return self._among[key]

    def _difference(self, facts: tuple[str, ...]) -> int:
        if facts not in self._differ:
            if len(facts) == 1:
                atoms = [(facts[0], value) for value in self.program.values[facts[0]]]
                some, clauses = differing(self.first, self.second, atoms, self.variables)
            else:
                some = self.variables.new()
                clauses = [[-some, *(self._difference((fact,)) for fact in facts)]]
            for clause in clauses:
                self.solver.add_clause(clause)
            self._differ[facts] = some
        return self._differ[facts]
