"""Every mistake in a scenario file is named with its place, with the nearest name, and all of them at once."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from advisor.knowledge_base import Knowledge
from advisor.problem import InputError
from advisor.scenario.scenario_reader import read_scenarios
from scenario_texts import CHAIN, HEAD, Write

Findings = Callable[[str], list[str]]


@pytest.fixture
def findings(write: Write, knowledge: Knowledge) -> Findings:
    """Returns what is wrong with a file, line by line."""

    def found(text: str) -> list[str]:
        with pytest.raises(InputError) as refusal:
            read_scenarios(knowledge, [write(text)])
        return refusal.value.in_language("en").splitlines()

    return found


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
    "a fact of which nothing is expected": (
        "    expect: {operator: {}}",
        ['7:24: "operator" is empty; fill it in or drop it'],
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
    "a base that is empty": (
        "    based_on: ''\n    expect: {admissible: yes}",
        ['7:15: "based_on" needs a text'],
    ),
    "a question that is a list": (
        "    unknown: [[initiator]]\n    expect: {admissible: yes}",
        ['7:15: unknown question "[initiator]"; do you mean "initiator"?'],
    ),
    "answers that are not there": (
        "    answers:\n    expect: {admissible: yes}",
        ["7:13: a mapping of keys and values is expected here"],
    ),
    "the beginning of an article's name": (
        "    expect: {operator: {cites: [pp28]}}",
        ['7:33: no article or page "pp28" in kbase/instruments'],
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
            '6:12: the value "2021-02-30" cannot be read (day is out of range for month); quote it if it is a text',
        ),
        ("2021-03-01", "0", '6:12: "as_of" must be a date written YYYY-MM-DD, such as 2024-05-31, not 0'),
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

    assert ["a.yaml:5:10", "a.yaml:7:14", "a.yaml:8:5"] == _places(findings(text))


def test_a_broken_scenario_does_not_hide_what_is_wrong_with_others(findings: Findings) -> None:
    broken = HEAD.replace("    name: A name\n", "") + "    expect: {admissible: yes}\n"
    other = CHAIN.replace("id: two", "id: Two").replace("based_on: one", "based_on: case:kartamantu")

    assert ["a.yaml:2:5", "a.yaml:7:9", "a.yaml:11:15"] == _places(findings(broken + other))


def test_a_broken_base_is_told_once_and_nothing_of_what_is_based_on_it(findings: Findings) -> None:
    broken = HEAD.replace("as_of: 2021-03-01", "as_of: tomorrow") + "    refused: [as_of]\n"

    assert ["a.yaml:6:12"] == _places(findings(broken + CHAIN + CHAIN.replace("id: two", "id: three")))


def _places(lines: list[str]) -> list[str]:
    return [match.group() for line in lines if (match := re.match(r"a\.yaml:\d+:\d+", line))]
