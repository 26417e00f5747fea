"""Ground rules: what the readers of the rule base run. Policies and rankings are already spelt out."""

from __future__ import annotations

from dataclasses import dataclass

from advisor.inference.formula import Atom, Formula
from advisor.knowledge.rule import Grounds
from advisor.problem import Place

# Attributes of facts that only the spelling-out of policies and rankings introduces.
FITS = "fits"
BEATEN = "beaten"
BEST = "best"


@dataclass(frozen=True, slots=True)
class GroundRule:
    """One implication: where `body` holds, all `heads` do.

    `source` is the id of the rule, ranking or shortfall that was spelt out into it. `law` are the references that
    must be in force on the day for the rule to exist on that day. A silent rule serves another rule (it fits, it is
    beaten) and is no statement of its own.
    """

    id: str
    source: str
    decision: str
    heads: tuple[Atom, ...]
    body: Formula
    grounds: Grounds
    law: tuple[str, ...]
    place: Place
    silent: bool = False

    @property
    def only_fits(self) -> bool:
        """Whether it merely says that another rule fits, of which only the first that does speaks."""
        return bool(self.heads) and self.heads[0][0] == FITS
