"""A prover: exact questions about all answers on the days of one law, to one solver."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from advisor.inference.encoding import Copy, Variables
from advisor.inference.formula import IN_FORCE, Atom, Formula, resolved
from advisor.inference.program import Program, Row
from advisor.inference.rulebase import RuleBase
from advisor.inference.sat_reader import new_solver
from advisor.verify.proof.answers import Codes, nearest_model


class Model:
    """Answers that were found, with everything that follows from them."""

    def __init__(self, copy: Copy, literals: Sequence[int]) -> None:
        self._copy = copy
        self._literals = literals

    def holds(self, literal: int) -> bool:
        """Whether a literal that was there when the model was found is true in it."""
        return self._literals[abs(literal) - 1] == literal

    @property
    def row(self) -> Row:
        """The answers, one code a question."""
        return self._copy.row(self._literals)


class Prover:
    """Turns formulas, atoms and rules into literals and finds answers under which literals hold."""

    def __init__(self, program: Program, *, exclusions: bool = True) -> None:
        """Without `exclusions` answers may contradict each other."""
        self.program = program
        self._copy = Copy(program, Variables(), exclusions=exclusions)
        self._solver = new_solver(self._copy.clauses)
        self._sent = len(self._copy.clauses)

    @property
    def never(self) -> int:
        """The literal that is never true."""
        return -self._copy.true

    def atom(self, atom: Atom) -> int:
        """Return the literal of an answer or a derived fact."""
        return self._copy.atom(atom)

    def fires(self, rule: str) -> int:
        """Return the literal that says that a ground rule fires; `never` where it does not exist on these days."""
        return self._copy.rules.get(rule, self.never)

    def formula(self, formula: Formula) -> int:
        """Return a literal that is true exactly where the formula is; what is in force is known on these days."""
        return self._copy.formula(resolved(formula, self._calendar))

    def either(self, literals: Iterable[int]) -> int:
        """Return a literal that is true exactly where one of `literals` is."""
        return self._copy.either(list(literals))

    def all_of(self, literals: Iterable[int]) -> int:
        """Return a literal that is true exactly where all `literals` are."""
        return -self.either(-literal for literal in literals)

    def answers(self, codes: Mapping[str, int]) -> list[int]:
        """Return the literals of answers: question -> code."""
        return [literal for question, code in codes.items() for literal in self._copy.answer(question, code)]

    def find(self, *literals: int) -> Model | None:
        """Return answers under which all `literals` hold, or None where there are none."""
        if self.never in literals:
            return None
        return self.nearest(literals, {})

    def nearest(self, literals: Sequence[int], codes: Codes) -> Model | None:
        """Return answers under which all `literals` hold and of which no more can be as in `codes`."""
        self._send()
        wishes = (self._copy.answer(question, code) for question, code in codes.items())
        model = nearest_model(self._solver, literals, wishes)
        return None if model is None else Model(self._copy, model)

    def _send(self) -> None:
        """Hand the clauses that were added since to the solver."""
        for clause in self._copy.clauses[self._sent :]:
            self._solver.add_clause(clause)
        self._sent = len(self._copy.clauses)

    def prefer(self, codes: Mapping[str, int]) -> None:
        """From now on find answers like these where there is a choice: question -> code."""
        self._solver.set_phases(self.answers(codes))

    def core(self, fixed: Iterable[int], tried: Iterable[int]) -> list[int]:
        """Return a smallest part (none can be left out) of `tried` that cannot hold beside `fixed`.

        Raises `ValueError` where all of them can.
        """
        kept, fixed = list(tried), list(fixed)
        if self.find(*fixed, *kept) is not None:
            raise ValueError("all of it holds together")
        for literal in list(kept):
            fewer = [other for other in kept if other != literal]
            if self.find(*fixed, *fewer) is None:
                kept = fewer
        return kept

    def _calendar(self, atom: Atom) -> bool | None:
        return self.program.constants[atom] if atom[0] == IN_FORCE else None


def answers_alone(rulebase: RuleBase) -> Prover:
    """Return a prover about answers that may contradict each other, without any rule."""
    return Prover(Program((), rulebase.exclusions, rulebase.domains, {}, {}), exclusions=False)
