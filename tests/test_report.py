"""What the text report says, and in which order."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import pytest

from advisor import cli
from advisor.advice.advice import Advice
from advisor.advice.advising import advise
from advisor.catalogue import messages
from advisor.inference.case import CaseReader
from advisor.knowledge_base import Knowledge
from advisor.papers.text_writer import write_text
from advisor.report.advice_report import advice_report
from advisor.template import places
from advisor.text import LANGUAGES, Language
from plain import flat, unbound

pytestmark = pytest.mark.knowledge

CASES = ("kartamantul", "barlingmascakeb", "wonosobo", "kedungsepur", "kunci-bersama")


def _case(knowledge: Knowledge, name: str, **changed: Any) -> dict[str, Any]:
    case = knowledge.library.cases[name]
    answers = {q: list(a) if isinstance(a, tuple) else a for q, a in case.answers.items()}
    return {"as_of": case.as_of, "answers": answers | changed}


def _report(knowledge: Knowledge, data: dict[str, Any]) -> str:
    return _written(knowledge, advise(knowledge, data), "id", 80)


def _written(knowledge: Knowledge, advice: Advice, language: Language, width: int) -> str:
    stream = io.StringIO()
    write_text(advice_report(knowledge.library, advice, language), stream, width)
    return stream.getvalue()


@pytest.fixture(scope="module")
def advised(knowledge: Knowledge) -> Callable[[str], Advice]:
    """Gives advice on a case of the study, on each once."""
    return cache(lambda name: advise(knowledge, _case(knowledge, name)))


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [40, 60, 80, 110])
def test_every_case_fits_every_width_in_both_languages(
    name: str, language: Language, width: int, knowledge: Knowledge, advised: Callable[[str], Advice]
) -> None:
    lines = _written(knowledge, advised(name), language, width).splitlines()

    assert [] == [line for line in lines if len(line) > width]
    assert [] == [line for line in lines if line != line.rstrip()]


def test_the_three_answers_come_first_then_the_dprd_then_reasons_steps_risks_and_behind_them_the_annexes(
    knowledge: Knowledge,
) -> None:
    text = unbound(_report(knowledge, _case(knowledge, "kartamantul")))
    headings = [
        "\nBentuk untuk memulai",
        "\nPendanaan",
        "\nPersetujuan DPRD",
        "\nDasar hukum",
        "\nAlasan terpenting",
        "\nLangkah berikutnya",
        "\nRisiko terbesar",
        "\nYang masih terbuka",
        " Lampiran 1: Alasan setiap simpulan ",
        " Lampiran 3: Langkah dan dokumen ",
        " Lampiran 4: Risiko",
        "\nKasus serupa",
        " Lampiran 5: Dasar hukum dan",
    ]

    positions = [text.index(heading) for heading in headings]

    assert sorted(positions) == positions


def test_both_government_regulations_answer_for_the_dprd(knowledge: Knowledge) -> None:
    text = flat(_report(knowledge, _case(knowledge, "kartamantul")))

    assert "1 Juni 2013 · UU 32/2004 dan PP 50/2007" in text
    assert "Persetujuan DPRD tidak diperlukan" in text[: text.index("Alasan terpenting")]
    assert "menurut PP 28/2018 (keadaan 13 Juli 2018): tidak diperlukan" in text


def test_an_open_answer_is_shown_with_each_of_its_outcomes(knowledge: Knowledge) -> None:
    text = flat(_report(knowledge, _case(knowledge, "kartamantul", budgeted="unknown")))

    assert "bergantung pada: Sudah dianggarkan" in text
    assert "→ diperlukan: jika Sudah dianggarkan: tidak" in text
    assert "→ tidak diperlukan: jika Sudah dianggarkan: ya" in text


def test_every_reason_for_dprd_approval_is_said(knowledge: Knowledge) -> None:
    data = _case(knowledge, "kartamantul", burdens_public="yes", budgeted="no") | {"as_of": date(2024, 5, 31)}
    data["answers"]["in_development_plan"] = "yes"

    rules = [r.rule for r in advise(knowledge, data).conclusions["dprd_approval"].because if r.direct]

    assert {"dprd.new.unfunded.region", "dprd.new.burden.region"} == set(rules)


def test_an_inadmissible_cooperation_gets_the_obstacle_and_its_cure_and_nothing_else(knowledge: Knowledge) -> None:
    data = _case(knowledge, "kartamantul", in_development_plan="no", plan_exceptions=[]) | {
        "as_of": date(2024, 5, 31)
    }

    text = flat(_report(knowledge, data))

    assert "tidak dapat diadakan" in text
    assert "Masukkan objek" in text
    assert "WAJIB" in text
    assert "PP 28/2018 Pasal 4 ayat (3)" in text
    assert "iuran rutin" not in text


@pytest.mark.parametrize("answers", [{"lawful_object": "no"}, {"lawful_object": "no", "within_authority": "no"}])
def test_where_the_cooperation_is_inadmissible_nothing_is_said_to_be_open_yet(
    answers: dict[str, str], knowledge: Knowledge
) -> None:
    text = flat(_report(knowledge, {"as_of": date(2024, 5, 31), "answers": answers}))

    assert "Dasar hukum tidak dibahas karena kerja sama tidak dapat diadakan" in text
    assert "belum dapat ditentukan" not in text


def test_a_report_names_its_case_and_echoes_the_answers(knowledge: Knowledge) -> None:
    text = flat(_report(knowledge, _case(knowledge, "wonosobo") | {"title": "TPA bersama"}))

    assert "TPA bersama" in text[: text.index("Alasan terpenting")]
    assert "Jawaban yang diberikan" in text


def test_a_report_names_the_parties_on_its_first_page_and_the_notes_beside_the_answers(
    knowledge: Knowledge,
) -> None:
    data = _case(knowledge, "wonosobo") | {
        "parties": [{"name": "Kabupaten Wonosobo", "signatory": "Bupati"}, {"kind": "regency"}],
        "notes": {"sector": "menurut Bappeda", "rivalry": "belum ditanyakan"},
    }
    data["answers"].pop("rivalry", None)

    text = flat(_report(knowledge, data))

    assert "Kerja sama Kabupaten Wonosobo dan regency" in text[: text.index("Alasan terpenting")]
    parties = text[text.index("Jabatan penanda tangan") : text.index("Jawaban yang diberikan")]
    assert "Kabupaten Wonosobo" in parties
    assert "Bupati" in parties
    assert "[……]" in parties
    answers = text[text.index("Jawaban yang diberikan") :]
    assert re.search(r"Bidang \S.* \(catatan: menurut Bappeda\)", answers)
    assert "Persaingan belum diketahui (catatan: belum ditanyakan)" in answers
    assert "Jabatan penanda tangan" not in _report(knowledge, _case(knowledge, "wonosobo"))


def test_advice_for_a_day_after_the_law_was_read_says_so(knowledge: Knowledge) -> None:
    late = _case(knowledge, "wonosobo") | {"as_of": date(2030, 1, 1)}

    assert "periksa perubahan sesudahnya" in flat(_report(knowledge, late))
    assert "periksa perubahan sesudahnya" not in flat(_report(knowledge, _case(knowledge, "wonosobo")))


def test_articles_that_are_not_in_force_on_the_day_are_marked(knowledge: Knowledge) -> None:
    text = flat(_report(knowledge, _case(knowledge, "barlingmascakeb") | {"as_of": date(2024, 5, 31)}))

    assert "Permendagri 22/2009 Lampiran II huruf A angka 5 (sudah dicabut)" in text


def test_every_sentence_of_the_catalogue_is_there_in_both_languages_with_the_same_places_to_fill() -> None:
    for key, texts in messages().items():
        assert set(LANGUAGES) == set(texts), key
        assert all(isinstance(text, str) and text for text in texts.values()), key
        # {id} and {en} stand for a text that is there in that language alone.
        placeholders = {
            language: places(text.replace(f"{{{language}}}", "{text}")) for language, text in texts.items()
        }
        assert placeholders["id"] == placeholders["en"], key


def test_questions_lists_every_question_with_its_options(
    capsys: pytest.CaptureFixture[str], knowledge: Knowledge
) -> None:
    assert 0 == cli.main(["questions"])

    text = capsys.readouterr().out
    for question in knowledge.library.questions.values():
        assert question.id in text
        assert all(option.id in text for option in question.options)


def test_a_blank_answers_file_can_be_advised_on_and_leaves_everything_open(
    capsys: pytest.CaptureFixture[str], knowledge: Knowledge
) -> None:
    assert 0 == cli.main(["questions", "--blank"])

    case = CaseReader(knowledge.library, knowledge.rulebase).text(capsys.readouterr().out.encode(), "blank.yaml")

    assert {} == case.answers


def test_an_unknown_question_is_refused_with_the_nearest_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert 2 == cli.main(["questions", "burden_budget"])
    assert '"burdens_budget"' in capsys.readouterr().err


@pytest.mark.parametrize("words", [{"budgeted": "ya"}, {"budgeted": "Tidak"}, {"budgeted": "tidak tahu"}])
def test_yes_and_no_may_be_answered_in_indonesian(words: dict[str, str], knowledge: Knowledge) -> None:
    case = CaseReader(knowledge.library, knowledge.rulebase).data({"answers": words})

    expected = {"ya": {"budgeted": "yes"}, "Tidak": {"budgeted": "no"}, "tidak tahu": {}}[words["budgeted"]]
    assert expected == case.answers


def test_a_settled_conclusion_rests_on_what_is_known_wherever_it_can(knowledge: Knowledge) -> None:
    data = _case(knowledge, "kartamantul", burdens_public="yes", budgeted="unknown") | {"as_of": date(2024, 5, 31)}
    data["answers"]["in_development_plan"] = "yes"

    approval = advise(knowledge, data).conclusions["dprd_approval"]

    assert "required" == approval.value
    assert ["dprd.new.burden.region"] == [reason.rule for reason in approval.because if reason.direct]
    assert [] == [reason for reason in approval.because if reason.alternative]
