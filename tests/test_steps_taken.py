"""A step that was taken already is told as done, and one that signing does not show must be shown."""

from __future__ import annotations

import io
import re
from functools import cache
from typing import Any

import pytest

from advisor.advice.advice import Advice, AdvisedStep
from advisor.advice.advising import advise
from advisor.advice.as_data import advice_data
from advisor.knowledge_base import Knowledge
from advisor.papers.text_writer import write_text
from advisor.report.advice_report import advice_report
from advisor.text import LANGUAGES, Language
from plain import unbound
from receipts import plain_case

pytestmark = pytest.mark.knowledge

PARTNERS: dict[str, dict[str, Any]] = {
    "region": {},
    "third party": {
        "counterparts": ["private_company"],
        "activities": ["build_facility", "operate_service"],
        "operating_party": "third_party",
    },
    "ministry": {"counterparts": ["ministry_agency"]},
    "abroad": {"counterparts": ["foreign_government"], "activities": ["exchange_information"]},
}
BEHIND = {"memorandum_signed": {"memorandum"}, "signed_written": {"memorandum", "agreement"}}
"""Which texts lie behind by what is answered; by every other answer none does."""

SIGNED = {
    "region": ({"c-offer", "c-agreement-sign", "c-pks-sign"}, {"c-dprd"}, {"c-run", "c-report", "end-2018"}),
    "third party": ({"c-tp-study", "c-tp-contract-sign"}, {"c-dprd"}, {"c-tp-run", "disputes-contract"}),
    "ministry": ({"sy-plan", "sy-agreement"}, set(), {"sy-run", "sy-close"}),
    "abroad": ({"f-statement", "f-plan", "f-sign"}, {"f-dprd-2020"}, {"f-report-2020", "f-end"}),
}
"""Some steps that are done, that have to be shown, and that lie ahead where the agreement is signed (2024)."""


def _data(partner: str, agreement: str | None, **changed: Any) -> dict[str, Any]:
    """Return a case of 2024 in which the DPRD has to approve, unless a ministry is the partner."""
    burdened = {"burdens_budget": "yes", "burdens_public": "yes"}
    answers = plain_case()["answers"] | PARTNERS[partner] | burdened | {"agreement": agreement} | changed
    return {"as_of": "2024-05-31", "answers": answers}


@pytest.fixture(scope="module")
def advised(knowledge: Knowledge) -> Any:
    """Gives advice on a partner and what is signed, each once."""
    return cache(lambda partner, agreement: advise(knowledge, _data(partner, agreement)))


def _state(step: AdvisedStep) -> tuple[bool | None, bool]:
    return step.done, step.to_prove


def _report(knowledge: Knowledge, advice: Advice, language: Language) -> str:
    stream = io.StringIO()
    write_text(advice_report(knowledge.library, advice, language), stream, 100)
    return unbound(stream.getvalue())


@pytest.mark.parametrize("partner", PARTNERS)
def test_what_is_signed_says_which_steps_lie_behind(partner: str, advised: Any, knowledge: Knowledge) -> None:
    library = knowledge.library
    for agreement in library.questions["agreement"].option_ids:
        advice = advised(partner, agreement)
        behind = BEHIND.get(agreement, set())
        required = advice.conclusions["dprd_approval"].value == "required"

        assert advice.steps
        for advised_step in advice.steps:
            step = library.steps[advised_step.id]
            finished = step.done_by in behind
            to_prove = finished and step.proof and required
            assert (finished and not to_prove, to_prove) == _state(advised_step), (agreement, step.id)


@pytest.mark.parametrize("partner", PARTNERS)
def test_where_the_agreement_is_signed_running_it_lies_ahead_and_the_approval_has_to_be_shown(
    partner: str, advised: Any
) -> None:
    done, to_prove, ahead = SIGNED[partner]
    steps = advised(partner, "signed_written").steps
    states = {step.id: _state(step) for step in steps}

    assert done == {name for name in done if states[name] == (True, False)}
    assert to_prove == {name for name, state in states.items() if state == (False, True)}
    assert ahead == {name for name in ahead if states[name] == (False, False)}


@pytest.mark.parametrize("partner", PARTNERS)
def test_a_memorandum_leaves_the_agreement_to_be_drafted_and_signed(partner: str, advised: Any) -> None:
    before, after = (advised(partner, agreement).steps for agreement in ("memorandum_signed", "signed_written"))

    earlier, later = ({step.id for step in steps if step.done} for steps in (before, after))
    assert earlier < later or partner == "ministry"
    assert not any(step.to_prove for step in before)


@pytest.mark.parametrize("partner", PARTNERS)
def test_where_nobody_knows_what_is_signed_nobody_says_what_is_done(
    partner: str, advised: Any, knowledge: Knowledge
) -> None:
    advice = advised(partner, None)

    for step in advice.steps:
        finished = knowledge.library.steps[step.id].done_by is not None
        assert (None if finished else False, False) == _state(step), step.id
    data = advice_data(advice, "en")
    assert {None, False} == {step["done"] for step in data["steps"]}


def test_an_approval_that_is_not_required_has_not_to_be_shown(knowledge: Knowledge) -> None:
    free = {"burdens_budget": "no", "burdens_public": "no"}
    advice = advise(knowledge, _data("region", "signed_written", **free))

    (approval,) = (step for step in advice.steps if step.dprd_stage)
    assert "not_required" == advice.conclusions["dprd_approval"].value
    assert (True, False) == _state(approval)
    assert not approval.applies


def test_the_step_to_an_approval_that_is_contested_says_so(knowledge: Knowledge) -> None:
    # The public is burdened and the region is not: whether that is enough is contested (GR 28/2018 Art. 6 (2)).
    advice = advise(knowledge, _data("region", "none", burdens_budget="no", charges_users="no"))
    (approval,) = (step for step in advice.steps if step.dprd_stage)

    assert advice.conclusions["dprd_approval"].contested
    assert approval.contested
    assert not any(step.contested for step in advice.steps if not step.dprd_stage)
    data = {step["id"]: step for step in advice_data(advice, "en")["steps"]}
    assert ["c-dprd"] == [name for name, step in data.items() if "contested" in step]
    for language, word in {"id": "diperdebatkan", "en": "contested"}.items():
        report = _report(knowledge, advice, "id" if language == "id" else "en")
        label = approval.label.in_language("id" if language == "id" else "en")
        assert re.search(rf"\d+\. {re.escape(label)} \([^)]*{word}\)", report)


@pytest.mark.parametrize("partner", PARTNERS)
def test_the_json_says_of_each_step_whether_it_is_done_and_what_has_to_be_shown(partner: str, advised: Any) -> None:
    advice = advised(partner, "signed_written")

    for step, data in zip(advice.steps, advice_data(advice, "id")["steps"], strict=True):
        assert (step.id, step.done, step.to_prove) == (data["id"], data["done"], data.get("to_prove", False))
        assert step.to_prove is ("to_prove" in data)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("partner", PARTNERS)
def test_the_report_begins_with_what_has_to_be_shown_and_only_names_what_is_done(
    partner: str, language: Language, advised: Any, knowledge: Knowledge
) -> None:
    advice = advised(partner, "signed_written")
    report = _report(knowledge, advice, language)
    numbered = re.findall(r"(?m)^\d+\. (.*)", report)
    behind = {"id": "Sudah dilalui: ", "en": "Already done: "}[language]
    show = {"id": "buktikan bahwa ini sudah ditempuh", "en": "show that this was done"}[language]

    to_prove = [step.label.in_language(language) for step in advice.steps if step.to_prove]
    ahead = [s.label.in_language(language) for s in advice.steps if not s.done and not s.to_prove]
    assert [f"{label} ({show})" for label in to_prove] == numbered[: len(to_prove)]
    # Each is noted on the page, where it is among the next steps, and in the annex.
    annex = report[report.index({"id": "Lampiran 1: ", "en": "Annex 1: "}[language]) :]
    assert len(to_prove) == annex.count(show)
    assert len(to_prove) + len(ahead) == len(numbered)
    flat = " ".join(report.split())
    sentence = flat[flat.index(behind) :]
    for step in advice.steps:
        if step.done and step.applies is not False:
            assert step.label.in_language(language) in sentence
    assert 1 == flat.count(behind)


@pytest.mark.parametrize("agreement", ["none", "draft_written"])
def test_where_nothing_is_signed_the_report_names_nothing_as_done(
    agreement: str, advised: Any, knowledge: Knowledge
) -> None:
    report = _report(knowledge, advised("region", agreement), "en")

    assert "Already done" not in report
    assert "show that this was done" not in report
