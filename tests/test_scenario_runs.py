"""Running scenarios: both readers are held to each expectation, and what fails is told so that it can be mended."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from advisor.scenario.compiled_observer import CompiledObserver

from advisor import cli
from advisor.advice.advising import advise
from advisor.advice.as_data import conclusion_data
from advisor.advice.reasons import Reasons
from advisor.folders import built_in
from advisor.inference.case import CaseReader
from advisor.knowledge_base import Knowledge
from advisor.plain_data import plain
from advisor.problem import DisagreementError, Place
from advisor.report.scenario_report import described
from advisor.scenario.expectation import Expectation, Expected, Part
from advisor.scenario.judging import State, judge
from advisor.scenario.junit import junit_xml
from advisor.scenario.naming import OTHER, fact_names
from advisor.scenario.observed import NO_OTHER_REGIME, WHY_CONTESTED, Observed
from advisor.scenario.observer import Values
from advisor.scenario.result import ScenarioResult, results_data
from advisor.scenario.running import CHUNK, OBSERVERS, run_scenario, run_scenarios
from advisor.scenario.scenario import Scenario
from advisor.scenario.scenario_reader import read_scenarios
from advisor.scenario.two_regimes import TwoRegimes

PLACE = Place("a.yaml", 1, 1)
SHIPPED = built_in("scenarios")
PARTS: frozenset[Part] = frozenset(("value", "contested", "depends_on", "cites"))

HEAD = """\
scenarios:
  - id: one
    name: A name
    source: [pp28-2018:6-2]
    why: A reason.
    based_on: base-plain-region-c
"""
"""A scenario that only lacks what it expects; what is added to it begins on line 7.

Its base is a cooperation of which all is known: admissible, voluntary, without the DPRD, by a technical agreement.
"""

Run = Callable[..., ScenarioResult]


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(files: Path, knowledge: Knowledge) -> Run:
    """Runs the scenario that stands first in a text."""

    def ran(text: str, with_knowledge: Knowledge = knowledge) -> ScenarioResult:
        return run_scenario(with_knowledge, _written(with_knowledge, HEAD + text)[0])

    return ran


def _written(knowledge: Knowledge, text: str) -> tuple[Scenario, ...]:
    """Write a scenario file into the working directory and read it."""
    Path("a.yaml").write_text(text, "utf-8")
    shutil.copy(SHIPPED / "base.yaml", "base.yaml")
    return read_scenarios(knowledge, [Path("a.yaml")])


def _data(results: list[ScenarioResult]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(plain(results_data(results), "en")))
    return found


def _text(knowledge: Knowledge, result: ScenarioResult) -> str:
    return described(knowledge.library, result, "en")


# -- judging ------------------------------------------------------------------------------------------------

NONE = Observed(("none",), contested=False, cites={"none": frozenset({"a:4-1"}), WHY_CONTESTED: frozenset({"b:1"})})
EITHER = Observed(("none", "province"), depends_on=("initiator", "duration"), contested=None)
BARRED = Observed(reason="inadmissible")
APART = Observed(reason=NO_OTHER_REGIME)
LIST = Observed((("a", "b"),), cites={"a": frozenset({"a:4-1"}), "b": frozenset({"b:1"})})
LISTS = Observed((("a",), ("a", "b"), ("a", "c")), depends_on=("initiator",))
MANY = Observed(None, ("a",), ("b",), depends_on=("initiator",))
BELOW = Observed((("a",),), cites={"a": frozenset({"a:4-1"})}, below=frozenset({"c:2"}))
NO_LIST = Observed(((),))
GAP = Observed(((),))
CLASH = Observed((("none", "province"),))


@pytest.mark.parametrize(
    ("part", "expected", "observed"),
    [
        ("value", "none", NONE),
        ("value", ("a", "b"), LIST),
        ("value", (), NO_LIST),
        ("value", "inadmissible", BARRED),
        ("value", None, BARRED),
        ("value", None, APART),
        ("possible", ("province", "none"), EITHER),
        ("possible", ("none",), NONE),
        ("possible", (("a", "b"), ("a", "c"), ("a",)), LISTS),
        ("depends_on", ("duration", "initiator"), EITHER),
        ("depends_on", (), NONE),
        ("contested", False, NONE),
        ("contested", None, EITHER),
        ("cites", ("a:4-1",), NONE),
        ("cites", ("a:4-*", "b:1"), NONE),
        ("cites", {"a": ("a:4-*",), "b": ("b:1",)}, LIST),
        ("cites", ("a:4-1", "c:2"), BELOW),
        ("does_not_cite", ("a:4", "c:1"), LIST),
        ("does_not_cite", {"a": ("c:2",)}, BELOW),
        ("includes", ("a",), LISTS),
        ("includes", ("a",), MANY),
        ("excludes", ("d",), LISTS),
        ("excludes", ("c",), MANY),
        ("excludes", ("a",), BARRED),
        ("never", ("third_party",), EITHER),
        ("never", ("d",), LISTS),
        ("never", ("none",), BARRED),
    ],
)
def test_an_expectation_is_met(part: Part, expected: Expected, observed: Observed) -> None:
    assert judge(Expectation("fact", part, expected, PLACE), observed) is None


@pytest.mark.parametrize(
    ("part", "expected", "observed", "found", "state"),
    [
        ("value", "none", EITHER, ("none", "province"), "open"),
        ("value", "none", BARRED, None, "inadmissible"),
        ("value", "none", APART, None, "no_other_regime"),
        ("value", "inadmissible", NONE, "none", "settled"),
        ("value", "inadmissible", APART, None, "no_other_regime"),
        ("value", None, NONE, "none", "settled"),
        ("value", None, GAP, (), "settled"),
        ("value", "none", GAP, (), "settled"),
        ("value", "none", CLASH, ("none", "province"), "settled"),
        ("value", ("a",), LIST, ("a", "b"), "settled"),
        ("value", ("a",), MANY, {"certain": ("a",), "uncertain": ("b",)}, "open"),
        ("possible", ("none",), EITHER, ("none", "province"), "open"),
        ("possible", ("none", "province"), NONE, ("none",), "settled"),
        ("possible", (("a",),), MANY, {"certain": ("a",), "uncertain": ("b",)}, "open"),
        ("depends_on", ("initiator",), EITHER, ("initiator", "duration"), "open"),
        ("contested", True, NONE, False, "settled"),
        ("contested", False, EITHER, None, "open"),
        ("contested", None, BARRED, None, "inadmissible"),
        ("cites", ("a:5",), NONE, ("a:4-1", "b:1"), "settled"),
        ("cites", ("a:4",), NONE, ("a:4-1", "b:1"), "settled"),
        ("cites", {"a": ("c:2",)}, BELOW, {"a": ("a:4-1",)}, "settled"),
        ("does_not_cite", ("c:2", "d:1"), BELOW, ("c:2",), "settled"),
        ("does_not_cite", {"a": ("a:4-1",)}, BELOW, ("a:4-1",), "settled"),
        ("does_not_cite", ("c:2",), EITHER, (), "open"),
        ("cites", ("a:4-1",), EITHER, (), "open"),
        ("cites", {"b": ("a:4",)}, LIST, {"b": ("b:1",)}, "settled"),
        ("cites", {"c": ("a:4",)}, LIST, {"c": ()}, "settled"),
        ("includes", ("b",), LISTS, ("a",), "open"),
        ("includes", ("b",), MANY, ("a",), "open"),
        ("includes", ("a",), BARRED, (), "inadmissible"),
        ("excludes", ("b", "d"), LISTS, ("b",), "open"),
        ("excludes", ("b",), MANY, ("b",), "open"),
        ("never", ("province", "third_party"), EITHER, ("province",), "open"),
        ("never", ("c",), LISTS, ("c",), "open"),
        ("never", ("province",), CLASH, ("province",), "settled"),
        ("never", (True,), Observed((True, False)), (True,), "open"),
    ],
)
def test_an_expectation_is_not_met_and_what_was_found_is_told(
    part: Part, expected: Expected, observed: Observed, found: object, state: State
) -> None:
    failure = judge(Expectation("fact", part, expected, PLACE), observed)

    assert failure is not None
    assert (expected, found, state) == (failure.expected, failure.found, failure.state)


# -- what the readers say -----------------------------------------------------------------------------------


def _some(knowledge: Knowledge) -> list[Scenario]:
    """Return some scenarios of which all is known, and more of which something is not."""
    every = [s for s in read_scenarios(knowledge, [SHIPPED]) if s.refused is None]
    full = [s for s in every if len(s.answers) == len(knowledge.library.questions)]
    return [*full[::25], *[s for s in every if s not in full][::3]]


def test_both_readers_say_the_same_of_every_fact_down_to_the_articles(knowledge: Knowledge) -> None:
    wanted = dict.fromkeys(fact_names(knowledge.library), PARTS)
    cited = 0

    for scenario in _some(knowledge):
        case = CaseReader(knowledge.library, knowledge.rulebase).data(scenario.data)
        experta, compiled = (TwoRegimes(reader, knowledge, case).observe(wanted) for reader in OBSERVERS)
        assert experta == compiled, scenario.id
        cited += sum(len(observed.cites) for observed in compiled.values())

    assert cited > 800


def test_the_readers_say_what_the_advice_says(knowledge: Knowledge) -> None:
    conclusions = list(knowledge.library.conclusions)
    wanted = dict.fromkeys([*conclusions, "dprd_approval" + OTHER, "steps", "documents", "notices"], PARTS)

    for study in knowledge.library.cases.values():
        case = CaseReader(knowledge.library, knowledge.rulebase).data(
            {"as_of": study.as_of, "answers": {q: _listed(a) for q, a in study.answers.items()}}
        )
        advice = advise(knowledge, case)
        observed = TwoRegimes(CompiledObserver, knowledge, case).observe(wanted)
        assert advice.other_regime is not None
        told = {**advice.conclusions, "dprd_approval" + OTHER: advice.other_regime.conclusion}
        for name, conclusion in told.items():
            seen = observed[name]
            data = conclusion_data(conclusion, "en", explain=False)
            assert data["possible"] == (None if seen.possible is None else [_listed(v) for v in seen.possible])
            assert (data["depends_on"], data["contested"]) == ([*seen.depends_on], seen.contested)
            assert (conclusion.certain, conclusion.uncertain) == (seen.certain, seen.uncertain)
            cites = {cite for reason in conclusion.because for cite in reason.cites}
            assert cites == seen.named, (study.id, name)
        for name in ("steps", "documents", "notices"):
            items = getattr(advice, name)
            assert {item.id for item in items if item.certain} == set(observed[name].certainly())
            assert {item.id for item in items} == observed[name].anywhere()


def _listed(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def test_a_fact_on_the_way_ranges_over_the_admissible_completions(run: Run) -> None:
    assert "passed" == run("    expect: {unfunded: no, has_region: yes, needs: [deliver, settle]}\n").status


def test_the_era_is_there_even_where_nothing_is_admissible(run: Run) -> None:
    barred = "    answers: {lawful_object: no}\n"

    assert "passed" == run(barred + "    expect: {era: {value: C, cites: [pp28-2018:52]}, needs: null}\n").status


def test_a_fact_that_has_no_value_is_expected_as_null(run: Run) -> None:
    company = "    answers: {counterparts: [private_company]}\n"

    assert "passed" == run(company + "    expect: {start_form: null, has_region: no}\n").status


def test_what_makes_a_conclusion_contested_is_cited_with_it(files: Path, knowledge: Knowledge) -> None:
    text = """\
scenarios:
  - id: one
    name: An area that only an elucidation speaks of
    source: [pp59-2022:12-3]
    why: The secretariat rests on the elucidation alone, which makes it contested.
    based_on: base-secretariat-c
    as_of: 2022-12-26
    answers: {region_count: 2, object_count: 1}
    expect:
      target_form: {value: joint_secretariat, contested: true, cites: [pp59-2022:12-3]}
      contested: {value: [target_form], cites: {target_form: [pp59-2022:12-3]}}
"""

    assert "passed" == run_scenario(knowledge, _written(knowledge, text)[0]).status


# -- failures -----------------------------------------------------------------------------------------------


def test_a_value_that_differs_stands_beside_what_was_expected_with_the_rule_that_fired(
    run: Run, knowledge: Knowledge
) -> None:
    rule = knowledge.rulebase.by_id["dprd.new.not-required.region"]

    text = _text(knowledge, run("    expect: {dprd_approval: required}\n"))

    assert [
        "  a.yaml:7:14: dprd_approval.value (experta and generated Python)",
        "    expected  found",
        "    required  not_required",
        "    Rules that fired:",
        f"      • {rule.place}: {rule.id} -> dprd_approval: not_required",
    ] == text.splitlines()[:5]
    assert " ".join(rule.grounds.because.en.split()) in " ".join(text.split())


def test_of_a_list_it_is_told_what_is_missing_and_what_is_too_much(run: Run, knowledge: Knowledge) -> None:
    result = run("    expect:\n      kinds: [third_party]\n      uncovered_needs: {value: [staff]}\n")

    lines = _text(knowledge, result).splitlines()

    assert [
        "  a.yaml:8:7: kinds.value (experta and generated Python)",
        "    expected       found",
        "    - third_party",
        "                   + inter_regional_voluntary",
        "    Rules that fired:",
    ] == lines[:5]
    assert ["    expected  found", "    - staff"] == lines[-2:]


def test_of_what_is_open_it_is_told_what_is_possible(run: Run, knowledge: Knowledge) -> None:
    expected = "{value: required, cites: [pp28-2018:6]}"
    result = run(f"    unknown: [burdens_budget]\n    expect: {{dprd_approval: {expected}}}\n")

    text = _text(knowledge, result)

    assert "    It is still open; these are possible:\n" in text
    assert "    required  required | not_required\n" in text
    assert "    It is still open, so no reason is certain yet; use cites for settled facts only.\n" in text
    assert "dprd_approval: required\n" in text
    assert "dprd_approval: not_required\n" in text


def test_of_an_inadmissible_cooperation_the_bar_is_told_once(run: Run, knowledge: Knowledge) -> None:
    result = run("    answers: {lawful_object: no}\n    expect: {operator: none, kinds: [third_party]}\n")

    text = _text(knowledge, result)

    assert 2 == text.count("The cooperation is inadmissible whatever the open answers are")
    assert 2 == f"{text}\n".count("  inadmissible\n")
    assert 1 == text.count("admissible.unlawful.region -> admissible: no")


def test_of_citations_it_is_told_which_are_missing_and_which_there_are(run: Run, knowledge: Knowledge) -> None:
    result = run("    expect: {dprd_approval: {cites: {not_required: [pp28-2018:6-2, pp28-2018:5-1]}}}\n")

    assert [
        "    expected                       found",
        "      not_required: pp28-2018:6-2    not_required: pp28-2018:6-2",
        "    - not_required: pp28-2018:5-1",
    ] == _text(knowledge, result).splitlines()[1:4]


def test_of_a_whole_fact_the_reasons_below_count_too(run: Run) -> None:
    # That the partner is a region rests on the definition in Article 1; the rule for the DPRD does not name it.
    assert "passed" == run("    expect: {dprd_approval: {cites: [pp28-2018:6-2, pp28-2018:1]}}\n").status
    assert "failed" == run("    expect: {dprd_approval: {cites: {not_required: [pp28-2018:1]}}}\n").status
    assert "passed" == run("    expect: {dprd_approval: {does_not_cite: {not_required: [pp28-2018:1]}}}\n").status


def test_an_article_is_not_one_of_its_paragraphs(run: Run) -> None:
    # kbase/ has Article 6 itself beside its paragraph (2), on which the rule stands.
    assert "failed" == run("    expect: {dprd_approval: {cites: [pp28-2018:6]}}\n").status
    assert "passed" == run("    expect: {dprd_approval: {does_not_cite: [pp28-2018:6]}}\n").status


def test_of_the_elements_of_a_list_it_is_told_which_article_is_missing(run: Run, knowledge: Knowledge) -> None:
    result = run("    expect: {needs: {cites: {settle: [prasetya-2013:12], deliver: [prasetya-2013:5]}}}\n")

    told = _text(knowledge, result)
    assert "failed" == result.status
    assert "settle: prasetya-2013:12" in told
    assert "- deliver: prasetya-2013:5" in told


def test_an_article_that_must_not_be_cited_is_told(run: Run, knowledge: Knowledge) -> None:
    result = run("    expect: {dprd_approval: {does_not_cite: [pp28-2018:6-2, pp28-2018:5-1]}}\n")

    told = _text(knowledge, result)
    assert "failed" == result.status
    assert "+ pp28-2018:6-2" in told
    assert "5-1" not in told


@pytest.mark.parametrize("articles", ["[pp28-2018:6-2]", "{required: [pp28-2018:6-2]}"])
def test_of_an_open_fact_no_article_is_told_as_one_that_must_not_be_cited(
    articles: str, run: Run, knowledge: Knowledge
) -> None:
    open_answers = "    unknown: [burdens_budget, burdens_public, budgeted]\n"
    result = run(f"{open_answers}    expect: {{dprd_approval: {{does_not_cite: {articles}}}}}\n")

    told = _text(knowledge, result)
    assert "failed" == result.status
    assert 1 == told.count("It is still open, so no reason is certain yet")
    assert "6-2" not in told.partition("Rules that fired:")[0]


def test_what_must_not_be_is_told(run: Run, knowledge: Knowledge) -> None:
    expected = "    expect: {strengths: {excludes: [shared_need, fiscal_capacity]}}\n"
    result = run(expected + "    never: {operator: [none, province]}\n")

    text = _text(knowledge, result)

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
    text: str, message: str, rows: list[str], run: Run, knowledge: Knowledge
) -> None:
    lines = _text(knowledge, run(text)).splitlines()

    assert ": refused (experta and generated Python)" in lines[0]
    assert f"    {message}" == lines[1]
    assert [f"    {row}" for row in rows] == lines[-len(rows) :]


def test_unknown_answers_that_cannot_be_filled_in_are_refused(run: Run) -> None:
    text = "    answers: {initiator: province, counterparts: [own_province], region_count: 1}\n"

    assert "passed" == run(text + "    refused: [initiator, counterparts, region_count]\n").status


def test_what_only_one_reader_says_is_told_of_that_reader(
    run: Run, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = CompiledObserver.values

    def wrong(observer: CompiledObserver, fact: str, row: tuple[int, ...]) -> Values:
        return ("province",) if fact == "operator" else values(observer, fact, row)

    monkeypatch.setattr(CompiledObserver, "values", wrong)

    result = run("    expect: {operator: none}\n")

    assert "  a.yaml:7:14: operator.value (generated Python alone)" == _text(knowledge, result).splitlines()[0]
    assert ["compiled"] == _data([result])["scenarios"][0]["failures"][0]["readers"]


def test_readers_that_disagree_are_a_failure_that_says_so(
    run: Run, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    def disagree(*_: object) -> None:
        raise DisagreementError(["operator"], ["operator.none"])

    monkeypatch.setattr(Reasons, "_agree", disagree)

    result = run("    expect: {operator: none}\n")

    assert "failed" == result.status
    assert (
        "The two readers of the rules differ, which is a defect of this program. "
        "Facts: operator. Rules: operator.none."
    ) == " ".join(_text(knowledge, result).split())
    told = _data([result])["scenarios"][0]
    assert {"facts": ["operator"], "rules": ["operator.none"]} == told["disagreement"]
    assert [] == told["failures"]


def test_a_conclusion_that_a_changed_rule_leaves_without_a_value_is_told_as_such(
    run: Run, knowledge: Knowledge
) -> None:
    kept = tuple(rule for rule in knowledge.rulebase.rules if rule.id != "operator.none")
    changed = Knowledge(knowledge.library, replace(knowledge.rulebase, rules=kept), "changed")

    result = run("    expect: {operator: none}\n", changed)

    assert "    none      no value" == _text(changed, result).splitlines()[2]


# -- many scenarios -----------------------------------------------------------------------------------------


def test_several_processes_give_what_one_gives_in_the_order_of_the_files(knowledge: Knowledge) -> None:
    scenarios = read_scenarios(knowledge, [SHIPPED])[: 2 * CHUNK + 5]

    alone, together = (
        [replace(result, seconds=0.0) for result in run_scenarios(knowledge, scenarios, jobs)] for jobs in (1, 2)
    )

    assert [scenario.id for scenario in scenarios] == [result.scenario.id for result in together]
    assert alone == together


MIXED = (
    HEAD
    + "    expect: {operator: none}\n"
    + "".join(
        f"""\
  - id: {name}
    name: Another {name}
    source: [pp28-2018:6-2]
    why: A reason.
    based_on: base-plain-region-c
    {said}
"""
        for name, said in (
            ("waiting", "approved: no\n    expect: {operator: province}"),
            ("failing", "expect: {operator: province}"),
        )
    )
)


@pytest.fixture
def mixed(files: Path, knowledge: Knowledge) -> list[ScenarioResult]:
    """One scenario that passes, one that waits, one that fails."""
    return list(run_scenarios(knowledge, _written(knowledge, MIXED), 1))


def test_a_scenario_that_waits_for_approval_is_not_run(mixed: list[ScenarioResult]) -> None:
    assert ["passed", "waiting", "failed"] == [result.status for result in mixed]
    assert [{}, 0.0] == [mixed[1].failures, mixed[1].seconds]


def test_results_as_data_have_all_that_the_text_has(mixed: list[ScenarioResult]) -> None:
    data = _data(mixed)

    assert ["test/1", 1, 1, 1] == [data[key] for key in ("schema", "passed", "failed", "waiting")]
    assert [("one", "passed"), ("waiting", "waiting"), ("failing", "failed")] == [
        (scenario["id"], scenario["status"]) for scenario in data["scenarios"]
    ]
    failing = data["scenarios"][2]
    assert {"file": "a.yaml", "line": 15, "column": 5} == failing["place"]
    (failure,) = failing["failures"]
    assert {
        "place": {"file": "a.yaml", "line": 20, "column": 14},
        "fact": "operator",
        "part": "value",
        "expected": "province",
        "found": "none",
        "state": "settled",
        "readers": ["experta", "compiled"],
    } == failure
    (fired,) = failing["fired"]["operator"]
    assert ("operator.none", [["operator", "none"]], True) == (fired["rule"], fired["concluded"], fired["direct"])
    assert fired["place"]["file"].endswith("operator.yaml")
    assert fired["text"]


def test_junit_xml_counts_and_describes(mixed: list[ScenarioResult], knowledge: Knowledge) -> None:
    xml = junit_xml(mixed, lambda result: _text(knowledge, result), "en")

    root = ElementTree.fromstring(xml)  # noqa: S314 - written here
    (suite,) = root
    for element in (root, suite):
        assert {"tests": "3", "failures": "1", "errors": "0", "skipped": "1"} == {
            key: element.attrib[key] for key in ("tests", "failures", "errors", "skipped")
        }
        assert float(element.attrib["time"]) > 0
    assert ["testsuites", "testsuite"] == [root.tag, suite.tag]
    assert "a.yaml" == suite.attrib["name"]
    assert [
        ("one", []),
        ("waiting", ["skipped"]),
        ("failing", ["failure"]),
    ] == [(case.attrib["name"], [child.tag for child in case]) for case in suite]
    assert {"testcase"} == {case.tag for case in suite}
    assert {"a.yaml"} == {case.attrib["classname"] for case in suite}
    failure = suite[2][0]
    assert "a.yaml:15:5: Another failing" == failure.attrib["message"]
    assert _text(knowledge, mixed[2]) == failure.text


def test_junit_xml_is_xml_whatever_a_scenario_is_called(mixed: list[ScenarioResult]) -> None:
    odd = replace(mixed[2], scenario=replace(mixed[2].scenario, name='<&"\x01'))

    root = ElementTree.fromstring(junit_xml([odd], lambda _: "]]>\x00", "en"))  # noqa: S314 - written here

    assert ['a.yaml:15:5: <&"\ufffd', "]]>\ufffd"] == [root[0][0][0].attrib["message"], root[0][0][0].text]


# -- the command --------------------------------------------------------------------------------------------


def test_the_command_tells_what_failed_and_what_waits(files: Path, knowledge: Knowledge, capfd: Any) -> None:
    _written(knowledge, MIXED)

    status = cli.main(["test", "a.yaml", "--lang", "en", "--jobs", "1"])

    lines = capfd.readouterr().out.splitlines()
    assert 1 == status
    assert "FAILED a.yaml:15:5: failing – Another failing" == lines[0]
    assert "  a.yaml:20:14: operator.value (experta and generated Python)" == lines[1]
    assert [
        "WAITING a.yaml:8:5: waiting – Another waiting",
        "1 scenarios passed, 1 failed, 1 waiting for approval",
    ] == lines[-2:]


def test_the_command_is_content_where_nothing_fails(files: Path, knowledge: Knowledge, capfd: Any) -> None:
    _written(knowledge, HEAD + "    expect: {operator: none}\n")

    assert 0 == cli.main(["test", "a.yaml", "base.yaml", "--jobs", "1"])
    assert "7 skenario lulus, 0 gagal, 0 menunggu persetujuan" == capfd.readouterr().out.splitlines()[-1]


def test_the_command_writes_data_and_junit_xml_to_files(files: Path, knowledge: Knowledge, capfd: Any) -> None:
    _written(knowledge, MIXED)

    words = ["test", "a.yaml", "--format", "json", "-o", "out.json", "--junit", "out.xml", "--jobs", "1"]

    assert 1 == cli.main(words)
    assert "" == capfd.readouterr().out
    assert 1 == json.loads(Path("out.json").read_text("utf-8"))["failed"]
    assert "1" == ElementTree.parse("out.xml").getroot().attrib["failures"]  # noqa: S314 - written here


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["nowhere.yaml"], "nowhere.yaml: the file cannot be read"),
        (["broken.yaml"], 'broken.yaml:1:1: the key "scenarios" is missing here'),
        (["a.yaml", "-o", "a.yaml"], "a.yaml: the output would overwrite the input; choose another name"),
        (["a.yaml", "--junit", "a.yaml"], "a.yaml: the output would overwrite the input; choose another name"),
        (["a.yaml", "--junit", "-"], "-: two results cannot be written to the same place"),
        (
            ["a.yaml", "-o", "x", "--junit", "./x"],
            "x: two results cannot be written to the same place",
        ),
    ],
)
def test_the_command_refuses_what_it_cannot_use(
    words: list[str], message: str, files: Path, knowledge: Knowledge, capfd: Any
) -> None:
    _written(knowledge, MIXED)
    Path("broken.yaml").write_text("scenario: []\n", "utf-8")

    assert 2 == cli.main(["test", *words, "--lang", "en"])
    assert message in capfd.readouterr().err


def test_the_command_runs_other_rules_and_names_the_rule_that_changed(
    files: Path, knowledge: Knowledge, capfd: Any
) -> None:
    _written(knowledge, HEAD + "    expect: {operator: none}\n")
    shutil.copytree(built_in("rules"), "rules")
    file = Path("rules/operator.yaml")
    changed = file.read_text("utf-8").replace("then: {operator: none}", "then: {operator: province}", 1)
    file.write_text(changed, "utf-8")

    assert 1 == cli.main(["test", "a.yaml", "--rules", "rules", "--lang", "en"])
    told = capfd.readouterr().out
    assert "none      province\n" in told
    assert "• rules/operator.yaml:" in told
    assert "operator.none -> operator: province" in told
