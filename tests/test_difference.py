"""Two knowledge bases differ where some answers tell them apart, and nowhere else."""

from __future__ import annotations

import json
import random
from datetime import date
from pathlib import Path

import pytest

from advisor import cli
from advisor.folders import built_in
from advisor.inference.bit_parallel import Table, evaluated
from advisor.knowledge_base import Knowledge
from advisor.scenario.running import run_scenario
from advisor.scenario.scenario_reader import read_scenarios
from advisor.verify.difference.difference import FactDifference, KnowledgeDifference, difference_of
from advisor.verify.difference.flips import flips_of
from advisor.verify.difference.form import differing_rules
from broken_knowledge import Broken
from receipts import rule_source
from rows import drawn_answers

FEW = ["--scenarios", str(built_in("scenarios") / "needs.yaml"), str(built_in("scenarios") / "operator.yaml")]


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Broken:
    """Knowledge in which more than three regions, not two, need officers of their own."""
    changed = Broken.whole(tmp_path_factory.mktemp("moved"))
    changed.change("rules/needs.yaml", "region_count: {over: 2}", "region_count: {over: 3}")
    return changed


@pytest.fixture(scope="module")
def found(moved: Broken, knowledge: Knowledge) -> KnowledgeDifference:
    return difference_of(moved.knowledge, knowledge)


def test_a_copy_is_proved_to_conclude_the_same(knowledge: Knowledge, tmp_path: Path) -> None:
    difference = difference_of(Broken.whole(tmp_path).knowledge, knowledge)

    assert not difference.differs
    assert not difference.rules
    assert not difference.questions
    assert set(knowledge.library.shown) - {"contested"} == set(difference.same)


def test_another_reason_in_other_words_is_no_difference(knowledge: Knowledge, tmp_path: Path) -> None:
    reworded = Broken.whole(tmp_path)
    reworded.change("rules/needs.yaml", "Plans are made together.", "They plan together.")

    difference = difference_of(reworded.knowledge, knowledge)

    assert not difference.differs
    assert not difference.rules


def test_the_rule_that_changed_is_named(found: KnowledgeDifference) -> None:
    assert ("needs.staff.operating",) == found.rules.changed
    assert () == found.rules.added == found.rules.removed
    assert not found.questions


def test_what_rests_on_the_changed_rule_differs_and_the_rest_is_proved_the_same(
    found: KnowledgeDifference,
) -> None:
    differing = {difference.fact for difference in found.differences}

    assert {"needs", "target_form", "institutional_form"} <= differing
    assert {"admissible", "kinds", "dprd_approval", "models", "operator", "supporting_funding"} <= set(found.same)


def test_the_answers_named_tell_the_two_apart_whatever_the_others_are(
    moved: Broken, knowledge: Knowledge, found: KnowledgeDifference
) -> None:
    for difference in found.differences:
        rows = _completions(knowledge, difference)
        before, after = (
            _values(one, difference.case.as_of, rows, difference) for one in (moved.knowledge, knowledge)
        )

        assert all(old != new for old, new in zip(before, after, strict=True))
        assert len(rows) > 20


def test_no_named_answer_can_be_left_out(moved: Broken, knowledge: Knowledge, found: KnowledgeDifference) -> None:
    needs = next(d for d in found.differences if d.fact == "needs")

    assert {"region_count", "duration", "activities", "counterparts"} <= set(needs.case.answers)
    assert 3 == needs.case.answers["region_count"]


def test_what_is_proved_the_same_is_the_same_in_random_cases(
    moved: Broken, knowledge: Knowledge, found: KnowledgeDifference
) -> None:
    drawn = random.Random(2)  # noqa: S311
    days = [first for first, _ in knowledge.stretches()]
    cases = [(day, drawn_answers(seed, knowledge.on(day))) for seed in range(400) for day in [drawn.choice(days)]]
    columns = [
        evaluated(one.rulebase, Table(one.library, one.rulebase.domains, cases))
        for one in (moved.knowledge, knowledge)
    ]

    for fact in found.same:
        for value in knowledge.library.values(fact):
            assert columns[0].atom((fact, value)) == columns[1].atom((fact, value))


def test_a_law_that_ends_sooner_differs_on_the_days_between_alone(knowledge: Knowledge, tmp_path: Path) -> None:
    sooner = Broken.whole(tmp_path)
    sooner.change("kbase/instruments/pp59-2022.yaml", "in_force: 2022-12-26", "in_force: 2022-12-20")

    difference = difference_of(sooner.knowledge, knowledge)

    spans = {span for d in difference.differences for span in d.days}
    assert {(date(2022, 12, 20), date(2022, 12, 25))} == spans


def test_a_question_with_one_option_more_is_compared_on_the_options_of_both(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    more = Broken.whole(tmp_path)
    more.change(
        "kbase/questions/30-money.yaml",
        "      - {id: weak, label: {id: Lemah, en: Weak}}\n",
        "      - {id: weak, label: {id: Lemah, en: Weak}}\n"
        "      - {id: bankrupt, label: {id: Bangkrut, en: Bankrupt}}\n",
    )

    difference = difference_of(knowledge, more.knowledge)

    assert ("fiscal_capacity",) == difference.questions.changed
    assert not difference.differs


def test_the_command_tells_differences_and_scenarios_that_flip(
    moved: Broken, capsys: pytest.CaptureFixture[str]
) -> None:
    status = cli.main(["diff", str(moved.root), *FEW, "--lang", "en"])

    told = " ".join(capsys.readouterr().out.split())
    assert 1 == status
    assert "changed: needs.staff.operating" in told
    assert "region_count: 3" in told
    assert "fails with the old one and passes with the new one" in told
    assert "Proved to be always the same: admissible" in told


def test_the_command_finds_nothing_between_equals(
    knowledge: Knowledge, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    same = Broken.whole(tmp_path)

    status = cli.main(["diff", str(same.root), str(same.root), *FEW, "--format", "json"])

    data = json.loads(capsys.readouterr().out)
    assert 0 == status
    assert [] == data["differences"] == data["scenarios"]["flips"]
    assert data["scenarios"]["run"] > 20


def test_the_flips_are_those_that_both_readers_find(moved: Broken, knowledge: Knowledge) -> None:
    paths = [Path(path) for path in FEW[1:]]
    for_old, for_new = (read_scenarios(one, paths) for one in (moved.knowledge, knowledge))
    before, after = (
        {scenario.id: run_scenario(one, scenario).status for scenario in scenarios}
        for one, scenarios in ((moved.knowledge, for_old), (knowledge, for_new))
    )

    found = flips_of(moved.knowledge, knowledge, for_old, for_new)

    assert found.flips
    assert {name for name in before if before[name] != after[name]} == {flip.scenario for flip in found.flips}
    assert {("failed", "passed")} == {(flip.old, flip.new) for flip in found.flips}
    assert len(before) == found.run


def test_the_command_writes_what_differs_as_json(moved: Broken, capsys: pytest.CaptureFixture[str]) -> None:
    status = cli.main(["diff", str(moved.root), *FEW, "--format", "json"])

    data = json.loads(capsys.readouterr().out)
    assert 1 == status
    assert ["schema", "days", "rules", "questions", "differences", "same", "scenarios"] == list(data)
    assert ("difference/1", ["2007-08-22", None]) == (data["schema"], data["days"])
    assert {"added": [], "removed": [], "changed": ["needs.staff.operating"]} == data["rules"]
    needs = next(difference for difference in data["differences"] if difference["fact"] == "needs")
    assert ["fact", "part", "days", "case", "old", "new"] == list(needs)
    assert ("value", {"as_of", "answers"}) == (needs["part"], set(needs["case"]))
    assert {"scenario": "needs-staff-works", "old": "failed", "new": "passed"} in data["scenarios"]["flips"]


def test_equals_are_told_to_be_so_without_a_proof(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    same = Broken.whole(tmp_path)

    assert 0 == cli.main(["diff", str(same.root), *FEW, "--lang", "en"])

    assert "Both have exactly the same content" in " ".join(capsys.readouterr().out.split())


def test_a_rule_is_not_changed_by_one_that_comes_before_it_in_its_policy_nor_by_the_order_of_its_conditions(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    more = Broken.whole(tmp_path)
    more.change("rules/funding_scheme.yaml", "rules:\n", "rules:\n" + rule_source("funding.first"))
    more.change(
        "rules/collective_action.yaml",
        "{coordination: high, interests: common}",
        "{interests: common, coordination: high}",
    )

    names = differing_rules(knowledge.rulebase, more.knowledge.rulebase)

    assert (("funding.first",), (), ()) == (names.added, names.removed, names.changed)


def test_it_is_told_which_of_the_two_does_not_know_a_word(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fewer = Broken.whole(tmp_path / "fewer")
    text = (built_in("scenarios") / "operator.yaml").read_text("utf-8").replace("operator:", "operators:")
    (tmp_path / "operator.yaml").write_text(text, "utf-8")
    (tmp_path / "base.yaml").write_text((built_in("scenarios") / "base.yaml").read_text("utf-8"), "utf-8")

    words = ["diff", str(fewer.root), "--scenarios", str(tmp_path / "operator.yaml"), "--lang", "en"]
    assert 2 == cli.main(words)
    assert "The old knowledge base does not know all words" in capsys.readouterr().err


def test_a_folder_without_knowledge_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 2 == cli.main(["diff", str(tmp_path), "--lang", "en"])
    assert str(tmp_path / "kbase") in capsys.readouterr().err


def _completions(knowledge: Knowledge, difference: FactDifference) -> list[tuple[int, ...]]:
    """Return random completions of the answers that tell the two apart."""
    day = knowledge.on(difference.case.as_of)
    domains = knowledge.rulebase.domains
    given = {domain.id: domain.encode(a) for domain in domains if (a := difference.case.answers.get(domain.id))}
    given |= {domain.id: domain.encode(()) for domain in domains if difference.case.answers.get(domain.id) == ()}
    rows = []
    for seed in range(200):
        drawn = drawn_answers(seed, day)
        row = tuple(given.get(domain.id, code) for domain, code in zip(domains, drawn, strict=True))
        if not day.generated.contradictions(row):
            rows.append(row)
    return rows


def _values(
    knowledge: Knowledge, day: date, rows: list[tuple[int, ...]], difference: FactDifference
) -> list[frozenset[str]]:
    table = Table(knowledge.library, knowledge.rulebase.domains, [(day, row) for row in rows])
    columns = evaluated(knowledge.rulebase, table)
    fact, values = difference.fact, knowledge.library.values(difference.fact)
    if difference.part == "contested":
        fact, values = knowledge.library.roles.contested, (difference.fact,)
    return [
        frozenset(value for value in values if columns.atom((fact, value)) >> index & 1)
        for index in range(len(rows))
    ]
