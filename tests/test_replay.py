"""Replaying a receipt tells what was changed in the knowledge, and what comes out otherwise by it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from advisor.inference.case import CaseReader
from advisor.inference.condition import Combination, Test
from advisor.inference.formula import TRUE, Literal, negation
from advisor.inference.ground import GroundRule
from advisor.inference.rulebase import Exclusion
from advisor.knowledge.rule import Contradiction
from advisor.knowledge_base import Knowledge
from advisor.problem import Place
from advisor.reasoning.completions import EVERYWHERE
from advisor.reasoning.entailment import entailment_of
from advisor.receipt.advice_record import ConclusionRecord, Difference
from advisor.receipt.change import Change, ChangeName, OldNew
from advisor.receipt.receipt import Receipt
from advisor.receipt.replay import Replay, replay
from advisor.text import Text
from receipts import (
    NAME,
    Changed,
    assert_same,
    because,
    case_data,
    dues_case,
    named,
    plain_case,
    receipt_of,
    roads_case,
    rule_source,
    shown,
)

pytestmark = pytest.mark.knowledge

NEW_QUESTION = """
  - id: moon
    type: yes_no
    text: {id: Bulan purnama?, en: Is the moon full?}
    short: {id: Bulan, en: Moon}
    help: {id: Lihat langit., en: Look at the sky.}
    source: [prasetya-2013:10]
    control: given
"""


@pytest.fixture(scope="module")
def plain(knowledge: Knowledge) -> Receipt:
    """Every question answered: two regencies share equipment, in 2021."""
    return receipt_of(knowledge, plain_case())


@pytest.fixture(scope="module")
def roads(knowledge: Knowledge) -> Receipt:
    """Every question answered: a regency hands roads over to its province, under a law of 2004."""
    return receipt_of(knowledge, roads_case())


@pytest.fixture(scope="module")
def dues(knowledge: Knowledge) -> Receipt:
    """A case of the study, with open questions, on a day under the law of 2018; it is funded by routine dues."""
    return receipt_of(knowledge, dues_case(knowledge))


@pytest.fixture
def changed(tmp_path: Path, knowledge: Knowledge) -> Changed:
    return Changed.copied(tmp_path, knowledge)


def _conclusion(found: Replay, name: str) -> Difference:
    (difference,) = (difference for difference in found.conclusions if difference.id == name)
    return difference


def _value(said: object) -> object:
    assert isinstance(said, ConclusionRecord)
    return said.value


def _cause(found: Replay, name: str) -> Change:
    (change,) = (change for change in found.causes if change.id == name)
    return change


def _items(found: Replay) -> list[tuple[str, str]]:
    return [(item.kind, item.id) for item in found.items]


def _without_option(questions: str, option: str) -> str:
    """Return a file of questions without the first option of a name."""
    return re.sub(
        rf"(?m)^      - (?:\{{id: {option}, .*\n|id: {option}\n(?:        .*\n)*)", "", questions, count=1
    )


# -- changed rules ------------------------------------------------------------------------------------------


def test_a_changed_condition_that_turns_a_conclusion_is_named_and_no_other_rule(
    changed: Changed, dues: Receipt
) -> None:
    changed.in_entry(
        "rules/funding_scheme.yaml", "funding.routine-dues", "up_to_one_year]", "up_to_one_year, permanent]"
    )

    found = changed.replayed(dues)

    assert "different" == found.verdict
    only = {ChangeName("rule", "funding.routine-dues")}
    assert {"funding_scheme": only, "risks": only} == because(found)
    assert {"funding.routine-dues"} == named(found.causes)
    funding = _conclusion(found, "funding_scheme")
    assert ("routine_dues", "agency_budgets") == (_value(funding.before), _value(funding.now))


def test_a_changed_rule_is_told_with_its_old_and_its_new_condition(changed: Changed, dues: Receipt) -> None:
    changed.in_entry(
        "rules/funding_scheme.yaml", "funding.routine-dues", "up_to_one_year]", "up_to_one_year, permanent]"
    )

    (cause,) = changed.replayed(dues).causes

    assert ("rule", "funding.routine-dues", "changed", "always", "never") == (
        cause.kind, cause.id, cause.what, cause.before, cause.now,
    )  # fmt: skip
    assert {"when"} == set(cause.parts)
    durations = [
        when["duration"] for when in (cause.parts["when"].old, cause.parts["when"].new) if isinstance(when, dict)
    ]
    assert [{"not": ["one_off", "up_to_one_year", *more]} for more in ([], ["permanent"])] == durations


CHANGES: tuple[Callable[[GroundRule], GroundRule | None], ...] = (
    lambda rule: None,
    lambda rule: replace(rule, body=negation(rule.body)),
    lambda rule: replace(rule, body=TRUE),
)


@pytest.mark.parametrize("seed", range(4))
def test_whichever_rule_is_changed_it_alone_is_named_for_every_difference(
    seed: int, knowledge: Knowledge, plain: Receipt, dues: Receipt
) -> None:
    drawn = random.Random(seed)  # noqa: S311
    receipt, change = drawn.choice((plain, dues)), drawn.choice(CHANGES)
    rules = knowledge.rulebase.by_id
    case = CaseReader(knowledge.library, knowledge.rulebase).data(dict(receipt.case))
    truth = entailment_of(knowledge, case).completions(EVERYWHERE)
    firing = [r.id for r in rules.values() if not r.only_fits and truth.fires(r) is not False]
    # Of a policy, the condition of a rule stands in the rule that says that it fits.
    condition = {name: rules.get(f"{name}/fits", rules[name]) for name in firing}
    name = drawn.choice([name for name in firing if change(condition[name]) != condition[name]])
    changed = {condition[name].id: change(condition[name])}
    if None in changed.values():
        changed[name] = None
    kept = tuple(r for rule in knowledge.rulebase.rules if (r := changed.get(rule.id, rule)) is not None)
    at_hand = Knowledge(knowledge.library, replace(knowledge.rulebase, rules=kept), "0" * 64)

    found = replay(receipt, knowledge, at_hand, NAME)

    only = ChangeName("rule", rules[name].source)
    assert found.differs or found.unchanged_result.rules
    assert all((only,) == difference.because for difference in found.differences)
    assert {only.id} == named((*found.causes, *found.unchanged_result.rules))
    assert shown(found, knowledge, at_hand)


def test_changed_sentences_alone_change_nothing_and_are_told(changed: Changed, roads: Receipt) -> None:
    changed.in_entry("rules/legal_basis.yaml", "basis.roads", "en: >-\n", "en: >-\n        Once more:\n")
    changed.in_entry("kbase/instruments/uu38-2004.yaml", "uu38-2004:16-4", "en: ", "en: New ")
    changed.in_entry("kbase/terms/documents.yaml", "offer_letter", "en: ", "en: New ")

    found = changed.replayed(roads)

    assert_same(found)
    assert "same" == found.verdict
    (rule,) = found.unchanged_result.rules
    assert ("basis.roads", {"because"}, "always", "always") == (rule.id, set(rule.parts), rule.before, rule.now)
    told = [(article.id, set(article.parts)) for article in found.unchanged_result.articles]
    assert [("uu38-2004:16-4", {"label"})] == told
    assert {"documents:offer_letter"} == named(found.unchanged_result.terms, "term")
    assert () == found.elsewhere


def test_changes_that_do_not_touch_the_advice_leave_it_the_same(
    changed: Changed, plain: Receipt, knowledge: Knowledge
) -> None:
    open_answers = receipt_of(knowledge, case_data(knowledge, "wonosobo") | {"as_of": date(2024, 5, 31)})
    assert open_answers.case["answers"]["sector"] != "solid_waste"
    changed.add("extra.talk", "{sector: solid_waste}", "{risks: rivalry}")
    changed.in_entry(
        "rules/dprd_approval.yaml", "dprd.foreign.a", "has_foreign: yes", "has_foreign: yes, sector: roads"
    )
    # Another order of conditions is no change at all.
    old, new = "{coordination: high, interests: common}", "{interests: common, coordination: high}"
    changed.in_entry("rules/collective_action.yaml", "collective-action.organisation", old, new)
    # Before all others of its policy, but it does not fit.
    changed.replace("rules/funding_scheme.yaml", ("rules:\n", "rules:\n" + rule_source("funding.first")))
    path = changed.root / "kbase" / "questions" / "60-institution.yaml"
    path.write_text(path.read_text("utf-8").rstrip("\n") + NEW_QUESTION, "utf-8")

    at_hand = changed.load()
    found = replay(plain, knowledge, at_hand, NAME)

    assert_same(found)
    assert "identical" == found.verdict
    assert found.knowledge.before != found.knowledge.now
    assert shown(found, knowledge, at_hand)
    # Nor does it matter that other examples are drawn of the answers that are open.
    assert "identical" == replay(open_answers, knowledge, at_hand, NAME).verdict
    assert {"extra.talk", "dprd.foreign.a", "funding.first"} == {
        change.id for change in found.elsewhere if change.kind == "rule" and change.effective
    }
    assert [("moon", "new")] == [(c.id, c.what) for c in found.elsewhere if c.kind == "question"]


def test_a_dropped_rule_is_told_with_what_it_leaves_behind(changed: Changed, plain: Receipt) -> None:
    changed.drop("rules/diagnosis.yaml", "diagnosis.strength-mutual-benefit")

    found = changed.replayed(plain)

    assert "different" == found.verdict
    (gone,) = found.causes
    assert ("diagnosis.strength-mutual-benefit", "gone", "always", "never") == (
        gone.id, gone.what, gone.before, gone.now,
    )  # fmt: skip
    assert {"strengths": {gone.name}} == because(found)


def test_a_dropped_rule_that_fired_without_consequence_is_told_and_the_advice_is_the_same(
    changed: Changed, plain: Receipt
) -> None:
    changed.drop("rules/needs.yaml", "needs.settle")

    found = changed.replayed(plain)

    assert_same(found)
    assert "same" == found.verdict
    (gone,) = found.unchanged_result.rules
    assert ("needs.settle", "gone", "always", "never") == (gone.id, gone.what, gone.before, gone.now)


def test_an_added_rule_is_told_where_it_fires(changed: Changed, plain: Receipt) -> None:
    changed.add("extra.talk", "{sector: roads}", "{risks: rivalry}")

    found = changed.replayed(plain)

    assert {"risks": {ChangeName("rule", "extra.talk")}} == because(found)
    (new,) = found.causes
    assert ("extra.talk", "new", "never", "always") == (new.id, new.what, new.before, new.now)


def test_a_rule_put_before_others_of_its_policy_is_told(changed: Changed, dues: Receipt) -> None:
    path = changed.root / "rules" / "funding_scheme.yaml"
    head, *rules = re.split(r"(?m)^(?=  - id: )", path.read_text("utf-8"))
    always = next(rule for rule in rules if rule.startswith("  - id: funding.agency-budgets\n"))
    rules.remove(always)
    path.write_text(head + always + "".join(rules), "utf-8")

    found = changed.replayed(dues)

    assert {"funding_scheme", "risks"} == set(because(found))
    dropped = _cause(found, "funding.routine-dues")
    assert ({"after"}, "always", "never") == (set(dropped.parts), dropped.before, dropped.now)
    old, new = (set(before) for before in (dropped.parts["after"].old, dropped.parts["after"].new))
    assert {"funding.agency-budgets"} == new - old
    put_first = _cause(found, "funding.agency-budgets")
    assert ("never", "always", ()) == (put_first.before, put_first.now, put_first.parts["after"].new)
    # The rules of the policy that speak neither then nor now are not to blame.
    assert {"funding.routine-dues", "funding.agency-budgets"} == named(found.causes)


def test_changed_citations_are_told_with_both_and_move_the_legal_basis(changed: Changed, roads: Receipt) -> None:
    changed.in_entry("rules/legal_basis.yaml", "basis.roads", "[uu38-2004:16-4]", "[uu38-2004:16-4, uu38-2004:16]")
    changed.in_entry(
        "rules/kinds.yaml", "kinds.voluntary.c", "[uu23-2014:363-3", "[uu23-2014:363-2, uu23-2014:363-3"
    )

    found = changed.replayed(roads)

    assert [("legal_basis", "uu23-2014:363-2")] == _items(found)
    assert (ChangeName("rule", "kinds.voluntary.c"),) == found.items[0].because
    assert () == found.conclusions
    (noted,) = found.unchanged_result.rules
    assert "basis.roads" == noted.id
    assert {"cites": OldNew(("uu38-2004:16-4",), ("uu38-2004:16-4", "uu38-2004:16"))} == noted.parts


def test_knowledge_that_leaves_a_conclusion_without_any_value_is_told_by_its_cause(
    changed: Changed, plain: Receipt
) -> None:
    changed.in_entry("rules/dprd_approval.yaml", "dprd.new.not-required.region", "unfunded: no", "unfunded: yes")

    found = changed.replayed(plain)

    assert ("dprd_approval",) == found.without_value
    assert {"dprd_approval": {ChangeName("rule", "dprd.new.not-required.region")}} == because(found)
    assert found.conclusions[0].now is None


def test_a_rule_about_the_other_law_is_told_where_its_answer_is_shown(changed: Changed, plain: Receipt) -> None:
    for rule in ("dprd.old.not-required", "dprd.old.exempt"):
        changed.in_entry("rules/dprd_approval.yaml", rule, "dprd_approval: not_required", "dprd_approval: conflict")

    found = changed.replayed(plain)

    assert () == found.conclusions == found.items
    assert found.differs
    assert found.other_regime is not None
    assert set(found.other_regime.because) == {change.name for change in found.causes}
    assert named(found.causes) <= {"dprd.old.not-required", "dprd.old.exempt"}


# -- changed law, questions and contradictions --------------------------------------------------------------


def test_an_article_that_was_revoked_earlier_is_named(changed: Changed, roads: Receipt) -> None:
    changed.in_entry(
        "kbase/instruments/uu38-2004.yaml", "uu38-2004:16-4", "revoked: 2022-01-12", "revoked: 2020-01-12"
    )

    found = changed.replayed(roads)

    assert [("legal_basis", "uu38-2004:16")] == _items(found)
    assert (ChangeName("law", "uu38-2004:16-4"),) == found.items[0].because
    (article,) = found.causes
    assert {"revoked": OldNew(date(2022, 1, 12), date(2020, 1, 12))} == article.parts
    assert () == found.conclusions


def test_an_instrument_that_begins_later_turns_the_era_and_all_that_hangs_on_it(
    changed: Changed, plain: Receipt
) -> None:
    changed.replace("kbase/instruments/pp28-2018.yaml", ("\nin_force: 2018-07-13\n", "\nin_force: 2022-07-13\n"))
    path = changed.root / "kbase" / "instruments" / "pp50-2007.yaml"
    path.write_text(re.sub(r"(?m)^revoked: .*$", "revoked: 2022-07-13", path.read_text("utf-8")), "utf-8")

    found = changed.replayed(plain)

    assert found.era is not None
    assert ("C", "B") == (found.era.before, found.era.now)
    assert ChangeName("law", "pp28-2018") in found.era.because
    assert {"pp28-2018", "pp50-2007"} == named(found.causes, "law")
    assert set() == named(found.causes)
    assert all(difference.because for difference in found.differences)


def test_an_option_that_is_no_more_is_told_and_the_rest_is_replayed(changed: Changed, dues: Receipt) -> None:
    path = changed.root / "kbase" / "questions" / "50-commitment.yaml"
    path.write_text(_without_option(path.read_text("utf-8"), "universities"), "utf-8")
    changed.replace("rules/diagnosis.yaml", ("support: [donor_ngo, universities]", "support: donor_ngo"))
    changed.replace("kbase/cases/kartamantul.yaml", ("support: [donor_ngo, universities]", "support: [donor_ngo]"))

    found = changed.replayed(dues)

    assert {"support": ("universities",)} == found.dropped_answers
    # The strength rests on the donor that is left.
    assert () == found.differences
    (question,) = found.unchanged_result.questions
    assert ("support", {"options"}) == (question.id, set(question.parts))


def test_an_answer_that_is_not_accepted_any_more_is_left_out_and_named_as_the_cause(
    changed: Changed, plain: Receipt
) -> None:
    path = changed.root / "kbase" / "questions" / "40-money.yaml"
    path.write_text(_without_option(path.read_text("utf-8"), "moderate"), "utf-8")

    found = changed.replayed(plain)

    assert {"fiscal_capacity": "moderate"} == found.dropped_answers
    only = {ChangeName("question", "fiscal_capacity")}
    assert {"strengths": only, "risks": only} == because(found)
    assert {"fiscal_capacity"} == named(found.causes, "question")
    assert set() == named(found.causes)


def test_a_question_that_is_no_more_is_told_with_the_rule_that_asked_it(changed: Changed, dues: Receipt) -> None:
    path = changed.root / "kbase" / "questions" / "50-commitment.yaml"
    text = path.read_text("utf-8")
    start = text.index("  - id: succession_soon\n")
    path.write_text(text[:start] + text[text.index("  - id: ", start + 1) :], "utf-8")
    changed.drop("rules/diagnosis.yaml", "diagnosis.risk-leadership-succession")
    case = changed.root / "kbase" / "cases" / "kartamantul.yaml"
    # The answer, and below how it was read from the study.
    case.write_text(re.sub(r"(?m)^  succession_soon:.*\n(    .*\n)*", "", case.read_text("utf-8")), "utf-8")

    found = changed.replayed(dues)

    assert {"succession_soon": "yes"} == found.dropped_answers
    assert {"risks"} == set(because(found))
    assert {"diagnosis.risk-leadership-succession"} == named(found.causes)
    assert [("succession_soon", "gone")] == [(c.id, c.what) for c in found.causes if c.kind == "question"]


def test_answers_that_can_no_longer_stand_together_are_told_with_the_rule_that_says_so(
    changed: Changed, plain: Receipt
) -> None:
    path = changed.root / "rules" / "contradictions.yaml"
    added = (
        "\n  - id: no-roads\n    when: {sector: roads, rivalry: no}\n"
        "    message: {id: Tidak bisa bersama., en: Not both.}\n    authority: judgement\n"
    )
    path.write_text(path.read_text("utf-8").rstrip("\n") + added, "utf-8")

    found = changed.replayed(plain)

    assert "different" == found.verdict
    assert ["sector, rivalry"] == [problem.values["questions"] for problem in found.refused]
    assert [("contradiction", "no-roads", "new")] == [(c.kind, c.id, c.what) for c in found.causes]


def test_a_day_that_is_not_covered_any_more_is_told_and_no_answer_is_blamed(
    changed: Changed, plain: Receipt
) -> None:
    path = changed.root / "kbase" / "knowledge.yaml"
    path.write_text(re.sub(r"(?m)^covered_from: .*$", "covered_from: 2022-01-01", path.read_text("utf-8")), "utf-8")
    for case in (changed.root / "kbase" / "cases").glob("*.yaml"):
        case.write_text(re.sub(r"(?m)^as_of: .*$", "as_of: 2022-01-01", case.read_text("utf-8")), "utf-8")

    found = changed.replayed(plain)

    assert "different" == found.verdict
    assert ["answers.not_covered"] == [problem.key for problem in found.refused]
    assert {} == found.dropped_answers


def test_a_contradiction_that_takes_away_what_was_possible_is_named(knowledge: Knowledge, dues: Receipt) -> None:
    message = Text(id="Tidak bisa.", en="It cannot be.")
    shape = Contradiction(id="no-rivals", when=None, message=message, authority="judgement")
    place = Place("rules/contradictions.yaml")
    tests = [
        Test(name, "is", (value,), Literal((name, value)), place)
        for name, value in (("rivalry", "yes"), ("sector", "solid_waste"))
    ]
    exclusions = (*knowledge.rulebase.exclusions, Exclusion(shape, Combination("all", tuple(tests), place), place))
    changed = Knowledge(knowledge.library, replace(knowledge.rulebase, exclusions=exclusions), "0" * 64)

    found = replay(dues, knowledge, changed, NAME)

    assert "solid_waste" == dues.case["answers"]["sector"]
    assert "rivalry" not in dues.case["answers"]
    assert {"risks": {ChangeName("contradiction", "no-rivals")}} == because(found)
    assert "no-rivals: is new" in " ".join(shown(found, knowledge, changed).split())


# -- the program --------------------------------------------------------------------------------------------


def _with_operator(receipt: Receipt, value: str) -> Receipt:
    conclusions: dict[str, Any] = dict(receipt.advice["conclusions"])
    conclusions["operator"] = conclusions["operator"] | {"value": value, "possible": [value]}
    return replace(receipt, advice={**receipt.advice, "conclusions": conclusions})


def test_the_program_is_named_where_its_own_knowledge_says_something_else(
    knowledge: Knowledge, plain: Receipt
) -> None:
    found = replay(_with_operator(plain, "third_party"), knowledge, knowledge, NAME)

    (difference,) = found.program.differences
    assert ("operator", "third_party") == (difference.id, _value(difference.before))
    assert () == difference.because == found.differences == found.causes
    assert "different" == found.verdict
    assert "it is the program that has changed" in " ".join(shown(found, knowledge, knowledge).split())


def test_what_the_program_and_what_the_knowledge_changed_are_told_apart(
    changed: Changed, knowledge: Knowledge, dues: Receipt
) -> None:
    changed.in_entry(
        "rules/funding_scheme.yaml", "funding.routine-dues", "up_to_one_year]", "up_to_one_year, permanent]"
    )

    found = replay(_with_operator(dues, "third_party"), knowledge, changed.load(), NAME)

    assert ["operator"] == [difference.id for difference in found.program.differences]
    assert {"funding_scheme", "risks"} == set(because(found))


def test_what_the_program_only_words_otherwise_is_the_same_and_told(knowledge: Knowledge, plain: Receipt) -> None:
    stored = replace(plain, advice={**plain.advice, "similar_cases": []})

    found = replay(stored, knowledge, knowledge, NAME)

    assert ("similar_cases",) == found.program.reworded
    assert "same" == found.verdict
    assert not found.differs
