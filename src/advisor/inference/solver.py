"""The one place that asks the SAT solver. Every answer is exact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from threading import Event, Lock, Thread
from typing import Any, Final

from advisor.inference.cnf import Clause, Cnf, Lit, denied
from advisor.inference.time_limit import Clock

BACKEND: Final = "minisat22"

SHORT: Final = 1_000_000
"""After so many propagations, less than half a second, a question counts as a long one."""

NO_BUDGET: Final = -1

LISTENING: Final = 0.1
"""Seconds between two looks at the clock, and at what the person does, while a long question is worked on."""


class Model:
    """Truth values of all variables, under which all clauses hold."""

    def __init__(self, values: Sequence[int]) -> None:
        self._values = values

    def holds(self, literal: Lit) -> bool:
        """Return whether a literal that was there when the model was found is true in it."""
        return self._values[abs(literal) - 1] == literal


class _Attempt:
    """A question that a thread works on until it is answered or ended."""

    def __init__(self, backend: Any, assumed: list[Lit], busy: Lock) -> None:
        """`busy` is held by whoever is in the solver."""
        self.found: bool | None = None
        self.done = Event()
        self._backend = backend
        self._assumed = assumed
        self._busy = busy
        self._ended = False
        with busy:
            backend.clear_interrupt()
            backend.prop_budget(NO_BUDGET)

    def run(self) -> None:
        """Work on it, unless it was ended before."""
        with self._busy:
            if not self._ended:
                self.found = self._backend.solve_limited(assumptions=self._assumed, expect_interrupt=True)
        self.done.set()

    def end(self) -> None:
        """End the work and wait until the solver is free."""
        self._ended = True
        self._backend.interrupt()
        with self._busy:
            self._backend.clear_interrupt()


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
        self._busy = Lock()

    def satisfiable(self, literals: Iterable[Lit]) -> bool:
        """Return whether all `literals` can be true together.

        Raises `OutOfTimeError` where the time for what is being decided is up; see `time_limit`.
        """
        assumed = list(literals)
        with Clock() as clock:
            found = self.soon(assumed)
            return found if found is not None else self._at_length(assumed, clock)

    def soon(self, literals: Iterable[Lit]) -> bool | None:
        """Return whether all `literals` can be true together, or None where that is not known after a moment."""
        with self._busy:
            self._send()
            self._backend.prop_budget(SHORT)
            # To expect an interrupt leaves Ctrl-C to Python; else pysat takes it, and raises an error of its own.
            found: bool | None = self._backend.solve_limited(assumptions=list(literals), expect_interrupt=True)
            return found

    def _at_length(self, assumed: list[Lit], clock: Clock) -> bool:
        """Return the same for a long question, in a thread, so that the clock and Ctrl-C are heard meanwhile."""
        attempt = _Attempt(self._backend, assumed, self._busy)
        try:
            Thread(target=attempt.run, daemon=True).start()
            while not clock.over and not attempt.done.wait(LISTENING):
                pass
        finally:
            # Whatever ends the waiting, and be it while the thread starts: no two threads ever enter the solver.
            attempt.end()
        if attempt.found is None:
            raise clock.error()
        return attempt.found

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
