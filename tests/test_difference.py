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
from advisor.verify.difference.difference import FactDifference, KnowledgeDifference, difference_of
from broken_knowledge import Broken
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
            _values(one, difference.told.as_of, rows, difference) for one in (moved.knowledge, knowledge)
        )

        assert all(old != new for old, new in zip(before, after, strict=True))
        assert len(rows) > 20


def test_no_named_answer_can_be_left_out(moved: Broken, knowledge: Knowledge, found: KnowledgeDifference) -> None:
    needs = next(d for d in found.differences if d.fact == "needs")

    assert {"region_count", "duration", "activities", "counterparts"} <= set(needs.told.answers)
    assert 3 == needs.told.answers["region_count"]


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
    day = knowledge.on(difference.told.as_of)
    domains = knowledge.rulebase.domains
    given = {domain.id: domain.encode(a) for domain in domains if (a := difference.told.answers.get(domain.id))}
    given |= {domain.id: domain.encode(()) for domain in domains if difference.told.answers.get(domain.id) == ()}
    rows = []
    for seed in range(200):
        drawn = drawn_answers(seed, day)
        row = tuple(given.get(domain.id, code) for domain, code in zip(domains, drawn, strict=True))
        if not day.readers.compiled.contradictions(row):
            rows.append(row)
    return rows


def _values(
    knowledge: Knowledge, day: date, rows: list[tuple[int, ...]], difference: FactDifference
) -> list[frozenset[str]]:
    table = Table(knowledge.library, knowledge.rulebase.domains, [(day, row) for row in rows])
    columns = evaluated(knowledge.rulebase, table)
    fact, values = difference.fact, knowledge.library.values(difference.fact)
    if difference.contested:
        fact, values = knowledge.library.conclusion_file.contested, (difference.fact,)
    return [
        frozenset(value for value in values if columns.atom((fact, value)) >> index & 1)
        for index in range(len(rows))
    ]
