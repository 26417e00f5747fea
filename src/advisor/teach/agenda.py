"""The agenda of a lesson: which rules are ready at a moment, by what is settled.

A rule is ready where all it asks for is there and nothing that it forbids is there yet. A fact to come can still
take it off; rules that forbid something wait for that reason until it could have come, as in the engine.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from advisor.inference.formula import TRUE, Atom, Literal, resolved
from advisor.inference.ground import GroundRule
from advisor.reasoning.competition import Competition
from advisor.teach.step import Ready


class Agenda:
    """Says which rules are ready; `order` are the rules in the order in which the engine fired them."""

    def __init__(self, competition: Competition, rules: Iterable[GroundRule], order: Iterable[str]) -> None:
        self.derivation = competition.derivation
        self.program = self.derivation.program
        place = {rule: number for number, rule in enumerate(order)}
        # What never fires is withdrawn before its turn, and so comes after all that does.
        self._rules = sorted(rules, key=lambda rule: place.get(rule.id, len(place)))
        self._names = {rule.id: competition.subject(rule) for rule in self._rules}

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
