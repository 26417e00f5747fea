"""The staff memo: its parts in their order, in sentences, with an office's page and letterhead."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml
from docx.shared import Cm, Pt

from advised_cases import drawn, extreme_cases, real_cases, study_cases
from advisor import cli
from advisor.advice.advising import advise
from advisor.inference.case import Case, CaseReader
from advisor.knowledge_base import Knowledge
from advisor.papers.document import Bar, Document, Heading, Ladder, Timeline, Title
from advisor.papers.docx_writer import docx_of
from advisor.papers.pictures import day_text
from advisor.papers.sentences import is_sentence
from advisor.report.memo import memo
from advisor.text import LANGUAGES, Language
from extracted import said_in, text_of, text_of_docx, text_of_html, unwrapped
from plain import unbound
from program import refused

pytestmark = pytest.mark.knowledge

SECTIONS = {
    "id": ["Persoalan", "Praanggapan", "Fakta yang Memengaruhi", "Analisis", "Simpulan", "Saran"],
    "en": ["Issue", "Assumptions", "Facts", "Analysis", "Conclusions", "Recommendations"],
}
ANNEXES = ["Alasan", "Tangga", "Langkah", "Risiko", "Dasar hukum", "Jawaban", "Keterangan"]


def _memo(knowledge: Knowledge, case: Case, language: Language = "id", **more: Any) -> Document:
    return memo(knowledge.library, advise(knowledge, case), language, **more)


@pytest.fixture(scope="module")
def cases(knowledge: Knowledge) -> dict[str, Case]:
    """The cases of the study and those at the edges."""
    return dict(chain(study_cases(knowledge), extreme_cases(knowledge)))


def _main(document: Document) -> str:
    """Return the text of a memo without its annexes."""
    text = text_of(document)
    return text[: re.search(r"═ (Lampiran|Annex) 1: ", text).start()]  # type: ignore[union-attr]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["kartamantul", "nothing answered", "inadmissible", "abroad"])
def test_the_six_sections_stand_in_their_order(
    name: str, language: Language, cases: dict[str, Case], knowledge: Knowledge
) -> None:
    document = _memo(knowledge, cases[name], language)
    titles = [unbound(block.text) for block in document.blocks if isinstance(block, (Title, Heading))]
    first_annex = next(
        number for number, block in enumerate(document.blocks) if isinstance(block, Title) and block.annex
    )
    headings = [unbound(b.text) for b in document.blocks[:first_annex] if isinstance(b, Heading)]

    roman = ("I", "II", "III", "IV", "V", "VI")
    assert [f"{mark}. {section}" for mark, section in zip(roman, SECTIONS[language], strict=True)] == headings
    assert {"id": "TELAAHAN STAF", "en": "STAFF MEMO"}[language] == titles[0]


def test_the_annexes_follow_each_on_a_new_page(cases: dict[str, Case], knowledge: Knowledge) -> None:
    document = _memo(knowledge, cases["kartamantul"])
    annexes = [unbound(block.text) for block in document.blocks if isinstance(block, Title) and block.annex]

    assert [f"Lampiran {n}: {name}" for n, name in enumerate(ANNEXES, start=1)] == [
        f"{found.partition(': ')[0]}: {name}"
        for found, name in zip(annexes, ANNEXES, strict=True)
        if found.partition(": ")[2].startswith(name)
    ]
    written = docx.Document(io.BytesIO(docx_of(document)))
    begun = [p for p in written.paragraphs if p.text.startswith("Lampiran\u00a0") and p.style.name == "Title"]
    assert len(ANNEXES) == len(begun)
    assert all(p.paragraph_format.page_break_before for p in begun)


def test_names_offices_and_signatories_come_from_the_answers_file_and_what_is_missing_is_left_to_fill_in(
    knowledge: Knowledge,
) -> None:
    reader = CaseReader(knowledge.library, knowledge.rulebase)
    parties = [
        {"name": "Kabupaten A", "office": "Bupati A", "signatory": "Siti Rahayu"},
        {"name": "Kota B", "office": "Wali Kota"},
        {"name": "Kabupaten C"},
    ]
    case = reader.data({"as_of": "2026-11-24", "title": "TPA bersama", "parties": parties, "answers": {}})
    document = _memo(knowledge, case)
    text = _main(document)

    assert "Kepada : Yth. Bupati A, Kabupaten A" in text
    assert "kerja sama “TPA bersama” antara Kabupaten A, Kota B, dan Kabupaten C" in text
    assert "Untuk Kabupaten A yang menandatangani ialah Bupati A Siti Rahayu." in text
    assert "Untuk Kota B yang menandatangani ialah Wali Kota." in text
    for field in ("Dari", "Tanggal", "Nomor", "Sifat"):
        assert f"{field} : [……]" in text
    assert "NIP [……]" in text
    assert "Kabupaten C [……] [……] [……]" in text_of(document)
    assert "Kepada : Yth. [……]" in _main(_memo(knowledge, reader.data({"as_of": "2026-11-24", "answers": {}})))


def test_a_head_of_agency_finds_what_is_proposed_why_who_pays_who_approves_until_when_and_what_can_go_wrong(
    knowledge: Knowledge,
) -> None:
    # GR 50/2007 Art. 9, 12 (1): not budgeted, so the DPRD approves; it has 45 working days.
    answers = {
        "initiator": "city",
        "sector": "solid_waste",
        "activities": ["build_facility", "operate_service"],
        "operating_party": "member_agency",
        "counterparts": ["regency_city_same_province"],
        "region_count": 2,
        "within_authority": "yes",
        "lawful_object": "yes",
        "in_development_plan": "yes",
        "burdens_budget": "yes",
        "budgeted": "no",
        "cost_sharing": "formula_agreed",
        "public_participation": "low",
        "agreement": "none",
    }
    reader = CaseReader(knowledge.library, knowledge.rulebase)
    text = _main(_memo(knowledge, reader.data({"as_of": "2013-06-01", "answers": answers})))
    ends = ("III. Fakta", "IV. Analisis", " V. Simpulan", "VI. Saran", "Demikian telaahan")
    facts, analysis, conclusions, recommended = (
        text[text.index(first) : text.index(after)] for first, after in pairwise(ends)
    )

    assert "Kegiatan yang direncanakan ialah membangun fasilitas dan menjalankan layanan." in facts
    assert "Pembagian biaya di antara anggota: rumusnya disepakati." in facts
    assert "45 hari kerja" in analysis
    assert "Biaya dibagi menurut rumus" in analysis or "biaya dibagi menurut rumus" in analysis
    assert "Persetujuan DPRD diperlukan." in conclusions
    assert "Kerja sama ini didanai dengan skema pembagian biaya menurut rumus." in conclusions
    assert "Batas waktu: paling lama 45 hari kerja sejak rancangan perjanjian diterima" in recommended
    assert "Terhadap risiko “Partisipasi masyarakat rendah”" in recommended
    assert "yang bertindak: " in recommended


def test_nothing_is_said_twice_in_a_memo_with_its_annexes(knowledge: Knowledge) -> None:
    for name, case in chain(study_cases(knowledge), extreme_cases(knowledge), drawn(knowledge, 8, 21)):
        said = said_in(_memo(knowledge, case))
        assert [] == [sentence for sentence, count in Counter(said).items() if count > 1], name


@pytest.mark.heavy
def test_nothing_is_said_twice_in_the_memo_of_any_real_or_drawn_case(knowledge: Knowledge) -> None:
    for name, case in chain(real_cases(knowledge), drawn(knowledge, 100, 22)):
        for language in LANGUAGES:
            said = said_in(_memo(knowledge, case, language))
            assert [] == [sentence for sentence, count in Counter(said).items() if count > 1], name


def test_the_memo_is_written_in_whole_sentences(cases: dict[str, Case], knowledge: Knowledge) -> None:
    document = _memo(knowledge, cases["kartamantul"])
    end = next(n for n, block in enumerate(document.blocks) if isinstance(block, Title) and block.annex)
    said = said_in(Document("id", document.blocks[:end]))

    assert len(said) > 40
    assert all(is_sentence(sentence) for sentence in said)


def test_text_html_and_docx_of_a_memo_say_the_same_sentences(cases: dict[str, Case], knowledge: Knowledge) -> None:
    for name in ("kartamantul", "nothing answered"):
        document = _memo(knowledge, cases[name])
        for written in (text_of, text_of_html, text_of_docx):
            found = unwrapped(written(document))
            assert [] == [s for s in said_in(document) if unwrapped(s) not in found], (name, written)


def test_the_ladder_shows_what_each_form_can_do_and_waits_for(cases: dict[str, Case], knowledge: Knowledge) -> None:
    (ladder,) = (b for b in _memo(knowledge, cases["kartamantul"]).blocks if isinstance(b, Ladder))
    rows = {unbound(name): states for name, states in ladder.rows}

    # Study, pp. 12, 15: mediation and own staff ask for a secretariat; the formula is what a body still lacks.
    assert 3 == ladder.chosen
    assert ("no", "no", "no", "yes", "yes") == rows["kebutuhan: menengahi anggota"]
    assert ("no", "no", "no", "yes", "yes") == rows["kebutuhan: pegawai sendiri"]
    assert ("free", "free", "free", "free", "no") == rows["syarat: rumus pembagian biaya disepakati"]
    # GR 50/2007 Art. 24 (1) gives a cooperation body in 2013; GR 28/2018 knows none.
    assert "yes" == rows["tersedia menurut hukum pada hari itu"][4]
    assert not [b for b in _memo(knowledge, cases["with a ministry"]).blocks if isinstance(b, Ladder)]


def _words(document: Document) -> str:
    """Return the text of a memo without its annexes, on one line."""
    return unbound(" ".join(_main(document).split()))


def _recommended(knowledge: Knowledge, case: Case) -> list[str]:
    """Return what a memo recommends, point by point."""
    _, _, text = _words(_memo(knowledge, case)).partition("disarankan: ")
    return [point.strip() for point in re.split(r"(?:^| )[0-9]+\. ", text) if point]


def test_the_first_recommendation_is_the_decision_that_the_head_has_to_take(
    cases: dict[str, Case], knowledge: Knowledge
) -> None:
    # Its agreement was signed in 2001 (study p. 12), so there is a cooperation to go on with.
    assert (
        "Meneruskan kerja sama ini dengan bentuk sekretariat bersama dan pendanaan dari iuran rutin."
        == (_recommended(knowledge, cases["kartamantul"])[0])
    )
    assert _recommended(knowledge, cases["wonosobo"])[0].startswith(
        "Menyetujui kerja sama ini dengan bentuk perjanjian teknis"
    )
    for name in ("inadmissible", "nothing answered"):
        assert not [text for text in _recommended(knowledge, cases[name]) if text.startswith("Menyetujui")]


def test_a_day_of_signing_that_cannot_be_met_is_told(cases: dict[str, Case], knowledge: Knowledge) -> None:
    case = cases["wonosobo"]
    after = case.as_of + timedelta(days=1)

    late = _words(_memo(knowledge, case, earliest=after))
    assert f"hari itu tidak terkejar: paling cepat {day_text(after, 'id')}." in late
    assert "tidak terkejar" not in _words(_memo(knowledge, case, earliest=case.as_of))
    assert "tidak terkejar" not in _words(_memo(knowledge, case))


def test_a_step_of_which_it_is_not_known_whether_it_is_behind_is_not_called_uncertain(knowledge: Knowledge) -> None:
    case = dict(study_cases(knowledge))["wonosobo"]
    others = [name for name in case.answers if name != "agreement"]
    asked = replace(
        case,
        answers={name: case.answers[name] for name in others},
        codes={name: case.codes[name] for name in others},
    )

    assert [text for text in _recommended(knowledge, asked) if "(bila belum ditempuh)" in text]


def test_a_timeline_stands_in_the_annex_on_steps_where_there_is_one(
    cases: dict[str, Case], knowledge: Knowledge
) -> None:
    day = cases["kartamantul"].as_of
    timeline = Timeline("Jadwal", (Bar("Persiapan", day, day),))
    blocks = _memo(knowledge, cases["kartamantul"], timeline=timeline).blocks
    titles = [unbound(b.text) for b in blocks[: blocks.index(timeline)] if isinstance(b, Title)]

    assert titles[-1].startswith("Lampiran 3: Langkah")
    assert not [b for b in _memo(knowledge, cases["kartamantul"]).blocks if isinstance(b, Timeline)]


# -- the command ----------------------------------------------------------------------------------------------


@pytest.fixture
def answers(tmp_path: Path, knowledge: Knowledge) -> Path:
    """An answers file of a case of the study."""
    case = knowledge.library.cases["wonosobo"]
    data = {"as_of": case.as_of.isoformat(), "answers": dict(case.answers)}
    data["answers"] = {q: list(v) if isinstance(v, tuple) else v for q, v in case.answers.items()}
    path = tmp_path / "answers.yaml"
    path.write_text(yaml.safe_dump(data), "utf-8")
    return path


@pytest.mark.usefixtures("loaded")
def test_docx_is_a_memo_on_the_first_profile_of_kbase(answers: Path, tmp_path: Path, knowledge: Knowledge) -> None:
    out = tmp_path / "memo.docx"
    assert 0 == cli.main(["advise", str(answers), "-o", str(out)])
    written, profile = docx.Document(str(out)), knowledge.library.pages[0]
    section = written.sections[0]

    assert "TELAAHAN STAF" in [p.text for p in written.paragraphs]
    assert (profile.width, profile.height) == tuple(
        round(size / Cm(1), 1) for size in (section.page_width, section.page_height)
    )
    assert round(section.left_margin / Cm(1), 1) == profile.margins.left
    assert (profile.font, Pt(profile.size)) == (
        written.styles["Normal"].font.name,
        written.styles["Normal"].font.size,
    )


@pytest.mark.usefixtures("loaded")
def test_another_paper_may_be_asked_for_by_name(answers: Path, tmp_path: Path) -> None:
    out = tmp_path / "memo.docx"
    assert 0 == cli.main(["advise", str(answers), "-o", str(out), "--paper", "F4"])
    section = docx.Document(str(out)).sections[0]

    assert (21.5, 33.0) == tuple(round(size / Cm(1), 1) for size in (section.page_width, section.page_height))


@pytest.mark.usefixtures("loaded")
def test_a_paper_that_is_not_known_is_refused_with_those_there_are(
    answers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    err = refused(capsys, "advise", str(answers), "-o", str(tmp_path / "x.docx"), "--paper", "a5")

    assert "a4, f4" in err


@pytest.fixture
def letterhead(tmp_path: Path) -> Path:
    """An office's template: its page, its header, its own look of a heading."""
    template = docx.Document()
    section = template.sections[0]
    section.page_width, section.page_height = Cm(21.5), Cm(33)
    section.header.paragraphs[0].text = "PEMERINTAH KABUPATEN WONOSOBO"
    template.styles["Heading 1"].font.size = Pt(17)
    template.add_paragraph("Isi contoh yang tidak boleh ikut.")
    path = tmp_path / "kop.docx"
    template.save(str(path))
    return path


@pytest.mark.usefixtures("loaded")
def test_a_template_gives_its_page_its_header_and_its_styles(
    answers: Path, letterhead: Path, tmp_path: Path
) -> None:
    out = tmp_path / "memo.docx"
    assert 0 == cli.main(["advise", str(answers), "-o", str(out), "--template", str(letterhead)])
    written = docx.Document(str(out))
    texts = [paragraph.text for paragraph in written.paragraphs]

    assert "PEMERINTAH KABUPATEN WONOSOBO" == written.sections[0].header.paragraphs[0].text
    assert 33.0 == round(written.sections[0].page_height / Cm(1), 1)
    assert Pt(17) == written.styles["Heading 1"].font.size
    assert "Isi contoh yang tidak boleh ikut." not in texts
    # The office has its letterhead in the header: no place is left for another one.
    assert "[KOP NASKAH DINAS]" not in texts
    assert "TELAAHAN STAF" in texts


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04 broken", None])
def test_a_template_that_is_no_docx_is_refused(
    content: bytes | None, answers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    template = tmp_path / "kop.docx"
    if content is not None:
        template.write_bytes(content)
    err = refused(capsys, "advise", str(answers), "-o", str(tmp_path / "x.docx"), "--template", str(template))

    assert "kop.docx" in err
    assert ("tidak dapat dibaca" if content is None else "harus berupa berkas DOCX") in err
    assert not (tmp_path / "x.docx").exists()


@pytest.mark.parametrize("option", [["--template", "kop.docx"], ["--paper", "f4"]])
def test_a_look_for_docx_is_refused_elsewhere(
    option: list[str], answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert option[0] in refused(capsys, "advise", str(answers), *option)


@pytest.mark.usefixtures("loaded")
def test_a_memo_is_written_as_text_too_and_never_as_json(answers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == cli.main(["advise", str(answers), "--memo"])
    assert "TELAAHAN STAF" in capsys.readouterr().out
    assert "--memo" in refused(capsys, "advise", str(answers), "--memo", "--format", "json")


# -- pages ----------------------------------------------------------------------------------------------------

SOFFICE = shutil.which("soffice")


@pytest.mark.heavy
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not at hand")
def test_the_memo_of_every_study_case_has_two_to_four_pages_before_its_annexes(
    tmp_path: Path, cases: dict[str, Case], knowledge: Knowledge
) -> None:
    for name in knowledge.library.cases:
        document = _memo(knowledge, cases[name])
        end = next(n for n, block in enumerate(document.blocks) if isinstance(block, Title) and block.annex)
        path = tmp_path / f"{name}.docx"
        path.write_bytes(docx_of(Document("id", document.blocks[:end]), None, knowledge.library.pages[0]))
        own = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
        command = [str(SOFFICE), "--headless", own, "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        pages = len(re.findall(rb"/Type\s*/Page(?!s)", path.with_suffix(".pdf").read_bytes()))
        assert 2 <= pages <= 4, name
