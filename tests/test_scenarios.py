"""Every scenario holds: its expectations were worked out from law and study, not from what the program says."""

from __future__ import annotations

import pytest

from advisor.advice.advising import advise
from advisor.knowledge_base import Knowledge
from advisor.loading import load_knowledge
from advisor.problem import AnswersError, ContradictionError
from scenario import Scenario, all_scenarios, failures

SCENARIOS = all_scenarios(load_knowledge())
ADVISED = [scenario for scenario in SCENARIOS.values() if "refused" not in scenario.raw]
REFUSED = [scenario for scenario in SCENARIOS.values() if "refused" in scenario.raw]


@pytest.mark.parametrize("scenario", ADVISED, ids=lambda scenario: scenario.id)
def test_the_advice_is_what_law_and_study_say(scenario: Scenario, knowledge: Knowledge) -> None:
    advice = advise(knowledge, scenario.data)

    assert [] == list(failures(scenario, advice))


@pytest.mark.parametrize("scenario", REFUSED, ids=lambda scenario: scenario.id)
def test_unusable_answers_are_refused_and_every_question_involved_is_named(
    scenario: Scenario, knowledge: Knowledge
) -> None:
    with pytest.raises(AnswersError) as refusal:
        advise(knowledge, scenario.data)

    error = refusal.value
    named = set(error.questions) if isinstance(error, ContradictionError) else {"as_of"}
    assert set(scenario.raw["refused"]) == named


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=lambda scenario: scenario.id)
def test_every_scenario_says_from_where_its_expectation_follows(scenario: Scenario, knowledge: Knowledge) -> None:
    assert scenario.raw["source"]
    assert scenario.raw["why"]
    for citation in scenario.raw["source"]:
        assert citation in knowledge.library.articles
