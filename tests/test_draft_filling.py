"""What drafts are filled with: numbers in words, days, parties and how they are called."""

from __future__ import annotations

from datetime import date

import pytest

from advisor.drafts.numerals import day_in_words, in_words, letter, rank, roman
from advisor.drafts.participant import Participant, participants_of
from advisor.knowledge_base import Knowledge
from drafting import ADMISSIBLE, WITH, A, C, case_of, drafts_of, lines_of


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (1, "satu"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (45, "empat puluh lima"),
        (100, "seratus"),
        (101, "seratus satu"),
        (999, "sembilan ratus sembilan puluh sembilan"),
        (1000, "seribu"),
        (1945, "seribu sembilan ratus empat puluh lima"),
        (2000, "dua ribu"),
        (2011, "dua ribu sebelas"),
        (2026, "dua ribu dua puluh enam"),
        (9999, "sembilan ribu sembilan ratus sembilan puluh sembilan"),
    ],
)
def test_a_number_in_words(number: int, words: str) -> None:
    assert words == in_words(number)


@pytest.mark.parametrize("number", [-1, 10_000])
def test_a_number_that_no_paper_needs_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        in_words(number)


def test_ranks_roman_numerals_and_letters() -> None:
    assert ["KESATU", "KEDUA", "KESEPULUH", "KESEBELAS", "KEDUA BELAS"] == [rank(n) for n in (1, 2, 10, 11, 12)]
    assert ["I", "IV", "IX", "XIV", "XXXIX"] == [roman(n) for n in (1, 4, 9, 14, 39)]
    assert ["a", "z", "aa", "ab"] == [letter(n) for n in (0, 25, 26, 27)]


def test_a_day_as_an_agreement_names_it() -> None:
    # 17 August 1945 was a Friday.
    said = "Jumat, tanggal tujuh belas, bulan Agustus, tahun seribu sembilan ratus empat puluh lima (17-08-1945)"

    assert said == day_in_words(date(1945, 8, 17), "Agustus")


def _parties(knowledge: Knowledge, *parties: dict[str, str]) -> tuple[Participant, ...]:
    blanks = knowledge.library.blanks
    assert blanks is not None
    return participants_of(blanks, case_of(knowledge, C, {}, parties=list(parties)))


@pytest.mark.parametrize(
    ("given", "name", "head", "government"),
    [
        (
            {"name": "Kabupaten Sleman", "kind": "kabupaten"},
            "Kabupaten Sleman",
            "Bupati Sleman",
            "Pemerintah Kabupaten Sleman",
        ),
        (
            {"name": "Sleman", "kind": "kabupaten"},
            "Kabupaten Sleman",
            "Bupati Sleman",
            "Pemerintah Kabupaten Sleman",
        ),
        ({"name": "Kab. Sleman"}, "Kabupaten Sleman", "Bupati Sleman", "Pemerintah Kabupaten Sleman"),
        ({"name": "Kota Yogyakarta"}, "Kota Yogyakarta", "Wali Kota Yogyakarta", "Pemerintah Kota Yogyakarta"),
        (
            {"name": "Kota Yogyakarta", "office": "Walikota"},
            "Kota Yogyakarta",
            "Walikota Yogyakarta",
            "Pemerintah Kota Yogyakarta",
        ),
        (
            {"name": "Kota Yogyakarta", "office": "Kepala Dinas Lingkungan Hidup"},
            "Kota Yogyakarta",
            "Kepala Dinas Lingkungan Hidup Kota Yogyakarta",
            "Pemerintah Kota Yogyakarta",
        ),
        (
            {"name": "Provinsi Jawa Tengah", "office": "Gubernur Jawa Tengah"},
            "Provinsi Jawa Tengah",
            "Gubernur Jawa Tengah",
            "Pemerintah Provinsi Jawa Tengah",
        ),
        (
            {"name": "PT Olah Lestari", "kind": "perusahaan", "office": "Direktur Utama"},
            "PT Olah Lestari",
            "Direktur Utama PT Olah Lestari",
            "PT Olah Lestari",
        ),
        ({"name": "Kyoto", "kind": "luar negeri", "office": "Wali Kota"}, "Kyoto", "Wali Kota Kyoto", "Kyoto"),
        ({"name": "City of Kyoto", "kind": "luar negeri"}, "City of Kyoto", "", "City of Kyoto"),
    ],
)
def test_a_party_is_called_as_papers_call_it(
    given: dict[str, str], name: str, head: str, government: str, knowledge: Knowledge
) -> None:
    (party,) = _parties(knowledge, given)

    assert (name, head, government) == (party.name, party.head, party.government)


def test_regions_come_before_those_with_whom_they_cooperate(knowledge: Knowledge) -> None:
    found = _parties(knowledge, {"name": "PT A"}, {"name": "Kota B"}, {"name": "Kabupaten C"})

    assert ["Kota B", "Kabupaten C", "PT A"] == [party.name for party in found]


def test_without_names_there_are_as_many_places_as_regions(knowledge: Knowledge) -> None:
    answers = {**ADMISSIBLE, **WITH["region"], "region_count": 3}
    drafts = drafts_of(knowledge, case_of(knowledge, A, answers))
    (document,) = [document for draft, document in drafts if draft.drafted.of == "agreement_eight_items"]
    lines = lines_of(document)

    assert 3 == lines.count("NOMOR: [……]")
    assert "1. [……], Bupati [……], berkedudukan" in "\n".join(lines)
    assert "PIHAK KETIGA," in lines
    assert "PIHAK KEEMPAT," not in lines


def test_parties_of_the_answers_file_stand_in_head_text_and_signatures(knowledge: Knowledge) -> None:
    parties = [
        {"name": "Kabupaten Sleman", "signatory": "Siti Aminah"},
        {"name": "Kota Yogyakarta", "signatory": "Budi Santoso"},
    ]
    drafts = drafts_of(knowledge, case_of(knowledge, A, {**ADMISSIBLE, **WITH["region"]}, parties=parties))
    (document,) = [document for draft, document in drafts if draft.drafted.of == "agreement_eight_items"]
    lines = lines_of(document)

    head = lines[lines.index("ANTARA") :][:5]
    assert [
        "ANTARA",
        "PEMERINTAH KABUPATEN SLEMAN",
        "DENGAN",
        "PEMERINTAH KOTA YOGYAKARTA",
        "TENTANG",
    ] == head
    assert ["PIHAK KESATU,", "BUPATI SLEMAN,"] == lines[lines.index("PIHAK KESATU,") :][:2]
    assert {"Siti Aminah", "Budi Santoso"} <= set(lines)


def test_a_third_party_signs_no_agreement_between_regions(knowledge: Knowledge) -> None:
    answers = {**ADMISSIBLE, **WITH["region"], "counterparts": ["regency_city_same_province", "private_company"]}
    parties = [{"name": "Kabupaten A"}, {"name": "Kota B"}, {"name": "PT C"}]
    drafts = drafts_of(knowledge, case_of(knowledge, C, answers | {"procurement_only": False}, parties=parties))
    texts = {draft.drafted.of: lines_of(document) for draft, document in drafts}

    assert "PT C" not in texts["agreement_between_regions"]
    assert "PT C" in texts["contract_four_items"]
