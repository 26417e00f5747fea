"""What if: the conclusions that other answers change, and no others."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from advisor.advice.advising import advise
from advisor.explain.what_if import read_changes, what_if
from advisor.inference.case import Case, CaseReader
from advisor.inference.firing import Result
from advisor.knowledge_base import Knowledge
from advisor.problem import AnswersError
from conftest import DAYS
from explained import chance, listed, study_case
from rows import drawn_answers

pytestmark = pytest.mark.knowledge


@pytest.mark.parametrize("seed", range(40))
def test_what_if_names_exactly_the_conclusions_that_the_generated_program_changes(
    seed: int, knowledge: Knowledge
) -> None:
    """Full cases, so that the rules run once before and once after say what changes."""
    day = knowledge.on(DAYS[seed % len(DAYS)])
    rows = (drawn_answers(seed * 1000 + n, day) for n in itertools.count())
    row = next(row for row in rows if not day.generated.contradictions(row))
    domains = day.program.domains
    drawn = chance(seed)
    codes = {domain.id: code for domain, code in zip(domains, row, strict=True)}
    other = dict(zip(codes, drawn_answers(seed + 7, day), strict=True))
    moved = drawn.sample(sorted(codes), 3)
    after = tuple(other[d.id] if d.id in moved else codes[d.id] for d in domains)
    case = Case(DAYS[seed % len(DAYS)], {d.id: d.decode(codes[d.id]) for d in domains}, codes)
    changes = listed({q: day.program.domain(q).decode(other[q]) for q in moved})
    if day.generated.contradictions(after):
        with pytest.raises(AnswersError):
            what_if(knowledge, case, changes)
        return

    told = what_if(knowledge, case, changes)

    before, then = (_said(knowledge, day.generated.run(one)) for one in (row, after))
    assert {name for name in before if before[name] != then[name]} == {d.after.id for d in told.differences}
    assert {name for name in before if before[name] == then[name]} == {conclusion.id for conclusion in told.same}


def _said(knowledge: Knowledge, result: Result) -> dict[str, object]:
    """Return what is said of each conclusion: its values and whether it is contested; None where nothing is."""
    gate = knowledge.library.roles.gate
    spoken = result.holds((gate, "yes"))
    return {
        name: (result.values(name), result.holds(("contested", name))) if spoken or name == gate else None
        for name in knowledge.library.conclusions
    }


@pytest.mark.parametrize("name", ["kartamantul", "wonosobo"])
def test_each_difference_carries_the_reasons_of_the_whole_advice(name: str, knowledge: Knowledge) -> None:
    case = study_case(knowledge, name)

    told = what_if(knowledge, case, {"cost_sharing": "formula_agreed", "activities": ["operate_service"]})

    whole = advise(knowledge, told.after)
    assert told.differences
    for difference in told.differences:
        expected = whole.conclusions[difference.after.id]
        assert expected.value == difference.after.value
        if not expected.open:
            assert {reason.rule for reason in expected.because} == {r.rule for r in difference.after.because}


def test_an_answer_can_be_taken_back(knowledge: Knowledge) -> None:
    case = study_case(knowledge, "kartamantul")

    told = what_if(knowledge, case, read_changes(["cost_sharing=unknown"], knowledge))

    assert {"cost_sharing": (case.answers["cost_sharing"], None)} == told.changed
    assert "cost_sharing" not in told.after.answers


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("sector=roads", {"sector": "roads"}),
        ("region_count=4", {"region_count": 4}),
        ("activities=build_facility,operate_service", {"activities": ("build_facility", "operate_service")}),
        ("activities=[]", {"activities": ()}),
        ("activities=[operate_service]", {"activities": ("operate_service",)}),
        ("burdens_budget = yes", {"burdens_budget": "yes"}),
        ("Bidang=jalan", {"sector": "roads"}),
        ("sector=unknown", {}),
    ],
)
def test_a_change_is_read_as_an_answers_file_is(word: str, expected: dict[str, Any], knowledge: Knowledge) -> None:
    changes = read_changes([word], knowledge)

    assert expected == CaseReader(knowledge.library, knowledge.rulebase).data({"answers": changes}).answers


@pytest.mark.parametrize("word", ["sector", "sector=", "=roads", "sectr=roads"])
def test_a_change_that_cannot_be_read_is_refused(word: str, knowledge: Knowledge) -> None:
    with pytest.raises(AnswersError):
        read_changes([word], knowledge)
