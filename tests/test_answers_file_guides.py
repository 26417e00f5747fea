"""What README and guide say of answers files holds: their examples are read, and every form they name is taken."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from advisor.inference.case import Case, CaseReader
from advisor.knowledge_base import Knowledge
from advisor.problem import AnswersError
from advisor.understanding.reading import Answer

ROOT = Path(__file__).parents[1]
GUIDE, README = ((ROOT / name).read_text("utf-8") for name in ("docs/panduan.md", "README.md"))
EXAMPLES = re.findall(r"(?ms)^```yaml\n(.*?)^```$", GUIDE) + re.findall(r"(?ms)^```yaml\n(.*?)^```$", README)
BY_ID = re.compile(r"initiator: regency")

FORMS: dict[str, tuple[str, Answer | None]] = {
    "solid_waste": ("sector", "solid_waste"),
    "Persampahan": ("sector", "solid_waste"),
    "Solid waste": ("sector", "solid_waste"),
    "jalan": ("sector", "roads"),
    "[]": ("bases", ()),
    "tidak ada": ("bases", ()),
    "ya": ("bordering", "yes"),
    "tidak": ("bordering", "no"),
    "yes": ("bordering", "yes"),
    "no": ("bordering", "no"),
    "tidak tahu": ("bordering", None),
    "belum tahu": ("sector", None),
    "unknown": ("bases", None),
    "3": ("region_count", 3),
}
"""What the guide says may be written, a question to which it is an answer, and the answer that it is."""


@pytest.fixture(scope="module")
def reader(knowledge: Knowledge) -> CaseReader:
    return CaseReader(knowledge.library, knowledge.rulebase)


def _case(reader: CaseReader, text: str) -> Case:
    return reader.text(text.encode(), "jawaban.yaml")


def test_the_examples_say_what_the_one_in_ids_says(reader: CaseReader) -> None:
    in_ids = next(example for example in EXAMPLES if BY_ID.search(example))
    in_labels = [example for example in EXAMPLES if "title:" in example]
    expected = _case(reader, in_ids)

    assert 2 == len(in_labels)
    for example in in_labels:
        case = _case(reader, example)
        # The guide has two regions where README has three.
        assert {**expected.answers, "region_count": case.answers["region_count"]} == case.answers
        assert (expected.as_of, "TPA bersama") == (case.as_of, case.title)
        assert ["Kabupaten A", "Kota B"] == [party.name for party in case.parties]
        assert {"sector": "menurut Dinas PU"} == case.notes


@pytest.mark.parametrize("written", FORMS)
def test_a_form_of_which_the_guide_tells_is_taken(written: str, reader: CaseReader) -> None:
    question, answer = FORMS[written]

    case = _case(reader, f"as_of: 2026-11-24\nanswers:\n  {question}: {written}\n")

    assert f"`{written}`" in GUIDE
    assert answer == case.answers.get(question)


@pytest.mark.parametrize("written", ["2026-11-24", "24/11/2026", "24-11-2026", "24 November 2026"])
def test_a_day_may_be_written_as_the_guide_says(written: str, reader: CaseReader) -> None:
    assert f"`{written}`" in GUIDE
    assert date(2026, 11, 24) == _case(reader, f"as_of: {written}\n").as_of


def test_a_question_may_be_named_as_the_guide_says(reader: CaseReader) -> None:
    for name in ("sector", "Bidang"):
        assert f"`{name}`" in GUIDE
        assert {"sector": "roads"} == _case(reader, f"answers: {{{name}: roads}}\n").answers


def test_what_the_guide_shows_as_unclear_is_refused_in_its_words(reader: CaseReader) -> None:
    source, _, shown = re.search(r"(?ms)^```yaml\n(answers:\n.*?)^```$(.*?)^```text\n(.*?)^```$", GUIDE).groups()

    with pytest.raises(AnswersError) as refused:
        _case(reader, source)

    assert shown == refused.value.in_language("id") + "\n"
