"""Many scenarios: their results in order, as data, as JUnit XML, and by the command."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from advisor import cli
from advisor.folders import built_in
from advisor.knowledge_base import Knowledge
from advisor.scenario.junit import junit_xml
from advisor.scenario.result import ScenarioResult
from advisor.scenario.running import CHUNK, run_scenarios
from advisor.scenario.scenario_reader import read_scenarios
from scenario_runs import HEAD, SHIPPED, data_of, text_of, written


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
    return list(run_scenarios(knowledge, written(knowledge, MIXED), 1))


def test_a_scenario_that_waits_for_approval_is_not_run(mixed: list[ScenarioResult]) -> None:
    assert ["passed", "waiting", "failed"] == [result.status for result in mixed]
    assert [(), 0.0] == [mixed[1].failures, mixed[1].seconds]


def test_results_as_data_have_all_that_the_text_has(mixed: list[ScenarioResult]) -> None:
    data = data_of(mixed)

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
    xml = junit_xml(mixed, lambda result: text_of(knowledge, result), "en")

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
    assert text_of(knowledge, mixed[2]) == failure.text


def test_junit_xml_is_xml_whatever_a_scenario_is_called(mixed: list[ScenarioResult]) -> None:
    odd = replace(mixed[2], scenario=replace(mixed[2].scenario, name='<&"\x01'))

    root = ElementTree.fromstring(junit_xml([odd], lambda _: "]]>\x00", "en"))  # noqa: S314 - written here

    assert ['a.yaml:15:5: <&"\ufffd', "]]>\ufffd"] == [root[0][0][0].attrib["message"], root[0][0][0].text]


# -- the command --------------------------------------------------------------------------------------------


def test_the_command_tells_what_failed_and_what_waits(files: Path, knowledge: Knowledge, capfd: Any) -> None:
    written(knowledge, MIXED)

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
    written(knowledge, HEAD + "    expect: {operator: none}\n")

    assert 0 == cli.main(["test", "a.yaml", "base.yaml", "--jobs", "1"])
    assert "7 skenario lulus, 0 gagal, 0 menunggu persetujuan" == capfd.readouterr().out.splitlines()[-1]


def test_the_command_writes_data_and_junit_xml_to_files(files: Path, knowledge: Knowledge, capfd: Any) -> None:
    written(knowledge, MIXED)

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
    written(knowledge, MIXED)
    Path("broken.yaml").write_text("scenario: []\n", "utf-8")

    assert 2 == cli.main(["test", *words, "--lang", "en"])
    assert message in capfd.readouterr().err


def test_the_command_runs_other_rules_and_names_the_rule_that_changed(
    files: Path, knowledge: Knowledge, capfd: Any
) -> None:
    written(knowledge, HEAD + "    expect: {operator: none}\n")
    shutil.copytree(built_in("rules"), "rules")
    file = Path("rules/operator.yaml")
    changed = file.read_text("utf-8").replace("then: {operator: none}", "then: {operator: province}", 1)
    file.write_text(changed, "utf-8")

    assert 1 == cli.main(["test", "a.yaml", "--rules", "rules", "--lang", "en"])
    told = capfd.readouterr().out
    assert "none      province\n" in told
    assert "• rules/operator.yaml:" in told
    assert "operator.none -> operator: province" in told
