"""What reports, explanations and lists of cases and questions say comes from a catalogue."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from advisor.advice.advising import advise
from advisor.advice.as_data import advice_data
from advisor.inference.case import CaseReader
from advisor.knowledge_base import Knowledge
from advisor.papers.text_writer import write_text
from advisor.problem import ContradictionError
from advisor.report.advice_report import advice_report
from advisor.report.blank_answers import write_blank_answers
from advisor.report.case_report import case_list_report, case_report
from advisor.report.memo import memo
from advisor.report.question_report import question_report
from advisor.text import LANGUAGES, Language
from advisor.understanding.reading import UNKNOWN
from pseudo import (
    ANSWERS_FILE,
    CASES,
    DAY,
    WIDE,
    Said,
    answers_of,
    in_a_report,
    names,
    stray,
)
from snapshots import texts as explanations

pytestmark = pytest.mark.knowledge


def _report_data(knowledge: Knowledge, name: str) -> dict[str, Any]:
    """Return the answers of a case, or no answers, or such as make the cooperation inadmissible."""
    if name == "nothing answered":
        return {"as_of": DAY, "answers": {}}
    case = knowledge.library.cases["kartamantul" if name == "inadmissible" else name]
    if name == "inadmissible":
        # After the day to which the law was read, so that this is said too.
        refused = {"in_development_plan": "no", "plan_exceptions": []}
        return {"as_of": date(2030, 1, 1), "answers": answers_of(case) | refused}
    return {"as_of": case.as_of, "title": "2024", "answers": answers_of(case)}


SENTENCES = {"text", "title", "label", "contents", "actor", "output", "deadline", "outcome", "lesson"}
"""Where the advice as data has texts; all else in it are ids, in every language the same, for other programs."""


def _sentences(data: Any, key: str = "") -> Iterator[str]:
    if isinstance(data, dict):
        for name, value in data.items():
            yield from _sentences(value, name)
    elif isinstance(data, list):
        for value in data:
            yield from _sentences(value, key)
    elif isinstance(data, str) and key in SENTENCES:
        yield data


@pytest.mark.parametrize("name", [*CASES, "nothing answered", "inadmissible"])
def test_a_report_says_nothing_that_is_not_in_a_catalogue(name: str, said: Said, knowledge: Knowledge) -> None:
    advice = advise(knowledge, _report_data(knowledge, name))

    for language in LANGUAGES:
        for document in (
            advice_report(knowledge.library, advice, language),
            memo(knowledge.library, advice, language),
        ):
            stream = io.StringIO()
            write_text(document, stream, WIDE)
            assert [] == stray(stream.getvalue(), language, in_a_report(knowledge))
        assert [] == stray("\n".join(_sentences(advice_data(advice, language))), language)
    assert {"report.title", "report.digest", f"day.{advice.as_of.month}"} <= said.keys_said


def test_explanations_say_nothing_that_is_not_in_a_catalogue(said: Said, knowledge: Knowledge) -> None:
    for name, text in explanations(knowledge):
        language: Language = "en" if name.endswith(".en.txt") else "id"
        # The views that are compared are called by letters, and by the titles that people gave them.
        letters = {"A", "B"} if ".compare." in name else set()
        assert [] == stray(text, language, in_a_report(knowledge) | letters), name
    assert {
        "explain.way",
        "explain.from_step",
        "explain.duel",
        "explain.reach_size",
        "explain.before",
    } <= said.keys_said


def test_every_case_of_the_study_is_reported(knowledge: Knowledge) -> None:
    assert set(CASES) == set(knowledge.library.cases)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_cases_of_the_study_are_shown_in_words_of_a_catalogue(
    language: Language, said: Said, knowledge: Knowledge
) -> None:
    library = knowledge.library
    stream = io.StringIO()
    write_text(case_list_report(library, language), stream, WIDE)
    for case in library.cases.values():
        write_text(case_report(library, case, language), stream, WIDE)

    # The id of a case is what a person writes to see it.
    allowed = {*names(library), *(f"{case.id} –" for case in library.cases.values())}
    assert [] == stray(stream.getvalue(), language, allowed)
    assert {"cases.title", "cases.printed", "cases.threats", "cases.abroad"} <= said.keys_said


@pytest.mark.usefixtures("said")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_questions_are_shown_in_words_of_a_catalogue(language: Language, knowledge: Knowledge) -> None:
    library = knowledge.library
    shown, blank = io.StringIO(), io.StringIO()
    write_text(question_report(library, language), shown, WIDE)
    write_blank_answers(library, language, blank)

    # Each question stands under its id, each option beside its own: so they are written in an answers file.
    ids = {*library.questions, *(option for q in library.questions.values() for option in q.option_ids)}
    assert [] == stray(shown.getvalue(), language, ids)
    unanswered = {f"{question}: {UNKNOWN}" for question in library.questions}
    options = {f"{option} –" for question in library.questions.values() for option in question.option_ids}
    assert [] == stray(blank.getvalue(), language, ANSWERS_FILE | unanswered | options)


@pytest.mark.usefixtures("said")
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_contradiction_says_is_in_the_language_asked_for(language: Language, knowledge: Knowledge) -> None:
    answers = {"counterparts": [], "initiator": "province"}

    with pytest.raises(ContradictionError) as refused:
        CaseReader(knowledge.library, knowledge.rulebase).data({"answers": answers})

    # A finding names its file and the questions by their ids, as the file does.
    assert [] == stray(refused.value.in_language(language), language, {"answers:", "counterparts"})
