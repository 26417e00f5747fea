"""Mutants: the rule base with one small change, such as a slip of the pen would make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from advisor.inference.authored import SourceDecision
from advisor.inference.rulebase import Exclusion
from advisor.knowledge.library import Library
from advisor.problem import Place

MutantKind = Literal[
    "drop_condition",
    "negate_condition",
    "swap_joint",
    "move_threshold",
    "swap_value",
    "swap_conclusion",
    "drop_rule",
    "swap_citation",
    "swap_order",
    "drop_ability",
    "move_date",
]


@dataclass(frozen=True, slots=True)
class Change:
    """What stands in the place of the original: a decision of the same id, the contradictions, or the library."""

    source: SourceDecision | None = None
    exclusions: tuple[Exclusion, ...] | None = None
    library: Library | None = None


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of `subject` (a rule, ranking, shortfall, contradiction, term or instrument) at `place`.

    `values` say what was changed, for the message of the kind.
    """

    kind: MutantKind
    subject: str
    place: Place
    values: Mapping[str, str]
    change: Change

    @property
    def id(self) -> str:
        """A name that is the same in every run: kind, subject, line and column, and what was changed."""
        told = ",".join(self.values.values())
        return f"{self.kind}:{self.subject}@{self.place.line}:{self.place.column}:{told}"
