"""Ground rules: what the readers of the rule base run. Policies and rankings are already spelt out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal as OneOf

from advisor.inference.formula import Atom, Formula, literals
from advisor.knowledge.rule import Grounds
from advisor.problem import Place

HelperRole = OneOf["fact", "earlier_rule", "beaten", "best"]
"""What an atom is about: a fact of the knowledge, or how a policy or a ranking was spelt out."""

# No id of the knowledge has a colon, so these never stand for one of its facts.
_FITS, _BEATEN, _BEST = "fits:", "beaten:", "best:"


def fits(rule: str) -> Atom:
    """Return the atom that says that the condition of a rule (by id) is met, of which only the first speaks."""
    return _FITS, rule


def beaten(ranking: str, candidate: str) -> Atom:
    """Return the atom that says that a candidate of a ranking (by id) yields to another."""
    return f"{_BEATEN}{ranking}", candidate


def best(ranking: str, candidate: str) -> Atom:
    """Return the atom that says that a candidate of a ranking (by id) is chosen."""
    return f"{_BEST}{ranking}", candidate


def helper_role(atom: Atom) -> HelperRole:
    """Return what an atom is about."""
    name = atom[0]
    if name == _FITS:
        return "earlier_rule"
    if name.startswith(_BEATEN):
        return "beaten"
    return "best" if name.startswith(_BEST) else "fact"


@dataclass(frozen=True)
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
        return bool(self.heads) and helper_role(self.heads[0]) == "earlier_rule"

    @property
    def forestalled_by(self) -> tuple[str, ...]:
        """The ids of the earlier rules of which none may fit, where only the first that fits speaks."""
        denied = (literal.atom for literal in literals(self.body) if not literal.positive)
        return tuple(atom[1] for atom in denied if helper_role(atom) == "earlier_rule")
