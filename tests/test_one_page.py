"""The advice on one page: 60 lines whatever the answers, in words, each thing once, the same in every format."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from typing import Any

import pytest

from advised_cases import LONG, drawn, extreme_cases, real_cases, study_cases
from advisor import cli
from advisor.advice.advice import Advice
from advisor.advice.advising import advise
from advisor.inference.case import Case
from advisor.knowledge_base import Knowledge
from advisor.papers.text_writer import write_text
from advisor.report.advice_report import advice_report
from advisor.report.choosing import asked_first, deciding_reasons, greatest_risks, next_steps, weight
from advisor.text import LANGUAGES, Language
from extracted import said_in, text_of, text_of_docx, text_of_html, unwrapped
from plain import flat, unbound

pytestmark = pytest.mark.knowledge

LINES, COLUMNS = 60, 80


def _page(knowledge: Knowledge, advice: Advice, language: Language = "id") -> str:
    stream = io.StringIO()
    write_text(advice_report(knowledge.library, advice, language, full=False), stream, COLUMNS)
    return unbound(stream.getvalue())


def _ids(knowledge: Knowledge) -> set[str]:
    """Return every id that is no word of a language: ids are words with an underscore, and citations."""
    library = knowledge.library
    options = (option for question in library.questions.values() for option in question.option_ids)
    ids = {*library.questions, *options, *library.all_facts, *library.articles, *library.factors, *library.steps}
    return {name for name in ids if re.search("[_:]", name)}


def _wrong(knowledge: Knowledge, cases: Iterable[tuple[str, Case]]) -> Iterator[str]:
    """Yield what a page, or the report behind it, must not have."""
    ids = _ids(knowledge)
    for name, case in cases:
        advice = advise(knowledge, case)
        for language in LANGUAGES:
            page = _page(knowledge, advice, language)
            lines = page.splitlines()
            if len(lines) > LINES or max(map(len, lines)) > COLUMNS:
                yield f"{name} {language}: {len(lines)} lines of {max(map(len, lines))} columns"
            words = set(re.findall(r"[a-z0-9]+(?:[_:-][A-Za-z0-9]+)+", page))
            if words & ids:
                yield f"{name} {language}: {words & ids}"
            if advice.digest[:8] in page or re.search(r"[{}]", page):
                yield f"{name} {language}: digest or mark"
            full = said_in(advice_report(knowledge.library, advice, language))
            twice = [said for said, count in Counter(full).items() if count > 1]
            if twice:
                yield f"{name} {language}: twice {twice}"


def test_the_page_keeps_its_lines_and_says_everything_once_for_study_real_and_extreme_cases(
    knowledge: Knowledge,
) -> None:
    cases = chain(study_cases(knowledge), real_cases(knowledge), extreme_cases(knowledge))

    assert [] == list(_wrong(knowledge, cases))


def test_the_page_keeps_its_lines_and_says_everything_once_for_drawn_cases(knowledge: Knowledge) -> None:
    assert [] == list(_wrong(knowledge, drawn(knowledge, 12, 1)))


@pytest.mark.heavy
@pytest.mark.parametrize("seed", range(2, 9))
def test_the_page_keeps_its_lines_and_says_everything_once_for_200_drawn_cases(
    seed: int, knowledge: Knowledge
) -> None:
    assert [] == list(_wrong(knowledge, drawn(knowledge, 25, seed)))


def test_text_html_and_docx_say_the_same_sentences(knowledge: Knowledge) -> None:
    cases = dict(chain(study_cases(knowledge), extreme_cases(knowledge)))
    for name in ("kartamantul", "wonosobo", "nothing answered", "abroad", "long names"):
        case = cases[name]
        document = advice_report(knowledge.library, advise(knowledge, case), "id")
        said = said_in(document)

        assert said
        for written in (text_of, text_of_html, text_of_docx):
            found = unwrapped(written(document))
            assert [] == [sentence for sentence in said if unwrapped(sentence) not in found], (name, written)


@pytest.fixture(scope="module")
def kartamantul(knowledge: Knowledge) -> Advice:
    (case,) = (case for name, case in study_cases(knowledge) if name == "kartamantul")
    return advise(knowledge, case)


def test_title_parties_day_and_regime_stand_on_top(knowledge: Knowledge, kartamantul: Advice) -> None:
    # The study, p. 12: KARTAMANTUL is Kota Yogyakarta with Sleman and Bantul; June 2013 lies under Law 32/2004.
    title, about = _page(knowledge, kartamantul).splitlines()[1:3]

    assert "KARTAMANTUL" == title
    assert about.startswith("Kota Yogyakarta, Kabupaten Sleman, dan Kabupaten Bantul · penandatanganan")
    assert "1 Juni 2013 · UU 32/2004 dan PP 50/2007" in flat(_page(knowledge, kartamantul))


def test_long_titles_and_many_parties_are_shortened_in_words(knowledge: Knowledge) -> None:
    (case,) = (case for name, case in extreme_cases(knowledge) if name == "long names")
    page = flat(_page(knowledge, advise(knowledge, case)))

    assert LONG * 4 not in page
    assert "…" in page
    assert re.search(r"Nomor 0, .*, dan \d lainnya · penandatanganan", page)


def test_whether_it_can_go_ahead_is_a_sentence(knowledge: Knowledge, kartamantul: Advice) -> None:
    cases = dict(extreme_cases(knowledge))
    pages = {
        name: _page(knowledge, advise(knowledge, cases[name])) for name in ("inadmissible", "nothing answered")
    }

    assert "\nKerja sama ini dapat diadakan.\n" in _page(knowledge, kartamantul)
    assert "\nKerja sama ini tidak dapat diadakan.\n" in pages["inadmissible"]
    assert "\nBelum dapat dipastikan apakah kerja sama ini dapat diadakan.\n" in pages["nothing answered"]


def test_where_it_cannot_go_ahead_the_page_says_what_bars_it_and_nothing_else(knowledge: Knowledge) -> None:
    case = dict(extreme_cases(knowledge))["inadmissible"]
    advice = advise(knowledge, case)
    page = flat(_page(knowledge, advice))

    assert {reason.rule for reason in deciding_reasons(knowledge.library, advice, 3)} <= {
        reason.rule for reason in advice.conclusions["admissible"].because
    }
    assert "Langkah berikutnya" in page
    assert "Hilangkan dahulu penghalang" in page
    assert "Bentuk untuk memulai" not in page
    assert "Risiko terbesar" not in page


@pytest.mark.parametrize(
    ("day", "partner", "told"),
    [
        # GR 50/2007 Art. 12 (1): 45 working days; (4) with (2), (3): silence alone is no approval.
        (date(2013, 6, 1), "regency_city_same_province", "45 hari kerja sejak rancangan perjanjian diterima"),
        # GR 28/2018 Art. 6 (2) gives no time for domestic cooperation.
        (date(2024, 5, 31), "regency_city_same_province", "tidak ditetapkan oleh PP 28/2018"),
        # GR 28/2018 Art. 30 (4): 45 working days, and until 21 May 2020 nothing is said of silence.
        (date(2019, 5, 31), "foreign_government", "45 hari kerja sejak surat permohonan diterima; diam bukan"),
        # Permendagri 25/2020 Art. 17 (2)-(4): from 22 May 2020 silence counts as approval.
        (date(2024, 5, 31), "foreign_government", "menurut peraturan menteri, diam berarti setuju"),
    ],
)
def test_the_approval_of_the_dprd_stands_with_the_time_that_the_law_gives(
    day: date, partner: str, told: str, knowledge: Knowledge
) -> None:
    answers = {
        "initiator": "regency",
        "counterparts": [partner],
        "activities": ["plan_jointly"],
        "within_authority": "yes",
        "lawful_object": "yes",
        "in_development_plan": "yes",
        "foreign_conditions_met": "yes",
        "burdens_budget": "yes",
        "burdens_public": "yes",
        "budgeted": "no",
    }
    page = flat(_page(knowledge, advise(knowledge, {"as_of": day, "answers": answers})))

    row = page[page.index("Persetujuan DPRD diperlukan") : page.index("Dasar hukum")]
    assert f"batas waktu: {told}" in row or told in row


def _approval(day: date, **more: Any) -> dict[str, Any]:
    answers = {
        "initiator": "city",
        "counterparts": ["regency_city_same_province"],
        "region_count": 2,
        "within_authority": "yes",
        "lawful_object": "yes",
        "in_development_plan": "yes",
        "burdens_budget": "yes",
        "burdens_public": "yes",
        "charges_users": "no",
        "budgeted": "no",
        "uses_regional_assets": "no",
        "within_agency_duties": "no",
    }
    return {"as_of": day, "answers": answers | more}


def test_the_other_regulation_stands_on_the_page_only_where_its_answer_differs_or_the_cooperation_began_under_it(
    knowledge: Knowledge,
) -> None:
    # A cost that is not budgeted: approval under Art. 9 of GR 50/2007 and under Art. 6 (2) of GR 28/2018.
    same = advise(knowledge, _approval(date(2024, 5, 31), existing_cooperation="none"))
    # GR 28/2018 Art. 48: what was agreed under the older regulation runs on.
    older = advise(knowledge, _approval(date(2024, 5, 31), existing_cooperation="standing_body"))
    # Assets alone: Art. 9 of GR 50/2007 asks for approval, Art. 6 (2) of GR 28/2018 does not.
    assets = {"burdens_budget": "no", "burdens_public": "no", "uses_regional_assets": "yes"}
    differs = advise(knowledge, _approval(date(2024, 5, 31), existing_cooperation="none", **assets))

    other = {
        name: "DPRD menurut PP 50/2007" in _page(knowledge, advice)
        for name, advice in {"same": same, "older": older, "differs": differs}.items()
    }

    assert {"same": False, "older": True, "differs": True} == other
    # The annex shows it in any case.
    for advice in (same, older, differs):
        assert "menurut PP 50/2007 (keadaan 12 Juli 2018)" in text_of(
            advice_report(knowledge.library, advice, "id")
        )


def test_reasons_are_of_the_conclusions_that_decide_and_law_comes_before_judgement(
    knowledge: Knowledge, kartamantul: Advice
) -> None:
    library = knowledge.library
    reasons = deciding_reasons(library, kartamantul, 3)
    first = library.roles.deciding[:3]

    assert ("dprd_approval", "target_form", "funding_scheme") == first
    for name in first:
        direct = {reason.rule for reason in kartamantul.conclusions[name].because if reason.direct}
        assert direct & {reason.rule for reason in reasons}
    order = ["law", "ministerial", "study", "judgement"]
    ranks = [order.index(reason.authority) for reason in reasons]
    assert sorted(ranks) == ranks


def test_the_heaviest_risks_come_first_and_certain_ones_before_possible_ones(knowledge: Knowledge) -> None:
    library = knowledge.library
    answers = {"counterparts": ["regency_city_same_province"], "region_count": 2, "cost_sharing": "not_agreed"}
    answers |= {"public_participation": "low", "within_authority": "yes", "lawful_object": "yes"}
    advice = advise(knowledge, {"as_of": date(2013, 6, 1), "answers": answers})
    found = greatest_risks(library, advice, 100)

    # Study, pp. 10, 14: unclear funding ended a cooperation; p. 15: low participation is a cause of failure.
    assert [("funding_clarity", True), ("public_participation", True)] == list(found[:2])
    assert not any(certain for _, certain in found[2:])
    weights = [weight(library, name) for name, _ in found[2:]]
    assert sorted(weights, reverse=True) == weights


def test_every_risk_has_a_weight_and_a_remedy_in_a_few_words(knowledge: Knowledge) -> None:
    library = knowledge.library
    for name in library.values("risks"):
        factor = library.factors[name]
        assert factor.weight in (1, 2, 3)
        assert factor.brief is not None
        assert not factor.brief.id.endswith(".")
        assert not factor.brief.en.endswith(".")


def test_the_next_steps_are_certain_and_what_must_be_proved_comes_first(knowledge: Knowledge) -> None:
    advice = advise(knowledge, _approval(date(2024, 5, 31), agreement="signed_written"))
    steps = next_steps(advice, 3)

    assert [True, False, False] == [step.to_prove for step in steps]
    assert "c-dprd" == steps[0].id
    assert all(step.certain and not step.done and step.applies for step in steps)


def test_the_page_names_who_can_answer_what_is_open_in_the_order_of_the_questionnaire(knowledge: Knowledge) -> None:
    answers = _approval(date(2024, 5, 31), budgeted="unknown", burdens_public="unknown")
    advice = advise(knowledge, answers)
    page = flat(_page(knowledge, advice))
    (first, *_), library = asked_first(knowledge.library, advice), knowledge.library

    assert first[0] in library.questions
    # What is signed already decides which steps are left, so it comes before what decides conclusions.
    assert ("agreement", ()) == first
    assert all(hanging for _, hanging in asked_first(library, advice)[1:])
    for name, _ in asked_first(library, advice)[:3]:
        question = library.questions[name]
        assert question.known_by is not None
        assert f"tanyakan kepada {question.known_by.id}." in page


def test_every_question_says_who_can_answer_it_and_how_its_answers_are_told(knowledge: Knowledge) -> None:
    for question in knowledge.library.questions.values():
        assert question.known_by is not None, question.id
        assert question.told is not None, question.id


def test_a_case_of_the_study_is_not_compared_with_itself_and_the_others_are_as_of_2013(
    knowledge: Knowledge, kartamantul: Advice
) -> None:
    assert "kartamantul" not in [similar.case for similar in kartamantul.similar_cases]
    assert 4 == len(kartamantul.similar_cases)
    report = text_of(advice_report(knowledge.library, kartamantul, "id"))
    similar = report[report.index("Kasus serupa dalam studi") : report.index("Lampiran 5")]
    assert 3 == similar.count("(keadaan 2013; ")

    changed = dict(kartamantul.answers) | {"succession_soon": "no"}
    data = {q: list(v) if isinstance(v, tuple) else v for q, v in changed.items()}
    again = advise(knowledge, {"as_of": kartamantul.as_of, "answers": data})
    assert "kartamantul" == again.similar_cases[0].case


def test_no_line_of_a_report_ends_before_the_number_of_an_article(
    knowledge: Knowledge, kartamantul: Advice
) -> None:
    for language in LANGUAGES:
        for width in (60, 80, 100):
            stream = io.StringIO()
            write_text(advice_report(knowledge.library, kartamantul, language), stream, width)
            torn = re.compile(r"(?<!\w)(Pasal|ayat|hlm\.|PP|UU|Article|p\.|GR|Law) *\n *\(?\d")
            assert [] == torn.findall(stream.getvalue())


@pytest.mark.usefixtures("loaded")
def test_the_command_writes_one_page_and_with_full_the_annexes(
    tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text(json.dumps(_approval(date(2024, 5, 31)) | {"as_of": "2024-05-31"}), "utf-8")
    found = {}
    for name, more in {
        "page": [],
        "full": ["--full"],
        "html": ["--format", "html"],
        "md": ["--format", "md"],
    }.items():
        assert 0 == cli.main(["advise", str(file), *more])
        found[name] = unbound(capsys.readouterr().out)

    assert {"page": False, "full": True, "html": True, "md": False} == {
        name: "Lampiran 1" in text for name, text in found.items()
    }
    assert len(found["page"].splitlines()) <= LINES


@pytest.mark.parametrize("form", ["text", "md", "html", "docx"])
def test_the_same_answers_give_the_same_bytes(form: str, tmp_path: Any, knowledge: Knowledge) -> None:
    from advisor.report.advice_formats import Layout, write_advice

    case = dict(extreme_cases(knowledge))["abroad"]
    paths = [tmp_path / f"{number}" for number in (1, 2)]
    for path in paths:
        write_advice(knowledge, advise(knowledge, case), "id", form, path, Layout(full=True))

    assert paths[0].read_bytes() == paths[1].read_bytes()
