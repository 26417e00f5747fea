"""For every rule there is a case that fires it and, per condition, one that this condition alone holds back."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from advisor import cli
from advisor.inference.authored import SourceRule, sources_of
from advisor.inference.bit_parallel import Table, evaluated
from advisor.knowledge_base import Knowledge
from advisor.scenario.running import run_scenarios
from advisor.scenario.scenario_reader import read_scenarios
from advisor.verify.witness.witness import RuleWitness, WitnessCase, Witnesses
from rows import where_holds

SOME = ("dprd.", "needs.", "operator.", "steps.regions", "target", "uncovered")


@pytest.fixture(scope="module")
def witnesses(knowledge: Knowledge) -> tuple[RuleWitness, ...]:
    found = Witnesses(knowledge)
    return tuple(map(found.of, found.sources(SOME)))


def _fires(knowledge: Knowledge, case: WitnessCase, rule: str) -> bool:
    table = Table(knowledge.library, knowledge.rulebase.domains, [(case.as_of, case.row)])
    columns = evaluated(knowledge.rulebase, table)
    fired = [r for r in knowledge.rulebase.rules if r.source == rule and not r.id.endswith("/fits")]
    return any(columns.rules[r.id] for r in fired)


def test_every_rule_has_a_case_that_fires_it(knowledge: Knowledge, witnesses: tuple[RuleWitness, ...]) -> None:
    for witness in witnesses:
        assert witness.fires is not None
        assert _fires(knowledge, witness.fires, witness.source.shape.id), witness.source.shape.id
    assert len(witnesses) > 60


def test_in_a_near_miss_the_rule_does_not_fire(knowledge: Knowledge, witnesses: tuple[RuleWitness, ...]) -> None:
    misses = 0
    for witness in witnesses:
        for test, case in witness.misses:
            misses += 1
            own = test.formula
            table = Table(knowledge.library, knowledge.rulebase.domains, [(case.as_of, case.row)])
            columns = evaluated(knowledge.rulebase, table)
            condition = witness.source.condition
            turned = where_holds(columns, condition, test, 1 ^ columns.formula(own))

            assert 0 == where_holds(columns, condition)
            assert 1 == turned
    assert misses > 150


def test_no_case_contradicts_itself(knowledge: Knowledge, witnesses: tuple[RuleWitness, ...]) -> None:
    for witness in witnesses:
        for case in (witness.fires, *(case for _, case in witness.misses)):
            assert case is not None
            assert () == knowledge.on(case.as_of).generated.contradictions(case.row)


def test_a_day_can_be_given_and_a_rule_of_another_law_then_has_no_case(knowledge: Knowledge) -> None:
    day = knowledge.stretches()[0][0]
    witnesses = Witnesses(knowledge, day)
    found = {source.shape.id: witnesses.of(source) for source in witnesses.sources(("dprd.",))}
    laws = {
        source.shape.id: source.law
        for decision in knowledge.rulebase.sources
        for source in sources_of(decision)
        if isinstance(source, SourceRule)
    }

    for name, witness in found.items():
        if not all(knowledge.library.status(law, day) == "in_force" for law in laws[name]):
            assert witness.fires is None
        if witness.fires is not None:
            assert day == witness.fires.as_of
    assert any(witness.fires is None for witness in found.values())
    assert any(witness.fires is not None for witness in found.values())


@pytest.mark.heavy
def test_what_is_proposed_for_every_rule_holds_in_both_readers_once_it_is_approved(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    path = tmp_path / "witness.yaml"
    assert 0 == cli.main(["witness", "-o", str(path)])
    proposed = read_scenarios(knowledge, [path])
    text = path.read_text("utf-8")
    path.write_text("".join(line for line in text.splitlines(True) if "approved: false" not in line), "utf-8")
    approved = read_scenarios(knowledge, [path])

    failed = [r.scenario.id for r in run_scenarios(knowledge, approved) if r.status != "passed"]

    assert not any(scenario.approved for scenario in proposed)
    assert [] == failed
    assert len(approved) > 1000


def test_the_command_writes_scenarios_that_wait_for_approval(
    knowledge: Knowledge, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "witness.yaml"

    status = cli.main(["witness", "operator.third-party", "-o", str(path), "--lang", "en"])

    scenarios = yaml.safe_load(path.read_text("utf-8"))["scenarios"]
    assert 0 == status
    assert "witness.operator.third-party" == scenarios[0]["id"]
    assert all(scenario["approved"] is False for scenario in scenarios)
    assert all(scenario["source"] and scenario["why"] for scenario in scenarios)
    assert {"third_party"} == {scenarios[0]["expect"]["operator"]["value"]}
    assert "scenarios proposed for 1 rules" in capsys.readouterr().err
    assert len(scenarios) == len(read_scenarios(knowledge, [path])) > 2


def test_a_name_that_no_rule_has_is_refused_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert 2 == cli.main(["witness", "operator.third-partie", "--lang", "en"])
    assert "operator.third-party" in capsys.readouterr().err
