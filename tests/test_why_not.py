"""Why not: every obstacle that it names stands in the way, and is gone when it is cured."""

from __future__ import annotations

import pytest

from advisor.explain.target import Target, read_target
from advisor.explain.why_not import WhyNot, why_not
from advisor.inference.case import Case
from advisor.knowledge_base import Knowledge
from advisor.problem import AnswersError
from explained import CASES, GROUPS, can_come_out, chance, changed, drawn_case, has, study_case, targets

pytestmark = pytest.mark.knowledge


def _assert_a_cure_works(knowledge: Knowledge, case: Case, told: WhyNot) -> None:
    """Of every value that is excluded an obstacle can be removed, and is then gone."""
    cured = 0
    for obstacle in (obstacle for way in told.ways for obstacle in way.obstacles):
        if obstacle.cure is None:
            continue
        after = why_not(knowledge, changed(knowledge, case, obstacle.cure.set), told.target)
        assert obstacle.needs not in [o.needs for way in after.ways for o in way.obstacles]
        cured += 1
    assert cured, told.target


def _assert_explained(knowledge: Knowledge, case: Case, told: WhyNot) -> None:
    match told.verdict:
        case "is":
            assert has(knowledge, case, told.target)
        case "possible":
            assert told.when is not None
        case "excluded" | "inadmissible":
            _assert_a_cure_works(knowledge, case, told)
        case "impossible":
            assert told.barriers
            if told.days is not None:
                day, last = told.days
                for on in {day, last or day}:
                    assert can_come_out(knowledge, Case(on, {}, {}), told.target, {})


@pytest.mark.heavy
@pytest.mark.parametrize("group", range(GROUPS))
def test_why_not_names_an_obstacle_that_goes_when_it_is_cured(group: int, knowledge: Knowledge) -> None:
    for seed in range(group, CASES, GROUPS):
        case = drawn_case(seed, knowledge)

        told = why_not(knowledge, case, chance(seed).choice(targets(knowledge)))

        _assert_explained(knowledge, case, told)


@pytest.mark.heavy
@pytest.mark.parametrize("name", ["barlingmascakeb", "kartamantul", "kedungsepur", "kunci-bersama", "wonosobo"])
def test_why_not_explains_every_value_of_every_conclusion_of_a_study_case(name: str, knowledge: Knowledge) -> None:
    case = study_case(knowledge, name)
    for target in targets(knowledge):
        _assert_explained(knowledge, case, why_not(knowledge, case, target))


def test_a_body_loses_to_the_secretariat_side_by_side(knowledge: Knowledge) -> None:
    case = study_case(knowledge, "kartamantul")

    told = why_not(knowledge, case, Target("institutional_form", "cooperation_body"))

    assert told.comparison is not None
    assert ("joint_secretariat", "cooperation_body") == (told.comparison.chosen, told.comparison.asked)
    lost = [row.name for row in told.comparison.rounds if row.asked is False]
    assert ["cost_sharing_formula"] == lost


def test_what_the_law_of_a_later_day_brings_is_dated(knowledge: Knowledge) -> None:
    # UU 23/2014 (in force on 2014-10-02) brings the mandatory kind.
    case = study_case(knowledge, "kartamantul")

    told = why_not(knowledge, case, Target("kinds", "inter_regional_mandatory"))

    assert ("impossible", "2014-10-02") == (told.verdict, str(told.days and told.days[0]))
    assert told.days is not None
    assert told.days[1] is None


@pytest.mark.parametrize(
    "text",
    ["institutional_form", "institutional_form=", "=x", "institutional_fom=cooperation_body", "operator=nobody"],
)
def test_a_target_that_does_not_exist_is_refused(text: str, knowledge: Knowledge) -> None:
    with pytest.raises(AnswersError):
        read_target(text, knowledge.library)


@pytest.mark.parametrize(("word", "value"), [("ya", "yes"), ("NO", "no"), ("tidak", "no")])
def test_yes_and_no_are_understood_in_both_languages(word: str, value: str, knowledge: Knowledge) -> None:
    assert Target("admissible", value) == read_target(f"admissible={word}", knowledge.library)
