"""What generated Python concludes of a case, with the reasons that the conditions of its true rules tell."""

from __future__ import annotations

from advisor.advice.reasons import Reasons
from advisor.inference.case import Case
from advisor.inference.program import Row
from advisor.inference.support import Support
from advisor.knowledge_base import Knowledge
from advisor.scenario.observer import Observer, ReaderName, Values
from advisor.scenario.traced import traced


class CompiledReasons(Reasons):
    """Reads reasons without experta."""

    def support(self, row: Row) -> Support:
        """Return the traced firings of a completion; each completion is run once."""
        if row not in self._support:
            result = traced(self.day.readers.compiled, row)
            self._support[row] = Support(self.day.program, result, row, self.inquiry.known)
        return self._support[row]


class CompiledObserver(Observer):
    """Observes through generated Python and SAT alone."""

    name: ReaderName = "compiled"

    def reasons_of(self, knowledge: Knowledge, case: Case) -> Reasons:
        """Return what reads reasons from the rules whose conditions are true."""
        return CompiledReasons(knowledge, case.as_of, self.day, self.inquiry)

    def values(self, fact: str, row: Row) -> Values:
        """Return the values of a fact in a completion, as generated Python concludes them."""
        return self.inquiry.value(fact, row)
