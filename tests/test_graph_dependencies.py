"""The graph of the rules has what rules ask and conclude, and nothing else."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache

from advisor.graph.node import Node
from advisor.inference.day import Day
from advisor.inference.formula import Atom, Formula, atoms
from advisor.inference.program import Program, Row
from advisor.knowledge_base import Knowledge
from graphs import graph_of


def _asked(program: Program, formula: Formula) -> set[Atom]:
    """Return what a formula asks for, with helper facts spelt back into the conditions behind them."""
    found: set[Atom] = set()
    for atom in atoms(formula):
        if atom[0] in program.position or atom[0] in program.facts:
            found.add(atom)
        else:
            for rule in program.producers.get(atom, ()):
                found |= _asked(program, rule.body)
    return found


def test_there_is_an_edge_for_what_a_rule_asks_and_for_nothing_else(knowledge: Knowledge, day: Day) -> None:
    program, graph = day.program, graph_of(knowledge, day)
    expected: dict[tuple[Node, Node], set[str]] = {}
    for rule in program.rules:
        for head in rule.heads:
            if head[0] not in program.facts:
                continue
            for atom in _asked(program, rule.body):
                if atom[0] in program.position:
                    sources = {Node(atom[0])}
                else:
                    sources = {Node(atom[0], other.decision) for other in program.producers.get(atom, ())}
                for source in sources:
                    expected.setdefault((source, Node(head[0], rule.decision)), set()).add(rule.id)

    assert expected == {ends: set(edge.rules) for ends, edge in graph.by_ends.items()}


def test_every_conclusion_of_a_rule_is_a_statement_of_its_decision(knowledge: Knowledge, day: Day) -> None:
    concluded = {
        (Node(head[0], rule.decision), head[1])
        for rule in day.program.rules
        for head in rule.heads
        if head[0] in day.program.facts
    }
    graph = graph_of(knowledge, day)

    assert concluded == {(node, value) for node in graph.statements for value in graph.values[node]}
    assert {node.name for node in graph.statements} >= set(knowledge.library.conclusions)
    assert set(knowledge.library.questions) == {node.name for node in graph.questions}


def _rows(day: Day, count: int) -> Iterator[Row]:
    """Yield random answers that do not contradict each other."""
    draw = random.Random(4)  # noqa: S311 - the same answers each time
    while count:
        row = tuple(draw.choice(domain.cells) for domain in day.program.domains)
        if not day.generated.contradictions(row):
            count -= 1
            yield row


def test_a_fact_changes_only_with_the_questions_from_which_a_way_leads_to_it(knowledge: Knowledge) -> None:
    day = knowledge.on(knowledge.library.cases["kartamantul"].as_of)
    graph = graph_of(knowledge, day)
    before: dict[Node, set[Node]] = {}
    for edge in graph.edges:
        before.setdefault(edge.target, set()).add(edge.source)

    @cache
    def questions(node: Node) -> frozenset[str]:
        return frozenset().union(
            *({n.name} if n.is_question else questions(n) for n in before.get(node, set()) - {node})
        )

    changes = 0
    for row in _rows(day, 40):
        facts = day.generated.run(row).facts
        for position, domain in enumerate(day.program.domains):
            other = (*row[:position], domain.cells[-1], *row[position + 1 :])
            others = day.generated.run(other).facts
            for fact in {*facts, *others}:
                if facts.get(fact) != others.get(fact):
                    changes += 1
                    assert any(domain.id in questions(n) for n in graph.statements if n.name == fact), fact

    assert changes > 300
