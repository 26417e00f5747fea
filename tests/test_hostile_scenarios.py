"""Scenario files that are written to do harm: they are read, or every mistake is named, and nothing else."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable
from typing import Any

import pytest

from advisor.knowledge_base import Knowledge
from advisor.problem import MOST_FINDINGS, InputError
from advisor.scenario.scenario import Scenario
from advisor.text import LANGUAGES
from advisor.verify.check.files import nodes
from scenario_texts import Write, read

Entry = dict[str, Any]

JUNK: tuple[Any, ...] = ([[1]], {"a": {"b": 1}}, True, None, "", [], {}, 1.5, [{"a": [1]}], "x" * 200)
FORM = {
    "value": "cooperation_body",
    "depends_on": ["sector"],
    "contested": True,
    "cites": ["pp28-2018:6-2"],
    "does_not_cite": {"cooperation_body": ["pp28-2018:6-2"]},
    "possible": ["cooperation_body"],
}


def entry(name: str, **more: Any) -> Entry:
    """Return a scenario that is sound."""
    head = {"id": name, "name": "A name", "source": ["pp28-2018:6-2"], "why": "A reason.", "as_of": "2021-03-01"}
    return {**head, "answers": {"sector": "roads"}, "expect": {"admissible": True}, **more}


RICH = (
    entry(
        "rich",
        based_on="case:kartamantul",
        unknown=["initiator"],
        expect={"target_form": FORM, "risks": {"includes": ["a"], "excludes": ["b"], "possible": [["a"]]}},
        never={"target_form": ["cooperation_body"]},
        approved=True,
    ),
    {name: value for name, value in entry("refused", refused=["sector"]).items() if name != "expect"},
)


def _scenarios(entries: Iterable[Entry], write: Write, knowledge: Knowledge) -> dict[str, Scenario]:
    return read(knowledge, write(json.dumps({"scenarios": list(entries)}, indent=0)))


def test_whatever_stands_wherever_is_read_or_named_with_its_place(write: Write, knowledge: Knowledge) -> None:
    broken = []
    for whole in RICH:
        for number, (key, _) in enumerate(nodes(whole)):
            if key:
                changed = copy.deepcopy(whole)
                part: Any = changed
                for step in key[:-1]:
                    part = part[step]
                part[key[-1]] = JUNK[number % len(JUNK)]
                broken.append(changed)
                for junk in JUNK if key == ("unknown", 0) else ():
                    part[key[-1]] = junk
                    broken.append(copy.deepcopy(changed))

    with pytest.raises(InputError) as raised:
        _scenarios(broken, write, knowledge)

    assert len(raised.value.problems) > 40
    for problem in raised.value.problems:
        assert "a.yaml" == problem.place.file
        assert all(problem.in_language(language) for language in LANGUAGES)


@pytest.mark.parametrize("upwards", [True, False], ids=["base first", "base last"])
def test_a_chain_of_bases_may_be_of_any_length(upwards: bool, write: Write, knowledge: Knowledge) -> None:
    last = 700
    chain = [entry("s0", answers={"sector": "roads", "region_count": 3})]
    chain += [entry(f"s{number}", based_on=f"s{number - 1}", answers={}) for number in range(1, last + 1)]

    found = _scenarios(chain if upwards else reversed(chain), write, knowledge)

    assert last + 1 == len(found)
    assert {"sector": "roads", "region_count": 3} == found[f"s{last}"].answers


def test_a_long_circle_of_bases_is_named_once(write: Write, knowledge: Knowledge) -> None:
    length = 700
    circle = (entry(f"s{number}", based_on=f"s{(number + 1) % length}") for number in range(length))

    with pytest.raises(InputError) as raised:
        _scenarios(circle, write, knowledge)

    (problem,) = raised.value.problems
    assert "scenario.circle" == problem.key
    assert length + 1 == len(problem.values["names"].split(" -> "))


def test_what_a_scenario_answers_takes_the_place_of_its_bases_answer_however_it_is_named(
    write: Write, knowledge: Knowledge
) -> None:
    short = knowledge.library.questions["sector"].short.en
    found = _scenarios(
        [entry("base"), entry("over", based_on="base", answers={short: "transport"})], write, knowledge
    )

    assert {"sector": "transport"} == found["over"].answers


@pytest.mark.parametrize(
    "wrong",
    [{"answers": {"sektor": "roads"}}, {"source": ["pp28-2018:6-999"]}, {"based_on": "nobody"}, {"id": "same"}],
    ids=["answer", "source", "base", "id"],
)
def test_of_very_many_wrong_entries_so_many_are_looked_at_as_anybody_mends(
    wrong: Entry, write: Write, knowledge: Knowledge
) -> None:
    entries = (entry(f"s{number}", **wrong) if "id" not in wrong else entry(wrong["id"]) for number in range(400))

    with pytest.raises(InputError) as raised:
        _scenarios(entries, write, knowledge)

    assert MOST_FINDINGS == len(raised.value.problems)
