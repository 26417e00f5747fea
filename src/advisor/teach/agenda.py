"""The agenda of a lesson: which rules are ready at a moment, by what is settled.

A rule is ready where all it asks for is there and nothing that it forbids is there yet. A fact to come can still
take it off; rules that forbid something wait for that reason until it could have come, as in the engine.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from advisor.inference.formula import TRUE, Atom, Literal, resolved
from advisor.inference.ground import GroundRule, helper_role
from advisor.inference.program import Program
from advisor.reasoning.derivation import Derivation
from advisor.teach.step import Ready


class Agenda:
    """Says which rules are ready; `order` are the rules in the order in which the engine fired them."""

    def __init__(
        self, program: Program, derivation: Derivation, rules: Iterable[GroundRule], order: Iterable[str]
    ) -> None:
        self.program = program
        self.derivation = derivation
        place = {rule: number for number, rule in enumerate(order)}
        # What never fires is withdrawn before its turn, and so comes after all that does.
        self._rules = sorted(rules, key=lambda rule: place.get(rule.id, len(place)))
        self._names = {rule.id: self._subject(rule) for rule in self._rules}

    def ready(self, there: Collection[Atom], fired: Collection[str], first: str) -> tuple[Ready, ...]:
        """Return the agenda when the facts `there` are there and the rules `fired` have fired; `first` is next."""

        def now(atom: Atom) -> bool | None:
            if atom[0] in self.program.position:
                return self.derivation.truth(Literal(atom))
            if atom in there:
                return True
            return None if self.derivation.truth(Literal(atom)) is None else False

        found = [
            Ready(rule.id, self._names[rule.id], rule.silent, not self.derivation.fires(rule))
            for rule in self._rules
            if rule.id != first and rule.id not in fired and resolved(rule.body, now) == TRUE
        ]
        return (Ready(first, self._names[first]), *found) if first in self._names else tuple(found)

    def _subject(self, rule: GroundRule) -> str:
        """Return the fact of which a rule speaks; for a helper, that of which the rule speaks that it helps."""
        name, value = rule.heads[0]
        match helper_role(rule.heads[0]):
            case "fact":
                return name
            case "earlier_rule":
                return self.program.by_id[value].heads[0][0]
            case _:
                spoken = (
                    head for other in self.program.rules if other.source == rule.source for head in other.heads
                )
                return next((head[0] for head in spoken if head[0] in self.program.facts), name)
