"""The one place that asks the SAT solver. Every answer is exact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from threading import Timer
from typing import Final

from advisor.inference.cnf import Clause, Cnf, Lit, denied

BACKEND: Final = "minisat22"

CONFLICTS: Final = 2_000
"""How many conflicts a solver may meet before it is watched; nearly all that it is asked needs far fewer."""

NO_BUDGET: Final = -1

MOMENT: Final = 0.3
"""After how many seconds a solver that is watched pauses, so that a signal is heard."""


class Model:
    """Truth values of all variables, under which all clauses hold."""

    def __init__(self, values: Sequence[int]) -> None:
        self._values = values

    def holds(self, literal: Lit) -> bool:
        """Return whether a literal that was there when the model was found is true in it."""
        return self._values[abs(literal) - 1] == literal


class Solver:
    """A SAT solver over clauses that may still grow.

    Which of several models it finds depends on what it was asked before; what it says of all of them does not.
    """

    def __init__(self, cnf: Cnf) -> None:
        # Imported late: an interview shows its first question without a solver.
        from pysat.solvers import Solver as Backend

        self.cnf = cnf
        self._backend = Backend(name=BACKEND, bootstrap_with=cnf.clauses)
        self._sent = len(cnf.clauses)

    def satisfiable(self, literals: Iterable[Lit]) -> bool:
        """Return whether all `literals` can be true together.

        Ctrl+C is heard in the meantime. Python hears no signal while the solver works, so it pauses now and then;
        and pysat, which would end by the signal itself in the midst of its work, leaves it alone where it is told
        to expect an interrupt.
        """
        self._send()
        assumed = list(literals)
        self._backend.conf_budget(CONFLICTS)
        found = self._backend.solve_limited(assumptions=assumed, expect_interrupt=True)
        if found is None:
            self._backend.conf_budget(NO_BUDGET)
        while found is None:
            found = self._tried_for_a_moment(assumed)
        return bool(found)

    def _tried_for_a_moment(self, literals: list[Lit]) -> bool | None:
        """Return whether all `literals` can be true together, or None where that is not known yet."""
        watch = Timer(MOMENT, self._backend.interrupt)
        watch.daemon = True
        watch.start()
        try:
            found: bool | None = self._backend.solve_limited(assumptions=literals, expect_interrupt=True)
        finally:
            watch.cancel()
            watch.join()
            self._backend.clear_interrupt()
        return found

    def model(self, literals: Iterable[Lit]) -> Model | None:
        """Return a model in which all `literals` are true, or None where there is none."""
        return Model(self._backend.get_model()) if self.satisfiable(literals) else None

    def nearest(self, literals: Sequence[Lit], wishes: Iterable[Sequence[Lit]]) -> Model | None:
        """Return a model of `literals` in which, in their order, each of `wishes` holds that still can, or None."""
        model, kept = self.model(literals), list(literals)
        if model is None:
            return None
        for wish in wishes:
            closer = self.model([*kept, *wish])
            if closer is not None:
                model, kept = closer, [*kept, *wish]
        return model

    def core(self, fixed: Iterable[Lit], tried: Sequence[Lit]) -> list[Lit] | None:
        """Return a smallest part of `tried` that cannot stand beside `fixed`; None where all of it can.

        Smallest: nothing of it can be left out.
        """
        fixed = list(fixed)
        if self.satisfiable([*fixed, *tried]):
            return None
        found = set(self._backend.get_core() or ())
        core = [literal for literal in tried if literal in found]
        for literal in list(core):
            rest = [other for other in core if other != literal]
            if not self.satisfiable([*fixed, *rest]):
                core = rest
        return core

    def switch(self, literals: Sequence[Lit]) -> Lit:
        """Return a literal that, where it is assumed, asks for one of `literals` to hold. See `retire`."""
        switch = self.cnf.new()
        self.cnf.add([denied(switch), *literals])
        return switch

    def retire(self, switch: Lit) -> None:
        """Take a switch back: it is not asked for again."""
        self.cnf.add([denied(switch)])

    def prefer(self, literals: Iterable[Lit]) -> None:
        """From now on find models in which these hold, where there is a choice."""
        self._send()
        self._backend.set_phases(list(literals))

    def _send(self) -> None:
        """Hand over the clauses that were added since."""
        fresh: list[Clause] = self.cnf.clauses[self._sent :]
        for clause in fresh:
            self._backend.add_clause(clause)
        self._sent = len(self.cnf.clauses)
