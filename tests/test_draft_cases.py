"""Drafts of every study case and of random cases: nothing unfilled, no ids, no English, whole files."""

from __future__ import annotations

import random
import re
from datetime import date, timedelta
from io import BytesIO
from itertools import islice
from typing import Any

import docx
import pytest

from advisor.inference.case import Case, CaseReader
from advisor.knowledge_base import Knowledge
from advisor.papers.document import TO_FILL, Document
from advisor.papers.docx_writer import docx_of
from advisor.papers.passages import places_to_fill
from advisor.papers.pictures import day_text
from advisor.problem import AnswersError
from drafting import ADMISSIBLE, WITH, A, B, C, case_of, drafts_of, lines_of, text_of

pytestmark = pytest.mark.knowledge

ENGLISH = re.compile(
    r"\b(the|is|are|not|with|and|for|this|that|of|which|yes|no|none|region|party|agreement)\b", re.I
)
NAMED = re.compile(r"[{}]|\b[a-z]+(_[a-z]+)+\b|\b[a-z]+\d+-\d{4}:")
"""A place that nothing has filled, the id of an option or a fact, or that of an article."""

HOSTILE = {
    "markup": "<w:p>&amp; <script>alert(1)</script> ]]>",
    "emoji": "Kota 👩‍👩‍👧 Ümlaut",
    "long": "Kabupaten " + "x" * 10_000,
    "controls": "Kota \x00\x07\x1b[31m\x9b\ufffe\ud800 A",
    "direction": "Kota \u202eA\u2066B\u200f",
    "lines": "Kota\nA\tB\r\nC",
    "braces": "Kota {sector} {{}} {0}",
    "marks": "Kota [……] [pilihan]",
}


def _assert_sound(document: Document) -> None:
    text = text_of(document)
    assert [] == NAMED.findall(text), text
    assert [] == ENGLISH.findall(text), text


def _answers(knowledge: Knowledge, chance: random.Random, share: float) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, question in knowledge.library.questions.items():
        if chance.random() > share:
            continue
        match question.type:
            case "number":
                found[name] = chance.randint(question.min or 0, min(question.max or 0, 9))
            case "choices":
                found[name] = [option for option in question.option_ids if chance.random() < 0.3]
            case _:
                found[name] = chance.choice(question.option_ids)
    return found


def _random_case(knowledge: Knowledge, seed: int) -> Case:
    """Return a case of which some answers are known; most of those that keep it from going ahead are left out."""
    chance = random.Random(seed)  # noqa: S311
    while True:
        answers = _answers(knowledge, chance, chance.choice([0.2, 0.5, 0.8, 1.0]))
        answers |= {"within_authority": "yes", "lawful_object": "yes", "in_development_plan": "yes"}
        day = date(2007, 8, 22) + timedelta(days=chance.randrange(7_000))
        try:
            return case_of(knowledge, day, answers)
        except AnswersError:
            continue


@pytest.mark.parametrize("day", [A, B, C])
@pytest.mark.parametrize("name", ["barlingmascakeb", "kartamantul", "kedungsepur", "kunci-bersama", "wonosobo"])
def test_the_drafts_of_a_study_case_are_sound_under_every_law(name: str, day: date, knowledge: Knowledge) -> None:
    given = knowledge.library.cases[name].answers
    case = case_of(knowledge, day, {n: list(v) if isinstance(v, tuple) else v for n, v in given.items()})
    drafts = drafts_of(knowledge, case)

    assert drafts
    for _, document in drafts:
        _assert_sound(document)


@pytest.mark.parametrize("seed", [*range(3), *(pytest.param(n, marks=pytest.mark.heavy) for n in range(3, 20))])
def test_the_drafts_of_random_cases_are_sound(seed: int, knowledge: Knowledge) -> None:
    for case in (_random_case(knowledge, 5 * seed + more) for more in range(5)):
        for _, document in drafts_of(knowledge, case):
            _assert_sound(document)


@pytest.mark.heavy
def test_random_cases_call_for_every_kind_of_draft_but_one_or_two(knowledge: Knowledge) -> None:
    drafts = [
        draft.drafted.of for seed in range(100) for draft, _ in drafts_of(knowledge, _random_case(knowledge, seed))
    ]
    every = {drafted.of for file in knowledge.library.drafts for drafted in file.documents}

    # A random case seldom is a lasting cooperation with a body of its own.
    assert len(every - set(drafts)) <= 4, every - set(drafts)


@pytest.mark.heavy
@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_no_name_breaks_a_file(name: str, knowledge: Knowledge) -> None:
    word = HOSTILE[name]
    parties = [{"name": word, "kind": word, "signatory": word, "office": word}, {"name": word}]
    given = knowledge.library.cases["kartamantul"].answers
    answers = {n: list(v) if isinstance(v, tuple) else v for n, v in given.items()}
    case = case_of(knowledge, C, answers, title=word, parties=parties)

    for _, document in drafts_of(knowledge, case):
        found = docx.Document(BytesIO(docx_of(document)))
        shown = "\n".join(paragraph.text for paragraph in found.paragraphs)
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\u2066\u200f]", shown)


def test_a_comment_stands_at_every_place_to_fill_in(knowledge: Knowledge) -> None:
    given = knowledge.library.cases["barlingmascakeb"].answers
    answers = {n: list(v) if isinstance(v, tuple) else v for n, v in given.items()}
    case = case_of(knowledge, C, answers)
    documents = [document for _, document in drafts_of(knowledge, case)]

    assert documents
    for document in documents:
        found = docx.Document(BytesIO(docx_of(document)))
        anchored = re.findall(r"commentRangeStart w:id=\"(\d+)\"", found.element.xml)
        assert sorted(anchored) == sorted(str(comment.comment_id) for comment in found.comments)
        assert [place.comment for place in places_to_fill(document)] == [c.text for c in found.comments]
        assert text_of(document).count(TO_FILL) - 1 <= len(anchored)  # the notice names the sign itself


def test_the_same_draft_is_the_same_file(knowledge: Knowledge) -> None:
    given = knowledge.library.cases["wonosobo"].answers
    answers = {n: list(v) if isinstance(v, tuple) else v for n, v in given.items()}
    case = case_of(knowledge, C, answers)

    for (_, first), (_, second) in zip(drafts_of(knowledge, case), drafts_of(knowledge, case), strict=True):
        assert docx_of(first) == docx_of(second)


def test_what_open_answers_decide_stands_there_as_an_option_with_what_it_waits_for(knowledge: Knowledge) -> None:
    given = knowledge.library.cases["kartamantul"].answers
    answers = {n: list(v) if isinstance(v, tuple) else v for n, v in given.items()}
    assert "in_development_plan" not in answers
    drafts = drafts_of(knowledge, case_of(knowledge, C, answers))
    (document,) = [document for draft, document in drafts if draft.drafted.of == "agreement_between_regions"]

    options = [line for line in lines_of(document) if "[pilihan]" in line]
    comments = [place.comment for place in places_to_fill(document) if place.text == "[pilihan]"]

    assert ["tercantum dalam rencana", "belum tercantum dalam rencana"] == [
        re.search(r"(belum )?tercantum dalam rencana", line).group()  # type: ignore[union-attr]
        for line in islice(options, 2)
    ]
    assert all("Tercantum dalam RPJMD/RKPD" in comment for comment in comments[:2])


@pytest.mark.parametrize("day", [A, C])
@pytest.mark.parametrize(
    "so_far", [None, "none", "handshake", "draft_written", "memorandum_signed", "signed_written"]
)
def test_what_leads_to_a_memorandum_is_not_drafted_once_it_is_signed(
    so_far: str | None, day: date, knowledge: Knowledge
) -> None:
    answers = {**ADMISSIBLE, **WITH["region"], **({"agreement": so_far} if so_far else {})}
    drafted = {draft.drafted.of for draft, _ in drafts_of(knowledge, case_of(knowledge, day, answers))}

    before = {"offer_letter", "plan_and_analysis", "joint_memorandum", "terms_of_reference"} & drafted
    assert bool(before) == (so_far not in ("memorandum_signed", "signed_written"))
    assert {"agreement_eight_items", "agreement_between_regions"} & drafted


def test_a_day_that_nobody_named_stands_in_no_draft(knowledge: Knowledge) -> None:
    reader = CaseReader(knowledge.library, knowledge.rulebase)
    answers = {**ADMISSIBLE, **WITH["region"]}
    named, assumed = reader.data({"as_of": date.today(), "answers": answers}), reader.data({"answers": answers})
    month = day_text(date.today(), "id").split()[1]

    for case, stands in ((named, True), (assumed, False)):
        (agreement,) = [d for draft, d in drafts_of(knowledge, case) if draft.drafted.of.startswith("agreement")]
        (opening,) = [line for line in lines_of(agreement) if line.startswith("Pada hari ini")]
        assert stands == (month in opening), opening
