"""The situation in which a draft is written: the law of the day, and what follows from the answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, cast

from advisor.advice.advice import Advice
from advisor.inference.case import Case
from advisor.inference.draft_conditions import draft_formula
from advisor.inference.formula import Literal, atoms
from advisor.knowledge.draft import BlankFile
from advisor.knowledge.library import Library
from advisor.knowledge_base import Knowledge
from advisor.reasoning.entailment import Entailment, entailment_of


@dataclass(frozen=True)
class Situation:
    """A case with its advice, and what can be asked of it."""

    knowledge: Knowledge
    case: Case
    advice: Advice

    @property
    def library(self) -> Library:
        """What is known."""
        return self.knowledge.library

    @property
    def day(self) -> date:
        """The day of the case."""
        return self.case.as_of

    @property
    def blanks(self) -> BlankFile:
        """What fills the places of drafts; a knowledge that has drafts has it."""
        return cast("BlankFile", self.library.blanks)

    @cached_property
    def entailment(self) -> Entailment:
        """What follows from the answers."""
        return entailment_of(self.knowledge, self.case)

    def holds(self, when: Any) -> bool | None:
        """Return whether a condition of a draft holds; None where open answers decide."""
        if when is None:
            return True
        formula = draft_formula(self.library, when, self.day)
        gate = Literal((self.library.roles.gate, "yes"))
        within = (gate,) if self.entailment.passable else ()
        return self.entailment.truth(formula, within)

    def open_questions(self, when: Any) -> tuple[str, ...]:
        """Return the unanswered questions that a condition names, or on which the facts that it names depend."""
        found: dict[str, None] = {}
        for name, _ in atoms(draft_formula(self.library, when, self.day)):
            if name in self.library.questions:
                found[name] = None
            elif name in self.library.all_facts:
                found |= dict.fromkeys(self.entailment.depends_on(name))
        return tuple(name for name in self.entailment.open if name in found)
