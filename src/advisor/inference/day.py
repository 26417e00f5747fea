"""The rule base of one day with what reads it, each built when first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from advisor.inference.cnf import Cnf
from advisor.inference.encoding import Encoding, PairEncoding
from advisor.inference.generated import GeneratedProgram
from advisor.inference.program import Program

if TYPE_CHECKING:
    from advisor.inference.experta_reader import ExpertaReader


class Day:
    """The rules that hold on a day; days on which the same law is in force share one."""

    def __init__(self, program: Program) -> None:
        self.program = program

    @cached_property
    def generated(self) -> GeneratedProgram:
        """The program as generated Python, for full cases."""
        return GeneratedProgram(self.program)

    @cached_property
    def experta(self) -> ExpertaReader:
        """The engine whose conclusions people see."""
        # Imported late: an interview asks many things before it shows what experta concludes.
        from advisor.inference.experta_reader import ExpertaReader

        return ExpertaReader(self.program)

    @cached_property
    def _encoding(self) -> Encoding:
        return Encoding(self.program, Cnf())

    @cached_property
    def _pair(self) -> PairEncoding:
        return PairEncoding(self.program, Cnf())

    def encoding(self) -> Encoding:
        """Return the program as clauses, to which more may be added."""
        return self._encoding.over(self._encoding.cnf.copy())

    def pair(self) -> PairEncoding:
        """Return two copies of the program as clauses, to which more may be added."""
        return self._pair.over(self._pair.cnf.copy())


class Clauses:
    """The clauses and solvers for one or more sets of known answers on a day, each made when first asked for.

    Which model a solver finds depends on what it was asked before, so whoever shows a model takes clauses of its
    own. What holds in all completions does not depend on it; for that they may be shared, to load them only once.
    """

    def __init__(self, day: Day) -> None:
        self.day = day

    @cached_property
    def single(self) -> Encoding:
        """The rule base."""
        return self.day.encoding()

    @cached_property
    def pair(self) -> PairEncoding:
        """Two copies of the rule base."""
        return self.day.pair()
