"""The pytest plugin, as another project uses it: its own kbase/, rules/ and scenarios, run by pytest itself."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from advisor.folders import built_in

SETTINGS = """\
[pytest]
addopts = -p advisor.pytest_plugin
filterwarnings = error
advisor_kbase = law/kbase
advisor_rules = law/rules
advisor_lang = en
"""

SCENARIO = """\
  - id: {id}
    name: "A scenario that {id}\\e[2J"
    source: [prasetya-2013:4]
    why: The rules of this project name the province where nothing is built or run.
    based_on: case:kunci-bersama
    {said}
"""

SCENARIOS = "scenarios:\n" + "".join(
    SCENARIO.format(id=name, said=said)
    for name, said in (
        ("passes", "expect: {operator: province}"),
        ("fails", "expect: {operator: none}"),
        ("waits", "approved: no\n    expect: {operator: none}"),
    )
)

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a project of somebody else: the built-in knowledge with one rule changed."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("kbase", "rules"):
        shutil.copytree(built_in(name), folder / "law" / name)
    rule = folder / "law" / "rules" / "operator.yaml"
    text = rule.read_text("utf-8")
    assert "then: {operator: none}" in text
    rule.write_text(text.replace("then: {operator: none}", "then: {operator: province}"), "utf-8")
    return folder


@pytest.fixture
def project(folder: Path) -> Path:
    """The project, with its scenarios and settings as they were at first."""
    for name in ("tests", "cases", "broken"):
        shutil.rmtree(folder / name, ignore_errors=True)
    (folder / "tests" / "scenarios").mkdir(parents=True)
    (folder / "tests" / "scenarios" / "operator.yaml").write_text(SCENARIOS, "utf-8")
    (folder / "pytest.ini").write_text(SETTINGS, "utf-8")
    return folder


@pytest.fixture
def run(project: Path) -> Run:
    """Runs pytest in the project."""

    def ran(*words: str) -> subprocess.CompletedProcess[str]:
        # Nothing of the run around this test may reach the one within it; what is kept stays in the test's folders.
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV"))}
        environment = inherited | {"XDG_CACHE_HOME": str(project / "kept"), "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *words]
        return subprocess.run(
            command, cwd=project, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
        )

    return ran


def _counts(done: subprocess.CompletedProcess[str]) -> dict[str, int]:
    """Return how many tests had which outcome."""
    last = done.stdout.splitlines()[-1]
    return {name: int(number) for number, name in re.findall(r"(\d+) (passed|failed|skipped|error)", last)}


def test_a_scenario_is_a_test_by_the_rules_of_the_project(run: Run) -> None:
    done = run("-v")

    assert (1, "") == (done.returncode, done.stderr)
    assert {"passed": 1, "failed": 1, "skipped": 1} == _counts(done)
    for name, outcome in (("passes", "PASSED"), ("fails", "FAILED"), ("waits", "SKIPPED")):
        assert re.search(rf"tests/scenarios/operator\.yaml::{name} {outcome}", done.stdout), name


def test_what_failed_is_shown_as_what_was_expected_and_found(run: Run) -> None:
    lines = run("--tb=long").stdout.splitlines()

    begin = lines.index("tests/scenarios/operator.yaml:8:5: A scenario that fails\\x1b[2J")
    assert [
        "  tests/scenarios/operator.yaml:13:14: operator.value (experta and generated Python)",
        "    expected  found",
        "    none      province",
        "    Rules that fired:",
    ] == lines[begin + 1 : begin + 5]
    assert re.search(r"• law/rules/operator\.yaml:\d+:\d+: operator\.none -> operator: province", lines[begin + 5])
    assert not [line for line in lines if "Traceback" in line or "runtest" in line or "site-packages" in line]


def test_a_scenario_that_waits_for_approval_is_skipped_and_says_so(run: Run) -> None:
    assert "waiting for approval (approved: false); it proves nothing yet" in run("-rs").stdout


def test_a_scenario_can_be_run_by_its_id(run: Run) -> None:
    done = run("tests/scenarios/operator.yaml::passes")

    assert (0, {"passed": 1}) == (done.returncode, _counts(done))


def test_a_scenario_can_be_chosen_by_a_part_of_its_id(run: Run) -> None:
    assert {"failed": 1} == _counts(run("-k", "fail"))


def test_scenarios_are_spread_over_processes(run: Run) -> None:
    assert {"passed": 1, "failed": 1, "skipped": 1} == _counts(run("-n", "2"))


def test_a_broken_file_is_an_error_with_every_mistake(run: Run, project: Path) -> None:
    text = (
        SCENARIOS.replace("id: ", "id: broken-")
        .replace("[prasetya", "[pratya", 1)
        .replace("operator:", "operater:", 1)
    )
    (project / "tests" / "scenarios" / "broken.yaml").write_text(text, "utf-8")

    done = run()

    assert (2, {"error": 1}) == (done.returncode, _counts(done))
    assert {
        'tests/scenarios/broken.yaml:4:14: no article or page "pratya-2013:4" in kbase/instruments; '
        'do you mean "prasetya-2013:4"?',
        'tests/scenarios/broken.yaml:7:14: unknown fact or conclusion "operater"; do you mean "operator"?',
    } <= set(done.stdout.splitlines())
    assert "Traceback" not in done.stdout


def test_an_id_that_stands_in_two_files_is_an_error(run: Run, project: Path) -> None:
    (project / "tests" / "scenarios" / "second.yaml").write_text(SCENARIOS, "utf-8")

    done = run()

    assert {"error": 1} == _counts(done)
    assert (
        'tests/scenarios/second.yaml:2:9: the id "passes" is already used at tests/scenarios/operator.yaml:2:9'
    ) in done.stdout.splitlines()


def test_only_files_in_a_folder_of_scenarios_are_tests(run: Run, project: Path) -> None:
    (project / "tests" / "other.yaml").write_text("anything: else\n", "utf-8")
    (project / "tests" / "scenarios" / "notes.txt").write_text("anything else\n", "utf-8")

    assert {"passed": 1, "failed": 1, "skipped": 1} == _counts(run())


def test_a_project_can_say_which_files_are_scenarios(run: Run, project: Path) -> None:
    (project / "pytest.ini").write_text(SETTINGS + "advisor_scenarios =\n    cases/**/*.yaml\n", "utf-8")
    (project / "cases" / "deep").mkdir(parents=True)
    file = project / "cases" / "deep" / "one.yaml"
    file.write_text("scenarios:\n" + SCENARIO.format(id="one", said="expect: {operator: province}"), "utf-8")

    done = run("--collect-only", "-q")

    assert ["cases/deep/one.yaml::one"] == [line for line in done.stdout.splitlines() if "::" in line]


def test_broken_rules_are_an_error_with_every_finding(run: Run, project: Path) -> None:
    shutil.copytree(project / "law" / "rules", project / "broken")
    rule = project / "broken" / "operator.yaml"
    rule.write_text(rule.read_text("utf-8").replace("{operator: province}", "{operator: nobody}", 1), "utf-8")
    (project / "pytest.ini").write_text(SETTINGS.replace("law/rules", "broken"), "utf-8")

    done = run()

    assert {"error": 1} == _counts(done)
    assert re.search(r'^broken/operator\.yaml:\d+:\d+: "operator" has no value "nobody"', done.stdout, re.MULTILINE)


def test_a_language_that_there_is_not_is_an_error(run: Run, project: Path) -> None:
    (project / "pytest.ini").write_text(SETTINGS.replace("advisor_lang = en", "advisor_lang = de"), "utf-8")

    done = run()

    assert {"error": 1} == _counts(done)
    assert "advisor_lang = de tidak dikenal; pilihannya: id, en" in done.stdout.splitlines()


def test_the_language_is_indonesian_unless_the_project_says_otherwise(run: Run, project: Path) -> None:
    (project / "pytest.ini").write_text(SETTINGS.replace("advisor_lang = en\n", ""), "utf-8")

    assert "    diharapkan  ditemukan" in run().stdout.splitlines()


def test_the_settings_are_explained_where_pytest_explains_its_own(run: Run) -> None:
    told = " ".join(run("--help").stdout.split())

    assert "the kbase folder that scenarios use, relative to the project's root" in told


# -- projects that have files of the same name ------------------------------------------------------------------

FOREIGN = {
    "load": "scenario:\n  default: {executor: constant-vus}\n",
    "list": "- name: a list\n",
    "template": "{{ not yaml: [\n",
    "empty": "",
}
"""What other programs keep in folders called scenarios."""

OWN = """\
import sys


def test_own():
    assert not [name for name in sys.modules if name.partition('.')[0] == 'advisor']
"""


@pytest.fixture
def foreign(project: Path) -> Path:
    """The folder of scenarios, with files of other programs in it, and none of the advisor."""
    folder = project / "tests" / "scenarios"
    (folder / "operator.yaml").unlink()
    for name, text in FOREIGN.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    (folder / "folder.yaml").mkdir()
    (folder / "link.yaml").symlink_to("nowhere")
    return folder


def test_a_project_that_does_not_ask_for_the_plugin_is_not_touched_by_it(
    run: Run, project: Path, foreign: Path
) -> None:
    (foreign / "operator.yaml").write_text("scenarios: [broken]\n", "utf-8")
    (project / "pytest.ini").write_text("[pytest]\nfilterwarnings = error\n", "utf-8")
    (project / "tests" / "test_own.py").write_text(OWN, "utf-8")

    done = run()

    assert (0, {"passed": 1}) == (done.returncode, _counts(done)), done.stdout


def test_files_of_other_programs_are_passed_over_where_no_pattern_names_them(
    run: Run, project: Path, foreign: Path
) -> None:
    (foreign / "operator.yaml").write_text(SCENARIOS, "utf-8")

    assert {"passed": 1, "failed": 1, "skipped": 1} == _counts(run())


def test_a_file_that_a_pattern_names_must_be_one_of_scenarios(run: Run, project: Path, foreign: Path) -> None:
    (project / "pytest.ini").write_text(SETTINGS + "advisor_scenarios = tests/scenarios/l*.yaml\n", "utf-8")

    done = run()

    assert {"error": 2} == _counts(done)
    assert {
        'tests/scenarios/load.yaml:1:1: the key "scenarios" is missing here',
        'tests/scenarios/list.yaml:1:1: a scenario file holds "scenarios:" followed by a list of scenarios',
    } <= set(done.stdout.splitlines())
