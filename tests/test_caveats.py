"""Whoever reads a statement reads beside it how firm it is: open doubts, and law that was not read itself."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from advisor.advice.advice import Advice, Caveat, Reason
from advisor.advice.advising import advise
from advisor.advice.as_data import advice_data, conclusion_data
from advisor.knowledge_base import Knowledge
from advisor.papers.text_writer import write_text
from advisor.report.advice_report import advice_report
from advisor.text import LANGUAGES, Language
from plain import flat
from receipts import case_data, plain_case

CASES = ("approval", "abroad", "nothing known", "kartamantul", "kunci-bersama")


def _data(knowledge: Knowledge, name: str) -> dict[str, Any]:
    """Return a case that many doubts bite, one with a partner abroad, no answers, or a case of the study."""
    if name == "nothing known":
        return {"as_of": "2024-05-31"}
    if name in knowledge.library.cases:
        return case_data(knowledge, name)
    abroad = {"counterparts": ["foreign_government"], "activities": ["exchange_information"]}
    approval = {"burdens_budget": "yes", "burdens_public": "yes"}
    case = plain_case()
    return {"as_of": "2024-05-31", "answers": case["answers"] | (abroad if name == "abroad" else approval)}


@pytest.fixture(scope="module", params=CASES)
def advice(request: pytest.FixtureRequest, knowledge: Knowledge) -> Advice:
    return advise(knowledge, _data(knowledge, request.param))


@pytest.fixture(scope="module")
def approval(knowledge: Knowledge) -> Advice:
    return advise(knowledge, _data(knowledge, "approval"))


def _report(knowledge: Knowledge, advice: Advice, language: Language) -> str:
    stream = io.StringIO()
    write_text(advice_report(knowledge.library, advice, language), stream, 100)
    return flat(stream.getvalue())


def _statements(
    knowledge: Knowledge, advice: Advice
) -> Iterator[tuple[tuple[Reason, ...], tuple[str, ...], tuple[Caveat, ...]]]:
    """Yield every conclusion, step, document and notice: its reasons, the articles of its own text, its caveats."""
    library = knowledge.library
    for conclusion in advice.conclusions.values():
        reasons = [*conclusion.because, *(reason for outcome in conclusion.outcomes for reason in outcome.because)]
        yield tuple(reasons), (), conclusion.caveats
    for step in advice.steps:
        yield step.because, library.steps[step.id].cites, step.caveats
    for table, items in (("documents", advice.documents), ("notices", advice.notices)):
        for item in items:
            yield item.because, library.term(table, item.id).cites, item.caveats


# -- which ------------------------------------------------------------------------------------------------------


def test_a_statement_carries_the_doubts_of_the_articles_it_rests_on_and_the_law_that_was_not_read(
    advice: Advice, knowledge: Knowledge
) -> None:
    library = knowledge.library
    for reasons, own, caveats in _statements(knowledge, advice):
        cited = {citation for reason in reasons if reason.direct for citation in reason.cites} | set(own)
        standing = {c for c in cited if library.status(c, advice.as_of) in ("in_force", "unknown")}
        doubts = {doubt.id for doubt in library.doubts.values() if standing & set(doubt.about)}
        doubts |= {name for citation in standing for name in library.articles[citation].doubts}
        unread = {c.partition(":")[0] for c in standing if library.articles[c].provenance != "verified"}

        assert doubts | unread == {caveat.id for caveat in caveats}
        assert len(caveats) == len({caveat.id for caveat in caveats})


def test_an_open_doubt_about_what_burdens_the_public_stands_beside_the_approval_and_its_step(
    approval: Advice,
) -> None:
    # Doubt D2: neither law defines what "membebani" means (GR 28/2018 Article 6 (2)).
    (step,) = (step for step in approval.steps if step.id == "c-dprd")

    assert "required" == approval.conclusions["dprd_approval"].value
    for caveats in (approval.conclusions["dprd_approval"].caveats, step.caveats):
        told = {caveat.id: caveat.text.en for caveat in caveats}
        assert "is not defined" in told["D2"]
    assert "D2" not in {caveat.id for caveat in approval.conclusions["funding_scheme"].caveats}


def test_what_is_taken_from_a_regulation_that_was_not_read_itself_says_so(approval: Advice) -> None:
    (step,) = (step for step in approval.steps if step.id == "c-offer")

    (caveat,) = (caveat for caveat in step.caveats if caveat.id == "permendagri22-2020")
    assert "Permendagri 22/2020 tidak dibaca dalam naskahnya sendiri; periksalah isinya." == caveat.text.id
    assert "Permendagri 22/2020 was not read in its own text; check what it says." == caveat.text.en


def test_a_doubt_about_law_that_is_not_in_force_on_the_day_is_not_told(knowledge: Knowledge) -> None:
    data = _data(knowledge, "approval") | {"as_of": "2013-06-01"}

    told = {caveat.id for _, _, caveats in _statements(knowledge, advise(knowledge, data)) for caveat in caveats}

    # D17 is about GR 28/2018 alone, D2 about both laws.
    assert {"permendagri22-2020", "D17"}.isdisjoint(told)
    assert "D2" in told


# -- where ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_says_each_once_and_none_that_bites_nothing(
    advice: Advice, knowledge: Knowledge, language: Language
) -> None:
    report = _report(knowledge, advice, language)
    there = {caveat for _, _, caveats in _statements(knowledge, advice) for caveat in caveats}
    if advice.other_regime is not None:
        there |= set(advice.other_regime.conclusion.caveats)
    begins = {"id": "Perhatian: ", "en": "Note: "}[language]

    said = Counter({caveat: report.count(begins + caveat.text.in_language(language)) for caveat in there})

    assert set(said.values()) <= {0, 1}
    # Of what is only named, nothing is said: neither is how firm it is.
    assert sum(said.values()) == report.count(begins)
    if not advice.unanswered:
        done = [step.caveats for step in advice.steps if step.done]
        shown = [caveats for _, _, caveats in _statements(knowledge, advice) if caveats not in done]
        assert {caveat for caveats in shown for caveat in caveats} <= {c for c, times in said.items() if times}


def test_the_json_has_them_at_each_statement_and_no_key_where_there_are_none(
    advice: Advice, knowledge: Knowledge
) -> None:
    data = advice_data(advice, "en")
    items = [*advice.conclusions.values(), *advice.steps, *advice.documents, *advice.notices]
    written = [*data["conclusions"].values(), *data["steps"], *data["documents"], *data["notices"]]

    assert len(items) == len(written)
    for item, found in zip(items, written, strict=True):
        assert [{"id": c.id, "text": c.text.en} for c in item.caveats] == list(found.get("caveats", ()))
        assert bool(item.caveats) is ("caveats" in found)


def test_where_no_reasons_are_asked_for_there_are_no_caveats(approval: Advice) -> None:
    bare, explained = (
        conclusion_data(approval.conclusions["dprd_approval"], "en", explain=explain) for explain in (False, True)
    )

    assert [False, True] == ["caveats" in data for data in (bare, explained)]


# -- limits of what was read ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "limited"), [(date(2020, 4, 14), False), (date(2020, 4, 15), True)])
def test_the_first_page_says_what_was_not_read_of_law_that_is_in_force_on_the_day(
    day: date, limited: bool, knowledge: Knowledge
) -> None:
    # Permendagri 22/2020 has been in force since 15 April 2020; its body could not be read.
    advice = advise(knowledge, _data(knowledge, "approval") | {"as_of": day})
    sentence = "The body of Permendagri 22/2020 could not be read"
    report = _report(knowledge, advice, "en")

    assert limited is any(sentence in text for text in advice_data(advice, "en")["limits"])
    assert limited is (sentence in report)
    # The first page names the instrument, since the preparation of every KSDD rests on what is said of it.
    page = report[: report.index("Annex 1: ")]
    unread = re.search("Not read in their own text: ([^;]*);", page)
    assert limited is (unread is not None and "Permendagri 22/2020" in unread[1])


def test_every_limit_is_of_an_instrument_of_which_an_article_was_not_read(knowledge: Knowledge) -> None:
    articles = knowledge.library.articles
    for limit in knowledge.library.manifest.limits:
        own = [articles[name] for name in articles if name.startswith(f"{limit.instrument}:")]

        assert any(article.provenance != "verified" for article in own)


# -- risks ------------------------------------------------------------------------------------------------------


def test_a_risk_is_called_by_its_name_as_a_risk_and_a_strength_by_its_own(knowledge: Knowledge) -> None:
    answers = plain_case()["answers"] | {
        "shared_need_stated": "no",
        "rivalry": "yes",
        "public_participation": "low",
    }
    advice = advise(knowledge, {"as_of": "2024-05-31", "answers": answers})
    report = {language: _report(knowledge, advice, language) for language in LANGUAGES}
    risks, strengths = (set(advice.conclusions[name].certain) for name in ("risks", "strengths"))

    assert {"shared_need", "rivalry", "public_participation"} <= risks
    assert strengths
    for language, text in report.items():
        start, end = (
            text.index(word)
            for word in {
                "id": ("Lampiran 4: Risiko", "Lampiran 5: Dasar"),
                "en": ("Annex 4: Risks", "Annex 5: Legal"),
            }[language]
        )
        part = text[start:end]
        for name in risks:
            factor = knowledge.library.factors[name]
            assert (factor.risk or factor.label).in_language(language) in part
        for name in strengths:
            assert knowledge.library.factors[name].label.in_language(language) in part


def test_every_factor_that_can_be_both_has_a_name_as_a_risk_that_is_not_its_own(knowledge: Knowledge) -> None:
    library = knowledge.library
    diagnosis = library.roles.diagnosis
    both = set(library.values(diagnosis.strengths)) & set(library.values(diagnosis.risks))

    assert len(both) > 10
    for name in both:
        factor = library.factors[name]
        assert library.label(diagnosis.strengths, name) == factor.label
        assert library.label(diagnosis.risks, name) == factor.risk != factor.label
