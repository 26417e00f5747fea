"""The path of a case has what is certain and what that stands on, and nothing else."""

from __future__ import annotations

import pytest

from advisor.advice.advising import advise
from advisor.advice.conclusions import conclude
from advisor.graph.content import pictures_of_case
from advisor.graph.node import Node
from advisor.inference.case import CaseReader
from advisor.inference.formula import Literal
from advisor.knowledge_base import Knowledge
from advisor.reasoning.completions import EVERYWHERE
from graphs import CASES, case_of, entailment_of, path_of

pytestmark = pytest.mark.knowledge

SHARES = pytest.mark.parametrize("share", [1.0, 0.5, 0.0])
NAMES = pytest.mark.parametrize("name", CASES)


@NAMES
@SHARES
def test_what_is_certain_holds_in_every_completion_of_the_marked_answers_alone(
    knowledge: Knowledge, name: str, share: float
) -> None:
    case = case_of(knowledge, name, share)
    _, path = path_of(knowledge, case)
    known = {question: code for question, code in case.codes.items() if Node(question) in path.nodes}

    whole, marked = entailment_of(knowledge, case), entailment_of(knowledge, case, known)

    assert path.fired
    for rule in path.fired:
        for entailment in (whole, marked):
            scope = (Literal(entailment.gate),) if entailment.passable else EVERYWHERE
            assert entailment.completions(scope).fires(entailment.program.by_id[rule]), rule
    for node, finding in path.findings.items():
        for value in finding.certain:
            assert marked.truth(Literal((node.name, value)), marked.scope(node.name)), node


@NAMES
@SHARES
def test_only_what_fired_or_is_certain_is_marked_and_what_that_stands_on(
    knowledge: Knowledge, name: str, share: float
) -> None:
    case = case_of(knowledge, name, share)
    graph, path = path_of(knowledge, case)
    by_id = knowledge.on(case.as_of).program.by_id
    fired = {Node(head[0], by_id[rule].decision) for rule in path.fired for head in by_id[rule].heads}
    fired |= {node for node, finding in path.findings.items() if finding.certain}
    after: dict[Node, set[Node]] = {}
    for source, target in path.edges:
        after.setdefault(source, set()).add(target)

    def leads_to_fired(node: Node, seen: frozenset[Node] = frozenset()) -> bool:
        return node in fired or any(leads_to_fired(n, seen | {node}) for n in after.get(node, set()) - seen)

    assert fired & set(graph.statements) <= path.nodes
    assert path.edges <= set(graph.by_ends)
    assert all(leads_to_fired(node) for node in path.nodes)
    assert {node.name for node in path.nodes if node.is_question} <= set(case.answers)


@NAMES
@SHARES
def test_every_answer_that_a_reason_of_the_advice_names_is_marked(
    knowledge: Knowledge, name: str, share: float
) -> None:
    case = case_of(knowledge, name, share)
    _, path = path_of(knowledge, case)

    for conclusion in advise(knowledge, case).conclusions.values():
        for reason in conclusion.because:
            if not reason.alternative:
                assert {Node(question) for question in reason.facts} <= path.nodes, reason.rule


@NAMES
@SHARES
def test_the_values_shown_are_those_of_the_advice(knowledge: Knowledge, name: str, share: float) -> None:
    case = case_of(knowledge, name, share)
    _, path = path_of(knowledge, case)

    for conclusion in conclude(knowledge, case).values():
        if knowledge.library.all_facts[conclusion.id].kind == "many" or conclusion.possible is None:
            continue
        found = [path.findings[node] for node in path.findings if node.name == conclusion.id]
        shown = {value for finding in found for value in (*finding.certain, *finding.uncertain)}
        written = {True: "yes", False: "no"}
        assert {written.get(value, value) for value in conclusion.possible} == shown
        assert conclusion.open == any(finding.uncertain for finding in found)


def test_the_joint_secretariat_of_kartamantul_is_marked_and_no_unmarked_answer_changes_it(
    knowledge: Knowledge,
) -> None:
    case = case_of(knowledge, "kartamantul")
    _, path = path_of(knowledge, case)
    node = Node("institutional_form", "institutional_form")
    unmarked = [question for question in case.codes if Node(question) not in path.nodes]
    domains = {domain.id: domain for domain in knowledge.on(case.as_of).program.domains}

    assert node in path.nodes
    assert ("joint_secretariat",) == path.findings[node].certain
    assert unmarked
    for question in unmarked:
        for code in domains[question].cells:
            changed = entailment_of(knowledge, case, {**case.codes, question: code})
            if changed.passable:
                still = Literal(("institutional_form", "joint_secretariat"))
                assert changed.truth(still, changed.scope("institutional_form"))


def test_of_what_is_not_admissible_nothing_more_is_said(knowledge: Knowledge) -> None:
    reader = CaseReader(knowledge.library, knowledge.rulebase)
    case = reader.data({"as_of": "2024-05-31", "answers": {"lawful_object": "no", "sector": "roads"}})
    graph, path = path_of(knowledge, case)
    (picture, *_) = pictures_of_case(knowledge, graph, case, path, "x", "en")
    shown = {line.fact: line for box in picture.boxes for line in box.statements}

    assert ("no",) == path.findings[Node("admissible", "admissible")].certain
    assert "not discussed" == shown["institutional_form"].value
    assert not shown["institutional_form"].marked
    assert shown["admissible"].marked
