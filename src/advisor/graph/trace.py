"""Tracing what fired for a case back to its answers."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from advisor.graph.contraction import Contraction
from advisor.graph.node import DependencyGraph, Node
from advisor.graph.path import Finding, Path
from advisor.inference.formula import Atom, Formula, Literal
from advisor.reasoning.completions import EVERYWHERE
from advisor.reasoning.derivation import Basis, Derivation, Derivations
from advisor.reasoning.entailment import Entailment
from advisor.reasoning.sufficiency import questions_behind


def fired_path(graph: DependencyGraph, entailment: Entailment) -> Path:
    """Return the path of known answers (that do not contradict each other) through the graph."""
    return _Trace(graph, entailment).path()


class _Trace:
    """Follows the rules that fire in every completion down to the answers."""

    def __init__(self, graph: DependencyGraph, entailment: Entailment) -> None:
        self.graph = graph
        self.entailment = entailment
        self.program = entailment.program
        self._derivations = Derivations(entailment)
        self._nodes: set[Node] = set()
        self._edges: set[tuple[Node, Node]] = set()
        self._queue: deque[tuple[Atom, Derivation]] = deque()
        self._queued: set[tuple[Atom, Derivation]] = set()
        self._contraction = Contraction(self.program)

    def path(self) -> Path:
        """Return the path."""
        fired: list[str] = []
        for rule in self._contraction.rules:
            scope = self.entailment.scope_of_rule(rule)
            derivation = self._derivations[scope]
            if (self.entailment.passable or scope == EVERYWHERE) and derivation.fires(rule):
                fired.append(rule.id)
                nodes = [Node(name, rule.decision) for name, _ in self._contraction.heads(rule)]
                self._link(derivation.basis(rule.body), nodes, derivation)
        findings = {node: self._finding(node) for node in self.graph.statements if self._spoken_of(node)}
        # What is certain is on the path too where it is not always the same rule that fires for it.
        for node, finding in findings.items():
            derivation = self._derivations[self.entailment.scope(node.name)]
            self._enqueue(((node.name, value) for value in finding.certain), derivation)
        while self._queue:
            self._follow(*self._queue.popleft())
        return Path(frozenset(fired), frozenset(self._nodes), frozenset(self._edges), findings)

    def _spoken_of(self, node: Node) -> bool:
        return self.entailment.passable or self.entailment.scope(node.name) == EVERYWHERE

    def _finding(self, node: Node) -> Finding:
        derivation = self._derivations[self.entailment.scope(node.name)]
        known = {value: derivation.truth(Literal((node.name, value))) for value in self.graph.values[node]}
        certain = tuple(value for value, truth in known.items() if truth)
        return Finding(certain, tuple(value for value, truth in known.items() if truth is None))

    # -- what it stands on ----------------------------------------------------------------------------------

    def _enqueue(self, atoms: Iterable[Atom], derivation: Derivation) -> None:
        for atom in atoms:
            if (atom, derivation) not in self._queued:
                self._queued.add((atom, derivation))
                self._queue.append((atom, derivation))

    def _follow(self, atom: Atom, derivation: Derivation) -> None:
        """Mark what a derived atom stands on."""
        truth = derivation.truth(Literal(atom))
        if truth is None:
            return
        rules = derivation.concluding(atom) if truth else self.entailment.producers(atom)
        for rule in rules:
            self._link(derivation.basis(rule.body, holds=truth), [Node(atom[0], rule.decision)], derivation)
        if truth and not rules:
            self._together(Literal(atom), derivation)

    def _link(self, basis: Basis, targets: Iterable[Node], derivation: Derivation) -> None:
        """Mark the ways from what was asked for to the statements that follow; what was asked for comes next."""
        named = derivation.in_named_facts(basis)
        unanswered = [literal for literal in named.literals if literal.atom[0] in self.entailment.open]
        atoms = {literal.atom: None for literal in named.literals if literal not in unanswered}
        for formula in (*unanswered, *named.together):
            atoms |= self._together(formula, derivation)
        self._nodes.update(targets)
        for source in (source for atom in atoms for source in self._origins(atom, derivation)):
            self._nodes.add(source)
            self._edges.update((source, target) for target in targets)
        self._enqueue((atom for atom in atoms if not self.program.is_question(atom)), derivation)

    def _together(self, formula: Formula, derivation: Derivation) -> dict[Atom, None]:
        """Mark how several answers settle a formula together; return the atoms of it to which ways lead.

        No part of it is certain alone, or it speaks of a question that was not answered. So the way goes from a
        smallest set of answers that settles the formula, through whatever lies between.
        """
        begin = {Node(question) for question in questions_behind(self.entailment, formula, derivation.scope)}
        ends = {atom: set(self._origins(atom, derivation)) for atom in self._contraction.sources(formula)}
        between = self._between(begin, set().union(*ends.values()))
        return {atom: None for atom, origins in ends.items() if origins & between}

    def _between(self, begin: set[Node], end: set[Node]) -> set[Node]:
        """Mark and return all that lies on a way from `begin` to `end`."""
        ways = list(self.graph.by_ends)
        found = _reached(begin, ways) & _reached(end, [(target, source) for source, target in ways])
        self._nodes |= begin | found
        self._edges |= {ends for ends in ways if found.issuperset(ends)}
        return found

    def _origins(self, atom: Atom, derivation: Derivation) -> tuple[Node, ...]:
        """Return the nodes from which an atom comes: its question, or the statements of what concludes it."""
        if self.program.is_question(atom):
            return (Node(atom[0]),)
        rules = derivation.concluding(atom) or self.entailment.producers(atom)
        return tuple(dict.fromkeys(Node(atom[0], rule.decision) for rule in rules))


def _reached(begin: set[Node], steps: list[tuple[Node, Node]]) -> set[Node]:
    """Return the nodes that can be reached from `begin`, with `begin`."""
    after: dict[Node, list[Node]] = {}
    for source, target in steps:
        after.setdefault(source, []).append(target)
    found, waiting = set(begin), list(begin)
    while waiting:
        for node in after.get(waiting.pop(), ()):
            if node not in found:
                found.add(node)
                waiting.append(node)
    return found
