"""Building the graph of the rule base of a day."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.graph.contraction import Contraction
from advisor.graph.node import Decision, DependencyGraph, Edge, Node
from advisor.inference.formula import Atom
from advisor.inference.program import Program
from advisor.knowledge.rule import DecisionFile


def dependencies(decisions: Iterable[DecisionFile], program: Program) -> DependencyGraph:
    """Return what depends on what in the rule base of a day."""
    contraction = Contraction(program)
    concluding: dict[Atom, dict[Node, None]] = {}
    rules: dict[Node, list[str]] = {}
    values: dict[Node, set[str]] = {}
    for rule in contraction.rules:
        for head in contraction.heads(rule):
            node = Node(head[0], rule.decision)
            concluding.setdefault(head, {})[node] = None
            values.setdefault(node, set()).add(head[1])
            if rule.id not in rules.setdefault(node, []):
                rules[node].append(rule.id)
    edges: dict[tuple[Node, Node], list[str]] = {}
    for rule in contraction.rules:
        targets = dict.fromkeys(Node(head[0], rule.decision) for head in contraction.heads(rule))
        for atom in contraction.sources(rule.body):
            # What no rule of the day concludes is false on that day, whatever is answered: nothing depends on it.
            sources = [Node(atom[0])] if program.is_question(atom) else concluding.get(atom, ())
            for source in sources:
                for target in targets:
                    behind = edges.setdefault((source, target), [])
                    if rule.id not in behind:
                        behind.append(rule.id)
    return DependencyGraph(
        questions=tuple(Node(domain.id) for domain in program.domains),
        decisions=tuple(_decisions(decisions, contraction, rules)),
        edges=tuple(Edge(*ends, tuple(behind)) for ends, behind in edges.items()),
        rules={node: tuple(behind) for node, behind in rules.items()},
        values={node: tuple(v for v in program.values[node.name] if v in values[node]) for node in values},
    )


def _decisions(
    files: Iterable[DecisionFile], contraction: Contraction, rules: dict[Node, list[str]]
) -> Iterable[Decision]:
    order = {fact: index for index, fact in enumerate(contraction.program.facts)}
    for file in files:
        statements = sorted((n for n in rules if n.decision == file.decision), key=lambda node: order[node.name])
        if statements:
            own = tuple(rule.id for rule in contraction.rules if rule.decision == file.decision)
            yield Decision(file.decision, file.title, tuple(statements), own)
