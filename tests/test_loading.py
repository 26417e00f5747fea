"""What is loaded is whole, findings are told all at once, and wrong values are told where they first show."""

from __future__ import annotations

import shutil

import pytest

from advisor.advice.advising import advise
from advisor.knowledge.document import MAX_BYTES
from advisor.knowledge_base import Knowledge
from advisor.loading import load_knowledge
from advisor.problem import KnowledgeError, Place, Problem
from knowledge_copy import EXTRA, RULE, Copy, assert_told


def test_the_built_in_knowledge_loads(knowledge: Knowledge) -> None:
    assert 15 == len(knowledge.library.conclusions)


def test_a_sound_additional_rule_loads(ruled: Copy) -> None:
    loaded = ruled.load()

    assert "extra.rule" in loaded.rulebase.by_id


def test_a_file_of_exactly_the_stated_size_is_read(ruled: Copy) -> None:
    ruled.path(EXTRA).write_text(RULE + "#" * (MAX_BYTES - len(RULE)))

    assert "extra.rule" in ruled.load().rulebase.by_id


def test_the_digest_is_of_the_content_wherever_the_folders_lie(copy: Copy) -> None:
    elsewhere = Copy(copy.root / "elsewhere")
    for name in ("kbase", "rules"):
        shutil.copytree(copy.path(name), elsewhere.path(name))

    assert copy.load().digest == elsewhere.load().digest


def test_any_change_of_a_file_changes_the_digest(copy: Copy) -> None:
    before = copy.load().digest
    copy.append("rules/era.yaml", "# one more comment\n")

    assert before != copy.load().digest


def test_one_other_letter_at_the_end_of_a_file_changes_the_digest(copy: Copy) -> None:
    copy.append("rules/era.yaml", "# one more comment\n")
    before = copy.load().digest
    copy.replace("rules/era.yaml", "# one more comment", "# one more commend")

    assert before != copy.load().digest


def test_a_folder_may_be_named_by_a_word(ruled: Copy) -> None:
    loaded = load_knowledge(str(ruled.path("kbase")), str(ruled.path("rules")))

    assert "extra.rule" in loaded.rulebase.by_id


# -- findings ----------------------------------------------------------------------------------------------------


def test_every_finding_is_listed_and_not_only_the_first(ruled: Copy) -> None:
    ruled.replace(EXTRA, "sector: roads", "sectr: roads")
    ruled.replace(EXTRA, "needs: talk", "needs: tallk")
    ruled.path("rules/second.yaml").write_text(RULE.replace("extra.rule", "second.rule").replace("study", "law"))
    ruled.append("kbase/facts.yaml", "  - {id: bordering, kind: flag, label: {id: Berbatasan, en: Adjoining}}\n")

    problems = ruled.problems()

    expected = [
        (ruled.place("kbase/facts.yaml", "bordering,"), "id.duplicate"),
        (ruled.place(EXTRA, "sectr"), "name.unknown"),
        (ruled.place(EXTRA, "tallk"), "value.unknown"),
        (ruled.place("rules/second.yaml", "law"), "authority.without_law"),
    ]
    assert expected == [(problem.place, problem.key) for problem in problems]


def test_findings_stand_in_the_order_of_the_file(ruled: Copy) -> None:
    ruled.replace(EXTRA, "prasetya-2013:10", "prasetya-2013:160")
    ruled.replace(EXTRA, "sector: roads", "sectr: roads")

    problems = ruled.problems()

    assert ["sectr", "prasetya-2013:160"] == [problem.values["name"] for problem in problems]


def test_a_file_is_named_relative_to_the_working_directory(ruled: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    ruled.replace(EXTRA, "sector: roads", "sectr: roads")
    monkeypatch.chdir(ruled.root)

    (problem,) = ruled.problems()

    assert Place(EXTRA, 5, 12) == problem.place


def test_the_error_itself_reads_in_english(ruled: Copy) -> None:
    ruled.replace(EXTRA, "sector: roads", "sectr: roads")

    with pytest.raises(KnowledgeError) as caught:
        ruled.load()

    assert caught.value.in_language("en") == str(caught.value)
    assert 'unknown question or fact "sectr"; do you mean "sector"?' in str(caught.value)
    assert 'pertanyaan atau fakta "sectr" tidak dikenal; maksudnya "sector"?' in caught.value.in_language("id")


# -- rules that give a conclusion no value, or several ------------------------------------------------------------


def _told(copy: Copy, case: dict[str, object]) -> Problem:
    """Return why no advice can be given on a case by these rules."""
    knowledge = copy.load()
    with pytest.raises(KnowledgeError) as caught:
        advise(knowledge, case)
    (problem,) = caught.value.problems
    return problem


WONOSOBO = {
    "initiator": "regency",
    "counterparts": ["regency_city_same_province"],
    "activities": ["exchange_information"],
}


def test_a_conclusion_that_the_rules_leave_without_a_value_is_said_to_be_a_gap(copy: Copy) -> None:
    # Agency budgets are what funds a cooperation where no other scheme fits; without the rule nothing does.
    then = "then: {funding_scheme: agency_budgets}"
    copy.replace("rules/funding_scheme.yaml", then, f"when: {{sector: roads}}\n    {then}")
    case = {"as_of": "2013-06-01", "answers": {**WONOSOBO, "sector": "trade_investment", "burdens_budget": "no"}}

    problem = _told(copy, case)

    assert ("knowledge.gap", "funding_scheme") == (problem.key, problem.values["name"])
    assert_told(problem)


def test_a_conclusion_to_which_the_rules_give_two_values_is_said_to_be_a_conflict(copy: Copy) -> None:
    with copy.path("rules/collective_action.yaml").open("a", encoding="utf-8") as stream:
        stream.write(
            "  - id: extra\n    then: {collective_action: riot}\n    because: {id: Selalu., en: Always.}\n"
            "    cites: [prasetya-2013:5]\n    authority: judgement\n    provenance: verified\n"
        )
    case = {"as_of": "2013-06-01", "answers": {**WONOSOBO, "interests": "common", "coordination": "high"}}

    problem = _told(copy, case)

    assert ("knowledge.conflict", "collective_action") == (problem.key, problem.values["name"])
    assert "riot" in problem.values["values"]
    assert_told(problem)
