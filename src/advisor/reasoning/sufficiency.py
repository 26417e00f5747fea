"""Sufficiency: the smallest sets of answers, open or given, that are enough for something to hold."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from advisor.inference.cnf import Lit, denied
from advisor.inference.domain import Code
from advisor.inference.formula import AllOf, Atom, Formula, Literal, atoms
from advisor.inference.program import Program, Row
from advisor.reasoning.circumstance import Circumstance, Circumstances, described
from advisor.reasoning.completions import Scope
from advisor.reasoning.entailment import Entailment
from advisor.reasoning.readers import Known

MOST: Final = 3


def circumstances(entailment: Entailment, atom: Atom, scope: Scope, most: int = MOST) -> Circumstances:
    """Return up to `most` smallest sets of open answers under which an atom holds, whatever the rest is.

    Each set is enough within the scope, and is no longer enough when any of its parts is dropped.
    """
    with entailment.program.deciding([atom]):
        return _Search(entailment, Literal(atom), scope).circumstances(most)


def parts_behind(entailment: Entailment, formula: Formula, scope: Scope) -> tuple[Circumstance, ...]:
    """Return a smallest set of parts of the known answers that makes a formula hold.

    Raises `ValueError` where the answers do not make it hold.
    """
    return _described(entailment.program, entailment.known, _given(entailment, formula, scope))


def questions_behind(entailment: Entailment, formula: Formula, scope: Scope) -> frozenset[str]:
    """Return the questions of `parts_behind`. Raises `ValueError` like it."""
    return frozenset(literal.atom[0] for literal in _given(entailment, formula, scope))


def answers_behind(
    entailment: Entailment, formula: Formula, scope: Scope, last: Collection[str] = ()
) -> tuple[str, ...]:
    """Return a smallest set of questions whose answers, as a whole, make a formula hold.

    Answers to the questions `last` are left out last. Raises `ValueError` where the answers do not make it hold.
    """
    encoding, solver, known = entailment.readers.encoding, entailment.readers.solver, entailment.known
    fixed = [*(encoding.formula(literal) for literal in scope), denied(encoding.formula(formula))]
    kept = dict(known)
    with entailment.program.deciding(atoms(formula)):
        if solver.satisfiable([*fixed, *encoding.answers(kept)]):
            raise ValueError("the answers do not settle it")
        for question in (*(q for q in known if q not in last), *(q for q in known if q in last)):
            fewer = {q: code for q, code in kept.items() if q != question}
            if not solver.satisfiable([*fixed, *encoding.answers(fewer)]):
                kept = fewer
    return tuple(q for q in known if q in kept)


class _Search:
    """Looks for sets of open answers that are enough for a formula."""

    def __init__(self, entailment: Entailment, formula: Formula, scope: Scope) -> None:
        self.entailment = entailment
        self.formula = formula
        self.completions = entailment.completions(scope)
        self.solver, self.encoding = entailment.readers.solver, entailment.readers.encoding
        self.wanted = self.encoding.formula(formula)
        support = _support(entailment.program, formula)
        self.asked = [question for question in entailment.open if question in support]
        self.taken: list[list[Literal]] = []
        self.switches: list[Lit] = []

    def circumstances(self, most: int) -> Circumstances:
        found: list[tuple[Circumstance, ...]] = []
        fixed = [*self.completions.literals, denied(self.wanted)]
        row = self._row()
        while row is not None and len(found) < most:
            codes = {question: row[self.entailment.program.position[question]] for question in self.asked}
            tried = [literal for q, code in codes.items() for literal in _told(self.entailment.program, q, code)]
            core = _core(self.entailment, tried, fixed)
            if not core:
                row = None
                break
            found.append(_described(self.entailment.program, codes, core))
            self.taken.append(core)
            self.switches.append(self.solver.switch([denied(self.encoding.formula(literal)) for literal in core]))
            row = self._row()
        for switch in self.switches:
            self.solver.retire(switch)
        return Circumstances(tuple(found), more=row is not None)

    def _row(self) -> Row | None:
        """Return a completion in which the formula holds and none of the sets that were found does."""
        for simulation, sample in self.completions.samples:
            sample &= simulation.where(self.formula)
            for literals in self.taken:
                sample &= ~simulation.where(AllOf(tuple(literals)))
            if sample:
                return simulation.row(sample)
        model = self.solver.model([*self.completions.literals, self.wanted, *self.switches])
        return None if model is None else self.encoding.row(model)


def _given(entailment: Entailment, formula: Formula, scope: Scope) -> list[Literal]:
    """Return a smallest part of the known answers, as literals, that makes a formula hold."""
    encoding = entailment.readers.encoding
    told = [lit for question, code in entailment.known.items() for lit in _told(entailment.program, question, code)]
    fixed = [*(encoding.formula(literal) for literal in scope), denied(encoding.formula(formula))]
    with entailment.program.deciding(atoms(formula)):
        return _core(entailment, told, fixed)


def _core(entailment: Entailment, tried: Sequence[Literal], fixed: Sequence[Lit]) -> list[Literal]:
    """Return a smallest part of `tried` that cannot stand beside `fixed`. ValueError where all of it can."""
    by_lit = {entailment.readers.encoding.formula(literal): literal for literal in tried}
    core = entailment.readers.solver.core(fixed, list(by_lit))
    if core is None:
        raise ValueError("the answers do not settle it")
    return [by_lit[lit] for lit in core]


def _told(program: Program, question: str, code: Code) -> list[Literal]:
    """Return an answer as literals; of a choice only the chosen option."""
    domain = program.domain(question)
    literals = [Literal(atom, domain.has(code, atom[1])) for atom in domain.atoms]
    return [lit for lit in literals if lit.positive] if domain.question.type == "choice" else literals


def _described(program: Program, codes: Known, core: Collection[Literal]) -> tuple[Circumstance, ...]:
    used = {literal.atom for literal in core}
    return tuple(
        circumstance
        for domain in program.domains
        if domain.id in codes and (found := [atom for atom in domain.atoms if atom in used])
        for circumstance in described(domain, codes[domain.id], found)
    )


def _support(program: Program, formula: Formula) -> frozenset[str]:
    """Return the questions on which a formula can depend by the shape of the rules."""
    return frozenset().union(
        *({name} if name in program.position else program.support.get((name, v), ()) for name, v in atoms(formula))
    )
