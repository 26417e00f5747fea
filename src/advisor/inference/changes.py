"""The smallest changes of answers that bring a literal about, whatever the answers that stay open are.

A change gives another answer to a question that was answered, or an answer to one that was not. Candidates come
from a solver that knows only some ways in which the open answers may turn out; each candidate is checked against
all of them, and where it fails, the way in which it does is added (counterexample-guided search). What the first
solver cannot find does therefore not exist, so "smallest" and "impossible" are proofs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from advisor.inference.encoding import Copy, Variables
from advisor.inference.formula import Atom, Formula
from advisor.inference.inquiry import Readers
from advisor.inference.program import Row
from advisor.inference.sat_reader import Known, new_solver

Change = Mapping[str, int]  # question -> code of its new answer


@dataclass(frozen=True, slots=True)
class Goal:
    """A literal that is to hold in every completion in which `scope` holds (None: in every completion)."""

    atom: Atom
    positive: bool = True
    scope: Atom | None = None


class Moves:
    """The known answers and all changes of them, as clauses."""

    def __init__(self, readers: Readers, known: Known, scope: Atom | None) -> None:
        """`scope` is an atom that holds after every change (None: anything may)."""
        # Imported late: the cardinality encodings load much that nothing else needs.
        from pysat.card import ITotalizer

        self.readers = readers
        self.program = readers.program
        self.known = dict(known)
        self._variables = Variables()
        self._after = Copy(self.program, self._variables)
        self._moved = {domain.id: self._variables.new() for domain in self.program.domains}
        self._solver = new_solver(self._after.clauses)
        for question, code in self.known.items():
            self._add([[self._moved[question], literal] for literal in self._after.answer(question, code)])
        if scope is not None:
            self._add([[self._after.atom(scope)]])
        with ITotalizer(
            lits=list(self._moved.values()), ubound=len(self._moved), top_id=self._variables.count
        ) as totalizer:
            self._add(totalizer.cnf.clauses)
            self._more_than = list(totalizer.rhs)
            self._variables.count = max(self._variables.count, totalizer.top_id)

    def distance(self, *formulas: Formula) -> int | None:
        """Return how few answers have to change for formulas of the rules to be possible together; None: never.

        Open answers may be whatever is best for it.
        """
        wanted = [self._after.formula(formula) for formula in formulas]
        if not self._solver.solve(assumptions=wanted):
            return None
        sizes = range(len(self._moved) + 1)
        return next(n for n in sizes if self._solver.solve(assumptions=[*wanted, *self._at_most(n)]))

    def _at_most(self, size: int) -> list[int]:
        return [-self._more_than[size]] if size < len(self._moved) else []

    def _add(self, clauses: Iterable[list[int]]) -> None:
        for clause in clauses:
            self._solver.add_clause(clause)


class ChangeSearch(Moves):
    """Searches the smallest changes of the known answers that reach a goal."""

    def __init__(self, readers: Readers, known: Known, goal: Goal) -> None:
        super().__init__(readers, known, goal.scope)
        self.goal = goal
        self._add([[self._literal(self._after)]])

    def smallest(self, first: Collection[str], most: int) -> tuple[int | None, tuple[Change, ...], bool]:
        """Return the smallest size of a change, changes of that size, and whether there are more of them.

        Size None: no change at all reaches the goal. Changes of the questions `first` alone come first, and
        there are at most `most`. Of list-valued answers only what must be is changed.
        """
        size = self._size()
        if size is None:
            return None, (), False
        found: list[Change] = []
        others = [-moved for question, moved in self._moved.items() if question not in first]
        for fixed in (others, []):
            for change in self._of_size(size, fixed):
                if len(found) == most:
                    return size, tuple(found), True
                found.append(change)
        return size, tuple(found), False

    # -- inside ---------------------------------------------------------------------------------------------

    def _size(self) -> int | None:
        if self._any([]) is None:
            return None
        return next(size for size in range(len(self._moved) + 1) if self._any(self._at_most(size)) is not None)

    def _any(self, bound: list[int]) -> Change | None:
        """Return a change within a bound that reaches the goal, or None."""
        while (candidate := self._candidate(bound)) is not None:
            if self._reaches(candidate):
                return candidate
        return None

    def _of_size(self, size: int, fixed: list[int]) -> Iterator[Change]:
        bound = [*fixed, *self._at_most(size)]
        while (candidate := self._candidate(bound)) is not None:
            change = self._with_least_toggles(candidate, bound)
            if self._reaches(change):
                self._block(change)
                yield change

    def _candidate(self, assumptions: Iterable[int]) -> Change | None:
        if not self._solver.solve(assumptions=list(assumptions)):
            return None
        model = self._solver.get_model()
        row = self._after.row(model)
        return {
            question: row[self.program.position[question]]
            for question, moved in self._moved.items()
            if model[moved - 1] > 0
        }

    def _with_least_toggles(self, change: Change, bound: list[int]) -> Change:
        """Return a change of the same questions in which lists change as little as can be."""
        kept = [moved if question in change else -moved for question, moved in self._moved.items()]
        for question, code in change.items():
            if self._is_list(question):
                before = self.known.get(question, 0)
                for literal in self._same_options(question, code, before):
                    kept.append(literal)
                for literal in self._other_options(question, code, before):
                    if self._solver.solve(assumptions=[*bound, *kept, -literal]):
                        kept.append(-literal)
            else:
                kept += self._after.answer(question, code)
        return self._candidate([*bound, *kept]) or change

    def _is_list(self, question: str) -> bool:
        return self.program.domains[self.program.position[question]].question.type == "choices"

    def _same_options(self, question: str, code: int, before: int) -> list[int]:
        pairs = zip(self._after.answer(question, code), self._after.answer(question, before), strict=True)
        return [now for now, then in pairs if now == then]

    def _other_options(self, question: str, code: int, before: int) -> list[int]:
        pairs = zip(self._after.answer(question, code), self._after.answer(question, before), strict=True)
        return [now for now, then in pairs if now != then]

    def _block(self, change: Change) -> None:
        """Exclude a change, and with it those that change the same lists in the same way and some more."""
        clause: list[int] = []
        for question, code in change.items():
            toggled = (
                self._other_options(question, code, self.known.get(question, 0)) if self._is_list(question) else []
            )
            clause += [-literal for literal in toggled or self._after.answer(question, code)]
        self._add([clause])

    def _reaches(self, change: Change) -> bool:
        """Whether the goal holds after the change in every completion; if not, learn from one in which it fails."""
        after = {**self.known, **change}
        sat = self.readers.sat
        literal = sat.literal(self.goal.atom)
        where = [] if self.goal.scope is None else [sat.literal(self.goal.scope)]
        counterexample = sat.completion(after, [*where, -literal if self.goal.positive else literal])
        if counterexample is None:
            return True
        self._learn(counterexample)
        return False

    def _learn(self, row: Row) -> None:
        """Demand the goal also where the answers that stay open are those of `row`."""
        copy = Copy(self.program, self._variables, exclusions=False)
        self._add(copy.clauses)
        for question, position in self.program.position.items():
            here, there = copy.literals_of(question), self._after.literals_of(question)
            if question in self.known:
                self._add(clause for a, b in zip(here, there, strict=True) for clause in ([-a, b], [a, -b]))
                continue
            moved = self._moved[question]
            for a, b in zip(here, there, strict=True):
                self._add([[-moved, -a, b], [-moved, a, -b]])
            self._add([[moved, literal] for literal in copy.answer(question, row[position])])
        demand = [self._literal(copy), *copy.clashes]
        if self.goal.scope is not None:
            demand.append(-copy.atom(self.goal.scope))
        self._add([demand])

    def _literal(self, copy: Copy) -> int:
        literal = copy.atom(self.goal.atom)
        return literal if self.goal.positive else -literal
