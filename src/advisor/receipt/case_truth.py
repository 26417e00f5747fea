"""What holds in all, some or no completions of a case."""

from __future__ import annotations

from advisor.inference.case import Case
from advisor.inference.formula import IN_FORCE, Atom, Literal
from advisor.inference.ground import GroundRule
from advisor.knowledge_base import Knowledge
from advisor.reasoning.completions import EVERYWHERE
from advisor.reasoning.entailment import Entailment


class CaseTruth:
    """Says of facts and rules whether they hold in every completion (True), in some (None) or in none (False)."""

    def __init__(self, knowledge: Knowledge, case: Case) -> None:
        """Look at a case on its day; its answers must not contradict each other."""
        self.knowledge = knowledge
        self.case = case
        day = knowledge.on(case.as_of)
        self._program = day.program
        self._completions = Entailment(knowledge.library, day, case.codes).completions(EVERYWHERE)

    def fires(self, rule: GroundRule) -> bool | None:
        """Return whether a rule fires; one that does not exist on the day never does."""
        return self._completions.fires(rule) if rule.id in self._program.by_id else False

    def speaks(self, source: str) -> bool | None:
        """Return whether any of the rules fires into which what has this id in rules/ is spelt out."""
        rules = (r for r in self.knowledge.rulebase.rules if r.source == source and not r.only_fits)
        found = {self.fires(rule) for rule in rules}
        return True if True in found else None if None in found else False

    def atom(self, atom: Atom) -> bool | None:
        """Return whether a fact, an answer or the being in force of an article holds."""
        name, value = atom
        if name == IN_FORCE:
            return self.in_force(value)
        if name not in self._program.position:
            return self._completions.truth(Literal(atom))
        if name not in self.case.codes:
            return None
        domain = self._program.domains[self._program.position[name]]
        known = domain.question.type == "number" or value in domain.question.option_ids
        return known and domain.has(self.case.codes[name], value)

    def in_force(self, reference: str) -> bool:
        """Return whether an article or instrument is in force on the day; one that is not known is not."""
        library = self.knowledge.library
        known = reference in library.articles or reference in library.instruments
        return known and library.status(reference, self.case.as_of) == "in_force"
