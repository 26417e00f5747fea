"""An expectation is met or not; both readers say the same of every fact, and it is what people are advised."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.advice.advising import advise
from advisor.advice.as_data import conclusion_data
from advisor.inference.case import CaseReader
from advisor.inference.formula import Atom
from advisor.knowledge_base import Knowledge
from advisor.problem import Place
from advisor.scenario.expectation import Expectation, Expected, Part
from advisor.scenario.judging import State, judge
from advisor.scenario.naming import OTHER, fact_names
from advisor.scenario.observed import NO_OTHER_REGIME, WHY_CONTESTED, Observed
from advisor.scenario.observer import TwoRegimes
from advisor.scenario.running import run_scenario
from advisor.scenario.scenario import Scenario
from advisor.scenario.scenario_reader import read_scenarios
from scenario_runs import SHIPPED, Run, written

PLACE = Place("a.yaml", 1, 1)
PARTS: frozenset[Part] = frozenset(("value", "contested", "depends_on", "cites"))


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


def _full(knowledge: Knowledge) -> list[Scenario]:
    """Return some scenarios of which all is known."""
    every = [s for s in read_scenarios(knowledge, [SHIPPED]) if s.refused is None]
    return [s for s in every if len(s.answers) == len(knowledge.library.questions)][::30]


def test_every_value_and_article_is_that_of_the_rules_that_experta_fired(knowledge: Knowledge) -> None:
    library, cited = knowledge.library, 0
    wanted = dict.fromkeys((name for name in fact_names(library) if not name.endswith(OTHER)), PARTS)

    for scenario in _full(knowledge):
        case = CaseReader(library, knowledge.rulebase).data(scenario.data)
        day = knowledge.on(case.as_of)
        drawn = day.experta.run(tuple(case.codes[domain.id] for domain in day.program.domains))
        articles: dict[Atom, set[str]] = {}
        for rule in (day.program.by_id[rule] for rule in drawn.fired):
            for head in rule.heads:
                articles.setdefault(head, set()).update(library.standing(rule.grounds.cites, case.as_of))
        for fact, observed in TwoRegimes(knowledge, case).observe(wanted).items():
            if observed.reason is None:
                there = {element: articles.get((fact, element), set()) for element in drawn.values(fact)}
                assert there == {e: set(cites) for e, cites in observed.cites.items() if e != WHY_CONTESTED}
                cited += len(there)

    assert cited > 800


def test_the_readers_say_what_the_advice_says(knowledge: Knowledge) -> None:
    conclusions = list(knowledge.library.conclusions)
    wanted = dict.fromkeys([*conclusions, "dprd_approval" + OTHER, "steps", "documents", "notices"], PARTS)

    for study in knowledge.library.cases.values():
        case = CaseReader(knowledge.library, knowledge.rulebase).data(
            {"as_of": study.as_of, "answers": {q: _listed(a) for q, a in study.answers.items()}}
        )
        advice = advise(knowledge, case)
        observed = TwoRegimes(knowledge, case).observe(wanted)
        assert advice.other_regime is not None
        told = {**advice.conclusions, "dprd_approval" + OTHER: advice.other_regime.conclusion}
        for name, conclusion in told.items():
            seen = observed[name]
            data = conclusion_data(conclusion, "en", explain=False)
            assert data["possible"] == (None if seen.possible is None else [_listed(v) for v in seen.possible])
            assert (data["depends_on"], data["contested"]) == ([*seen.depends_on], seen.contested)
            if seen.possible is None:
                assert (conclusion.certain, conclusion.uncertain) == (seen.certain, seen.uncertain)
            cites = {cite for reason in conclusion.because for cite in reason.cites}
            assert cites == seen.named, (study.id, name)
        for name in ("steps", "documents", "notices"):
            items = getattr(advice, name)
            assert {item.id for item in items if item.certain} == set(observed[name].certainly())
            assert {item.id for item in items} == observed[name].anywhere()


def _listed(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def test_a_fact_on_the_way_ranges_over_the_admissible_completions(ran: Run) -> None:
    assert "passed" == ran("    expect: {unfunded: no, has_region: yes, needs: [deliver, settle]}\n").status


def test_the_era_is_there_even_where_nothing_is_admissible(ran: Run) -> None:
    barred = "    answers: {lawful_object: no}\n"

    assert "passed" == ran(barred + "    expect: {era: {value: C, cites: [pp28-2018:52]}, needs: null}\n").status


def test_a_fact_that_has_no_value_is_expected_as_null(ran: Run) -> None:
    company = "    answers: {counterparts: [private_company]}\n"

    assert "passed" == ran(company + "    expect: {start_form: null, has_region: no}\n").status


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

    assert "passed" == run_scenario(knowledge, written(knowledge, text)[0]).status
