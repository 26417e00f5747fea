"""How: the answers that it names settle the conclusion, and every rule that it names holds by them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

from advisor.explain.how import How, how
from advisor.explain.proof_tree import Absent, Either, Fired, Given, Node, Supposed, from_the_answers_up
from advisor.inference.case import Case
from advisor.inference.cnf import denied
from advisor.knowledge_base import Knowledge
from advisor.reasoning.entailment import Entailment
from explained import CASES, GROUPS, case_of, chance, drawn_case, study_case

pytestmark = pytest.mark.knowledge


def _assert_settling(knowledge: Knowledge, case: Case, told: How) -> None:
    """The answers alone, with the rest unknown, still settle the conclusion, and without any one they do not."""
    name, day = told.conclusion.id, knowledge.on(case.as_of)

    def settled(questions: Iterable[str]) -> object:
        codes = {question: case.codes[question] for question in questions}
        return Entailment(knowledge.library, day, codes).range(name).settled

    assert settled(told.answers) == settled(case.codes)
    for question in told.answers:
        assert settled(q for q in told.answers if q != question) is None, (name, question)


def _assert_grounded(knowledge: Knowledge, case: Case, told: How) -> None:
    """Every rule of the tree fires whenever the answers are these, and every leaf is one of the answers."""
    name, gate = told.conclusion.id, knowledge.library.roles.gate
    encoding = knowledge.on(case.as_of).encoding()
    inside = encoding.answers({question: case.codes[question] for question in told.answers})
    inside += [] if name == gate else [encoding.atom((gate, "yes"))]
    for step in from_the_answers_up(told.tree):
        assert not encoding.solver.satisfiable([*inside, denied(encoding.fires(step.rule))]), step.rule
    named = {question for node in (*told.tree, *told.left_out) for question in _leaves(node)}
    assert named <= set(told.answers)


def _leaves(node: Node) -> Iterator[str]:
    match node:
        case Given():
            yield node.question
        case Absent() | Either():
            yield from (part.question for part in node.because)
        case Fired():
            for below in node.because:
                yield from _leaves(below)
        case Supposed():
            return


@pytest.mark.heavy
@pytest.mark.parametrize("group", range(GROUPS))
def test_how_names_the_answers_that_settle_a_conclusion_and_no_other(group: int, knowledge: Knowledge) -> None:
    names = list(knowledge.library.conclusions)
    for seed in range(group, CASES, GROUPS):
        case = drawn_case(seed, knowledge)

        told = how(knowledge, case, chance(seed).choice(names))

        if not told.conclusion.open:
            _assert_settling(knowledge, case, told)
            _assert_grounded(knowledge, case, told)


def test_steps_come_from_the_answers_up(knowledge: Knowledge) -> None:
    told = how(knowledge, study_case(knowledge, "kartamantul"), "institutional_form")

    steps = from_the_answers_up(told.tree)
    place = {step.rule: index for index, step in enumerate(steps)}
    assert ("institutional_form", "joint_secretariat") in steps[-1].concluded
    for step in steps:
        below = [node.rule for node in step.because if isinstance(node, Fired) and not node.again]
        assert all(place[rule] < place[step.rule] for rule in below)


def test_where_the_cooperation_is_inadmissible_that_is_what_is_explained(knowledge: Knowledge) -> None:
    case = case_of(knowledge, {"as_of": "2024-05-31", "answers": {"initiator": "city", "lawful_object": "no",
                 "counterparts": ["regency_city_same_province"]}})  # fmt: skip

    told = how(knowledge, case, "funding_scheme")

    assert ("funding_scheme", "admissible", False) == (told.asked, told.conclusion.id, told.conclusion.value)
    assert {"counterparts", "lawful_object"} >= set(told.answers) >= {"lawful_object"}
