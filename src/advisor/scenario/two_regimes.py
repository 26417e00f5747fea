"""A case under the regime of its day and, for the conclusion shown beside it, under the other regime."""

from __future__ import annotations

from functools import cached_property

from advisor.inference.case import Case
from advisor.knowledge_base import Knowledge
from advisor.reasoning.derivation import Speaker
from advisor.scenario.naming import OTHER
from advisor.scenario.observed import NO_OTHER_REGIME, Observed
from advisor.scenario.observer import Observer
from advisor.scenario.scenario import Wanted


class TwoRegimes:
    """Observes the facts that a scenario may name, those under the other regime among them."""

    def __init__(self, knowledge: Knowledge, case: Case) -> None:
        """Look at a case. Raises `ContradictionError` where its answers contradict each other."""
        self.knowledge = knowledge
        self.case = case
        self._here = Observer(knowledge, case)

    def observe(self, wanted: Wanted) -> dict[str, Observed]:
        """Return what is said of each fact of `wanted`; of its parts those that are wanted there."""
        here = {name: parts for name, parts in wanted.items() if not name.endswith(OTHER)}
        there = {name: parts for name, parts in wanted.items() if name.endswith(OTHER)}
        return self._here.observe(here) | self._observe_there(there)

    def confirm(self) -> None:
        """Let experta conclude what is shown, too. Raises `DisagreementError` where it concludes anything else."""
        self._here.confirm()

    def rules(self, name: str) -> tuple[Speaker, ...]:
        """Return the rules for a fact, as `Observer.rules` does."""
        if not name.endswith(OTHER):
            return self._here.rules(name)
        return self._there.rules(name.removesuffix(OTHER)) if self._there is not None else ()

    def _observe_there(self, wanted: Wanted) -> dict[str, Observed]:
        if not wanted:
            return {}
        if self._there is None:
            return dict.fromkeys(wanted, Observed(reason=NO_OTHER_REGIME))
        found = self._there.observe({name.removesuffix(OTHER): parts for name, parts in wanted.items()})
        return {fact + OTHER: observed for fact, observed in found.items()}

    @cached_property
    def _there(self) -> Observer | None:
        """The case under the other regime; None on a day for which none is shown."""
        for regime in self.knowledge.library.manifest.other_regimes:
            if any(self._here.era == (era,) for era in regime.eras):
                case = Case(regime.as_of, self.case.answers, self.case.codes)
                return Observer(self.knowledge, case)
        return None
