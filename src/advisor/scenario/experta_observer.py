"""What experta concludes of a case, with the reasons that its firings tell."""

from __future__ import annotations

from advisor.advice.reasons import Reasons
from advisor.inference.case import Case
from advisor.inference.program import Row
from advisor.knowledge_base import Knowledge
from advisor.scenario.observer import Observer, ReaderName, Values


class ExpertaObserver(Observer):
    """Observes through experta, as people are advised.

    SAT says which completions there are; what holds in each is concluded by experta. Every method may raise
    `DisagreementError`.
    """

    name: ReaderName = "experta"

    def reasons_of(self, knowledge: Knowledge, case: Case) -> Reasons:
        """Return what reads reasons from experta's firings."""
        return Reasons(knowledge, case.as_of, self.day, self.inquiry)

    def values(self, fact: str, row: Row) -> Values:
        """Return the values of a fact in a completion, as experta concludes them."""
        found = self.reasons.support(row).result.values(fact)
        return found or ("no",) if self.library.all_facts[fact].kind == "flag" else found
