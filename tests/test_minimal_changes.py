"""Minimal changes: what they change reaches the target, and nothing smaller does."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from advisor.explain.infeasibility import Barrier
from advisor.explain.minimal_changes import MinimalChanges, minimal_changes
from advisor.explain.target import Target
from advisor.inference.case import Case
from advisor.knowledge_base import Knowledge
from explained import CASES, GROUPS, can_come_out, case_of, chance, changed, drawn_case, has, study_case, targets

pytestmark = pytest.mark.knowledge


def _assert_reached(knowledge: Knowledge, case: Case, found: MinimalChanges) -> None:
    for change in found.changes:
        assert len(change.set) == found.size
        assert has(knowledge, changed(knowledge, case, change.set), found.target)
        controls = {knowledge.library.questions[question].control for question in change.set}
        assert change.controllable is ("given" not in controls)
    order = [change.controllable for change in found.changes]
    assert sorted(order, reverse=True) == order
    assert len(set(map(repr, found.changes))) == len(found.changes)


def _assert_nothing_smaller(knowledge: Knowledge, case: Case, found: MinimalChanges) -> None:
    """Brute force: no set of up to two questions that is smaller than what was found reaches the target."""
    size = len(case.codes) + 1 if found.size is None else found.size
    for fewer in range(min(size, 3)):
        for questions in itertools.combinations(case.codes, fewer):
            kept = {q: code for q, code in case.codes.items() if q not in questions}
            assert not can_come_out(knowledge, case, found.target, kept), questions


@pytest.mark.heavy
@pytest.mark.parametrize("group", range(GROUPS))
def test_a_change_that_is_named_reaches_the_target_and_nothing_smaller_does(
    group: int, knowledge: Knowledge
) -> None:
    for seed in range(group, CASES, GROUPS):
        case = drawn_case(seed, knowledge)
        target = chance(seed).choice(targets(knowledge))

        found = minimal_changes(knowledge, case, target)

        _assert_reached(knowledge, case, found)
        if len(case.codes) == len(knowledge.library.questions):
            _assert_nothing_smaller(knowledge, case, found)
        if found.size is None:
            assert found.barriers
            assert not can_come_out(knowledge, case, target, {})


@pytest.mark.parametrize("name", ["kartamantul", "kunci-bersama"])
def test_every_value_of_every_conclusion_is_reached_from_a_study_case_or_proved_impossible(
    name: str, knowledge: Knowledge
) -> None:
    case = study_case(knowledge, name)
    for target in targets(knowledge):
        found = minimal_changes(knowledge, case, target, most=3)

        _assert_reached(knowledge, case, found)
        assert (found.size is None) is bool(found.barriers)


def test_kartamantul_needs_a_formula_and_a_budget_of_its_own_to_become_a_body(knowledge: Knowledge) -> None:
    # PP 50/2007 Article 24 and the study: a body needs an agreed formula; its own budget is what a body adds.
    found = minimal_changes(
        knowledge, study_case(knowledge, "kartamantul"), Target("institutional_form", "cooperation_body")
    )

    (change,) = found.changes
    assert {"cost_sharing", "institution_needs"} == set(change.set)
    assert "own_budget_line" in change.set["institution_needs"]  # type: ignore[operator]
    assert "formula_agreed" == change.set["cost_sharing"]
    assert (2, True) == (found.size, change.controllable)


def test_among_equally_small_changes_those_that_touch_fewest_conclusions_come_first(knowledge: Knowledge) -> None:
    # Another partner would change the kind, the form and the money as well; the budget changes the approval alone.
    found = minimal_changes(knowledge, study_case(knowledge, "wonosobo"), Target("dprd_approval", "required"))
    asked = [*dict.fromkeys(question for change in found.changes for question in change.set)]

    assert 1 == found.size
    assert "budgeted" == asked[0]
    assert "counterparts" == asked[-1]


def test_what_already_holds_needs_no_change(knowledge: Knowledge) -> None:
    found = minimal_changes(
        knowledge, study_case(knowledge, "kartamantul"), Target("funding_scheme", "routine_dues")
    )

    assert (0, [{}]) == (found.size, [dict(change.set) for change in found.changes])


def test_the_body_that_the_law_of_today_does_not_know_is_impossible_and_the_law_is_named(
    knowledge: Knowledge,
) -> None:
    case = case_of(knowledge, {"as_of": "2026-01-01", "answers": {}})

    found = minimal_changes(knowledge, case, Target("institutional_form", "cooperation_body"))

    articles = {article for barrier in _all_barriers(found.barriers) for article in barrier.articles}
    assert found.size is None
    assert "pp50-2007:24-1" in articles


def _all_barriers(barriers: tuple[Barrier, ...]) -> Iterator[Barrier]:
    for barrier in barriers:
        yield barrier
        yield from _all_barriers(barrier.below)
