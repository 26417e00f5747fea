"""Every clause that the law of the day asks for stands in the draft, and none that only another regime asks for.

Each row says on which day, with whom and in the draft of which document a text stands, or does not, and the article
from which that follows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from itertools import pairwise

import pytest

from advisor.knowledge_base import Knowledge
from drafting import ADMISSIBLE, WITH, A, B, C, case_of, drafts_of, lines_of, text_of

pytestmark = pytest.mark.knowledge

Texts = Mapping[str, str]
JULY_2018 = date(2018, 8, 1)
"""GR 28/2018 holds, Permendagri 25/2020 not yet."""

EIGHT, NINE, FOUR = "agreement_eight_items", "contract_nine_items", "contract_four_items"
BETWEEN, REQUEST, REQUEST_2018 = "agreement_between_regions", "dprd_request", "dprd_request_2018"

ITEMS = {
    "SUBJEK KERJA SAMA": 1,
    "OBJEK KERJA SAMA": 2,
    "RUANG LINGKUP": 3,
    "HAK DAN KEWAJIBAN": 4,
    "JANGKA WAKTU": 5,
    "PENGAKHIRAN": 6,
    "KEADAAN MEMAKSA": 7,
    "PENYELESAIAN PERSELISIHAN": 8,
}
"""The headings of what Article 7 letter b of GR 50/2007 lists, with their numbers there."""


@pytest.fixture(scope="module")
def drafted(knowledge: Knowledge) -> Callable[[date, str], Texts]:
    """Returns the texts of the drafts of a case, by document; those of one document follow each other."""

    @cache
    def drafted(day: date, kind: str) -> Texts:
        case = case_of(knowledge, day, {**ADMISSIBLE, **WITH[kind]})
        found: dict[str, str] = {}
        for draft, document in drafts_of(knowledge, case):
            found[draft.drafted.of] = f"{found.get(draft.drafted.of, '')}\n{text_of(document)}"
        return found

    return drafted


THERE = [
    # GR 50/2007 and Law 23/2014
    *((A, "region", EIGHT, heading, f"pp50-2007:7-b.{number}") for heading, number in ITEMS.items()),
    *((A, "third_party", EIGHT, heading, f"pp50-2007:7-b.{number}") for heading, number in ITEMS.items()),
    *((A, "ministry", EIGHT, heading, f"pp50-2007:1-3, 7-b.{number}") for heading, number in ITEMS.items()),
    *((B, "region", EIGHT, heading, f"pp50-2007:7-b.{number}") for heading, number in ITEMS.items()),
    *((B, "third_party", NINE, heading, f"pp50-2007:7-b.{number}") for heading, number in ITEMS.items()),
    (B, "third_party", NINE, "SANKSI", "uu23-2014:366-2 d"),
    (B, "third_party", NINE, "didahului studi kelayakan", "uu23-2014:366-3"),
    (A, "third_party", EIGHT, "PRINSIP KERJA SAMA", "pp50-2007:6"),
    (A, "region", EIGHT, "disetor ke kas daerah sebagai pendapatan asli daerah", "pp50-2007:13-2"),
    (
        A,
        "region",
        EIGHT,
        "dicatat sebagai aset pemerintah daerah yang terlibat secara proporsional",
        "pp50-2007:13-3",
    ),
    (A, "region", EIGHT, "keputusan gubernur, yang bersifat final dan mengikat", "pp50-2007:14"),
    (
        A,
        "other_province",
        EIGHT,
        "keputusan Menteri Dalam Negeri, yang bersifat final dan mengikat",
        "pp50-2007:15",
    ),
    (A, "region", EIGHT, "naskah yang setingkat dengan perjanjian ini", "pp50-2007:17-3"),
    (A, "region", EIGHT, "terdapat hal yang merugikan kepentingan nasional", "pp50-2007:18 h"),
    (A, "region", EIGHT, "menanggung akibatnya, baik keuangan maupun lainnya", "pp50-2007:19-1 b"),
    (A, "region", EIGHT, "tidak berakhir karena pergantian pemerintahan di daerah", "pp50-2007:20"),
    (A, "region", EIGHT, "menyampaikan salinan perjanjian ini", "pp50-2007:12-5, 12-6"),
    (A, "region", REQUEST, "Lampiran", "pp50-2007:11-1"),
    (A, "region", REQUEST, "kami lampirkan rancangan perjanjian kerja sama", "pp50-2007:11-1"),
    (A, "region", REQUEST, "1. Tujuan kerja sama", "pp50-2007:11-1 a"),
    (A, "region", REQUEST, "2. Objek yang dikerjasamakan", "pp50-2007:11-1 b"),
    (A, "region", REQUEST, "besarnya kontribusi APBD yang diperlukan", "pp50-2007:11-1 c 1"),
    (A, "region", REQUEST, "keuntungan yang akan diperoleh berupa barang, uang, atau jasa", "pp50-2007:11-1 c 2"),
    (A, "region", REQUEST, "4. Jangka waktu kerja sama", "pp50-2007:11-1 d"),
    (A, "region", REQUEST, "5. Besar dan jenis beban bagi masyarakat", "pp50-2007:11-1 e"),
    (A, "region", REQUEST, "1. Menteri Dalam Negeri", "pp50-2007:11-3"),
    (A, "region", REQUEST, "2. Menteri atau pimpinan lembaga pemerintah nonkementerian terkait", "pp50-2007:11-3"),
    (A, "region", REQUEST, "3. Gubernur", "pp50-2007:11-3"),
    (A, "region", REQUEST, "paling lama 45 (empat puluh lima) hari kerja", "pp50-2007:12-1"),
    (B, "region", REQUEST, "paling lama 45 (empat puluh lima) hari kerja", "pp50-2007:12-1"),
    (A, "region", "offer_letter", "Objek kerja sama", "permendagri22-2009:I-A-2"),
    (A, "region", "offer_letter", "1. Menteri Dalam Negeri", "permendagri22-2009:I-A-2"),
    (A, "region", "plan_and_analysis", "ANALISIS MANFAAT-BIAYA", "permendagri22-2009:I-A-1"),
    (A, "foreign", "dprd_request_international", "memerlukan persetujuan DPRD", "uu32-2004:42-1g"),
    # GR 28/2018
    (C, "region", BETWEEN, "berakhirnya jangka waktu", "pp28-2018:9-1 a"),
    (C, "region", BETWEEN, "tercapainya tujuan", "pp28-2018:9-1 b"),
    (C, "region", BETWEEN, "kesepakatan PARA PIHAK untuk mengakhirinya", "pp28-2018:9-1 c"),
    (C, "region", BETWEEN, "perubahan kebijakan menurut peraturan", "pp28-2018:9-1 d"),
    (C, "region", BETWEEN, "hilang atau musnahnya objek", "pp28-2018:9-1 e"),
    (C, "region", BETWEEN, "Pergantian kepemimpinan di daerah tidak mengakhiri", "pp28-2018:9-2"),
    (C, "region", BETWEEN, "diselesaikan oleh gubernur sebagai wakil Pemerintah Pusat", "uu23-2014:370-1"),
    (C, "other_province", BETWEEN, "diselesaikan oleh Menteri Dalam Negeri", "uu23-2014:370-2"),
    (C, "third_party", FOUR, "HAK DAN KEWAJIBAN", "pp28-2018:19-2 a"),
    (C, "third_party", FOUR, "JANGKA WAKTU", "pp28-2018:19-2 b"),
    (C, "third_party", FOUR, "PENYELESAIAN PERSELISIHAN", "pp28-2018:19-2 c"),
    (C, "third_party", FOUR, "SANKSI", "pp28-2018:19-2 d"),
    (C, "third_party", FOUR, "terlebih dahulu dengan musyawarah", "pp28-2018:21"),
    (C, "third_party", FOUR, "putusan pengadilan yang telah berkekuatan hukum tetap", "pp28-2018:22-2 a"),
    (C, "third_party", FOUR, "pailitnya pihak ketiga", "pp28-2018:22-2 b"),
    (C, "third_party", FOUR, "disetor ke kas daerah sebagai pendapatan daerah", "pp28-2018:20-2"),
    (C, "third_party", "feasibility_study", "rencana induk sektor", "pp28-2018:18-1 a"),
    (C, "third_party", "feasibility_study", "ASPEK EKONOMI DAN KEUANGAN", "pp28-2018:18-1 b"),
    (C, "third_party", "feasibility_study", "KEMAMPUAN KEUANGAN PEMRAKARSA", "pp28-2018:18-1 c"),
    (C, "region", REQUEST_2018, "membebani masyarakat dan daerah", "pp28-2018:6-2"),
    (C, "region", REQUEST_2018, "belum teranggarkan dalam APBD tahun anggaran berjalan", "pp28-2018:6-2"),
    (C, "ministry", "synergy_memorandum", "mengikat PARA PIHAK", "pp28-2018:46-4"),
    (C, "ministry", "synergy_memorandum", "dari anggaran tingkat pemerintahannya sendiri", "pp28-2018:46-3"),
    (C, "ministry", "synergy_memorandum", "sinergi perencanaan dan pelaksanaan pembangunan", "pp28-2018:46-1"),
    (C, "ministry", "work_plan", "Setiap tingkat pemerintahan membiayai bagiannya sendiri", "pp28-2018:46-3"),
    (C, "foreign", "foreign_plan", "I. SUBJEK KERJA SAMA", "pp28-2018:30-3 a"),
    (C, "foreign", "foreign_plan", "II. LATAR BELAKANG", "pp28-2018:30-3 b"),
    (C, "foreign", "foreign_plan", "III. MAKSUD, TUJUAN, DAN SASARAN", "pp28-2018:30-3 c"),
    (C, "foreign", "foreign_plan", "IV. OBJEK KERJA SAMA", "pp28-2018:30-3 d"),
    (C, "foreign", "foreign_plan", "V. RUANG LINGKUP KERJA SAMA", "pp28-2018:30-3 e"),
    (C, "foreign", "foreign_plan", "VI. SUMBER PEMBIAYAAN", "pp28-2018:30-3 f"),
    (C, "foreign", "foreign_plan", "VII. JANGKA WAKTU PELAKSANAAN", "pp28-2018:30-3 g"),
    (C, "foreign", "foreign_plan", "memohon persetujuan DPRD", "pp28-2018:30-2"),
    (
        C,
        "foreign",
        "foreign_plan",
        "Pernyataan kehendak kerja sama yang telah ditandatangani",
        "permendagri25-2020:16-3",
    ),
    (C, "foreign", "statement_of_intent", "I. JUDUL", "permendagri25-2020:13-2 a"),
    (C, "foreign", "statement_of_intent", "II. SUBJEK KERJA SAMA", "permendagri25-2020:13-2 b"),
    (C, "foreign", "statement_of_intent", "III. MAKSUD DAN TUJUAN", "permendagri25-2020:13-2 c"),
    (C, "foreign", "statement_of_intent", "IV. RUANG LINGKUP KERJA SAMA", "permendagri25-2020:13-2 d"),
    (C, "foreign", "statement_of_intent", "V. MASA BERLAKU", "permendagri25-2020:13-2 e"),
    (C, "foreign", "statement_of_intent", "TEMPAT DAN TANGGAL PENANDATANGANAN", "permendagri25-2020:13-2 f"),
    (
        C,
        "foreign",
        "statement_of_intent",
        "berkoordinasi dan berkonsultasi dengan Menteri Dalam Negeri",
        "pp28-2018:28-4",
    ),
    (C, "foreign", "foreign_study", "I. JUDUL", "permendagri25-2020:12-3 a"),
    (C, "foreign", "foreign_study", "II. LATAR BELAKANG", "permendagri25-2020:12-3 b"),
    (C, "foreign", "foreign_study", "III. MAKSUD DAN TUJUAN", "permendagri25-2020:12-3 c"),
    (C, "foreign", "foreign_study", "IV. PEMETAAN POTENSI DAN KARAKTERISTIK", "permendagri25-2020:12-3 d"),
    (
        C,
        "foreign",
        "foreign_study",
        "V. MANFAAT KERJA SAMA TERHADAP PEMBANGUNAN DAERAH",
        "permendagri25-2020:12-3 e",
    ),
    (C, "foreign", "foreign_study", "VI. KESIMPULAN", "permendagri25-2020:12-3 f"),
    *(
        (C, "region", "terms_of_reference", heading, "permendagri22-2020:kak")
        for heading in (
            "I. LATAR BELAKANG",
            "II. MAKSUD DAN TUJUAN",
            "III. LOKASI",
            "IV. RUANG LINGKUP",
            "V. JANGKA WAKTU",
            "VI. MANFAAT",
            "VII. ANALISIS DAMPAK SOSIAL DAN LINGKUNGAN",
            "VIII. PEMBIAYAAN",
        )
    ),
]

NOT_THERE = [
    # Sanctions are of Law 23/2014 and of third parties alone.
    (A, "region", EIGHT, "SANKSI", "uu23-2014:366-2"),
    (A, "third_party", EIGHT, "SANKSI", "uu23-2014:366-2"),
    (C, "region", BETWEEN, "SANKSI", "pp28-2018:19-2"),
    (A, "third_party", EIGHT, "studi kelayakan", "uu23-2014:366-3"),
    # GR 28/2018 names no principles, no early end at one party's risk, no harm to the national interest, no copies.
    (C, "region", BETWEEN, "PRINSIP KERJA SAMA", "pp50-2007:2"),
    (C, "region", BETWEEN, "merugikan kepentingan nasional", "pp50-2007:18 h"),
    (C, "region", BETWEEN, "menanggung akibatnya", "pp50-2007:19"),
    (C, "region", BETWEEN, "PENYAMPAIAN SALINAN", "pp50-2007:12-5"),
    (C, "region", BETWEEN, "bersifat final dan mengikat", "pp50-2007:14"),
    (C, "third_party", FOUR, "pendapatan asli daerah", "pp50-2007:13-2"),
    (A, "region", EIGHT, "hilang atau musnahnya objek", "pp28-2018:9-1 e"),
    (A, "region", EIGHT, "sebagai wakil Pemerintah Pusat", "uu23-2014:370-1"),
    (A, "region", EIGHT, "pailitnya pihak ketiga", "pp28-2018:22-2"),
    # The 45 working days are of GR 50/2007 and of foreign cooperation; none for domestic today (doubt D1).
    (C, "region", REQUEST_2018, "hari kerja", "pp50-2007:12-1"),
    (C, "third_party", REQUEST_2018, "hari kerja", "pp50-2007:12-1"),
    # In one province the governor decides, across provinces the Minister.
    (A, "region", EIGHT, "Menteri Dalam Negeri", "pp50-2007:15"),
    (A, "other_province", EIGHT, "keputusan gubernur", "pp50-2007:14"),
    # The statement of intent is attached since Permendagri 25/2020.
    (JULY_2018, "foreign", "foreign_plan", "Pernyataan kehendak kerja sama yang telah", "permendagri25-2020:16-3"),
]

DRAFTED = [
    (A, "region", {"offer_letter", "plan_and_analysis", "joint_memorandum", EIGHT, REQUEST}),
    (A, "third_party", {"joint_memorandum", EIGHT, REQUEST}),
    (B, "third_party", {"feasibility_study", "joint_memorandum", NINE, REQUEST}),
    (C, "region", {"offer_letter", "terms_of_reference", "joint_memorandum", BETWEEN, REQUEST_2018}),
    (
        C,
        "third_party",
        {"offer_letter", "terms_of_reference", "feasibility_study", "joint_memorandum", FOUR, REQUEST_2018},
    ),
    (C, "ministry", {"terms_of_reference", "synergy_memorandum", "work_plan"}),
    (C, "foreign", {"foreign_study", "statement_of_intent", "foreign_plan"}),
    (A, "foreign", {"dprd_request_international"}),
]
"""Which documents the law of the day asks for (rules/documents.yaml), as far as the program drafts them."""


@pytest.mark.parametrize(("day", "kind", "document", "text", "source"), THERE)
def test_what_the_law_of_the_day_asks_for_stands_in_the_draft(
    day: date, kind: str, document: str, text: str, source: str, drafted: Callable[[date, str], Texts]
) -> None:
    assert text in drafted(day, kind)[document], source


@pytest.mark.parametrize(("day", "kind", "document", "text", "source"), NOT_THERE)
def test_what_only_another_law_asks_for_does_not(
    day: date, kind: str, document: str, text: str, source: str, drafted: Callable[[date, str], Texts]
) -> None:
    assert text not in drafted(day, kind)[document], source


@pytest.mark.parametrize(("day", "kind", "documents"), DRAFTED)
def test_the_documents_of_the_regime_are_drafted_and_no_others(
    day: date, kind: str, documents: set[str], drafted: Callable[[date, str], Texts]
) -> None:
    assert documents == {name for name in drafted(day, kind) if not name.endswith("_decision")}


@pytest.mark.parametrize(("day", "kind"), [(A, "region"), (A, "third_party"), (A, "ministry"), (B, "region")])
def test_the_eight_items_stand_in_the_order_of_the_regulation(
    day: date, kind: str, drafted: Callable[[date, str], Texts]
) -> None:
    lines = drafted(day, kind)[EIGHT].splitlines()
    places = [lines.index(heading) for heading in ITEMS]

    assert all(before < after for before, after in pairwise(places))


def test_the_four_items_of_a_contract_stand_in_the_order_of_the_regulation(
    drafted: Callable[[date, str], Texts],
) -> None:
    lines = drafted(C, "third_party")[FOUR].splitlines()
    headings = ("HAK DAN KEWAJIBAN", "JANGKA WAKTU", "PENYELESAIAN PERSELISIHAN", "SANKSI")

    assert all(lines.index(before) < lines.index(after) for before, after in pairwise(headings))


def test_beside_a_clause_stands_the_article_that_asks_for_it(knowledge: Knowledge) -> None:
    case = case_of(knowledge, B, {**ADMISSIBLE, **WITH["third_party"]})
    (document,) = [document for draft, document in drafts_of(knowledge, case) if draft.drafted.of == NINE]
    lines = lines_of(document)

    assert "Dasar: UU 23/2014 Pasal 366 ayat (2)" in lines[lines.index("SANKSI") :][:5]


def test_what_no_article_asks_for_is_marked_as_usual(knowledge: Knowledge) -> None:
    case = case_of(knowledge, C, {**ADMISSIBLE, **WITH["region"]})
    (document,) = [document for draft, document in drafts_of(knowledge, case) if draft.drafted.of == BETWEEN]
    lines = lines_of(document)
    clause = lines[lines.index("KEADAAN MEMAKSA") :][:5]

    assert any(line.startswith("Lazim menurut penilaian kami") for line in clause)


def test_a_team_a_secretariat_and_a_body_have_decrees_of_their_own(knowledge: Knowledge) -> None:
    kartamantul = knowledge.library.cases["kartamantul"]
    answers = {name: list(v) if isinstance(v, tuple) else v for name, v in kartamantul.answers.items()}
    drafts = drafts_of(knowledge, case_of(knowledge, C, answers))
    (decree,) = [document for draft, document in drafts if draft.drafted.of == "secretariat_decision"]
    text = text_of(decree)

    # pp28-2018:7-3 and 7-4: no agency, it facilitates, and each region's budget pays.
    assert "bukan perangkat daerah" in text
    assert "memfasilitasi perangkat daerah" in text
    assert "dibebankan pada APBD setiap daerah" in text
    assert "Dasar: PP 28/2018 Pasal 7 ayat (4)" in text
