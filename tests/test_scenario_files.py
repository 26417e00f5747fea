"""Scenario files: what they may say, and that every mistake in them is named with its place."""

from __future__ import annotations

import re
from collections.abc import Callable
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

HEAD = """\
scenarios:
  - id: one
    name: A name
    source: [pp28-2018:6-2]
    why: A reason.
    as_of: 2021-03-01
"""
"""A scenario that only lacks what it expects; what is added to it begins on line 7."""

Write = Callable[..., Path]
Findings = Callable[[str], list[str]]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes a scenario file into an empty working directory."""
    monkeypatch.chdir(tmp_path)

    def written(text: str, name: str = "a.yaml") -> Path:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    return written


@pytest.fixture
def findings(write: Write, knowledge: Knowledge) -> Findings:
    """Returns what is wrong with a file, line by line."""

    def found(text: str) -> list[str]:
        with pytest.raises(InputError) as refusal:
            read_scenarios(knowledge, [write(text)])
        return refusal.value.in_language("en").splitlines()

    return found


def _read(knowledge: Knowledge, *paths: Path) -> dict[str, Scenario]:
    return {scenario.id: scenario for scenario in read_scenarios(knowledge, paths)}


def _expected(scenario: Scenario) -> dict[tuple[str, str], object]:
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

    scenario = _read(knowledge, path)["one"]

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
    scenario = _read(knowledge, write(f"{HEAD}    expect: {{{said}}}\n"))["one"]

    assert {(said.partition(":")[0], "value"): expected} == _expected(scenario)


def test_citations_may_be_asked_of_single_values(knowledge: Knowledge, write: Write) -> None:
    text = """\
    expect:
      steps: {cites: {c-mapping: [pp28-2018:5-1]}}
      admissible: {cites: {no: [pp28-2018:4-3], yes: [pp28-2018:4]}}
"""

    scenario = _read(knowledge, write(HEAD + text))["one"]

    assert {
        ("steps", "cites"): {"c-mapping": ("pp28-2018:5-1",)},
        ("admissible", "cites"): {"no": ("pp28-2018:4-3",), "yes": ("pp28-2018:4",)},
    } == _expected(scenario)


def test_what_a_program_wrote_waits_for_approval(knowledge: Knowledge, write: Write) -> None:
    text = HEAD + "    expect: {admissible: yes}\n"

    assert _read(knowledge, write(text + "    approved: yes\n"))["one"].approved
    assert not _read(knowledge, write(text + "    approved: no\n"))["one"].approved


def test_a_refusal_names_questions_or_the_day(knowledge: Knowledge, write: Write) -> None:
    scenario = _read(knowledge, write(HEAD + "    refused: [as_of, counterparts]\n"))["one"]

    assert ("as_of", "counterparts") == scenario.refused
    assert () == scenario.expectations


def test_answers_that_contradict_each_other_can_be_read(knowledge: Knowledge, write: Write) -> None:
    text = "    answers: {counterparts: []}\n    refused: [counterparts]\n"

    assert {"counterparts": []} == _read(knowledge, write(HEAD + text))["one"].answers


# -- what a scenario is based on ----------------------------------------------------------------------------

CHAIN = """\
  - id: two
    name: Another name
    source: [pp28-2018:6-2]
    why: Another reason.
    based_on: one
    answers: {initiator: regency}
    unknown: [duration]
    expect: {admissible: yes}
"""


def test_answers_are_laid_over_those_of_the_base(knowledge: Knowledge, write: Write) -> None:
    base = HEAD + "    answers: {initiator: city, duration: permanent, bordering: no}\n    refused: [as_of]\n"

    scenario = _read(knowledge, write(base + CHAIN))["two"]

    assert date(2021, 3, 1) == scenario.as_of
    assert {"initiator": "regency", "bordering": False} == scenario.answers
    assert scenario.refused is None
    assert {("admissible", "value"): True} == _expected(scenario)


def test_a_case_of_the_study_can_be_the_base(knowledge: Knowledge, write: Write) -> None:
    case = knowledge.library.cases["kartamantul"]
    text = CHAIN.replace("based_on: one", "based_on: case:kartamantul")

    scenario = _read(knowledge, write("scenarios:\n" + text))["two"]

    assert case.as_of == scenario.as_of
    assert "regency" == scenario.answers["initiator"]
    assert set(case.answers) - {"duration"} == set(scenario.answers)


def test_the_base_may_stand_in_another_file_of_the_folder(knowledge: Knowledge, write: Write) -> None:
    write(HEAD + "    answers: {bordering: no}\n    refused: [as_of]\n", "folder/base.yaml")
    path = write("scenarios:\n" + CHAIN, "folder/other.yaml")

    assert {"two": {"initiator": "regency", "bordering": False}} == {
        name: scenario.answers for name, scenario in _read(knowledge, path).items()
    }


def test_the_base_may_stand_in_any_file_that_is_given(knowledge: Knowledge, write: Write) -> None:
    base = write(HEAD + "    refused: [as_of]\n", "bases/base.yaml")
    path = write("scenarios:\n" + CHAIN, "folder/other.yaml")

    assert ["one", "two"] == list(_read(knowledge, base, path))


def test_another_file_that_is_broken_is_named_where_the_base_may_stand_in_it(
    knowledge: Knowledge, write: Write
) -> None:
    write("scenarios: [", "folder/base.yaml")
    path = write("scenarios:\n" + CHAIN, "folder/other.yaml")

    with pytest.raises(InputError) as refusal:
        _read(knowledge, path)

    assert ["folder/base.yaml"] == [problem.place.file for problem in refusal.value.problems]


def test_wrong_answers_of_a_base_are_told_once_and_where_they_stand(knowledge: Knowledge, write: Write) -> None:
    write(HEAD + "    answers: {initiator: town}\n    refused: [as_of]\n", "folder/base.yaml")
    path = write("scenarios:\n" + CHAIN + CHAIN.replace("id: two", "id: three"), "folder/other.yaml")

    with pytest.raises(InputError) as refusal:
        _read(knowledge, path)

    assert ["folder/base.yaml:7:26"] == [str(problem.place) for problem in refusal.value.problems]


# -- files and folders --------------------------------------------------------------------------------------


def test_a_folder_stands_for_all_files_in_it_at_any_depth(knowledge: Knowledge, write: Write) -> None:
    for name in ("b", "deep/er/c", "a"):
        write(HEAD.replace("id: one", f"id: {name[-1]}") + "    refused: [as_of]\n", f"folder/{name}.yaml")
    write("not read", "folder/notes.txt")

    assert ["a", "b", "c"] == list(_read(knowledge, Path("folder")))


def test_a_file_that_is_named_twice_is_read_once(knowledge: Knowledge, write: Write) -> None:
    path = write(HEAD + "    refused: [as_of]\n", "folder/a.yaml")

    assert 1 == len(read_scenarios(knowledge, [path, Path("folder"), path.resolve()]))


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("nowhere.yaml", "nowhere.yaml: the file cannot be read (No such file or directory)"),
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


def test_no_id_stands_twice_in_all_that_a_reader_has_read(knowledge: Knowledge, write: Write) -> None:
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


# -- mistakes -----------------------------------------------------------------------------------------------

MISTAKES = {
    "an unknown key": (
        "    answer: {}\n    expect: {admissible: yes}",
        ['7:5: unknown key "answer"; do you mean "answers"?'],
    ),
    "an unknown fact": (
        "    expect: {admisible: yes}",
        ['7:14: unknown fact or conclusion "admisible"; do you mean "admissible"?'],
    ),
    "an unknown fact that must never be": (
        "    never: {operators: [none]}",
        ['7:13: unknown fact or conclusion "operators"; do you mean "operator"?'],
    ),
    "another regime of a conclusion that has none": (
        "    expect: {operator.other: none}",
        ['7:14: unknown fact or conclusion "operator.other"; do you mean "operator"?'],
    ),
    "a value that a fact cannot have": (
        "    expect: {operator: province_}",
        ['7:24: "operator" has no value "province_"; do you mean "province"?'],
    ),
    "a value among others": (
        "    expect: {kinds: [third_party, third]}",
        ['7:35: "kinds" has no value "third"; do you mean "third_party"?'],
    ),
    "a truth that a fact cannot have": (
        "    expect: {operator: {value: no}}",
        ['7:32: "operator" has no value "no"; do you mean "none"?'],
    ),
    "a number where there is none": (
        "    expect: {admissible: 1}",
        ['7:26: "admissible" has no value "1"'],
    ),
    "one word where a list is due": (
        "    expect: {kinds: third_party}",
        ['7:21: "kinds" needs a list, such as [one, two] or lines that begin with "- "'],
    ),
    "a list where one word is due": (
        "    expect: {operator: [none]}",
        ['7:24: "operator" has no value "[none]"; do you mean "none"?'],
    ),
    "a possible value": (
        "    expect: {operator: {possible: [none, nobody]}}",
        ['7:42: "operator" has no value "nobody"'],
    ),
    "no possible value": (
        "    expect: {operator: {possible: []}}",
        ['7:35: "possible" is empty; fill it in or drop it'],
    ),
    "an element that a list cannot have": (
        "    expect: {strengths: {includes: [rivalry], excludes: [dues]}}",
        ['7:37: "strengths" has no value "rivalry"', '7:58: "strengths" has no value "dues"'],
    ),
    "elements of what is no list": (
        "    expect: {operator: {includes: [none]}}",
        ['7:25: "includes" is for facts that are lists, and "operator" has one value; use value or never'],
    ),
    "a value that must never be": (
        "    never: {operator: [nobody], kinds: [third]}",
        [
            '7:24: "operator" has no value "nobody"',
            '7:41: "kinds" has no value "third"; do you mean "third_party"?',
        ],
    ),
    "an unknown part": (
        "    expect: {operator: {values: none}}",
        ['7:25: unknown key "values"; do you mean "value"?'],
    ),
    "a part that stands elsewhere": (
        "    expect: {operator: {never: [none]}}",
        ['7:25: unknown key "never"'],
    ),
    "a question that there is not": (
        "    expect: {operator: {depends_on: [initiater]}}",
        ['7:38: unknown question "initiater"; do you mean "initiator"?'],
    ),
    "a question that is no list": (
        "    expect: {operator: {depends_on: initiator}}",
        ['7:37: "depends_on" needs a list, such as [one, two] or lines that begin with "- "'],
    ),
    "contested as a word": (
        "    expect: {operator: {contested: maybe}}",
        ['7:36: "contested" takes true, false or null (it depends on open answers), not maybe'],
    ),
    "contested of what is no conclusion": (
        "    expect: {has_region: {contested: false}}",
        ['7:27: only conclusions can be contested, and "has_region" is none; drop "contested"'],
    ),
    "an article that there is not": (
        "    expect: {operator: {cites: [pp28-2018:66]}}",
        ['7:33: no article or page "pp28-2018:66" in kbase/instruments; do you mean "pp28-2018:6"?'],
    ),
    "an article that is no word": (
        "    expect: {operator: {cites: [6]}}",
        ['7:33: no article or page "6" in kbase/instruments'],
    ),
    "an article of a value that there is not": (
        "    expect: {operator: {cites: {nobody: [pp28-2018:4]}}}",
        ['7:33: "operator" has no value "nobody"'],
    ),
    "no article": (
        "    expect: {operator: {cites: {none: []}}, kinds: {cites: {}}}",
        [
            '7:39: "none" is empty; fill it in or drop it',
            '7:60: "cites" is empty; fill it in or drop it',
        ],
    ),
    "expectations that are none": (
        "    expect: [admissible]",
        ["7:13: a mapping of keys and values is expected here"],
    ),
    "an expectation without facts": (
        "    expect: {}",
        ['7:13: "expect" is empty; fill it in or drop it'],
    ),
    "an answer to a question that there is not": (
        "    answers: {initiater: city}\n    expect: {admissible: yes}",
        ['7:15: unknown question "initiater"; do you mean "initiator"?'],
    ),
    "an answer that there is not": (
        "    answers: {counterparts: [own_provinc]}\n    expect: {admissible: yes}",
        ['7:30: unknown answer "own_provinc" to "counterparts"; do you mean "own_province"?; the options are '],
    ),
    "answers that are none": (
        "    answers: [city]\n    expect: {admissible: yes}",
        ["7:14: a mapping of keys and values is expected here"],
    ),
    "an unknown answer to a question that there is not": (
        "    unknown: [initiater]\n    expect: {admissible: yes}",
        ['7:15: unknown question "initiater"; do you mean "initiator"?'],
    ),
    "unknown answers that are no list": (
        "    unknown: initiator\n    expect: {admissible: yes}",
        ['7:14: "unknown" needs a list, such as [one, two] or lines that begin with "- "'],
    ),
    "a base that there is not": (
        "    based_on: other\n    expect: {admissible: yes}",
        ['7:15: no scenario "other" in the files that are run or in others of this folder'],
    ),
    "a case that there is not": (
        "    based_on: case:kartamantu\n    expect: {admissible: yes}",
        ['7:15: no case "kartamantu" in kbase/cases; do you mean "kartamantul"?'],
    ),
    "a base that is no word": (
        "    based_on: [one]\n    expect: {admissible: yes}",
        ['7:15: "based_on" needs a text'],
    ),
    "itself as a base": (
        "    based_on: one\n    expect: {admissible: yes}",
        ["7:15: these scenarios are based on each other in a circle: one -> one"],
    ),
    "nothing that is expected": (
        "    answers: {}",
        ['2:5: this scenario expects nothing; add "expect", "never" or "refused"'],
    ),
    "a conclusion from refused answers": (
        "    refused: [as_of]\n    expect: {admissible: yes}",
        ['8:5: "expect" cannot stand beside "refused"; nothing is concluded from answers that are refused'],
    ),
    "a refusal by what is no question": (
        "    refused: [initiater]",
        ['7:15: "initiater" is neither a question nor as_of; do you mean "initiator"?'],
    ),
    "a refusal by nothing": (
        "    refused: []",
        ['7:14: "refused" is empty; fill it in or drop it'],
    ),
    "an approval that is none": (
        "    approved: maybe\n    refused: [as_of]",
        ['7:15: "approved" takes yes or no, not maybe'],
    ),
}


@pytest.mark.parametrize("kind", MISTAKES)
def test_a_mistake_is_named_with_its_place(kind: str, findings: Findings) -> None:
    text, expected = MISTAKES[kind]

    found = findings(HEAD + text + "\n")

    # The options of a question are many; how the message begins is enough.
    assert len(expected) == len(found), found
    assert [f"a.yaml:{line}" for line in expected] == [
        told[: len(f"a.yaml:{line}")] if line.endswith("are ") else told
        for told, line in zip(found, expected, strict=True)
    ]


@pytest.mark.parametrize(
    ("wrong", "right", "expected"),
    [
        ("  - id: one\n    name", "  - name", '2:5: the key "id" is missing here'),
        ("    name: A name\n", "", '2:5: the key "name" is missing here'),
        ("    source: [pp28-2018:6-2]\n", "", '2:5: the key "source" is missing here'),
        ("    why: A reason.\n", "", '2:5: the key "why" is missing here'),
        (
            "    as_of: 2021-03-01\n",
            "",
            '2:5: there is no "as_of", neither here nor in what the scenario is based on',
        ),
        (
            "id: one",
            "id: One More",
            '2:9: the id "One More" cannot be used; use small letters, digits, dots, hyphens and underscores',
        ),
        ("name: A name", "name: ' '", '3:11: "name" needs a text'),
        ("why: A reason.", "why: [reason]", '5:10: "why" needs a text'),
        (
            "[pp28-2018:6-2]",
            "pp28-2018:6-2",
            '4:13: "source" needs a list, such as [one, two] or lines that begin with "- "',
        ),
        ("[pp28-2018:6-2]", "[]", '4:13: "source" is empty; fill it in or drop it'),
        (
            "[pp28-2018:6-2]",
            "[pp28-2018:62]",
            '4:14: no article or page "pp28-2018:62" in kbase/instruments; do you mean "pp28-2018:6-2"?',
        ),
        (
            "2021-03-01",
            "2021-02-30",
            "6:12: the value '2021-02-30' cannot be read (day is out of range for month); quote it if it is a text",
        ),
        (
            "2021-03-01",
            "last year",
            '6:12: "as_of" must be a date written YYYY-MM-DD, such as 2024-05-31, not last year',
        ),
    ],
)
def test_what_every_scenario_needs_is_asked_for(wrong: str, right: str, expected: str, findings: Findings) -> None:
    text = HEAD.replace(wrong, right)
    assert text != HEAD

    assert [f"a.yaml:{expected}"] == findings(text + "    refused: [as_of]\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "a.yaml: the file is empty"),
        ("[]", 'a.yaml:1:1: a scenario file holds "scenarios:" followed by a list of scenarios'),
        (
            "scenarios: {}",
            'a.yaml:1:12: "scenarios" needs a list, such as [one, two] or lines that begin with "- "',
        ),
        ("scenarios: []", 'a.yaml:1:12: "scenarios" is empty; fill it in or drop it'),
        ("scenarios: [one]", "a.yaml:1:13: a mapping of keys and values is expected here"),
    ],
)
def test_a_file_that_holds_no_scenarios_is_refused(text: str, expected: str, findings: Findings) -> None:
    assert [expected] == findings(text)


def test_another_key_of_the_file_is_named(findings: Findings) -> None:
    found = findings(HEAD.replace("scenarios:", "scenario:"))

    assert ['a.yaml:1:1: the key "scenarios" is missing here'] == found[:1]
    assert ['a.yaml:1:1: unknown key "scenario"; do you mean "scenarios"?'] == found[1:]


def test_a_circle_of_bases_is_named_with_its_path(findings: Findings) -> None:
    text = HEAD + "    based_on: two\n    refused: [as_of]\n" + CHAIN

    assert ["a.yaml:13:15: these scenarios are based on each other in a circle: one -> two -> one"] == findings(
        text
    )


def test_a_wrong_name_of_a_base_is_put_right(findings: Findings) -> None:
    text = HEAD + "    refused: [as_of]\n" + CHAIN.replace("based_on: one", "based_on: onw")

    assert [
        'a.yaml:12:15: no scenario "onw" in the files that are run or in others of this folder; do you mean "one"?'
    ] == findings(text)


def test_all_mistakes_are_named_at_once_in_the_order_of_the_file(findings: Findings) -> None:
    text = HEAD.replace("A reason.", "''") + "    expect: {admisible: yes}\n    approve: yes\n"

    assert ["a.yaml:5:10", "a.yaml:7:14", "a.yaml:8:5"] == [
        match.group() for line in findings(text) if (match := re.match(r"a\.yaml:\d+:\d+", line))
    ]


def test_an_expectation_is_the_same_wherever_it_stands(knowledge: Knowledge, write: Write) -> None:
    short = _read(knowledge, write(HEAD + "    expect: {operator: none}\n"))["one"].expectations
    long = _read(knowledge, write(HEAD + "    expect: {operator: {value: none}}\n"))["one"].expectations

    assert [Expectation("operator", "value", "none", short[0].place)] == [*short]
    assert [*short] == [replace(long[0], place=short[0].place)]
