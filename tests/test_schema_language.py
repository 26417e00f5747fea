"""The schemas take the language of rules and scenarios as the readers take it, and find what they refuse."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import reduce
from operator import getitem
from pathlib import Path
from random import Random
from typing import Any

import pytest

from advisor.inference.condition_reader import ConditionReader
from advisor.inference.vocabulary import Vocabulary
from advisor.knowledge.document import Document
from advisor.knowledge_base import Knowledge
from advisor.problem import InputError
from scenario_texts import Write, read
from schemas import TOP, as_editors_read, as_the_program_reads, contents, mistakes, schema_of

RULES = """\
decision: extra
title: {id: Tambahan, en: Extra}
first: [needs]
rules:
  - id: extra.rule
    silent: yes
    when:
      sector: [roads, transport]
      has_region: yes
      interests: {not: common}
      region_count: {not: {over: 2}}
      counterparts: {count: 2, of: [region, own_province], empty: no}
      in_force: [pp28-2018, pp28-2018:6-2]
      any: [{era: C}, {all: [{needs: {empty: yes}}, {not: {kept: yes}}]}]
    then: {needs: [talk, settle], kept: yes, admissible: no, basis: 'pp28-2018:6-2', contested: {from: contested}}
    because: {id: Ada alasannya., en: There is a reason.}
    cites: [prasetya-2013:10]
    see: [pp28-2018:6-2]
    authority: study
    provenance: verified
"""
RULE = "$.rules[0]"
WHEN = f"{RULE}.when"

MISTAKES_IN_RULES = {
    "an unknown question in when": ("sector:", "sektor:", WHEN),
    "an unknown option": ("[roads, transport]", "[roads, raods]", f"{WHEN}.sector"),
    "an unknown option in not": ("not: common", "not: comon", f"{WHEN}.interests"),
    "an unknown group": ("[region, own_province]", "regions", f"{WHEN}.counterparts"),
    "a word for yes or no": ("has_region: yes", "has_region: maybe", f"{WHEN}.has_region"),
    "a number without over": ("{not: {over: 2}}", "2", f"{WHEN}.region_count"),
    "a number beyond its bounds": ("over: 2", "over: 600", f"{WHEN}.region_count.not.over"),
    "of without count": ("count: 2, ", "", f"{WHEN}.counterparts"),
    "an operator that is not there": ("{not: {over: 2}}", "{under: 2}", f"{WHEN}.region_count"),
    "over for what is no number": ("{not: common}", "{over: 2}", f"{WHEN}.interests"),
    "a single condition in any": ("any: [{era: C}, ", "any: {era: C}\n      all: [", f"{WHEN}.any"),
    "a misspelt combination": ("any:", "some:", WHEN),
    "an unknown value of a fact": ("era: C", "era: D", f"{WHEN}.any[0].era"),
    "an unknown instrument in in_force": ("[pp28-2018,", "[pp28-2081,", f"{WHEN}.in_force"),
    "an unknown fact in then": ("needs: [talk", "need: [talk", f"{RULE}.then"),
    "an unknown value in then": ("[talk, settle]", "[talk, setle]", f"{RULE}.then.needs"),
    "a question in then": ("kept: yes, adm", "sector: roads, adm", f"{RULE}.then"),
    "a flag that is denied": ("kept: yes, adm", "kept: no, adm", f"{RULE}.then.kept"),
    "two values where one is meant": ("admissible: no", "era: [A, B]", f"{RULE}.then.era"),
    "a copy of what is no fact": ("{from: contested}", "{from: sector}", f"{RULE}.then.contested"),
    "an unknown article in cites": ("prasetya-2013:10", "prasetya-2013:100", f"{RULE}.cites[0]"),
    "an unknown article in see": ("see: [pp28-2018:6-2]", "see: [pp28-2018:6-22]", f"{RULE}.see[0]"),
    "no article in cites": ("[prasetya-2013:10]", "[]", f"{RULE}.cites"),
    "a misspelt key": ("authority:", "autority:", RULE),
    "a missing translation": (", en: There is a reason.", "", f"{RULE}.because"),
    "an empty translation": ("en: There is a reason.", "en: ''", f"{RULE}.because.en"),
    "an unknown authority": ("authority: study", "authority: custom", f"{RULE}.authority"),
    "an id with a space": ("extra.rule", "extra rule", f"{RULE}.id"),
    "an unknown fact in first": ("first: [needs]", "first: [neds]", "$.first[0]"),
}

SCENARIOS = """\
scenarios:
  - id: extra-scenario
    name: Extra
    source: [pp28-2018:6-2]
    why: It follows.
    based_on: case:wonosobo
    as_of: 2021-03-01
    answers: {sector: roads, counterparts: [own_province], region_count: 3, budgeted: no}
    unknown: [bordering]
    expect:
      admissible: yes
      kinds: {value: [inter_regional_voluntary], contested: null, excludes: [inter_regional]}
      dprd_approval: {possible: [required, not_required], depends_on: [bordering], cites: [pp28-2018:6-2]}
      dprd_approval.other: inadmissible
      strengths: {cites: {shared_need: [prasetya-2013:10]}}
      target_ready: no
    never: {institutional_form: [cooperation_body], needs: talk}
    approved: no
"""
SCENARIO = "$.scenarios[0]"
EXPECT = f"{SCENARIO}.expect"
SCENARIO_MISTAKES = {
    "an unknown question": ("sector: roads", "sektor: roads", f"{SCENARIO}.answers"),
    "an unknown option": ("sector: roads", "sector: raods", f"{SCENARIO}.answers.sector"),
    "one option where several are meant": ("[own_province]", "own_province", f"{SCENARIO}.answers.counterparts"),
    "a number beyond its bounds": ("region_count: 3", "region_count: 601", f"{SCENARIO}.answers.region_count"),
    "a day that is none": ("2021-03-01", "2021-13-01", f"{SCENARIO}.as_of"),
    "an unknown case": ("case:wonosobo", "case:wonosoba", f"{SCENARIO}.based_on"),
    "an unknown fact": ("admissible:", "admisible:", EXPECT),
    "an unknown value": ("[required,", "[requested,", f"{EXPECT}.dprd_approval"),
    "an unknown part": ("depends_on", "depend_on", f"{EXPECT}.dprd_approval"),
    "includes of what is no list": ("possible:", "includes:", f"{EXPECT}.dprd_approval"),
    "contested of what is no conclusion": (
        "target_ready: no",
        "target_ready: {contested: no}",
        f"{EXPECT}.target_ready",
    ),
    "an unknown article": ("source: [pp28-2018:6-2]", "source: [pp28-2018:66]", f"{SCENARIO}.source[0]"),
    "an unknown value in never": ("needs: talk", "needs: talks", f"{SCENARIO}.never.needs"),
    "a misspelt key": ("unknown:", "unkown:", SCENARIO),
    "no reason": ("    why: It follows.\n", "", SCENARIO),
    "neither a day nor a base": ("based_on: case:wonosobo\n    as_of: 2021-03-01\n    ", "", SCENARIO),
    "a refusal beside an expectation": ("approved: no", "refused: [as_of]", SCENARIO),
}


@pytest.mark.parametrize("read", [as_the_program_reads, as_editors_read])
@pytest.mark.parametrize(("name", "text"), [("rules", RULES), ("scenarios", SCENARIOS)])
def test_what_uses_the_whole_language_fits(name: str, text: str, read: Callable[[str], Any]) -> None:
    assert [] == mistakes(contents()[f"{name}.schema.json"], read(text))


@pytest.mark.parametrize("mistake", MISTAKES_IN_RULES)
def test_a_mistake_in_a_rule_is_found_where_it_stands(mistake: str) -> None:
    old, new, place = MISTAKES_IN_RULES[mistake]

    assert 1 == RULES.count(old)
    assert place in mistakes(contents()["rules.schema.json"], as_editors_read(RULES.replace(old, new)))


@pytest.mark.parametrize("mistake", SCENARIO_MISTAKES)
def test_a_mistake_in_a_scenario_is_found_where_it_stands(mistake: str) -> None:
    old, new, place = SCENARIO_MISTAKES[mistake]

    assert 1 == SCENARIOS.count(old)
    assert [place] == mistakes(contents()["scenarios.schema.json"], as_editors_read(SCENARIOS.replace(old, new)))


@dataclass(frozen=True)
class Slip:
    """What is changed in a file of the knowledge, and where the schema finds it."""

    file: str
    old: str
    new: str
    place: str


SLIPS = {
    "an unknown fact as era": Slip("kbase/roles.yaml", "era: era", "era: ear", "$.era"),
    "a day as a number": Slip("kbase/knowledge.yaml", "until: 2026-07-02", "until: 2026", "$.read_until"),
    "an option of another question": Slip(
        "kbase/groups.yaml", "[regency_city_same", "[roads, x", "$.groups[0].options[0]"
    ),
    "an unknown table": Slip("kbase/facts.yaml", "table: eras", "table: ears", "$.facts[0].table"),
    "a value of another table": Slip(
        "kbase/conclusions.yaml", "- private_investment", "- talk", "$.conclusions[11].values[0]"
    ),
    "a number without bounds": Slip("kbase/questions/20-parties.yaml", "    min: ", "    # ", "$.questions[3]"),
    "an unknown rank": Slip("kbase/instruments/uu24-2007.yaml", "rank: statute", "rank: law", "$.rank"),
    "a doubt with a long name": Slip("kbase/doubts.yaml", "id: D1\n", "id: doubt1\n", "$.doubts[0].id"),
    "an unknown need": Slip(
        "kbase/terms/institutional_forms.yaml", "covers: [", "covers: [x, ", "$.terms[0].covers[0]"
    ),
    "a step without a translation": Slip("kbase/steps.yaml", "en: ", "ne: ", "$.steps[0].label"),
    "an answer to no question": Slip("kbase/cases/wonosobo.yaml", "sector: border", "sektor: border", "$.answers"),
    "a reading of no question": Slip("kbase/cases/wonosobo.yaml", "\n  sector:\n", "\n  sektor:\n", "$.reading"),
    "a fact in a contradiction": Slip(
        "rules/contradictions.yaml", "{initiator: province, ", "{kept: yes, ", "$.contradictions[1].when"
    ),
    "an unknown candidate in a ranking": Slip(
        "rules/institutional_form.yaml", "value: ", "value: nothing #", "$.rankings[0].otherwise.value"
    ),
}


@pytest.mark.parametrize("mistake", SLIPS)
def test_a_mistake_in_the_knowledge_is_found_where_it_stands(mistake: str) -> None:
    slip = SLIPS[mistake]
    path = TOP / slip.file
    text = path.read_text("utf-8")

    assert slip.old in text
    assert slip.place in mistakes(
        contents()[schema_of(path).name], as_editors_read(text.replace(slip.old, slip.new, 1))
    )


# -- the schema and the reader of conditions ----------------------------------------------------------------

CONDITION = {"$ref": "vocabulary.schema.json#/$defs/condition"}
VALUES: dict[str, tuple[Any, ...]] = {
    "sector": ("roads", "health"),
    "counterparts": ("region", "own_province"),
    "has_region": (True, False),
    "era": ("A", "C"),
    "needs": ("talk", "plan"),
    "admissible": (True, False),
    "region_count": ({"over": 1}, {"over": 599}, {"not": {"over": 7}}),
}
"""Values of a question or fact of each kind; of a number, what may be asked of it."""

MANY = ("counterparts", "needs")
WRONG_VALUES = ("raods", 2, [], {}, {"under": 1}, {"over": 600}, {"empty": True}, {"count": 1}, {"of": "talk"})
WRONG_CONDITIONS = ({}, [], "sector", {"sektor": "roads"}, {"any": []}, {"all": {"sector": "roads"}}, {"not": None})


class Author:
    """Writes conditions, most parts of them right."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - nothing secret depends on it

    def condition(self, depth: int = 2) -> Any:
        """Return a condition with up to `depth` levels of others in it."""
        if self._slips():
            return self.random.choice(WRONG_CONDITIONS)
        parts = [self._tested() for _ in range(self.random.randint(1, 2))]
        if depth and self.random.random() < 0.5:
            parts.append(self._joined(depth - 1))
        if self.random.random() < 0.2:
            parts.append({"in_force": self.random.choice(("pp28-2018", ["pp28-2018", "pp28-2018:6-2"]))})
        return {key: value for part in parts for key, value in part.items()}

    def _slips(self) -> bool:
        return self.random.random() < 0.06

    def _joined(self, depth: int) -> dict[str, Any]:
        key = self.random.choice(("any", "all", "not"))
        return {key: self.condition(depth) if key == "not" else [self.condition(depth), self.condition(depth)]}

    def _tested(self) -> dict[str, Any]:
        name = self.random.choice(sorted(VALUES))
        return {name: self._test(name)}

    def _test(self, name: str) -> Any:
        if self._slips():
            return self.random.choice(WRONG_VALUES)
        values = VALUES[name]
        one = self.random.choice(values)
        forms: list[Any] = [one, {"not": self._test(name)}]
        if name != "region_count":
            forms.append([one, self.random.choice(values)])
        if name in MANY:
            forms += [{"empty": False}, {"count": 2, "of": list(values)}, {"count": 1, "of": one, "not": one}]
        return self.random.choice(forms)


def test_a_condition_fits_the_schema_exactly_where_the_reader_takes_it(knowledge: Knowledge) -> None:
    vocabulary = Vocabulary(knowledge.library)
    taken = 0
    for seed in range(600):
        condition = Author(seed).condition()
        reader = ConditionReader(vocabulary, Document(Path("probe.yaml"), condition, {}), [])
        reader.read(condition, ())
        taken += not reader.problems

        assert (not reader.problems) == (not mistakes(CONDITION, condition)), (condition, reader.problems)
    assert 150 < taken < 450


# -- scenarios: the schema and the reader follow from the same shapes ------------------------------------------

LIES: tuple[Any, ...] = (
    None, True, 3, "x", "", "inadmissible", [], ["x"], ["roads"], ["needs", "needs"], ["pp28-2018:6-2"], {},
    {"value": "none"}, {"contested": None}, {"includes": ["talk"]}, {"yes": ["pp28-2018:6-2"]},
)  # fmt: skip
"""What may stand in the place of any part of a scenario, rightly or wrongly."""


def _paths(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the paths to all parts of some data."""
    if path:
        yield path
    for step, part in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield from _paths(part, (*path, step))


def _changed(data: Any, random: Random) -> Any:
    """Return the data with one part that is another, is gone or stands under another key."""
    data = deepcopy(data)
    # Which bases there are, and what is an answer, neither the schema nor the reader of scenarios says alone.
    *around, last = random.choice([path for path in _paths(data) if path[0] not in ("based_on", "answers")])
    holder = reduce(getitem, around, data)
    part = holder.pop(last) if random.random() < 0.3 else None
    if isinstance(holder, dict) and part is not None and random.random() < 0.5:
        holder[random.choice(("value", "needs", "sector", "refused", "x"))] = part
    elif part is None:
        holder[last] = random.choice(LIES)
    return data


def test_a_scenario_fits_the_schema_exactly_where_the_reader_takes_it(knowledge: Knowledge, write: Write) -> None:
    (whole,) = as_the_program_reads(SCENARIOS)["scenarios"]
    taken = 0
    for seed in range(400):
        changed = {"scenarios": [_changed(whole, Random(seed))]}  # noqa: S311
        try:
            read(knowledge, write(json.dumps(changed)))
            problems = []
        except InputError as error:
            problems = error.in_language("en").splitlines()
        taken += not problems

        assert (not problems) == (not mistakes(contents()["scenarios.schema.json"], changed)), (changed, problems)
    assert 40 < taken < 200
