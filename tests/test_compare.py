"""Compare: a difference matters exactly where it can change something among the views."""

from __future__ import annotations

import io
import itertools

import pytest

from advisor.explain.compare import compare
from advisor.explain.what_if import what_if
from advisor.inference.case import Case
from advisor.knowledge_base import Knowledge
from advisor.papers.text_writer import write_text
from advisor.report.compare_report import comparison_report
from advisor.report.what_if_report import what_if_report
from advisor.report.wording import Wording
from advisor.text import LANGUAGES, Language
from conftest import DAYS
from explained import case_of, chance
from rows import drawn_answers

pytestmark = pytest.mark.knowledge


def test_a_difference_matters_exactly_where_it_can_change_something_among_the_views(knowledge: Knowledge) -> None:
    day = knowledge.on(DAYS[-1])
    for seed in range(12):
        first = drawn_answers(seed * 7, day)
        second = drawn_answers(seed * 7 + 1, day)
        drawn = chance(seed)
        rows = [row for row in (first, second) if not day.generated.contradictions(row)]
        if len(rows) < 2:
            continue
        differing = drawn.sample([d.id for d in day.program.domains], 5)
        place = day.program.position
        mixed = tuple(second[i] if d.id in differing else first[i] for i, d in enumerate(day.program.domains))
        if day.generated.contradictions(mixed):
            continue
        cases = [
            Case(DAYS[-1], {d.id: d.decode(row[i]) for i, d in enumerate(day.program.domains)},
                 {d.id: row[i] for i, d in enumerate(day.program.domains)})
            for row in (first, mixed)
        ]  # fmt: skip

        told = compare(knowledge, cases, ["a", "b"])

        expected: dict[str, set[str]] = {}
        options = [sorted({first[place[q]], mixed[place[q]]}) for q in differing]
        mixtures = [dict(zip(differing, codes, strict=True)) for codes in itertools.product(*options)]
        for mixture, question in itertools.product(mixtures, differing):
            results = []
            for code in {first[place[question]], mixed[place[question]]}:
                row = tuple(
                    {**mixture, question: code}.get(d.id, first[i]) for i, d in enumerate(day.program.domains)
                )
                if not day.generated.contradictions(row):
                    results.append(day.generated.run(row))
            for name in knowledge.library.conclusions:
                gated = [r for r in results if name == "admissible" or r.holds(("admissible", "yes"))]
                if len({r.values(name) for r in gated}) > 1:
                    expected.setdefault(question, set()).add(name)
        found = {row.question: set(row.matters) for row in told.answers if row.matters}
        assert expected == found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_that_is_open_is_told_by_its_elements_and_not_by_what_they_may_stand_beside(
    language: Language, knowledge: Knowledge
) -> None:
    answers = [{"initiator": "city"}, {"initiator": "regency", "sector": "roads"}]
    cases = [case_of(knowledge, {"as_of": "2026-01-01", "answers": given}) for given in answers]
    compared, tried = io.StringIO(), io.StringIO()

    report = comparison_report(knowledge, compare(knowledge, cases, ["a", "b"]), language)
    write_text(report, compared, 10_000)
    report = what_if_report(knowledge, cases[0], what_if(knowledge, cases[0], {"sector": "roads"}), language)
    write_text(report, tried, 10_000)

    wording = Wording(knowledge.library, language)
    labels = [wording.value("risks", value) for value in knowledge.library.values("risks")]
    for told in (compared, tried):
        lines = [line for line in told.getvalue().splitlines() if labels[0] in line]
        assert [] != lines
        assert [] == [line for line in lines for label in labels if line.count(label) > 1]


def test_the_day_of_signing_can_be_the_difference_that_matters(knowledge: Knowledge) -> None:
    answers = {"counterparts": ["regency_city_same_province"], "initiator": "city"}
    cases = [case_of(knowledge, {"as_of": day, "answers": answers}) for day in ("2013-06-01", "2026-01-01")]

    told = compare(knowledge, cases, ["old", "new"])

    assert "kinds" in told.day_matters
    assert not any(row.differs for row in told.answers)
