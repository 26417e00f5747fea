"""Coverage counts a condition where it was decisive, and leaves out what is proved impossible."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from advisor import cli
from advisor.folders import built_in
from advisor.inference import condition as conditions
from advisor.inference.bit_parallel import Table, evaluated
from advisor.knowledge_base import Knowledge
from advisor.scenario.scenario import Scenario
from advisor.scenario.scenario_reader import read_scenarios
from advisor.verify.coverage.coverage import Coverage, OpenQuestion, Share
from advisor.verify.coverage.covering import coverage_of
from advisor.verify.proof.relevance import decisive
from receipts import plain_case
from rows import drawn_answers, where_holds
from scenario_texts import Write

pytestmark = pytest.mark.knowledge


@pytest.fixture(scope="module")
def scenarios(knowledge: Knowledge) -> tuple[Scenario, ...]:
    return read_scenarios(knowledge, [built_in("scenarios")])


@pytest.fixture(scope="module")
def coverage(knowledge: Knowledge, scenarios: tuple[Scenario, ...]) -> Coverage:
    """What the shipped scenarios have tried."""
    return coverage_of(knowledge, scenarios)


def _only(scenarios: Iterable[Scenario], *names: str) -> list[Scenario]:
    return [scenario for scenario in scenarios if scenario.id in names]


def test_the_shipped_scenarios_leave_nothing_untested(coverage: Coverage) -> None:
    untested = [
        f"{rule.id}: {c.test.name} {c.test.values} {'held' if c.held.missing else 'failed'}"
        for rule in coverage.rules
        for c in rule.conditions
        if c.held.missing or c.failed.missing
    ]

    assert [] == [rule.id for rule in coverage.rules if not rule.scenarios]
    assert [] == untested
    assert [] == [article.article for article in coverage.articles if not article.scenarios]
    assert [] == [(option.question, option.option) for option in coverage.options if not option.scenarios]
    assert coverage.complete
    assert "100%" == coverage.shares["conditions"].percent


def test_no_scenario_at_all_covers_nothing(knowledge: Knowledge) -> None:
    coverage = coverage_of(knowledge, [])

    assert 0 == coverage.cases
    assert (0, 0, 0, 0) == tuple(share.covered for share in coverage.shares.values())
    assert not coverage.complete


def test_a_condition_counts_only_where_the_rule_would_have_spoken_otherwise(
    knowledge: Knowledge, scenarios: tuple[Scenario, ...]
) -> None:
    # The case settles disputes between two regions for two to four years: nothing is planned, nothing is long and
    # nothing complex, so none of these conditions alone holds the rule back.
    coverage = coverage_of(knowledge, _only(scenarios, "base-plain-region-c"))
    rules = {rule.id: rule for rule in coverage.rules}

    needs = {c.test.values: c for c in rules["needs.staff.planning"].conditions}
    assert 0 == rules["needs.staff.planning"].scenarios
    assert all(0 == c.held.scenarios == c.failed.scenarios for c in needs.values())
    assert 1 == rules["needs.settle"].scenarios
    (settle,) = rules["needs.settle"].conditions
    assert (1, 0) == (settle.held.scenarios, settle.failed.scenarios)


def test_what_counts_is_what_turning_the_condition_over_would_change(
    knowledge: Knowledge, scenarios: tuple[Scenario, ...]
) -> None:
    drawn = random.Random(5)  # noqa: S311
    day = knowledge.stretches()[-1][0]
    cases = [(day, drawn_answers(seed, knowledge.on(day))) for seed in range(200)]
    columns = evaluated(knowledge.rulebase, Table(knowledge.library, knowledge.rulebase.domains, cases))
    rules = [rule for source in knowledge.rulebase.sources for rule in source.rules]
    for rule in drawn.sample(rules, 120):
        for test in conditions.tests_of(rule.condition):
            own = columns.formula(test.formula)
            turned = where_holds(columns, rule.condition, test, columns.table.everywhere ^ own)

            assert where_holds(columns, rule.condition) ^ turned == columns.formula(decisive(rule.condition, test))


def test_what_is_called_impossible_happens_in_no_random_case(knowledge: Knowledge, coverage: Coverage) -> None:
    drawn = random.Random(9)  # noqa: S311
    days = [first for first, _ in knowledge.stretches()]
    cases = []
    for seed in range(1500):
        day = drawn.choice(days)
        row = drawn_answers(seed, knowledge.on(day))
        if not knowledge.on(day).generated.contradictions(row):
            cases.append((day, row))
    columns = evaluated(knowledge.rulebase, Table(knowledge.library, knowledge.rulebase.domains, cases))
    by_id = {rule.shape.id: rule for source in knowledge.rulebase.sources for rule in source.rules}
    gate = columns.atom((knowledge.library.roles.gate, "yes"))
    first = {name for source in knowledge.rulebase.sources for name in source.shape.first}
    impossible = 0
    for rule in coverage.rules:
        source = by_id.get(rule.id)
        if source is None or first & set(source.shape.then):
            continue
        for condition in rule.conditions:
            column = columns.formula(decisive(source.condition, condition.test))
            column &= columns.in_force(source.law) & gate
            held = columns.formula(condition.test.formula)
            impossible += (not condition.held.possible) + (not condition.failed.possible)

            assert condition.held.possible or not column & held
            assert condition.failed.possible or not column & ~held
    assert impossible


@pytest.mark.parametrize(
    ("covered", "every", "percent"),
    [(3, 3, "100%"), (0, 0, "100%"), (999_999, 1_000_000, "99.9%"), (1, 3, "33.3%")],
)
def test_a_hundred_per_cent_is_said_only_where_nothing_is_missing(covered: int, every: int, percent: str) -> None:
    assert percent == Share(covered, every).percent


@pytest.mark.usefixtures("loaded")
def test_the_command_names_what_is_missing_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = built_in("scenarios") / "base.yaml"

    status = cli.main(["test", str(base), "--coverage", "--lang", "en"])

    told = " ".join(capsys.readouterr().out.split())
    assert 1 == status
    assert "rules/needs.yaml:" in told
    assert "fires in no scenario" in told
    assert "no scenario turns on its being met" in told


@pytest.mark.usefixtures("loaded")
def test_the_page_is_complete_in_itself_and_names_every_rule(
    knowledge: Knowledge, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "coverage.html"

    cli.main(["test", str(built_in("scenarios") / "base.yaml"), "--coverage", "--html", str(page)])

    source = page.read_text("utf-8")
    reader = _Links()
    reader.feed(source)
    rules = {r.shape.id for s in knowledge.rulebase.sources for r in (*s.rules, *s.rankings, *s.shortfalls)}
    assert [] == reader.links
    assert rules <= set(reader.headings)
    assert '<html lang="id">' in source


@pytest.mark.usefixtures("loaded")
def test_coverage_as_data_has_the_shares_and_every_rule(
    knowledge: Knowledge, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(["test", str(built_in("scenarios") / "base.yaml"), "--coverage", "--format", "json"])

    data = json.loads(capsys.readouterr().out)["coverage"]
    assert {"rules", "conditions", "articles", "options"} == set(data["shares"])
    assert data["shares"]["rules"]["covered"] == sum(rule["scenarios"] > 0 for rule in data["rules"])
    assert data["shares"]["rules"]["all"] == len(data["rules"])


# -- scenarios that leave something open ----------------------------------------------------------------------


def _left_open(*left: str, unknown: str = "") -> dict[str, Any]:
    """Return a scenario that leaves some questions open, and may say of one that it is not known."""
    case = plain_case()
    answers = {question: answer for question, answer in case["answers"].items() if question not in left}
    scenario = {
        "name": "It",
        "source": ["pp28-2018:3"],
        "why": "It is.",
        "as_of": case["as_of"],
        "answers": answers,
    }
    return scenario | {"expect": {"admissible": True}} | ({"unknown": [unknown]} if unknown else {})


@pytest.fixture
def partly(write: Write) -> Path:
    """Scenarios of which one has all answers."""
    scenarios = [
        _left_open(),
        _left_open("operating_party"),
        _left_open("operating_party", "rivalry"),
        _left_open("operating_party", unknown="operating_party"),
    ]
    named = [{"id": f"n{number}", **scenario} for number, scenario in enumerate(scenarios)]
    return write(json.dumps({"scenarios": named}, default=str))


def test_questions_that_scenarios_leave_open_are_named_the_one_that_excludes_most_alone_first(
    knowledge: Knowledge, partly: Path
) -> None:
    coverage = coverage_of(knowledge, read_scenarios(knowledge, [partly]))

    assert 1 == coverage.cases
    assert (OpenQuestion("operating_party", 3, 2), OpenQuestion("rivalry", 1, 0)) == coverage.open


def test_an_answer_completes_scenarios_that_leave_it_open_but_none_that_says_that_it_is_unknown(
    knowledge: Knowledge, partly: Path
) -> None:
    completed = read_scenarios(knowledge, [partly], {"operating_party": "undecided"})

    coverage = coverage_of(knowledge, completed)

    assert 2 == coverage.cases
    assert {OpenQuestion("operating_party", 1, 1), OpenQuestion("rivalry", 1, 1)} == set(coverage.open)
    assert {"n1", "n2"} <= {scenario.id for scenario in completed if scenario.answers.get("operating_party")}
    assert "operating_party" not in completed[3].answers
    assert completed[0] == read_scenarios(knowledge, [partly])[0]


@pytest.mark.usefixtures("loaded")
def test_the_command_names_open_questions_and_completes_scenarios(
    partly: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["test", str(partly), "--coverage", "--lang", "en"]

    cli.main(words)
    told = " ".join(capsys.readouterr().out.split())
    cli.main([*words, "--answer", "operating_party=undecided", "rivalry=no", "--format", "json"])
    completed = json.loads(capsys.readouterr().out)["coverage"]

    assert "3 scenarios leave operating_party open and do not count; 2 of them leave nothing else open" in told
    assert "1 scenarios leave rivalry open" in told
    assert [{"question": "operating_party", "scenarios": 1, "alone": 1}] == completed["open"]
    assert 3 == completed["cases"]


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["rivalri=no"], "rivalry"),
        (["rivalry"], "rivalry"),
        (["operating_party=undecidd"], "undecided"),
        (["sector=raods"], "roads"),
    ],
)
def test_an_answer_that_cannot_complete_a_scenario_is_refused(
    words: list[str], said: str, partly: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 2 == cli.main(["test", str(partly), "--answer", *words, "--lang", "en"])
    assert said in capsys.readouterr().err


class _Links(HTMLParser):
    """Gathers what a page loads, and its rule headings."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.headings: list[str] = []
        self._heading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._heading = tag == "h3"
        self.links += [str(value) for name, value in attrs if name in ("src", "href")]

    def handle_data(self, data: str) -> None:
        if self._heading:
            self.headings.append(data)
            self._heading = False
