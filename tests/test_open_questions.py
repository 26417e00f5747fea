"""What has to be found out: exactly the questions on which open conclusions hang, and what answers settle."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest

from advisor.advice.conclusions import conclude
from advisor.inference.case import Party
from advisor.interview.interviewer import Interviewer
from advisor.interview.open_questions import open_questions_report
from advisor.interview.session import Session
from advisor.interview.turn import Wanted
from advisor.knowledge_base import Knowledge
from advisor.papers.text_writer import write_text
from advisor.report.wording import Wording
from advisor.text import LANGUAGES, Language
from advisor.understanding.reading import UNKNOWN, Answer
from pairs import differing_pair
from pseudo import finished, half_known

LEFT_OPEN = {
    "barlingmascakeb": ("initiator", "region_count"),
    "kartamantul": ("budgeted", "cost_sharing"),
    "wonosobo": ("activities", "region_count", "operating_party"),
}
"""For cases of the study, answers that somebody does not know."""


def _session(knowledge: Knowledge, case: str) -> Session:
    session = finished(knowledge, case)
    return replace(session, given={**session.given, **dict.fromkeys(LEFT_OPEN[case], UNKNOWN)})


cases = pytest.mark.parametrize("case", LEFT_OPEN)


@cases
def test_exactly_the_questions_are_named_whose_answers_can_change_an_open_conclusion(
    case: str, knowledge: Knowledge
) -> None:
    interviewer, session = Interviewer(knowledge), _session(knowledge, case)
    turn = interviewer.turn(session)
    day, codes, gate = knowledge.on(session.as_of), interviewer.case(session).codes, knowledge.library.roles.gate

    named = {one.question: one.conclusions for one in interviewer.wanted(turn)}

    hanging = {
        question: tuple(n for n in turn.conclusions if differing_pair(day, codes, {question}, n, gate) is not None)
        for question in interviewer.domains
        if question not in session.known
    }
    assert {question: names for question, names in hanging.items() if names} == named
    assert [question for question in knowledge.library.questions if question in named] == list(named)
    assert named


@cases
def test_exactly_what_an_answer_settles_is_said_of_it(case: str, knowledge: Knowledge) -> None:
    interviewer, session = Interviewer(knowledge), _session(knowledge, case)
    for one in interviewer.wanted(interviewer.turn(session)):
        told = {settled.answer: {c.id: c.value for c in settled.conclusions} for settled in one.settled}
        for answer in _answers(interviewer, session, one):
            case_with_it = interviewer.case(session.answered(one.question, answer))
            then = conclude(knowledge, case_with_it)
            expected = {name: then[name].value for name in one.conclusions if not then[name].open}
            assert expected == told.pop(answer, {}), (one.question, answer)
        assert {} == told


def _answers(interviewer: Interviewer, session: Session, one: Wanted) -> list[Answer]:
    """Return the answers of which it is said what they settle: every option alone, and numbers that differ."""
    question, offer = interviewer.library.questions[one.question], interviewer.offer(session, one.question)
    if question.type == "number":
        return [cell for cell in interviewer.domains[one.question].cells if offer.low <= cell <= offer.high]
    return [(option,) if question.type == "choices" else option for option in offer.options]


def test_working_it_out_leaves_the_interview_where_it_was(knowledge: Knowledge) -> None:
    interviewer, session = Interviewer(knowledge), _session(knowledge, "kartamantul")
    turn = interviewer.turn(session)

    first, second = interviewer.wanted(turn), interviewer.wanted(turn)

    assert first == second
    assert turn == interviewer.turn(session)


def _written(knowledge: Knowledge, session: Session, language: Language = "id") -> str:
    interviewer, stream = Interviewer(knowledge), io.StringIO()
    wanted = interviewer.wanted(interviewer.turn(session))
    write_text(open_questions_report(knowledge.library, session, wanted, language), stream, 100)
    return stream.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_can_be_sent_to_whoever_knows_the_answers(language: Language, knowledge: Knowledge) -> None:
    session = replace(half_known(knowledge), parties=(Party("Kota Solok"), Party("Kabupaten Solok")))
    interviewer, wording = Interviewer(knowledge), Wording(knowledge.library, language)
    wanted = interviewer.wanted(interviewer.turn(session))

    text = " ".join(_written(knowledge, session, language).split())

    numbered = re.findall(r"(?<= )([0-9]+)\. (?=[A-Z])", text)
    assert [str(number) for number in range(1, len(wanted) + 1)] == numbered
    for one in wanted:
        question = knowledge.library.questions[one.question]
        assert question.text.in_language(language) in text
        for settled in one.settled:
            for conclusion in settled.conclusions:
                value = f"{wording.conclusion(conclusion.id)}: {wording.value(conclusion.id, conclusion.value)}"
                assert value in text
        assert f"{session.notes[one.question]}" in text if one.question in session.notes else True
    for name in ("Kota Solok", "Kabupaten Solok", wording.day(session.as_of)):
        assert name in text
    assert {"id": "Catatan: 7", "en": "Note: 7"}[language] in text


def test_where_nothing_is_open_the_list_says_so(knowledge: Knowledge) -> None:
    text = " ".join(_written(knowledge, finished(knowledge, "kartamantul")).split())

    assert text.endswith("Tidak ada. Semua simpulan sudah ditentukan oleh jawaban yang ada.")
