"""Counterfactuals: the smallest changes of answers that bring a literal about, whatever the open answers are.

A change gives another answer to a question that was answered, or an answer to one that was not. Candidates come
from a solver that knows only some of the ways in which the open answers may turn out. Each candidate is checked
against all of them; where it fails, the way in which it does is added (counterexample-guided search). What the
first solver cannot find does therefore not exist, so "smallest" and "impossible" are proofs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import chain

from advisor.inference.cnf import Lit, denied
from advisor.inference.day import Day
from advisor.inference.domain import Code
from advisor.inference.encoding import Encoding
from advisor.inference.formula import Formula, Literal, atoms
from advisor.inference.program import Row
from advisor.reasoning.completions import Scope
from advisor.reasoning.readers import Known

Change = Mapping[str, Code]
"""Question -> code of its new answer."""


class Counterfactual:
    """The known answers and all changes of them after which the literals of a scope hold."""

    def __init__(self, day: Day, known: Known, scope: Scope) -> None:
        self.day = day
        self.program = day.program
        self.known = dict(known)
        self.scope = scope
        self._after = day.encoding()
        self._cnf = self._after.cnf
        self._changed = {domain.id: self._cnf.new() for domain in self.program.domains}
        for question, code in self.known.items():
            kept = self._after.answer(question, code)
            self._cnf.add(*([self._changed[question], literal] for literal in kept))
        self._cnf.add(*([self._after.formula(literal)] for literal in scope))
        self._more_than = self._cnf.more_than(self._changed.values(), len(self._changed))
        self._solver = self._after.solver

    def distance(self, *formulas: Formula) -> int | None:
        """Return how few answers have to change for formulas to be possible together; None: never.

        Open answers may be whatever is best for it.
        """
        wanted = [self._after.formula(formula) for formula in formulas]
        with self.program.deciding(chain.from_iterable(map(atoms, formulas))):
            if not self._solver.satisfiable(wanted):
                return None
            sizes = range(len(self._changed) + 1)
            return next(n for n in sizes if self._solver.satisfiable([*wanted, *self._at_most(n)]))

    def _at_most(self, size: int) -> list[Lit]:
        return [denied(self._more_than[size])] if size < len(self._changed) else []


class ChangeSearch(Counterfactual):
    """Searches the smallest changes of the known answers after which a literal certainly holds."""

    def __init__(self, day: Day, known: Known, goal: Literal, scope: Scope) -> None:
        super().__init__(day, known, scope)
        self.goal = goal
        self._cnf.add([self._after.formula(goal)])
        self._checked = day.encoding()
        self._checker = self._checked.solver

    def smallest(self, first: Collection[str], most: int) -> tuple[int | None, tuple[Change, ...], bool]:
        """Return the smallest size of a change, changes of that size, and whether there are more of them.

        Size None: no change at all reaches the goal. Changes of the questions `first` alone come first, and
        there are at most `most`. Of list-valued answers only what must be is changed.
        """
        with self.program.deciding([self.goal.atom]):
            return self._smallest(first, most)

    def _smallest(self, first: Collection[str], most: int) -> tuple[int | None, tuple[Change, ...], bool]:
        size = self._size()
        if size is None:
            return None, (), False
        found: list[Change] = []
        others = [denied(changed) for question, changed in self._changed.items() if question not in first]
        for fixed in (others, []):
            for change in self._of_size(size, fixed):
                if len(found) == most:
                    return size, tuple(found), True
                found.append(change)
        return size, tuple(found), False

    def _size(self) -> int | None:
        if self._any([]) is None:
            return None
        sizes = range(len(self._changed) + 1)
        return next(size for size in sizes if self._any(self._at_most(size)) is not None)

    def _any(self, bound: list[Lit]) -> Change | None:
        """Return a change within a bound that reaches the goal, or None."""
        while (candidate := self._candidate(bound)) is not None:
            if self._reaches(candidate):
                return candidate
        return None

    def _of_size(self, size: int, fixed: list[Lit]) -> Iterator[Change]:
        bound = [*fixed, *self._at_most(size)]
        while (candidate := self._candidate(bound)) is not None:
            change = self._with_least_toggles(candidate, bound)
            if self._reaches(change):
                self._block(change)
                yield change

    def _candidate(self, assumptions: list[Lit]) -> Change | None:
        model = self._solver.model(assumptions)
        if model is None:
            return None
        row = self._after.row(model)
        return {
            question: row[self.program.position[question]]
            for question, changed in self._changed.items()
            if model.holds(changed)
        }

    def _with_least_toggles(self, change: Change, bound: list[Lit]) -> Change:
        """Return a change of the same questions in which lists change as little as can be."""
        kept = [changed if question in change else denied(changed) for question, changed in self._changed.items()]
        for question, code in change.items():
            if not self._is_list(question):
                kept += self._after.answer(question, code)
                continue
            same, other = self._compared(question, code)
            kept += same
            for literal in other:
                if self._solver.satisfiable([*bound, *kept, denied(literal)]):
                    kept.append(denied(literal))
        return self._candidate([*bound, *kept]) or change

    def _is_list(self, question: str) -> bool:
        return self.program.domain(question).question.type == "choices"

    def _compared(self, question: str, code: Code) -> tuple[list[Lit], list[Lit]]:
        """Return the literals of a list's new answer that are as before, and those that are not."""
        before = self.known.get(question, Code(0))
        now, then = self._after.answer(question, code), self._after.answer(question, before)
        pairs = list(zip(now, then, strict=True))
        return [a for a, b in pairs if a == b], [a for a, b in pairs if a != b]

    def _block(self, change: Change) -> None:
        """Exclude a change, and with it those that change the same lists in the same way and some more."""
        clause: list[Lit] = []
        for question, code in change.items():
            toggled = self._compared(question, code)[1] if self._is_list(question) else []
            clause += [denied(literal) for literal in toggled or self._after.answer(question, code)]
        self._cnf.add(clause)

    def _reaches(self, change: Change) -> bool:
        """Whether the goal holds after the change in every completion; if not, learn from one in which it fails."""
        after = self._checked.answers({**self.known, **change})
        where = [self._checked.formula(literal) for literal in self.scope]
        model = self._checker.model([*after, *where, denied(self._checked.formula(self.goal))])
        if model is None:
            return True
        self._learn(self._checked.row(model))
        return False

    def _learn(self, row: Row) -> None:
        """Demand the goal also where the answers that stay open are those of `row`."""
        copy = Encoding(self.program, self._cnf, exclusions=False)
        for question, position in self.program.position.items():
            here, there = copy.variables_of(question), self._after.variables_of(question)
            if question in self.known:
                self._cnf.alike_where(self._cnf.true, here, there)
                continue
            changed = self._changed[question]
            self._cnf.alike_where(changed, here, there)
            self._cnf.add(*([changed, literal] for literal in copy.answer(question, row[position])))
        outside = [denied(copy.formula(literal)) for literal in self.scope]
        self._cnf.add([copy.formula(self.goal), *copy.clashes, *outside])
