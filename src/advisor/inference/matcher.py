"""experta's Rete network, entered by the class of a fact instead of by trying every class.

Each question and fact has a class of its own here, so experta's bus would offer every new fact to hundreds of
class tests of which one fits, then to a test for every word of it, and then ask every rule whether its activations
changed. This matcher goes straight to the tests that a fact can pass and reads only the rules that did change; the
network is experta's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from advisor.inference.experta_shim import (
    NOT,
    Absence,
    Bus,
    ConflictSet,
    FeatureCheck,
    Join,
    L,
    Rete,
    ReteToken,
    SameContext,
)


class DirectBus(Bus):  # type: ignore[misc]
    """A bus that hands a fact to the tests that it can pass."""

    def __init__(self) -> None:
        super().__init__()
        self._literal: dict[tuple[type, Any], list[Any]] | None = None
        self._other: dict[type, list[Any]] = {}

    def add(self, fact: Any) -> None:
        """Send a fact into the network."""
        self._send(ReteToken.valid(fact), fact)

    def remove(self, fact: Any) -> None:
        """Take a fact out of the network."""
        self._send(ReteToken.invalid(fact), fact)

    def _send(self, token: Any, fact: Any) -> None:
        if self._literal is None:
            self._literal = self._indexed()
        for callback in self._literal.get((type(fact), fact.get("value")), ()):
            callback(token)
        for callback in self._other.get(type(fact), ()):
            callback(token)

    def _indexed(self) -> dict[tuple[type, Any], list[Any]]:
        """Sort what stands behind the class tests: by the word that it asks for, or as asking something else."""
        literal: dict[tuple[type, Any], list[Any]] = {}
        for of_class in self.children:
            fact_type = of_class.node.matcher.fact_type
            for child in of_class.node.children:
                check = getattr(child.node, "matcher", None)
                if isinstance(check, FeatureCheck) and isinstance(check.how, L):
                    literal.setdefault((fact_type, check.how.value), []).append(child.callback)
                else:
                    self._other.setdefault(fact_type, []).append(child.callback)
        return literal


class DirectMatcher(Rete):  # type: ignore[misc]
    """experta's matcher with a direct bus and without needless polling."""

    def __init__(self, engine: Any) -> None:
        self.engine = engine
        self.root_node = DirectBus()
        self.build_network()
        self._nodes = self._all_nodes()
        self._changed: dict[int, Any] = {}
        for node in self._nodes:
            if isinstance(node, ConflictSet):
                node._activate = self._noted(node, node._activate)

    def _noted(self, node: Any, activate: Callable[[Any], None]) -> Callable[[Any], None]:
        """Return what activates a conflict set and notes that it changed."""

        def noting(token: Any) -> None:
            self._changed[id(node)] = node
            activate(token)

        return noting

    @staticmethod
    def prepare_ruleset(engine: Any) -> set[Any]:
        """Return the rules as they are: each is a conjunction already, so nothing has to be multiplied out."""
        return set(engine.get_rules())

    @staticmethod
    def build_beta_part(ruleset: set[Any], alpha_terminals: Mapping[Any, Any]) -> None:
        """Join the patterns of each rule, given the node at which each pattern ends.

        The nodes are those that experta makes of a conjunction. It makes a dispatcher for each rule to find that it
        is one, which takes longer than everything else.
        """
        for rule in ruleset:
            node = alpha_terminals[rule[0]]
            for pattern in rule[1:]:
                absent = isinstance(pattern, NOT)
                joined = (Absence if absent else Join)(SameContext())
                node.add_child(joined, joined.activate_left)
                other = alpha_terminals[pattern[0] if absent else pattern]
                other.add_child(joined, joined.activate_right)
                node = joined
            conflict_set = ConflictSet(rule)
            node.add_child(conflict_set, conflict_set.activate)

    def changes(self, adding: Any = None, deleting: Any = None) -> tuple[list[Any], list[Any]]:
        """Send changed facts through the network; return the activations that came and went."""
        for fact in deleting or ():
            self.root_node.remove(fact)
        for fact in adding or ():
            self.root_node.add(fact)
        came: list[Any] = []
        went: list[Any] = []
        for node in self._changed.values():
            added, removed = node.get_activations()
            came.extend(added)
            went.extend(removed)
        self._changed.clear()
        return came, went

    def reset(self) -> None:
        """Empty the memory of every node."""
        for node in self._nodes:
            node._reset()
            if isinstance(node, ConflictSet):
                node.added, node.removed = set(), set()
        self._changed.clear()

    def _all_nodes(self) -> list[Any]:
        seen: dict[int, Any] = {}
        todo = [self.root_node]
        while todo:
            node = todo.pop()
            if id(node) not in seen:
                seen[id(node)] = node
                todo.extend(child.node for child in node.children)
        return list(seen.values())
