"""What fails is told so that it can be mended: what was expected and found, and by which rules."""

from __future__ import annotations

from dataclasses import replace

import pytest

from advisor.inference.experta_reader import ExpertaReader
from advisor.inference.firing import Result
from advisor.inference.program import Row
from advisor.knowledge_base import Knowledge
from scenario_runs import Run, data_of, text_of


def test_a_value_that_differs_stands_beside_what_was_expected_with_the_rule_that_fired(
    ran: Run, knowledge: Knowledge
) -> None:
    rule = knowledge.rulebase.by_id["dprd.new.not-required.region"]

    text = text_of(knowledge, ran("    expect: {dprd_approval: required}\n"))

    assert [
        "  a.yaml:7:14: dprd_approval.value (experta and generated Python)",
        "    expected  found",
        "    required  not_required",
        "    Rules that fired:",
        f"      • {rule.place}: {rule.id} -> dprd_approval: not_required",
    ] == text.splitlines()[:5]
    assert " ".join(rule.grounds.because.en.split()) in " ".join(text.split())


def test_of_a_list_it_is_told_what_is_missing_and_what_is_too_much(ran: Run, knowledge: Knowledge) -> None:
    result = ran("    expect:\n      kinds: [third_party]\n      uncovered_needs: {value: [staff]}\n")

    lines = text_of(knowledge, result).splitlines()

    assert [
        "  a.yaml:8:7: kinds.value (experta and generated Python)",
        "    expected       found",
        "    - third_party",
        "                   + inter_regional_voluntary",
        "    Rules that fired:",
    ] == lines[:5]
    assert ["    expected  found", "    - staff"] == lines[-2:]


def test_of_what_is_open_it_is_told_what_is_possible(ran: Run, knowledge: Knowledge) -> None:
    expected = "{value: required, cites: [pp28-2018:6]}"
    result = ran(f"    unknown: [burdens_budget]\n    expect: {{dprd_approval: {expected}}}\n")

    text = text_of(knowledge, result)

    assert "    It is still open; these are possible:\n" in text
    assert "    required  required | not_required\n" in text
    assert "    It is still open, so no reason is certain yet; use cites for settled facts only.\n" in text
    assert "dprd_approval: required\n" in text
    assert "dprd_approval: not_required\n" in text


def test_of_an_inadmissible_cooperation_the_bar_is_told_once(ran: Run, knowledge: Knowledge) -> None:
    result = ran("    answers: {lawful_object: no}\n    expect: {operator: none, kinds: [third_party]}\n")

    text = text_of(knowledge, result)

    assert 2 == text.count("The cooperation is inadmissible whatever the open answers are")
    assert 2 == f"{text}\n".count("  inadmissible\n")
    assert 1 == text.count("admissible.unlawful.region -> admissible: no")


def test_of_citations_it_is_told_which_are_missing_and_which_there_are(ran: Run, knowledge: Knowledge) -> None:
    result = ran("    expect: {dprd_approval: {cites: {not_required: [pp28-2018:6-2, pp28-2018:5-1]}}}\n")

    assert [
        "    expected                       found",
        "      not_required: pp28-2018:6-2    not_required: pp28-2018:6-2",
        "    - not_required: pp28-2018:5-1",
    ] == text_of(knowledge, result).splitlines()[1:4]


def test_of_a_whole_fact_the_reasons_below_count_too(ran: Run) -> None:
    # That the partner is a region rests on the definition in Article 1; the rule for the DPRD does not name it.
    assert "passed" == ran("    expect: {dprd_approval: {cites: [pp28-2018:6-2, pp28-2018:1]}}\n").status
    assert "failed" == ran("    expect: {dprd_approval: {cites: {not_required: [pp28-2018:1]}}}\n").status
    assert "passed" == ran("    expect: {dprd_approval: {does_not_cite: {not_required: [pp28-2018:1]}}}\n").status


def test_an_article_is_not_one_of_its_paragraphs(ran: Run) -> None:
    # kbase/ has Article 6 itself beside its paragraph (2), on which the rule stands.
    assert "failed" == ran("    expect: {dprd_approval: {cites: [pp28-2018:6]}}\n").status
    assert "passed" == ran("    expect: {dprd_approval: {does_not_cite: [pp28-2018:6]}}\n").status


def test_of_the_elements_of_a_list_it_is_told_which_article_is_missing(ran: Run, knowledge: Knowledge) -> None:
    result = ran("    expect: {needs: {cites: {settle: [prasetya-2013:12], deliver: [prasetya-2013:5]}}}\n")

    told = text_of(knowledge, result)
    assert "failed" == result.status
    assert "settle: prasetya-2013:12" in told
    assert "- deliver: prasetya-2013:5" in told


def test_an_article_that_must_not_be_cited_is_told(ran: Run, knowledge: Knowledge) -> None:
    result = ran("    expect: {dprd_approval: {does_not_cite: [pp28-2018:6-2, pp28-2018:5-1]}}\n")

    told = text_of(knowledge, result)
    assert "failed" == result.status
    assert "+ pp28-2018:6-2" in told
    assert "5-1" not in told


@pytest.mark.parametrize("articles", ["[pp28-2018:6-2]", "{required: [pp28-2018:6-2]}"])
def test_of_an_open_fact_no_article_is_told_as_one_that_must_not_be_cited(
    articles: str, ran: Run, knowledge: Knowledge
) -> None:
    open_answers = "    unknown: [burdens_budget, burdens_public, budgeted]\n"
    result = ran(f"{open_answers}    expect: {{dprd_approval: {{does_not_cite: {articles}}}}}\n")

    told = text_of(knowledge, result)
    assert "failed" == result.status
    assert 1 == told.count("It is still open, so no reason is certain yet")
    assert "6-2" not in told.partition("Rules that fired:")[0]


def test_what_must_not_be_is_told(ran: Run, knowledge: Knowledge) -> None:
    expected = "    expect: {strengths: {excludes: [shared_need, fiscal_capacity]}}\n"
    result = ran(expected + "    never: {operator: [none, province]}\n")

    text = text_of(knowledge, result)

    assert 2 == text.count("    These must not be there:\n")
    assert 1 == text.count("+ shared_need\n")
    assert 1 == text.count("+ none\n")
    assert 0 == text.count("+ fiscal_capacity") + text.count("+ province")
    assert "diagnosis.strength-shared-need -> strengths: shared_need" in text


@pytest.mark.parametrize(
    ("text", "message", "rows"),
    [
        (
            "    refused: [counterparts]\n",
            "These answers should be refused, but are accepted.",
            ["expected        found", "- counterparts"],
        ),
        (
            "    answers: {counterparts: []}\n    expect: {admissible: yes}\n",
            "These answers are refused:",
            ["expected  found", "          + counterparts"],
        ),
        (
            "    answers: {counterparts: []}\n    refused: [initiator]\n",
            "These answers are refused on account of other questions:",
            ["expected     found", "- initiator", "             + counterparts"],
        ),
        (
            "    as_of: 2001-01-01\n    refused: [initiator]\n",
            "These answers are refused on account of other questions:",
            ["expected     found", "- initiator", "             + as_of"],
        ),
    ],
)
def test_a_refusal_is_expected_or_not(
    text: str, message: str, rows: list[str], ran: Run, knowledge: Knowledge
) -> None:
    lines = text_of(knowledge, ran(text)).splitlines()

    assert ": refused (experta and generated Python)" in lines[0]
    assert f"    {message}" == lines[1]
    assert [f"    {row}" for row in rows] == lines[-len(rows) :]


def test_unknown_answers_that_cannot_be_filled_in_are_refused(ran: Run) -> None:
    text = "    answers: {initiator: province, counterparts: [own_province], region_count: 1}\n"

    assert "passed" == ran(text + "    refused: [initiator, counterparts, region_count]\n").status


@pytest.fixture
def other_experta(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let experta conclude another operator, by a rule that does not fire."""
    run = ExpertaReader.run

    def otherwise(reader: ExpertaReader, row: Row) -> Result:
        found = run(reader, row)
        firings = (replace(f, rule="operator.province") if f.rule == "operator.none" else f for f in found.firings)
        return replace(found, facts={**found.facts, "operator": ("province",)}, firings=tuple(firings))

    monkeypatch.setattr(ExpertaReader, "run", otherwise)


@pytest.mark.usefixtures("other_experta")
def test_readers_that_disagree_are_a_failure_that_says_so(ran: Run, knowledge: Knowledge) -> None:
    result = ran("    expect: {operator: none}\n")

    assert "failed" == result.status
    assert (
        "The two readers of the rules differ, which is a defect of this program. "
        "Facts: operator. Rules: operator.none, operator.province."
    ) == " ".join(text_of(knowledge, result).split())
    told = data_of([result])["scenarios"][0]
    assert {"facts": ["operator"], "rules": ["operator.none", "operator.province"]} == told["disagreement"]
    assert [] == told["failures"]


@pytest.mark.usefixtures("other_experta")
def test_where_the_readers_disagree_the_failures_are_told_of_the_generated_program(
    ran: Run, knowledge: Knowledge
) -> None:
    result = ran("    expect: {operator: province}\n")

    assert "  a.yaml:7:14: operator.value (generated Python alone)" in text_of(knowledge, result).splitlines()
    assert ["compiled"] == data_of([result])["scenarios"][0]["failures"][0]["readers"]


def test_a_conclusion_that_a_changed_rule_leaves_without_a_value_is_told_as_such(
    ran: Run, knowledge: Knowledge
) -> None:
    kept = tuple(rule for rule in knowledge.rulebase.rules if rule.id != "operator.none")
    changed = Knowledge(knowledge.library, replace(knowledge.rulebase, rules=kept), "changed")

    result = ran("    expect: {operator: none}\n", changed)

    assert "    none      no value" == text_of(changed, result).splitlines()[2]
