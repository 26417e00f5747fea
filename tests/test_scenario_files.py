"""Scenario files: what they may say, what they may be based on, and where they are looked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from advisor.folders import built_in
from advisor.knowledge_base import Knowledge
from advisor.problem import InputError
from advisor.scenario.expectation import Expectation
from advisor.scenario.scenario import Scenario
from advisor.scenario.scenario_reader import ScenarioReader, read_scenarios
from scenario_texts import CHAIN, HEAD, Write, read


def expectations_of(scenario: Scenario) -> dict[tuple[str, str], object]:
    return {(e.fact, e.part): e.expected for e in scenario.expectations}


# -- what can be said ---------------------------------------------------------------------------------------


def test_a_scenario_is_read_with_all_that_it_says(knowledge: Knowledge, write: Write) -> None:
    path = write(
        HEAD
        + """\
    answers: {initiator: city, counterparts: [other_province]}
    expect:
      admissible: {value: yes, contested: null, cites: [pp28-2018:4]}
      dprd_approval.other: null
    never: {operator: [third_party]}
"""
    )

    scenario = read(knowledge, path)["one"]

    assert "A name" == scenario.name
    assert ("pp28-2018:6-2",) == scenario.source
    assert "A reason." == scenario.why
    assert date(2021, 3, 1) == scenario.as_of
    assert {"initiator": "city", "counterparts": ["other_province"]} == scenario.answers
    assert scenario.refused is None
    assert scenario.approved
    assert "a.yaml:2:5" == str(scenario.place)
    assert [
        ("admissible", "value", True, "a.yaml:9:20"),
        ("admissible", "contested", None, "a.yaml:9:32"),
        ("admissible", "cites", ("pp28-2018:4",), "a.yaml:9:49"),
        ("dprd_approval.other", "value", None, "a.yaml:10:7"),
        ("operator", "never", ("third_party",), "a.yaml:11:13"),
    ] == [(e.fact, e.part, e.expected, str(e.place)) for e in scenario.expectations]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("kinds: [third_party, inter_regional]", ("inter_regional", "third_party")),
        ("kinds: inadmissible", "inadmissible"),
        ("kinds: null", None),
        ("kinds: []", ()),
        ("operator: none", "none"),
        ("admissible: no", False),
        ("admissible: false", False),
        ("has_region: yes", True),
        ("start_form: null", ()),
        ("era: B", "B"),
        ("basis: [pp28-2018:6-2]", ("pp28-2018:6-2",)),
    ],
)
def test_a_value_alone_is_what_the_fact_must_be(
    said: str, expected: object, knowledge: Knowledge, write: Write
) -> None:
    scenario = read(knowledge, write(f"{HEAD}    expect: {{{said}}}\n"))["one"]

    assert {(said.partition(":")[0], "value"): expected} == expectations_of(scenario)


def test_citations_may_be_asked_of_single_values(knowledge: Knowledge, write: Write) -> None:
    text = """\
    expect:
      steps: {cites: {c-mapping: [pp28-2018:5-1]}}
      admissible: {cites: {no: [pp28-2018:4-3], yes: [pp28-2018:4]}}
"""

    scenario = read(knowledge, write(HEAD + text))["one"]

    assert {
        ("steps", "cites"): {"c-mapping": ("pp28-2018:5-1",)},
        ("admissible", "cites"): {"no": ("pp28-2018:4-3",), "yes": ("pp28-2018:4",)},
    } == expectations_of(scenario)


def test_what_a_program_wrote_waits_for_approval(knowledge: Knowledge, write: Write) -> None:
    text = HEAD + "    expect: {admissible: yes}\n"

    assert read(knowledge, write(text + "    approved: yes\n"))["one"].approved
    assert not read(knowledge, write(text + "    approved: no\n"))["one"].approved


def test_a_refusal_names_questions_or_the_day(knowledge: Knowledge, write: Write) -> None:
    scenario = read(knowledge, write(HEAD + "    refused: [as_of, counterparts]\n"))["one"]

    assert ("as_of", "counterparts") == scenario.refused
    assert () == scenario.expectations


def test_answers_that_contradict_each_other_can_beread(knowledge: Knowledge, write: Write) -> None:
    text = "    answers: {counterparts: []}\n    refused: [counterparts]\n"

    assert {"counterparts": []} == read(knowledge, write(HEAD + text))["one"].answers


def test_an_expectation_is_the_same_wherever_it_stands(knowledge: Knowledge, write: Write) -> None:
    short = read(knowledge, write(HEAD + "    expect: {operator: none}\n"))["one"].expectations
    long = read(knowledge, write(HEAD + "    expect: {operator: {value: none}}\n"))["one"].expectations

    assert [Expectation("operator", "value", "none", short[0].place)] == [*short]
    assert [*short] == [replace(long[0], place=short[0].place)]


# -- what a scenario is based on ----------------------------------------------------------------------------


def test_answers_are_laid_over_those_of_the_base(knowledge: Knowledge, write: Write) -> None:
    base = HEAD + "    answers: {initiator: city, duration: permanent, bordering: no}\n    refused: [as_of]\n"

    scenario = read(knowledge, write(base + CHAIN))["two"]

    assert date(2021, 3, 1) == scenario.as_of
    assert {"initiator": "regency", "bordering": False} == scenario.answers
    assert scenario.refused is None
    assert {("admissible", "value"): True} == expectations_of(scenario)


def test_a_case_of_the_study_can_be_the_base(knowledge: Knowledge, write: Write) -> None:
    case = knowledge.library.cases["kartamantul"]
    text = CHAIN.replace("based_on: one", "based_on: case:kartamantul")

    scenario = read(knowledge, write("scenarios:\n" + text))["two"]

    assert case.as_of == scenario.as_of
    assert "regency" == scenario.answers["initiator"]
    assert set(case.answers) - {"duration"} == set(scenario.answers)


def test_the_base_may_stand_in_another_file_of_the_folder(knowledge: Knowledge, write: Write) -> None:
    write(HEAD + "    answers: {bordering: no}\n    refused: [as_of]\n", "folder/base.yaml")
    path = write("scenarios:\n" + CHAIN, "folder/other.yaml")

    assert {"two": {"initiator": "regency", "bordering": False}} == {
        name: scenario.answers for name, scenario in read(knowledge, path).items()
    }


def test_the_base_may_stand_in_any_file_that_is_given(knowledge: Knowledge, write: Write) -> None:
    base = write(HEAD + "    refused: [as_of]\n", "bases/base.yaml")
    path = write("scenarios:\n" + CHAIN, "folder/other.yaml")

    assert ["one", "two"] == list(read(knowledge, base, path))


def test_another_file_that_is_broken_is_named_where_the_base_may_stand_in_it(
    knowledge: Knowledge, write: Write
) -> None:
    write("scenarios: [", "folder/base.yaml")
    path = write("scenarios:\n" + CHAIN, "folder/other.yaml")

    with pytest.raises(InputError) as refusal:
        read(knowledge, path)

    assert ["folder/base.yaml"] == [problem.place.file for problem in refusal.value.problems]


def test_wrong_answers_of_a_base_are_told_once_and_where_they_stand(knowledge: Knowledge, write: Write) -> None:
    write(HEAD + "    answers: {initiator: town}\n    refused: [as_of]\n", "folder/base.yaml")
    path = write("scenarios:\n" + CHAIN + CHAIN.replace("id: two", "id: three"), "folder/other.yaml")

    with pytest.raises(InputError) as refusal:
        read(knowledge, path)

    assert ["folder/base.yaml:7:26"] == [str(problem.place) for problem in refusal.value.problems]


# -- files and folders --------------------------------------------------------------------------------------


def test_a_folder_stands_for_all_files_in_it_at_any_depth(knowledge: Knowledge, write: Write) -> None:
    for name in ("b", "deep/er/c", "a"):
        write(HEAD.replace("id: one", f"id: {name[-1]}") + "    refused: [as_of]\n", f"folder/{name}.yaml")
    write("not read", "folder/notes.txt")

    assert ["a", "b", "c"] == list(read(knowledge, Path("folder")))


def test_a_file_that_is_named_twice_is_read_once(knowledge: Knowledge, write: Write) -> None:
    path = write(HEAD + "    refused: [as_of]\n", "folder/a.yaml")

    assert 1 == len(read_scenarios(knowledge, [path, Path("folder"), path.resolve()]))


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("nowhere.yaml", "nowhere.yaml: the file cannot be read (there is no such file or folder)"),
        ("empty", "empty: the folder does not exist or holds no .yaml file"),
    ],
)
def test_files_and_folders_that_hold_nothing_are_named(
    path: str, message: str, knowledge: Knowledge, write: Write
) -> None:
    Path("empty").mkdir()

    with pytest.raises(InputError) as refusal:
        read_scenarios(knowledge, [Path(path)])

    assert message == refusal.value.in_language("en")


def test_no_id_stands_twice_in_all_that_a_reader_hasread(knowledge: Knowledge, write: Write) -> None:
    reader = ScenarioReader(knowledge)
    text = HEAD + "    refused: [as_of]\n"
    reader.read([write(text, "a.yaml")])
    reader.read([write(text, "a.yaml")])

    with pytest.raises(InputError) as refusal:
        reader.read([write(text, "b.yaml")])

    assert 'b.yaml:2:9: the id "one" is already used at a.yaml:2:9' == refusal.value.in_language("en")


def test_every_scenario_that_is_shipped_can_be_read_and_says_from_where_it_follows(knowledge: Knowledge) -> None:
    scenarios = read_scenarios(knowledge, [built_in("scenarios")])

    assert len(scenarios) >= 355
    assert all(scenario.source and scenario.why and scenario.approved for scenario in scenarios)
