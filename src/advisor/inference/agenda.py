"""The agenda strategy: highest salience first, then the order of the rules, then the facts.

experta's own strategy looks for an activation to withdraw only beside the place where it would be inserted,
and so leaves activations standing whose NOT has meanwhile failed. This one withdraws the activation itself.
Its order depends on nothing but the rules and the facts, so it is the same in every process.
"""

from __future__ import annotations

import bisect
from typing import Any

from advisor.inference.experta_shim import AgendaStrategy


class StrictStrategy(AgendaStrategy):  # type: ignore[misc]
    """Keeps the agenda sorted, lowest priority first (experta takes from the end)."""

    def _update_agenda(self, agenda: Any, added: Any, removed: Any) -> None:
        withdrawn = {_identity(activation) for activation in removed}
        if withdrawn:
            agenda.activations[:] = [a for a in agenda.activations if _identity(a) not in withdrawn]
        for activation in added:
            activation.key = _priority(activation)
            bisect.insort(agenda.activations, activation, key=lambda a: a.key)


def _identity(activation: Any) -> tuple[int, frozenset[int]]:
    return activation.rule.rank, frozenset(fact["__factid__"] for fact in activation.facts)


def _priority(activation: Any) -> tuple[int, int, list[int]]:
    facts = sorted((fact["__factid__"] for fact in activation.facts), reverse=True)
    return activation.rule.salience, -activation.rule.rank, facts
