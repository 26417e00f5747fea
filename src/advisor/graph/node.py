"""The graph of a rule base: questions, the statements of each decision, and what depends on what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from advisor.text import Text


@dataclass(frozen=True, order=True, slots=True)
class Node:
    """A question, or a statement: a fact as one decision concludes it.

    `decision` is "" for a question. A fact that several decisions conclude is a statement of each of them.
    """

    name: str
    decision: str = ""

    @property
    def is_question(self) -> bool:
        """Whether the node is a question."""
        return not self.decision


@dataclass(frozen=True, slots=True)
class Edge:
    """One node on which another depends, and the rules that make it so, in running order."""

    source: Node
    target: Node
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision on a day: its statements, and its rules that conclude any of them."""

    id: str
    title: Text
    statements: tuple[Node, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True)
class DependencyGraph:
    """What depends on what on one day. Decisions without a rule on that day are left out."""

    questions: tuple[Node, ...]
    decisions: tuple[Decision, ...]
    edges: tuple[Edge, ...]
    rules: Mapping[Node, tuple[str, ...]]
    values: Mapping[Node, tuple[str, ...]]

    @cached_property
    def by_ends(self) -> dict[tuple[Node, Node], Edge]:
        """The edges by source and target."""
        return {(edge.source, edge.target): edge for edge in self.edges}

    @cached_property
    def statements(self) -> tuple[Node, ...]:
        """The statements of all decisions."""
        return tuple(node for decision in self.decisions for node in decision.statements)

    @cached_property
    def flows(self) -> dict[tuple[str, str], tuple[Edge, ...]]:
        """The edges from the statements of one decision to those of another, by the two decisions."""
        found: dict[tuple[str, str], list[Edge]] = {}
        for edge in self.edges:
            pair = (edge.source.decision, edge.target.decision)
            if not edge.source.is_question and pair[0] != pair[1]:
                found.setdefault(pair, []).append(edge)
        return {pair: tuple(edges) for pair, edges in found.items()}
