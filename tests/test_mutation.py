"""Every mutant is caught, proved equivalent or survives with a case that tells it from the original."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from advisor import cli
from advisor.folders import built_in
from advisor.inference.bit_parallel import Columns, Table, evaluated
from advisor.inference.case import CaseReader
from advisor.inference.formula import Atom
from advisor.inference.program import Row
from advisor.inference.rulebase import RuleBase
from advisor.knowledge.library import Library
from advisor.knowledge_base import Knowledge
from advisor.problem import AnswersError
from advisor.scenario.running import run_scenario
from advisor.scenario.scenario import Scenario
from advisor.scenario.scenario_reader import read_scenarios
from advisor.verify.mutation.mutant import Mutant
from advisor.verify.mutation.mutation import mutants_of, tried
from advisor.verify.mutation.mutation_trial import MutationTrial
from advisor.verify.mutation.outcome import MutantOutcome
from rows import drawn_answers

pytestmark = pytest.mark.knowledge

KINDS = {
    "drop_condition",
    "negate_condition",
    "swap_joint",
    "move_threshold",
    "swap_value",
    "swap_conclusion",
    "drop_rule",
    "swap_citation",
    "swap_order",
    "drop_ability",
    "move_date",
}
WEAK = ("base-plain-region-c", "base-region-a")
"""The only scenarios of a suite that is too weak on purpose."""
CASES = 300


@pytest.fixture(scope="module")
def mutants(knowledge: Knowledge) -> tuple[Mutant, ...]:
    return mutants_of(knowledge)


@pytest.fixture(scope="module")
def scenarios(knowledge: Knowledge) -> tuple[Scenario, ...]:
    return read_scenarios(knowledge, [built_in("scenarios")])


@pytest.fixture(scope="module")
def weak(knowledge: Knowledge, scenarios: tuple[Scenario, ...]) -> MutationTrial:
    """A trial on two scenarios."""
    return MutationTrial(knowledge, [scenario for scenario in scenarios if scenario.id in WEAK])


@pytest.fixture(scope="module")
def sample(mutants: tuple[Mutant, ...]) -> list[Mutant]:
    """Some mutants of every kind."""
    drawn = random.Random(7)  # noqa: S311
    by_kind = {kind: [mutant for mutant in mutants if mutant.kind == kind] for kind in sorted(KINDS)}
    return [mutant for found in by_kind.values() for mutant in drawn.sample(found, min(5, len(found)))]


@pytest.fixture(scope="module")
def outcomes(weak: MutationTrial, sample: list[Mutant]) -> list[MutantOutcome]:
    return [weak.outcome(mutant) for mutant in sample]


def test_every_kind_of_change_is_made_and_each_has_a_name_of_its_own(mutants: tuple[Mutant, ...]) -> None:
    assert {mutant.kind for mutant in mutants} == KINDS
    assert len({mutant.id for mutant in mutants}) == len(mutants)


def test_every_rule_and_contradiction_is_dropped_once(knowledge: Knowledge, mutants: tuple[Mutant, ...]) -> None:
    dropped = Counter(mutant.subject for mutant in mutants if mutant.kind == "drop_rule")
    rules = {rule.source for rule in knowledge.rulebase.rules}
    contradictions = {exclusion.shape.id for exclusion in knowledge.rulebase.exclusions}

    assert rules | contradictions <= dropped.keys()
    assert {1} == set(dropped.values())


def test_every_citation_of_every_rule_is_swapped_for_another_article(
    knowledge: Knowledge, mutants: tuple[Mutant, ...]
) -> None:
    swaps = [mutant for mutant in mutants if mutant.kind == "swap_citation"]
    swapped = {(mutant.subject, mutant.values["before"]) for mutant in swaps}
    cited = {
        (rule.shape.id, citation)
        for decision in knowledge.rulebase.sources
        for rule in (*decision.rules, *decision.shortfalls)
        for citation in rule.shape.cites
    }

    assert cited == swapped
    assert all(mutant.values["before"] != mutant.values["after"] for mutant in swaps)
    assert all(mutant.values["after"] in knowledge.library.articles for mutant in swaps)


def test_the_outcomes_are_of_all_sorts(outcomes: list[MutantOutcome]) -> None:
    assert {"caught", "equivalent", "survived"} <= {outcome.verdict for outcome in outcomes}


def test_what_is_caught_makes_its_scenario_fail_in_a_run_of_it_alone(
    weak: MutationTrial, outcomes: list[MutantOutcome], scenarios: tuple[Scenario, ...]
) -> None:
    by_id = {scenario.id: scenario for scenario in scenarios}
    caught = [outcome for outcome in outcomes if outcome.verdict == "caught"]

    for outcome in caught:
        knowledge = weak.mutated.knowledge(outcome.mutant)
        assert knowledge is not None

        assert "failed" == run_scenario(knowledge, by_id[str(outcome.by)]).status
    assert len(caught) > 3


def test_what_is_equivalent_says_the_same_of_random_cases_on_random_days(
    weak: MutationTrial, outcomes: list[MutantOutcome]
) -> None:
    knowledge = weak.original
    cases = _random_cases(knowledge)
    before = _shown(knowledge.rulebase, knowledge.library, cases)
    equivalent = [o for o in outcomes if o.verdict == "equivalent" and o.mutant.change.exclusions is None]

    for outcome in equivalent:
        changed = weak.mutated.knowledge(outcome.mutant)
        assert changed is not None

        assert before == _shown(changed.rulebase, changed.library, cases)
    assert equivalent


def test_what_survives_comes_with_a_case_on_which_it_says_something_else(
    weak: MutationTrial, outcomes: list[MutantOutcome], scenarios: tuple[Scenario, ...]
) -> None:
    survived = [outcome for outcome in outcomes if outcome.verdict == "survived"]

    for outcome in survived:
        mutant, telling = outcome.mutant, outcome.telling
        assert telling is not None
        if mutant.change.exclusions is not None:
            continue
        base = next((s.row for s in weak.full.scenarios if s.scenario.id == telling.based_on), None)
        row = _row(weak.original, base, telling.answers)
        changed = weak.mutated.knowledge(mutant)
        assert changed is not None
        case = [(telling.as_of, row)]
        old = _told(weak.original.rulebase, weak.original.library, case)
        new = _told(changed.rulebase, changed.library, case)

        assert old != new, mutant.id
    assert len(survived) > 20


def test_a_surviving_contradiction_comes_with_answers_that_one_of_the_two_refuses(
    knowledge: Knowledge, weak: MutationTrial, mutants: tuple[Mutant, ...]
) -> None:
    dropped = [m for m in mutants if m.change.exclusions is not None and m.kind == "drop_rule"]

    for mutant in dropped:
        outcome = weak.outcome(mutant)
        if outcome.verdict == "equivalent":
            continue
        assert "survived" == outcome.verdict
        assert outcome.telling is not None
        base = next((s.row for s in weak.full.scenarios if s.scenario.id == outcome.telling.based_on), None)
        row = _row(knowledge, base, outcome.telling.answers)
        answers = {d.id: d.decode(code) for d, code in zip(knowledge.rulebase.domains, row, strict=True)}
        data = {
            "as_of": outcome.telling.as_of,
            "answers": {name: list(a) if isinstance(a, tuple) else a for name, a in answers.items()},
        }
        changed = weak.mutated.knowledge(mutant)
        assert changed is not None

        before, after = (_refused(knowledge.library, side.rulebase, data) for side in (knowledge, changed))
        assert before != after


def test_work_in_several_processes_gives_the_same_outcomes(
    knowledge: Knowledge, scenarios: tuple[Scenario, ...], mutants: tuple[Mutant, ...]
) -> None:
    # Such as are proved equivalent have to be tried on every day, in every process.
    kinds = ("drop_rule", "swap_conclusion")
    some = [mutant for mutant in mutants if mutant.subject.startswith("operator.") and mutant.kind in kinds][::2]
    few = [scenario for scenario in scenarios if scenario.id in WEAK]

    alone = list(tried(knowledge, few, some, jobs=1))
    spread = list(tried(knowledge, few, some, jobs=2))

    assert [(o.mutant.id, o.verdict, o.by) for o in alone] == [(o.mutant.id, o.verdict, o.by) for o in spread]
    assert len(some) >= 9


def test_a_scenario_that_is_not_approved_catches_nothing(
    knowledge: Knowledge, scenarios: tuple[Scenario, ...], sample: list[Mutant]
) -> None:
    waiting = [replace(scenario, approved=False) for scenario in scenarios]
    trial = MutationTrial(knowledge, waiting)

    assert "caught" not in {trial.outcome(mutant).verdict for mutant in sample[:12]}


def test_a_mutant_that_depends_on_itself_is_refused(knowledge: Knowledge, weak: MutationTrial) -> None:
    source = next(s for s in knowledge.rulebase.sources if s.shape.decision == "operator")
    rule = source.rules[0]
    circle = replace(rule, heads=(("works", "yes"),))
    changed = replace(source, rules=(circle, *source.rules[1:]))
    mutant = mutants_of(knowledge, [rule.shape.id])[0]

    outcome = weak.outcome(replace(mutant, change=replace(mutant.change, source=changed)))

    assert "refused" == outcome.verdict


def test_removing_any_single_rule_or_contradiction_is_noticed(
    knowledge: Knowledge, scenarios: tuple[Scenario, ...], mutants: tuple[Mutant, ...]
) -> None:
    trial = MutationTrial(knowledge, scenarios)
    dropped = [mutant for mutant in mutants if mutant.kind == "drop_rule"]

    assert [] == [m.subject for m in dropped if trial.outcome(m).verdict not in ("caught", "refused")]
    assert len(dropped) > 380


@pytest.mark.heavy
def test_the_shipped_scenarios_catch_every_mutant_that_says_anything_else(
    knowledge: Knowledge, scenarios: tuple[Scenario, ...], mutants: tuple[Mutant, ...]
) -> None:
    survived = [o.mutant.id for o in tried(knowledge, scenarios, mutants) if o.verdict == "survived"]

    assert [] == survived


# -- the command ------------------------------------------------------------------------------------------------


def test_survivors_are_questions_with_place_and_case(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = _weak_file(tmp_path)

    status = cli.main(["test", str(path), "--mutate", "--rule", "operator.third-party", "--lang", "en"])

    told = capsys.readouterr().out
    assert 1 == status
    assert "rules/operator.yaml:" in told
    assert "no scenario fails" in told
    assert "What should hold in this case" in told
    assert "as_of" in told


def test_survivors_as_data_name_file_line_change_and_case(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _weak_file(tmp_path)

    words = ["test", str(path), "--mutate", "--rule", "operator.third-party", "--format", "json"]
    status = cli.main(words)

    data = json.loads(capsys.readouterr().out)
    survived = [mutant for mutant in data["mutation"]["mutants"] if mutant["verdict"] == "survived"]
    assert 1 == status
    assert len(survived) == data["mutation"]["counts"]["survived"] > 0
    assert all(mutant["file"].endswith("operator.yaml") and mutant["line"] > 0 for mutant in survived)
    assert all({"as_of", "based_on", "answers", "differences"} == set(mutant["case"]) for mutant in survived)


def test_a_name_that_no_rule_has_is_refused_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    status = cli.main(["test", "--mutate", "--rule", "operator.third-partie", "--lang", "en"])

    assert 2 == status
    assert "operator.third-party" in capsys.readouterr().err


# -- helpers ----------------------------------------------------------------------------------------------------


def _weak_file(folder: Path) -> Path:
    path = folder / "weak.yaml"
    path.write_text(
        "scenarios:\n"
        "  - id: one\n    name: One\n    source: [pp28-2018:3]\n    why: One scenario is not enough.\n"
        "    based_on: case:kartamantul\n    expect: {admissible: true}\n",
        "utf-8",
    )
    return path


def _random_cases(knowledge: Knowledge) -> list[tuple[date, Row]]:
    drawn = random.Random(3)  # noqa: S311
    days = [first for first, _ in knowledge.stretches()]
    cases = []
    for seed in range(CASES):
        day = drawn.choice(days)
        row = drawn_answers(seed, knowledge.on(day))
        if not knowledge.on(day).generated.contradictions(row):
            cases.append((day, row))
    return cases


def _shown(rulebase: RuleBase, library: Library, cases: Sequence[tuple[date, Row]]) -> dict[Atom, int]:
    """Return where each shown value is spoken of and true."""
    columns = evaluated(rulebase, Table(library, rulebase.domains, cases))
    roles = library.roles
    gate = columns.atom((roles.gate, "yes"))
    before = rulebase.dependence.below(roles.gate)
    own = (roles.contested, roles.gate)
    return {
        (fact, value): columns.atom((fact, value)) & (-1 if fact in before or (fact, value) == own else gate)
        for fact in library.shown
        for value in library.values(fact)
    }


def _told(rulebase: RuleBase, library: Library, case: Sequence[tuple[date, Row]]) -> object:
    """Return what is said of one case: the shown values, and the rules that spoke with the articles they name."""
    columns: Columns = evaluated(rulebase, Table(library, rulebase.domains, case))
    fired = [rule for rule in rulebase.rules if columns.rules[rule.id] and not rule.silent]
    named = {(rule.source, citation) for rule in fired for citation in rule.grounds.cites}
    return _shown(rulebase, library, case), named


def _row(knowledge: Knowledge, base: Row | None, answers: object) -> Row:
    """Return the answers of a telling case as codes."""
    assert isinstance(answers, dict)
    row = list(base) if base is not None else [0] * len(knowledge.rulebase.domains)
    for index, domain in enumerate(knowledge.rulebase.domains):
        if domain.id in answers:
            answer = answers[domain.id]
            row[index] = domain.encode(tuple(answer) if isinstance(answer, list) else answer)
    return tuple(row)


def _refused(library: Library, rulebase: RuleBase, data: object) -> frozenset[str]:
    """Return the questions that are named together, for each sentence on answers that contradict each other."""
    try:
        CaseReader(library, rulebase).data(data)
    except AnswersError as error:
        return frozenset(problem.values["questions"] for problem in error.problems)
    return frozenset()
