"""The path of a case through the graph: what fired, and what that stood on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.graph.node import Node


@dataclass(frozen=True, slots=True)
class Finding:
    """What is known of a statement: its values that hold for sure, and those that hold in some completions."""

    certain: tuple[str, ...]
    uncertain: tuple[str, ...]


@dataclass(frozen=True)
class Path:
    """What of a graph a case went through.

    `fired` are the rules that fire in every completion; `nodes` and `edges` what they stand on, down to the
    answers. A node or edge can be on the path by what is absent: that a partner is no ministry, say. `findings`
    holds every statement of which something can be said; nothing can where the cooperation is not admissible.
    """

    fired: frozenset[str]
    nodes: frozenset[Node]
    edges: frozenset[tuple[Node, Node]]
    findings: Mapping[Node, Finding]
