"""Answers files: what is accepted, and every finding with its place where one is not."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from advisor.advice.conclusions import conclude
from advisor.catalogue import messages
from advisor.inference.case import Case, CaseReader, Party
from advisor.knowledge.document import MAX_BYTES
from advisor.knowledge_base import Knowledge
from advisor.problem import MOST_FINDINGS, AnswersError, ContradictionError, Place, Problem
from advisor.text import LANGUAGES, Language
from advisor.understanding.reading import Answer

FILE = "answers.yaml"
ANSWERS = "as_of: 2024-05-31\nanswers:\n"


@pytest.fixture(scope="module")
def reader(knowledge: Knowledge) -> CaseReader:
    return CaseReader(knowledge.library, knowledge.rulebase)


def _case(reader: CaseReader, source: str | bytes) -> Case:
    return reader.text(source if isinstance(source, bytes) else source.encode(), FILE)


def _answers(reader: CaseReader, lines: str) -> dict[str, Answer]:
    return dict(_case(reader, ANSWERS + lines).answers)


def _refusal(reader: CaseReader, source: str | bytes) -> AnswersError:
    with pytest.raises(AnswersError) as caught:
        _case(reader, source)
    return caught.value


def _assert_told(problem: Problem) -> None:
    texts = {problem.in_language("id"), problem.in_language("en")}

    assert 2 == len(texts)
    for text in texts:
        assert text.startswith(f"{problem.place}: ")
        assert problem.values.get("near", "") in text
        assert problem.values.get("given", "") in text


@dataclass(frozen=True)
class Refused:
    """Content that is refused with one finding."""

    name: str
    source: str | bytes
    line: int
    column: int
    key: str
    values: dict[str, str] = field(default_factory=dict)


OWN_DAY = {"question": "agreement", "option": "signed_written"}
WORD, ITEM, LIST = "answers.one_option", "answers.one_in_list", "answers.list"
NUMBER, READING = "answers.number", "answers.not_understood"
BOUNDS = {"low": "1", "high": "600"}
REFUSED = (
    Refused("empty", "", 0, 0, "answers.empty"),
    Refused("byte order mark alone", b"\xef\xbb\xbf", 0, 0, "answers.empty"),
    Refused("blank lines", " \n\n", 0, 0, "answers.empty"),
    Refused("only comments", "# as_of: 2024-05-31\n# answers:\n", 0, 0, "answers.empty"),
    Refused("null", "null", 1, 1, "answers.empty"),
    Refused("top-level list", "- initiator: city\n", 1, 1, "answers.not_mapping"),
    Refused("top-level word", "\n  city\n", 2, 3, "answers.not_mapping"),
    Refused("answers as a list", "answers: [city]\n", 1, 10, "answers.not_mapping"),
    Refused("answers as no", "answers: no\n", 1, 10, "answers.not_mapping"),
    Refused("unknown key", "answrs: {}\n", 1, 1, "key.unknown", {"name": "answrs", "near": "answers"}),
    Refused("unclosed bracket", "answers: {bases: [\n", 2, 1, "yaml.syntax.bracket"),
    Refused("two commas", "answers:\n  bases: [a,,b]\n", 2, 13, "yaml.syntax.bracket"),
    Refused("unclosed list", "answers:\n  bases: [a, b\n  sector: roads\n", 3, 9, "yaml.syntax.list"),
    Refused("unclosed mapping", "answers: {sector: roads\nas_of: 2024-05-31\n", 2, 6, "yaml.syntax.mapping"),
    Refused("unclosed quote", 'answers:\n  sector: "roads\n', 3, 1, "yaml.syntax.quote"),
    Refused("unclosed quote before a mark", "title: 'a\n---\nanswers: {}\n", 2, 1, "yaml.syntax.quote"),
    Refused("text behind a quote", "title: 'bappeda's'\n", 1, 17, "yaml.syntax.behind"),
    Refused("folder of Windows", 'title: "C:\\data"\n', 1, 11, "yaml.syntax.escape"),
    Refused("tab", "answers:\n\tsector: roads\n", 2, 1, "yaml.syntax.tab"),
    Refused("tab before a later line", "answers:\n  sector: roads\n\tbases: []\n", 3, 1, "yaml.syntax.tab"),
    Refused("colon in a word", "answers:\n  sector: a: b\n", 2, 12, "yaml.syntax.colon"),
    Refused("no colon", "answers:\n  sector: roads\n  bordering\n  bases: []\n", 4, 3, "yaml.syntax.no_colon"),
    Refused("a sign before a word", "title: @bappeda\n", 1, 8, "yaml.syntax.character"),
    Refused("bad indentation", "answers:\n  sector: roads\n initiator: city\n", 3, 2, "yaml.syntax.indentation"),
    Refused("a name in a list", "answers:\n  bases:\n    - a\n    b: c\n", 4, 5, "yaml.syntax.indentation"),
    Refused("an entry beside a name", "answers:\n  bases: - a\n", 2, 10, "yaml.syntax.entry"),
    Refused("a bell", "answers:\n  sector: é\x07\n", 2, 12, "yaml.syntax.control"),
    Refused("text behind a bar", "title: |x\n  a\n", 1, 9, "yaml.syntax.block"),
    Refused("a star before a word", "title: * bappeda\n", 1, 9, "yaml.syntax.anchor"),
    Refused("an exclamation mark before a word", "title: !!\n", 1, 10, "yaml.syntax.tag"),
    Refused("a percent sign before a line", "%Bappeda\ntitle: a\n", 1, 9, "yaml.syntax.directive"),
    Refused("a question mark before a word", "title: ? a\n", 1, 8, "yaml.syntax.question_mark"),
    Refused("text behind the end", "{title: a}}\n", 1, 11, "yaml.syntax.complete"),
    Refused("half of a pair of codes", '{"title": "\\ud83d"}\n', 1, 14, "yaml.syntax.code"),
    Refused("two documents", "answers: {}\n---\nanswers: {}\n", 3, 1, "yaml.several_documents"),
    Refused("tag", "answers:\n  sector: !!python/name:os.system roads\n", 2, 11, "yaml.tag"),
    Refused("list as a key", "answers:\n  ? [sector]\n  : roads\n", 2, 5, "yaml.key"),
    Refused(
        "duplicate question",
        "answers:\n  sector: roads\n  sector: ports\n",
        3,
        3,
        "yaml.duplicate_key",
        {"name": "sector"},
    ),
    Refused("duplicate answers", "answers: {}\nas_of: 2024-05-31\nanswers: {}\n", 3, 1, "yaml.duplicate_key"),
    Refused(
        "duplicate in JSON", '{"answers": {"sector": "roads", "sector": "roads"}}', 1, 33, "yaml.duplicate_key"
    ),
    Refused("anchor", "answers:\n  bases: &x []\n", 2, 10, "yaml.alias", {"name": "x"}),
    Refused("alias", "answers:\n  bases: *x\n", 2, 10, "yaml.alias", {"name": "x"}),
    Refused(
        "alias bomb",
        "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n",
        1,
        4,
        "yaml.alias",
        {"name": "a"},
    ),
    Refused("not UTF-8", b"answers:\n  # caf\xe9\n  sector: roads\n", 2, 1, "file.not_utf8"),
    Refused("UTF-16", "answers: {}".encode("utf-16"), 1, 1, "file.not_utf8"),
    Refused("a date of 1999", "as_of: 1999-12-31\n", 1, 8, "answers.not_covered", {"day": "1999-12-31"}),
    Refused("the day before", "as_of: 2007-08-21\n", 1, 8, "answers.not_covered", {"first": "2007-08-22"}),
    Refused("a relative day", "as_of: besok\n", 1, 8, "answers.not_a_day", {"given": "besok"}),
    Refused("the month first", "as_of: 5/31/2024\n", 1, 8, "answers.not_a_day", {"given": "5/31/2024"}),
    Refused("a week", "as_of: 2024-W22-5\n", 1, 8, "answers.not_a_day", {"given": "2024-W22-5"}),
    Refused("a year", "as_of: 2024\n", 1, 8, "answers.not_a_day", {"given": "2024"}),
    Refused("a day as a list", "as_of: [2024-05-31]\n", 1, 8, "answers.not_a_day"),
    Refused("a day with an hour", "as_of: 2024-05-31 08:00:00\n", 1, 8, "answers.not_a_day"),
    Refused("a yes as a day", "as_of: yes\n", 1, 8, "answers.not_a_day"),
    Refused("30 February", "as_of: 2024-02-30\n", 1, 8, "yaml.value", {"value": "2024-02-30"}),
    Refused("30 February, quoted", "as_of: '2024-02-30'\n", 1, 8, "answers.not_a_day", {"given": "2024-02-30"}),
    Refused(
        "question",
        "answers:\n  initator: city\n",
        2,
        3,
        "answers.unknown_question",
        {"name": "initator", "near": "initiator"},
    ),
    Refused("question unlike any", "answers:\n  xyzzy: 1\n", 2, 3, "answers.unknown_question", {"near": ""}),
    Refused("no as a question", "answers:\n  no: yes\n", 2, 3, "answers.unknown_question", {"name": "no"}),
    Refused(
        "option",
        "answers:\n  initiator: citty\n",
        2,
        14,
        "answers.unknown_option",
        {"name": "initiator", "given": "citty", "near": "city"},
    ),
    Refused(
        "inside a word", "answers:\n  sector: rsampahan\n", 2, 11, "answers.unknown_option", {"near": "solid_waste"}
    ),
    Refused("two options", "answers:\n  duration: tahun\n", 2, 13, "answers.ambiguous", {"given": "tahun"}),
    Refused("two questions", "answers:\n  jumlah: 3\n", 2, 3, "answers.which_question", {"name": "jumlah"}),
    Refused(
        "a question twice",
        "answers:\n  sector: roads\n  Bidang: ports\n",
        3,
        3,
        "answers.twice",
        {"first": "sector"},
    ),
    Refused(
        "option in a list",
        "answers:\n  counterparts:\n    - private_company\n    - fondation\n",
        4,
        7,
        "answers.unknown_option",
        {"given": "fondation", "near": "foundation"},
    ),
    Refused("list for a word", "answers:\n  initiator: [city]\n", 2, 14, WORD, {"given": "[city]"}),
    Refused("mapping for a word", "answers:\n  initiator: {a: b}\n", 2, 14, WORD),
    Refused("number for a word", "answers:\n  initiator: 3\n", 2, 14, WORD, {"given": "3"}),
    Refused("mapping for a list", "answers:\n  counterparts: {a: b}\n", 2, 17, LIST, {"given": "{a: b}"}),
    Refused("number in a list", "answers:\n  counterparts: [3]\n", 2, 18, ITEM, {"given": "3"}),
    Refused("list in a list", "answers:\n  counterparts: [[foundation]]\n", 2, 18, ITEM),
    Refused("two in one item", "answers:\n  bases: ['neighbourhood, shared_problem']\n", 2, 11, ITEM),
    Refused("too small a number", "answers:\n  region_count: 0\n", 2, 17, READING),
    Refused("too large a number", "answers:\n  region_count: 601\n", 2, 17, READING),
    Refused("negative number", "answers:\n  region_count: -1\n", 2, 17, READING),
    Refused("broken number", "answers:\n  region_count: 2.5\n", 2, 17, NUMBER, {"given": "2.5"}),
    Refused("not a number", "answers:\n  region_count: .nan\n", 2, 17, READING),
    Refused("infinite number", "answers:\n  region_count: .inf\n", 2, 17, READING),
    Refused("number that begins with 0", "answers:\n  region_count: 010\n", 2, 17, READING),
    Refused("number in words", "answers:\n  region_count: tiga\n", 2, 17, READING),
    Refused("number with a unit", "answers:\n  region_count: 3 orang\n", 2, 17, READING),
    Refused("raised number", "answers:\n  region_count: ³\n", 2, 17, READING),
    Refused("unknown in a list", "answers:\n  bases: [unknown]\n", 2, 11, "answers.unknown_in_list"),
    Refused("a list as a title", "title: [a]\n", 1, 8, "answers.not_a_label", {"name": "title"}),
    Refused("a yes as an id", "id: yes\n", 1, 5, "answers.not_a_label", {"name": "id"}),
    Refused("signed without a day", "answers:\n  agreement: signed_written\n", 2, 14, "answers.own_day", OWN_DAY),
    Refused(
        "signed, the day null", "as_of: null\nanswers: {agreement: signed_written}\n", 2, 22, "answers.own_day"
    ),
    Refused("notes as a list", "notes: [sector]\n", 1, 8, "answers.notes"),
    Refused("a note on no question", "notes: {sektor: a}\n", 1, 9, "answers.unknown_question", {"near": "sector"}),
    Refused("a note that is a number", "notes: {sector: 3}\n", 1, 17, "answers.note", {"given": "3"}),
    Refused("a note that is a list", "notes: {sector: [a]}\n", 1, 17, "answers.note", {"name": "sector"}),
    Refused("one party without a list", "parties: {name: Sleman}\n", 1, 10, "answers.parties"),
    Refused("parties that are words", "parties: [Sleman]\n", 1, 10, "answers.parties"),
    Refused("a key that no party has", "parties: [{nama: Sleman}]\n", 1, 12, "key.unknown", {"near": "name"}),
    Refused("a party named by a number", "parties: [{name: 3}]\n", 1, 18, "answers.not_a_text", {"name": "name"}),
    Refused("list for a number", "answers:\n  region_count: [3]\n", 2, 17, NUMBER),
    Refused("yes for a number", "answers:\n  region_count: yes\n", 2, 17, NUMBER, BOUNDS),
    Refused("true for a number", "answers:\n  region_count: true\n", 2, 17, NUMBER, BOUNDS),
    Refused("number of 5000 digits", f"answers:\n  region_count: {'9' * 5000}\n", 2, 17, READING),
    Refused("word for yes or no", "answers:\n  bordering: maybe\n", 2, 14, "answers.yes_or_no", {"given": "maybe"}),
    Refused("number for yes or no", "answers:\n  bordering: 1\n", 2, 14, "answers.yes_or_no", {"given": "1"}),
    Refused("list for yes or no", "answers:\n  bordering: [yes]\n", 2, 14, "answers.yes_or_no"),
)


@pytest.mark.parametrize("refused", REFUSED, ids=lambda refused: refused.name)
def test_what_cannot_be_used_is_the_one_finding_and_stands_at_its_place(
    reader: CaseReader, refused: Refused
) -> None:
    (problem,) = _refusal(reader, refused.source).problems

    assert (Place(FILE, refused.line, refused.column), refused.key) == (problem.place, problem.key)
    assert refused.values == {name: problem.values[name] for name in refused.values}
    _assert_told(problem)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_possible_is_named_by_id_and_label(
    reader: CaseReader, knowledge: Knowledge, language: Language
) -> None:
    unknown = {"id": "unknown (tidak tahu)", "en": "unknown (not known)"}[language]
    for question in knowledge.library.questions.values():
        if not question.options:
            continue
        named = ", ".join(f"{option.id} ({option.label.in_language(language)})" for option in question.options)

        whole = _refusal(reader, f"answers:\n  {question.id}: xyzzy\n").problems[0].sentence(language)
        assert whole.endswith(f" {named}, {unknown}")
        if question.type == "choices":
            item = _refusal(reader, f"answers:\n  {question.id}: [xyzzy]\n").problems[0].sentence(language)
            assert item.endswith(f" {named}")


def test_what_is_not_clear_is_told_with_what_it_may_mean(reader: CaseReader) -> None:
    (problem,) = _refusal(reader, "answers:\n  sector: air\n").problems

    assert "mungkin maksudnya waste_water (Air limbah), clean_water (Air bersih dan air minum);" in problem.text.id
    assert "it may mean waste_water (Waste water), clean_water (Clean and drinking water);" in problem.text.en


def test_a_number_that_begins_with_zero_is_told_so(reader: CaseReader) -> None:
    (problem,) = _refusal(reader, "answers:\n  region_count: 010\n").problems

    assert '"region_count": "010" berawalan nol; tulislah bilangan tanpa nol di depan' == problem.text.id


@pytest.mark.parametrize("depth", [41, 900, 100_000])
def test_deep_nesting_is_refused_in_one_finding(reader: CaseReader, depth: int) -> None:
    (problem,) = _refusal(reader, "answers: " + "[" * depth).problems

    assert problem.key in ("yaml.too_deep", "yaml.syntax")


def test_nesting_that_is_closed_is_refused_for_its_depth(reader: CaseReader) -> None:
    (problem,) = _refusal(reader, "answers: " + "[" * 60 + "]" * 60).problems

    assert (Place(FILE, 1, 49), "yaml.too_deep") == (problem.place, problem.key)


def test_a_nul_byte_is_refused(reader: CaseReader) -> None:
    (problem,) = _refusal(reader, ANSWERS + "  sector: ro\0ads\n").problems

    assert (Place(FILE, 3, 13), "yaml.syntax.control") == (problem.place, problem.key)


def test_every_message_on_broken_yaml_is_among_what_is_refused() -> None:
    # Two are told of by other tests, and one is for what a parser yet to come may say.
    assert {key for key in messages() if key.startswith("yaml.")} - {refused.key for refused in REFUSED} == {
        "yaml.too_deep", "yaml.too_many", "yaml.syntax"
    }  # fmt: skip


@pytest.mark.parametrize("size", [MAX_BYTES + 1, 10_000_000])
def test_a_file_over_the_stated_size_is_refused(reader: CaseReader, tmp_path: Path, size: int) -> None:
    path = tmp_path / FILE
    path.write_bytes(b"#" * size)

    with pytest.raises(AnswersError) as caught:
        reader.file(path)

    (problem,) = caught.value.problems
    assert (Place(str(path)), "file.too_large") == (problem.place, problem.key)
    assert {"size": str(MAX_BYTES + 1), "most": str(MAX_BYTES)} == problem.values


def test_a_file_that_is_missing_or_a_folder_is_refused(reader: CaseReader, tmp_path: Path) -> None:
    keys = []
    for path in (tmp_path / "missing.yaml", tmp_path):
        with pytest.raises(AnswersError) as caught:
            reader.file(path)
        keys += [(problem.place, problem.key) for problem in caught.value.problems]

    expected = [
        (Place(str(tmp_path / "missing.yaml")), "file.unreadable"),
        (Place(str(tmp_path)), "file.is_folder"),
    ]
    assert expected == keys


def test_a_file_is_read_like_its_content(reader: CaseReader, tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_text(ANSWERS + "  initiator: city\n")

    assert _case(reader, path.read_bytes()) == reader.file(path)


def test_every_finding_is_listed_and_not_only_the_first(reader: CaseReader) -> None:
    source = (
        "as_of: 1999-01-01\n"
        "answrs: 3\n"
        "answers:\n"
        "  initiator: citty\n"
        "  foo: bar\n"
        "  counterparts: [fondation, coperative]\n"
        "  region_count: 0\n"
        "  bordering: maybe\n"
    )

    problems = _refusal(reader, source).problems

    expected = [
        (1, 8, "answers.not_covered"),
        (2, 1, "key.unknown"),
        (4, 14, "answers.unknown_option"),
        (5, 3, "answers.unknown_question"),
        (6, 18, "answers.unknown_option"),
        (6, 29, "answers.unknown_option"),
        (7, 17, "answers.not_understood"),
        (8, 14, "answers.yes_or_no"),
    ]
    assert expected == [(p.place.line, p.place.column, p.key) for p in problems]


@pytest.mark.parametrize(
    "data",
    [
        {f"k{number}": 1 for number in range(1000)},
        {"answers": {f"k{number}": 1 for number in range(1000)}},
        {"answers": {"activities": [f"build{number}" for number in range(1000)]}},
        {"notes": {f"k{number}": "a note" for number in range(1000)}},
        {"parties": [{f"k{number}": "a"} for number in range(1000)]},
    ],
    ids=["keys", "answers", "options", "notes", "parties"],
)
def test_of_very_many_mistakes_so_many_are_looked_for_as_anybody_mends(
    data: dict[str, object], reader: CaseReader
) -> None:
    with pytest.raises(AnswersError) as caught:
        reader.data(data)

    assert MOST_FINDINGS == len(caught.value.problems)


def test_every_duplicate_key_is_listed(reader: CaseReader) -> None:
    source = "answers:\n  sector: a\n  sector: b\n  bases: []\n  bases: []\n"

    problems = _refusal(reader, source).problems

    assert [(3, "sector"), (5, "bases")] == [(p.place.line, p.values["name"]) for p in problems]


def test_a_refusal_reads_in_both_languages(reader: CaseReader) -> None:
    error = _refusal(reader, "answers:\n  initator: city\n")

    assert 'answers.yaml:2:3: unknown question "initator"; do you mean "initiator"?' == error.in_language("en")
    assert 'answers.yaml:2:3: pertanyaan "initator" tidak dikenal; maksudnya "initiator"?' == error.in_language(
        "id"
    )


ACCEPTED: tuple[tuple[str, str, dict[str, Answer]], ...] = (
    ("a word", "  initiator: city\n", {"initiator": "city"}),
    ("a quoted word", "  initiator: 'city'\n", {"initiator": "city"}),
    ("a list", "  counterparts: [foundation]\n", {"counterparts": ("foundation",)}),
    ("an empty list", "  support: []\n", {"support": ()}),
    ("a number", "  region_count: 600\n", {"region_count": 600}),
    (
        "unknown",
        "  initiator: unknown\n  counterparts: unknown\n  region_count: unknown\n  bordering: unknown\n",
        {},
    ),
    ("null", "  initiator: null\n  counterparts: ~\n  region_count:\n  bordering: null\n", {}),
    ("yes", "  bordering: yes\n", {"bordering": "yes"}),
    ("no", "  bordering: no\n", {"bordering": "no"}),
    ("true", "  bordering: true\n", {"bordering": "yes"}),
    ("False", "  bordering: False\n", {"bordering": "no"}),
    ("yes as a word", "  bordering: 'yes'\n", {"bordering": "yes"}),
    ("no as a word", '  bordering: "no"\n', {"bordering": "no"}),
    ("ya", "  bordering: ya\n", {"bordering": "yes"}),
    ("Tidak", "  bordering: Tidak\n", {"bordering": "no"}),
    ("tidak tahu", "  bordering: tidak tahu\n", {}),
    (
        "duplicates in a list",
        "  counterparts: [foundation, cooperative, foundation]\n",
        {"counterparts": ("cooperative", "foundation")},
    ),
    ("no answers", "", {}),
    ("an empty mapping", "  {}\n", {}),
)


@pytest.mark.parametrize(("lines", "expected"), [a[1:] for a in ACCEPTED], ids=[a[0] for a in ACCEPTED])
def test_what_can_be_used_is_accepted(reader: CaseReader, lines: str, expected: dict[str, Answer]) -> None:
    assert expected == _answers(reader, lines)


@pytest.mark.parametrize(
    ("lines", "title", "name"),
    [("", "", None), ("title: TPA bersama\nid: A-7\n", "TPA bersama", "A-7"), ("id: 7\n", "", 7)],
)
def test_a_title_and_an_id_are_handed_through(
    reader: CaseReader, lines: str, title: str, name: str | int | None
) -> None:
    case = _case(reader, lines + ANSWERS)

    assert (title, name) == (case.title, case.id)


PARTIES = """\
parties:
  - {name: " Kabupaten Sleman ", kind: regency, signatory: Bupati, office: Bagian Kerja Sama}
  - {name: Kota Yogyakarta}
  - {}
notes:
  bordering: dilihat di peta
  sector: " menurut Dinas PU "
"""


def test_parties_and_notes_are_handed_through_in_order_and_nothing_hangs_on_them(
    reader: CaseReader, knowledge: Knowledge
) -> None:
    answers = ANSWERS + "  sector: roads\n"

    case, bare = _case(reader, PARTIES + answers), _case(reader, answers)

    sleman = Party("Kabupaten Sleman", "regency", "Bupati", "Bagian Kerja Sama")
    assert (sleman, Party("Kota Yogyakarta"), Party()) == case.parties
    assert [("sector", "menurut Dinas PU"), ("bordering", "dilihat di peta")] == list(case.notes.items())
    assert ((), {}) == (bare.parties, dict(bare.notes))
    assert bare.answers == case.answers
    with_them, without = conclude(knowledge, case), conclude(knowledge, bare)
    assert with_them == without


@pytest.mark.parametrize("source", ["parties: []\nnotes: {}\n", "parties:\nnotes:\n", "parties: null\nnotes: ~\n"])
def test_empty_parties_and_notes_are_none(reader: CaseReader, source: str) -> None:
    case = _case(reader, source + ANSWERS)

    assert ((), {}) == (case.parties, dict(case.notes))


def test_every_mistake_in_parties_and_notes_is_listed(reader: CaseReader) -> None:
    source = "parties: [{nama: a}, {name: 3, kind: [b]}]\nnotes: {sektor: a, sector: 3}\nanswers: {sektor: roads}\n"

    problems = _refusal(reader, source).problems

    expected = [
        (1, "key.unknown"),
        (1, "answers.not_a_text"),
        (1, "answers.not_a_text"),
        (2, "answers.unknown_question"),
        (2, "answers.note"),
        (3, "answers.unknown_question"),
    ]
    assert expected == [(problem.place.line, problem.key) for problem in problems]


def test_answers_stand_in_the_order_of_the_questions(reader: CaseReader) -> None:
    found = _answers(reader, "  bordering: yes\n  region_count: 2\n  initiator: city\n")

    assert ["initiator", "region_count", "bordering"] == list(found)


@pytest.mark.parametrize(
    "source",
    [
        b"\xef\xbb\xbfas_of: 2024-05-31\nanswers: {initiator: city, bordering: yes}\n",
        b'\xef\xbb\xbf{"as_of": "2024-05-31", "answers": {"initiator": "city", "bordering": true}}',
        b'{"as_of":"2024-05-31","answers":{"initiator":"city","bordering":"yes","sector":null}}',
        b'{\n\t"answers": {\n\t\t"bordering": true,\n\t\t"initiator": "city"\n\t},\n\t"as_of": "2024-05-31"\n}\n',
        b"as_of: 2024-05-31\r\nanswers:\r\n  initiator: city\r\n  bordering: yes\r\n",
        b"---\nas_of: '2024-05-31'\nanswers:\n  # whose idea?\n  initiator: city\n  bordering: yes\n...\n",
    ],
    ids=["BOM and YAML", "BOM and JSON", "JSON", "JSON with tabs", "CRLF", "document marks"],
)
def test_the_same_answers_are_read_however_they_are_written(reader: CaseReader, source: bytes) -> None:
    case = _case(reader, source)

    assert date(2024, 5, 31) == case.as_of
    assert {"initiator": "city", "bordering": "yes"} == dict(case.answers)


@pytest.mark.parametrize("source", ["answers: {}\n", "as_of:\nanswers: {}\n", "as_of: null\n"])
def test_without_a_day_it_is_today(reader: CaseReader, source: str) -> None:
    before = date.today()
    case = _case(reader, source)

    assert before <= case.as_of <= date.today()


def test_a_signed_agreement_is_taken_with_its_day_in_the_file_or_beside_it(reader: CaseReader) -> None:
    signed = "answers: {agreement: signed_written}\n"

    inside = reader.text(f"as_of: 2019-06-01\n{signed}".encode(), FILE)
    beside = reader.text(signed.encode(), FILE, date(2019, 6, 1))

    assert {date(2019, 6, 1)} == {inside.as_of, beside.as_of}


@pytest.mark.parametrize("agreement", ["none", "declaration", "memorandum_signed", "draft_written", "unknown"])
def test_whatever_else_there_is_the_day_may_be_left_out(reader: CaseReader, agreement: str) -> None:
    assert date.today() >= _case(reader, f"answers: {{agreement: {agreement}}}\n").as_of


# -- files of version 1 of the model ------------------------------------------------------------------------------

ADDED = {"operating_party", "procurement_only", "foreign_conditions_met", "national_strategic_area"}
"""The questions that version 2 added; none was taken away, and no option of any."""

VERSION_1 = """\
as_of: 2024-05-31
title: TPA bersama
answers:
  initiator: regency
  counterparts: [regency_city_same_province, own_province]
  region_count: 3
  bordering: yes
  urban_area: no
  bases: [neighbourhood, shared_problem]
  sector: solid_waste
  within_authority: yes
  lawful_object: yes
  in_development_plan: yes
  plan_exceptions: []
  object_count: 1
  cross_border_effects: yes
  cheaper_together: yes
  activities: [build_facility, operate_service, plan_jointly]
  duration: permanent
  charges_users: yes
  burdens_budget: yes
  burdens_public: no
  budgeted: no
  uses_regional_assets: yes
  within_agency_duties: no
  cost_sharing: formula_agreed
  funding_available: [member_budgets, user_charges, province]
  fiscal_capacity: moderate
  interests: common
  coordination: high
  leader_commitment: strong
  shared_need_stated: yes
  mutual_benefit: yes
  sharing: [experience, burden]
  dedicated_staff: no
  public_participation: low
  rivalry: no
  succession_soon: yes
  support: [provincial_government, universities]
  governance: [common_will, transparency]
  existing_cooperation: technical_agreements
  agreement: draft_written
  institution_needs: [own_budget_line, own_staff, mediation]
"""


def test_an_answers_file_of_version_1_still_loads_and_leaves_the_new_questions_open(
    reader: CaseReader, knowledge: Knowledge
) -> None:
    case = _case(reader, VERSION_1)

    assert 40 == len(case.answers)
    assert set(knowledge.library.questions) - ADDED == set(case.answers)
    conclusions = conclude(knowledge, case)
    assert {"operator", "operator_vehicle"} <= {name for name, c in conclusions.items() if c.open}
    assert conclusions["dprd_approval"].value == "required"
    assert {"operating_party"} <= set(conclusions["operator"].depends_on) <= ADDED


def test_the_first_day_covered_is_accepted(reader: CaseReader) -> None:
    assert date(2007, 8, 22) == _case(reader, "as_of: 2007-08-22\n").as_of


def test_a_day_given_beside_the_file_replaces_its_own(reader: CaseReader) -> None:
    case = reader.text(b"as_of: 1999-01-01\n", FILE, date(2024, 5, 31))

    assert date(2024, 5, 31) == case.as_of


def test_a_day_given_beside_the_file_must_be_covered_too(reader: CaseReader) -> None:
    with pytest.raises(AnswersError) as caught:
        reader.text(b"answers: {}\n", FILE, date(1999, 1, 1))

    assert ["answers.not_covered"] == [problem.key for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("lines", "questions"),
    [
        ("  counterparts: []\n", ["counterparts"]),
        ("  initiator: province\n  counterparts: [own_province]\n", ["counterparts", "initiator"]),
        ("  counterparts: [other_province]\n  region_count: 1\n", ["counterparts", "region_count"]),
    ],
)
def test_answers_that_cannot_stand_together_are_refused_with_their_questions(
    reader: CaseReader, lines: str, questions: list[str]
) -> None:
    error = _refusal(reader, ANSWERS + lines)

    assert isinstance(error, ContradictionError)
    assert questions == sorted(error.questions)
    assert ["answers.contradiction"] == [problem.key for problem in error.problems]
    last = lines.splitlines()[-1]
    place = Place(FILE, 2 + len(lines.splitlines()), last.index(": ") + 3)
    assert place == error.problems[0].place
    _assert_told(error.problems[0])


def test_every_contradiction_is_named_at_once(reader: CaseReader) -> None:
    lines = "  initiator: province\n  counterparts: [own_province, other_province]\n  region_count: 1\n"

    error = _refusal(reader, ANSWERS + lines)

    assert isinstance(error, ContradictionError)
    assert {"initiator", "counterparts", "region_count"} == set(error.questions)
    involved = [set(problem.values["questions"].split(", ")) for problem in error.problems]
    assert [{"initiator", "counterparts"}, {"counterparts", "region_count"}] == involved


def test_a_question_stands_once_among_those_that_contradict_each_other(reader: CaseReader) -> None:
    lines = "  initiator: province\n  counterparts: [own_province, other_province]\n  region_count: 1\n"

    error = _refusal(reader, ANSWERS + lines)

    assert isinstance(error, ContradictionError)
    assert len(set(error.questions)) == len(error.questions)


def test_an_unknown_answer_contradicts_nothing(reader: CaseReader) -> None:
    found = _answers(reader, "  counterparts: [other_province]\n  region_count: unknown\n")

    assert {"counterparts": ("other_province",)} == found
