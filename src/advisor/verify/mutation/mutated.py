"""From a mutant to its rule base."""

from __future__ import annotations

from dataclasses import replace
from graphlib import CycleError

from advisor.inference.ground import GroundRule
from advisor.inference.grounding import grounded, ordered
from advisor.inference.rulebase import RuleBase
from advisor.knowledge.library import Library
from advisor.knowledge_base import Knowledge
from advisor.verify.mutation.mutant import Mutant


class MutatedKnowledge:
    """Makes the rule bases of mutants; what a mutant does not touch is spelt out once for all of them."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.original = with_near_cuts(knowledge)
        library = knowledge.library
        self._grounded = {s.shape.decision: tuple(grounded(library, s)) for s in knowledge.rulebase.sources}

    def knowledge(self, mutant: Mutant) -> Knowledge | None:
        """Return the knowledge under the mutant; None where its rules depend on themselves and cannot run."""
        library = mutant.change.library or self.original.library
        rulebase = self._rulebase(mutant, library)
        return None if rulebase is None else Knowledge(library, rulebase, self.original.digest)

    def _rulebase(self, mutant: Mutant, library: Library) -> RuleBase | None:
        original, change = self.original.rulebase, mutant.change
        if change.exclusions is not None:
            return replace(original, exclusions=change.exclusions)
        rules: list[GroundRule] = []
        for source in original.sources:
            decision = source.shape.decision
            if change.source is not None and decision == change.source.shape.decision:
                rules += grounded(library, change.source)
            elif mutant.kind == "drop_ability" and (source.rankings or source.shortfalls):
                rules += grounded(library, source)
            else:
                rules += self._grounded[decision]
        try:
            return replace(original, rules=tuple(ordered(rules)))
        except CycleError:
            return None


def with_near_cuts(knowledge: Knowledge) -> Knowledge:
    """Return the same knowledge with numbers cut also one below and one above where a rule cuts them.

    A moved threshold then speaks of the same cases as the original.
    """
    rulebase = knowledge.rulebase
    domains = []
    for domain in rulebase.domains:
        cuts = {cut + step for cut in domain.cuts for step in (-1, 0, 1)}
        domains.append(replace(domain, cuts=tuple(sorted(cuts))))
    return Knowledge(knowledge.library, replace(rulebase, domains=tuple(domains)), knowledge.digest)
