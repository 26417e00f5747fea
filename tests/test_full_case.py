"""Full cases are read quickly and concluded all at once, and come out as each of them does alone."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.advice.as_data import conclusion_data
from advisor.advice.conclusions import conclude, era_of
from advisor.batch.full_case import FullCaseReader
from advisor.batch.lines import BatchOptions, LineAnswerer
from advisor.inference.case import CaseReader
from advisor.knowledge_base import Knowledge
from advisor.problem import AnswersError, ContradictionError, InputError
from conftest import DAYS
from rows import SEEDS, drawn_answers

pytestmark = pytest.mark.knowledge

Data = dict[str, Any]
CASES = 300
OPTIONS = BatchOptions(language="en", name="cases.jsonl")


@pytest.fixture(scope="module")
def quick(knowledge: Knowledge) -> FullCaseReader:
    """The reader of full cases."""
    return FullCaseReader(knowledge.library, knowledge.rulebase)


@pytest.fixture(scope="module")
def reader(knowledge: Knowledge) -> CaseReader:
    """The reader of all cases."""
    return CaseReader(knowledge.library, knowledge.rulebase)


@pytest.fixture
def answerer(knowledge: Knowledge) -> LineAnswerer:
    """What answers lines."""
    return LineAnswerer(knowledge, OPTIONS)


def _data(knowledge: Knowledge, seed: int) -> Data:
    """Return a full case as JSON writes it; its answers may contradict each other."""
    day = knowledge.on(DAYS[0])
    answers = zip(day.program.domains, drawn_answers(seed, day), strict=True)
    drawn = random.Random(seed)  # noqa: S311
    data = {
        "as_of": drawn.choice(DAYS).isoformat(),
        "answers": {domain.id: domain.decode(code) for domain, code in answers},
    }
    return dict(json.loads(json.dumps(data)))


def _expected(knowledge: Knowledge, reader: CaseReader, number: int, data: Data) -> Data:
    """Return the answer to a line, worked out without anything of the batch."""
    try:
        case = reader.data(data, f"{OPTIONS.name}:{number}")
        found = conclude(knowledge, case)
        era = era_of(knowledge, knowledge.on(case.as_of))
    except InputError as error:
        return {"line": number, "error": error.in_language("en")}
    conclusions = {name: conclusion_data(c, "en", explain=False) for name, c in found.items()}
    return {
        "line": number,
        **({} if case.id is None else {"id": case.id}),
        "as_of": case.as_of.isoformat(),
        "era": era,
        "unanswered": [],
        "conclusions": json.loads(json.dumps(conclusions)),
    }


def _answers(answerer: LineAnswerer, lines: list[bytes]) -> Iterator[Data]:
    for answer in answerer.answers(list(enumerate(lines, start=1))):
        data = json.loads(answer.text)
        assert answer.bad is ("error" in data)
        yield data


def test_many_full_cases_at_once_come_out_as_each_of_them_alone(
    knowledge: Knowledge, reader: CaseReader, answerer: LineAnswerer
) -> None:
    given_cases = [_data(knowledge, seed) for seed in range(CASES)]

    found = list(_answers(answerer, [json.dumps(data).encode() for data in given_cases]))

    assert [_expected(knowledge, reader, n, data) for n, data in enumerate(given_cases, start=1)] == found
    assert {"error", "conclusions"} < {key for line in found for key in line}
    assert {True, False} == {line["conclusions"]["admissible"]["value"] for line in found if "error" not in line}


def test_every_first_and_last_day_of_a_law_is_told_apart(
    knowledge: Knowledge, reader: CaseReader, answerer: LineAnswerer
) -> None:
    firsts = [first for first, _ in knowledge.stretches()]
    days = sorted({*firsts, *(first - timedelta(days=1) for first in firsts[1:]), date(2100, 1, 1)})
    case = next(
        data
        for seed in range(CASES)
        if (data := _data(knowledge, seed)) and _is_admissible(knowledge, reader, data)
    )
    given_cases = [case | {"as_of": day.isoformat()} for day in days]

    found = list(_answers(answerer, [json.dumps(data).encode() for data in given_cases]))

    assert [_expected(knowledge, reader, n, data) for n, data in enumerate(given_cases, start=1)] == found


@pytest.mark.parametrize("missing", ["operator", "era"])
def test_a_conclusion_without_a_value_spoils_the_lines_that_need_it_and_no_others(
    missing: str, knowledge: Knowledge, reader: CaseReader
) -> None:
    rules = tuple(rule for rule in knowledge.rulebase.rules if rule.heads[0][0] != missing)
    gap = Knowledge(knowledge.library, replace(knowledge.rulebase, rules=rules), knowledge.digest)
    given_cases = [_data(knowledge, seed) for seed in range(60)]

    found = list(_answers(LineAnswerer(gap, OPTIONS), [json.dumps(data).encode() for data in given_cases]))

    assert [_expected(gap, reader, n, data) for n, data in enumerate(given_cases, start=1)] == found
    assert any(missing in line.get("error", "") for line in found)


def _is_admissible(knowledge: Knowledge, reader: CaseReader, data: Data) -> bool:
    try:
        return conclude(knowledge, reader.data(data))["admissible"].value is True
    except ContradictionError:
        return False


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(0, 3)
    | st.floats(0, 3, width=16)
    | st.text(max_size=3)
    | st.sampled_from(
        ["yes", "no", "Ya", "tidak", "unknown", "Tidak tahu", "2024-05-31", "2024-02-30", "20240531"]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


@settings(max_examples=250)
@given(seed=SEEDS, drawn=st.randoms(use_true_random=False), value=JSON)
def test_whatever_is_read_quickly_is_read_the_same_slowly(
    seed: int,
    drawn: random.Random,
    value: Any,
    knowledge: Knowledge,
    reader: CaseReader,
    quick: FullCaseReader,
) -> None:
    data = _data(knowledge, seed)
    changed = drawn.choice([*data["answers"], *(["as_of", "id", "title", "answers", "more"] * 3)])
    inside = data["answers"] if changed in data["answers"] else data
    inside[changed] = value

    found = quick.case(data)

    try:
        case = reader.data(data)
    except ContradictionError:
        return
    except AnswersError:
        assert found is None
        return
    if found is not None:
        row = tuple(case.codes[domain.id] for domain in knowledge.rulebase.domains)
        assert (case.as_of, row, case.id) == found


@given(seed=SEEDS)
def test_a_full_case_without_anything_unusual_is_read_quickly(
    seed: int, knowledge: Knowledge, quick: FullCaseReader
) -> None:
    data = _data(knowledge, seed)
    spoken = {"yes": True, "no": False}
    answers = {name: spoken.get(a, a) if isinstance(a, str) else a for name, a in data["answers"].items()}

    assert quick.case(data) is not None
    assert quick.case(data) == quick.case(data | {"answers": answers})


def test_an_open_question_a_tuple_and_true_for_one_are_left_to_the_other_reader(
    knowledge: Knowledge, quick: FullCaseReader
) -> None:
    data = _data(knowledge, 1)

    for name, value in {"sector": None, "counterparts": ("private_company",), "region_count": True}.items():
        assert quick.case(data | {"answers": data["answers"] | {name: value}}) is None
    assert quick.case(data | {"answers": {n: a for n, a in data["answers"].items() if n != "sector"}}) is None


ODD = {
    "a question that stands twice": (b'"initiator":', b'"initiator": "city", "initiator":'),
    "a day that stands twice": (b'"as_of":', b'"as_of": "2024-05-31", "as_of":'),
    "answers that stand twice": (b'"answers":', b'"answers": {}, "answers":'),
    "an escaped key that stands twice": (b'"initiator":', b'"initi\\u0061tor": "city", "initiator":'),
    "a number with a point": (b'"region_count": 3', b'"region_count": 3.0'),
    "a number with a power": (b'"region_count": 3', b'"region_count": 3e0'),
    "a colon in the title": (b'"as_of":', b'"title": "A: b", "as_of":'),
    "an escaped option": (b'"roads"', b'"ro\\u0061ds"'),
    "half a character in the id": (b'"as_of":', b'"id": "\\ud800", "as_of":'),
    "an id of 30 digits": (b'"as_of":', b'"id": ' + b"9" * 30 + b', "as_of":'),
    "blanks around": (b'{"as_of":', b' \t {\t"as_of"\n:'),
    "another encoding": (b"", b""),
}


@pytest.mark.parametrize(("old", "new"), ODD.values(), ids=ODD)
def test_a_line_that_is_written_oddly_is_answered_as_python_reads_it(
    old: bytes, new: bytes, knowledge: Knowledge, reader: CaseReader, answerer: LineAnswerer
) -> None:
    data = _data(knowledge, 1)
    data["answers"] |= {"region_count": 3, "sector": "roads", "counterparts": ["private_company"]}
    plain = json.dumps(data).encode()
    line = plain.replace(old, new) if old else plain.decode().encode("utf-16")
    assert line != plain

    (found,) = _answers(answerer, [line])

    pairs: list[list[str]] = []
    json.loads(line, object_pairs_hook=lambda pairs_of_one: pairs.append([key for key, _ in pairs_of_one]))
    if any(len(keys) > len(set(keys)) for keys in pairs):
        assert "stands twice" in found["error"]
    else:
        assert _expected(knowledge, reader, 1, json.loads(line)) == found
