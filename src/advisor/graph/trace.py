"""Tracing what fired for a case back to its answers."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from functools import cached_property

from advisor.graph.contraction import Contraction
from advisor.graph.node import DependencyGraph, Node
from advisor.graph.path import Finding, Path
from advisor.inference.formula import AllOf, Atom, Formula, Literal, negation
from advisor.inference.ground import GroundRule
from advisor.reasoning.completions import EVERYWHERE, Scope
from advisor.reasoning.entailment import Entailment
from advisor.reasoning.sufficiency import questions_behind


def fired_path(graph: DependencyGraph, entailment: Entailment) -> Path:
    """Return the path of known answers (that do not contradict each other) through the graph."""
    return _Trace(graph, entailment).path()


class _Trace:
    """Follows the rules that fire in every completion down to the answers.

    The gate and what it depends on are looked at over all completions, the rest (`gated`) over those in which the
    gate holds, as everywhere in the advice.
    """

    def __init__(self, graph: DependencyGraph, entailment: Entailment) -> None:
        self.graph = graph
        self.entailment = entailment
        self.program = entailment.program
        self.contraction = Contraction(self.program)
        self._truths: dict[tuple[Formula, bool], bool | None] = {}
        self._nodes: set[Node] = set()
        self._edges: set[tuple[Node, Node]] = set()
        self._queue: deque[tuple[Atom, bool]] = deque()
        self._queued: set[tuple[Atom, bool]] = set()

    def path(self) -> Path:
        """Return the path."""
        fired: list[GroundRule] = []
        for rule in self.contraction.rules:
            gated = self._gated(self.contraction.heads(rule))
            if (not gated or self.entailment.passable) and self._truth(rule.body, gated):
                fired.append(rule)
                self._link(self._behind(rule.body, gated, truth=True), self._targets(rule), gated)
        certain = [
            ((node.name, value), node.name not in self._before_gate)
            for node in self.graph.statements
            if self._spoken_of(node)
            for value in self._finding(node).certain
        ]
        # What is certain is on the path too where it is not always the same rule that fires for it.
        self._queue.extend(certain)
        self._queued.update(certain)
        while self._queue:
            self._follow(*self._queue.popleft())
        return Path(
            frozenset(rule.id for rule in fired),
            frozenset(self._nodes),
            frozenset(self._edges),
            {node: self._finding(node) for node in self.graph.statements if self._spoken_of(node)},
        )

    # -- what is certain ------------------------------------------------------------------------------------

    @cached_property
    def _before_gate(self) -> frozenset[str]:
        """The gate and the facts on which it depends."""
        found = {self.entailment.gate[0]}
        for rule in reversed(self.contraction.rules):
            if any(head[0] in found for head in self.contraction.heads(rule)):
                found |= {atom[0] for atom in self.contraction.sources(rule.body)}
        return frozenset(found)

    def _gated(self, heads: Iterable[Atom]) -> bool:
        return not any(head[0] in self._before_gate for head in heads)

    def _spoken_of(self, node: Node) -> bool:
        return self.entailment.passable or node.name in self._before_gate

    def _truth(self, formula: Formula, gated: bool) -> bool | None:
        """Return whether a formula is true, or false, in every completion; None where it can be either."""
        key = (formula, gated)
        if key not in self._truths:
            self._truths[key] = self._worked_out(formula, gated)
        return self._truths[key]

    def _worked_out(self, formula: Formula, gated: bool) -> bool | None:
        if isinstance(formula, Literal) and self.program.is_question(formula.atom):
            question, value = formula.atom
            if question not in self.entailment.known:
                return None  # though it may follow from other answers: it was not answered
            domain = self.program.domains[self.program.position[question]]
            return domain.has(self.entailment.known[question], value) is formula.positive
        return self.entailment.truth(formula, self._scope(gated))

    def _scope(self, gated: bool) -> Scope:
        """Return the scope of the completions to look at."""
        return (Literal(self.entailment.gate),) if gated else EVERYWHERE

    def _finding(self, node: Node) -> Finding:
        gated = node.name not in self._before_gate
        known = {value: self._truth(Literal((node.name, value)), gated) for value in self.graph.values[node]}
        certain = tuple(value for value, truth in known.items() if truth)
        return Finding(certain, tuple(value for value, truth in known.items() if truth is None))

    # -- what it stands on ----------------------------------------------------------------------------------

    def _targets(self, rule: GroundRule) -> tuple[Node, ...]:
        return tuple(dict.fromkeys(Node(head[0], rule.decision) for head in self.contraction.heads(rule)))

    def _behind(self, formula: Formula, gated: bool, *, truth: bool) -> dict[Atom, None]:
        """Return the answers and named facts by which a formula is certainly true (or false)."""
        if isinstance(formula, Literal):
            if self.contraction.is_helper(formula.atom):
                return self._behind_helper(formula.atom, gated, truth=truth is formula.positive)
            return {formula.atom: None}
        if isinstance(formula, AllOf) is truth:
            return _union(self._behind(part, gated, truth=truth) for part in formula.parts)
        certain = [
            self._behind(part, gated, truth=truth) for part in formula.parts if self._truth(part, gated) is truth
        ]
        if not certain:
            return self._together(formula, gated, truth=truth)
        # All that was matched counts; of what was missing one part is enough, the nearest to the answers.
        return _union(certain) if truth else min(certain, key=self._distance)

    def _behind_helper(self, atom: Atom, gated: bool, *, truth: bool) -> dict[Atom, None]:
        bodies = [rule.body for rule in self.program.producers.get(atom, ())]
        if not truth:
            return _union(self._behind(body, gated, truth=False) for body in bodies)
        fired = [self._behind(body, gated, truth=True) for body in bodies if self._truth(body, gated)]
        return _union(fired) if fired else self._together(Literal(atom), gated, truth=True)

    def _distance(self, atoms: dict[Atom, None]) -> tuple[int, int]:
        return sum(not self.program.is_question(atom) for atom in atoms), len(atoms)

    def _together(self, formula: Formula, gated: bool, *, truth: bool) -> dict[Atom, None]:
        """Return what a formula asks for, where only several parts together settle it.

        None of them is certain alone, so the way goes from a smallest set of answers that settles the formula,
        through whatever lies between.
        """
        wanted = formula if truth else negation(formula)
        begin = {Node(question) for question in questions_behind(self.entailment, wanted, self._scope(gated))}
        ends = {atom: set(self._origins(atom, gated)) for atom in self.contraction.sources(formula)}
        between = self._between(begin, set().union(*ends.values()))
        return {atom: None for atom, origins in ends.items() if origins & between}

    def _between(self, begin: set[Node], end: set[Node]) -> set[Node]:
        """Mark and return all that lies on a way from `begin` to `end`."""
        ways = list(self.graph.by_ends)
        found = _reached(begin, ways) & _reached(end, [(target, source) for source, target in ways])
        self._nodes |= begin | found
        self._edges |= {ends for ends in ways if found.issuperset(ends)}
        return found

    def _origins(self, atom: Atom, gated: bool) -> tuple[Node, ...]:
        """Return the nodes from which an atom comes: its question, or the statements of what concludes it."""
        if self.program.is_question(atom):
            return (Node(atom[0]),)
        producers = self.program.producers.get(atom, ())
        fired = [rule for rule in producers if self._truth(rule.body, gated)]
        return tuple(dict.fromkeys(Node(atom[0], rule.decision) for rule in fired or producers))

    def _link(self, atoms: Iterable[Atom], targets: tuple[Node, ...], gated: bool) -> None:
        """Mark the ways from what was asked for to the statements that follow; what was asked for comes next."""
        self._nodes.update(targets)
        for atom in atoms:
            for source in self._origins(atom, gated):
                self._nodes.add(source)
                self._edges.update((source, target) for target in targets)
            if not self.program.is_question(atom) and (atom, gated) not in self._queued:
                self._queued.add((atom, gated))
                self._queue.append((atom, gated))

    def _follow(self, atom: Atom, gated: bool) -> None:
        """Mark what a derived atom stands on."""
        producers = self.program.producers.get(atom, ())
        truth = self._truth(Literal(atom), gated)
        if truth is False:
            for rule in producers:
                self._link(self._behind(rule.body, gated, truth=False), (Node(atom[0], rule.decision),), gated)
            return
        fired = [rule for rule in producers if self._truth(rule.body, gated)]
        for rule in fired:
            self._link(self._behind(rule.body, gated, truth=True), (Node(atom[0], rule.decision),), gated)
        if truth and not fired:
            self._together(Literal(atom), gated, truth=True)


def _union(parts: Iterable[dict[Atom, None]]) -> dict[Atom, None]:
    return {atom: None for part in parts for atom in part}


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
