"""The interview asks only what can still matter, and stops where nothing can."""

from __future__ import annotations

import random
from datetime import date

import pytest

from advisor.advice.conclusions import conclude
from advisor.inference.domain import Domain
from advisor.interview.interview import Interview
from advisor.interview.interviewer import Interviewer
from advisor.interview.session import Session
from advisor.interview.store import Saved
from advisor.interview.turn import Turn
from advisor.knowledge_base import Knowledge
from advisor.reasoning.entailment import Entailment
from advisor.understanding.reading import UNKNOWN, Answer
from conftest import DAYS
from pairs import differing_pair

PEOPLE = 2000
GROUPS = 40


class Person:
    """Somebody who answers at random, one question in seven with "tidak tahu"."""

    def __init__(self, seed: int) -> None:
        self.drawn = random.Random(seed)  # noqa: S311

    def answer(self, interviewer: Interviewer, session: Session, domain: Domain) -> Answer:
        if self.drawn.random() < 1 / 7:
            return UNKNOWN
        while True:
            answer = domain.decode(self.drawn.choice(domain.cells))
            if interviewer.allows(domain.id, answer, session):
                return answer


def _assert_it_can_matter(interviewer: Interviewer, turn: Turn, question: str) -> None:
    """Two completions that differ in this answer alone differ in an open conclusion."""
    day = interviewer.knowledge.on(turn.session.as_of)
    codes = interviewer.case(turn.session).codes
    gate = interviewer.library.roles.gate
    found = None
    for name in turn.touches[question]:
        pair = differing_pair(day, codes, {question}, name, gate)
        if pair is not None:
            one, other = (day.generated.run(row) for row in pair)
            found = name if one.values(name) != other.values(name) else found
    assert found is not None, question


def _assert_nothing_can_change(interviewer: Interviewer, turn: Turn) -> None:
    """At the stop line no completion of the questions that were not asked changes a conclusion."""
    day = interviewer.knowledge.on(turn.session.as_of)
    codes = interviewer.case(turn.session).codes
    gate = interviewer.library.roles.gate
    free = [question for question in interviewer.domains if question not in turn.session.given]
    for name in turn.conclusions:
        assert differing_pair(day, codes, free, name, gate) is None, name


@pytest.mark.heavy
@pytest.mark.parametrize("group", range(GROUPS))
def test_simulated_people_are_asked_only_what_matters_and_stop_where_nothing_does(
    group: int, knowledge: Knowledge
) -> None:
    for seed in range(group, PEOPLE, GROUPS):
        person = Person(seed)
        interviewer = Interviewer(knowledge)
        turn = interviewer.turn(Session(DAYS[seed % len(DAYS)]))
        while turn.question is not None:
            assert turn.question not in turn.session.given
            _assert_it_can_matter(interviewer, turn, turn.question)
            domain = interviewer.domains[turn.question]
            answer = person.answer(interviewer, turn.session, domain)
            turn = interviewer.turn(turn.session.answered(turn.question, answer))

        _assert_nothing_can_change(interviewer, turn)
        advice = conclude(knowledge, interviewer.case(turn.session))
        assert {name: advice[name] for name in turn.conclusions} == turn.conclusions


def _interviewed(knowledge: Knowledge, name: str, stage: str = "headline") -> tuple[Interviewer, Turn]:
    """Return the interview of a study case at its stop line; what the study does not say is not known."""
    case = knowledge.library.cases[name]
    interviewer = Interviewer(knowledge)
    turn = interviewer.turn(Session(case.as_of), stage)  # type: ignore[arg-type]
    while turn.question is not None:
        raw = case.answers.get(turn.question, UNKNOWN)
        answer: Answer = ("yes" if raw else "no") if isinstance(raw, bool) else raw
        turn = interviewer.turn(turn.session.answered(turn.question, answer), stage)  # type: ignore[arg-type]
    return interviewer, turn


@pytest.mark.parametrize("name", ["kartamantul", "barlingmascakeb", "wonosobo", "kedungsepur", "kunci-bersama"])
def test_the_cases_of_the_study_need_at_most_half_of_the_questions(name: str, knowledge: Knowledge) -> None:
    interviewer, turn = _interviewed(knowledge, name)

    assert len(turn.session.given) <= len(interviewer.domains) // 2


def test_kartamantul_ends_with_the_joint_secretariat_and_routine_dues(knowledge: Knowledge) -> None:
    _, turn = _interviewed(knowledge, "kartamantul")

    assert "joint_secretariat" == turn.conclusions["institutional_form"].value
    assert "routine_dues" == turn.conclusions["funding_scheme"].value


def test_the_diagnosis_goes_on_where_the_headline_stopped(knowledge: Knowledge) -> None:
    _, headline = _interviewed(knowledge, "kartamantul")
    _, diagnosis = _interviewed(knowledge, "kartamantul", "diagnosis")

    assert set(headline.session.given) < set(diagnosis.session.given)
    assert {"strengths", "risks"} <= set(diagnosis.conclusions)


def test_questions_come_topic_by_topic(knowledge: Knowledge) -> None:
    order = {q.id: topic.order for topic in knowledge.library.topics for q in topic.questions}
    for name in knowledge.library.cases:
        _, turn = _interviewed(knowledge, name)
        topics = [order[question] for question in turn.session.given]

        assert sorted(topics) == topics


def test_contradictory_options_are_not_offered(knowledge: Knowledge) -> None:
    interviewer = Interviewer(knowledge)
    session = Session(date(2024, 5, 31)).answered("initiator", "province")

    offer = interviewer.offer(session, "counterparts")

    assert "own_province" not in offer.options
    assert "regency_city_same_province" in offer.options


def test_a_number_is_bounded_by_the_other_answers(knowledge: Knowledge) -> None:
    interviewer = Interviewer(knowledge)
    session = Session(date(2024, 5, 31)).answered("counterparts", ("own_province", "other_province"))

    assert 3 == interviewer.offer(session, "region_count").low


def test_an_earlier_answer_may_change_and_only_what_contradicts_it_is_dropped(knowledge: Knowledge) -> None:
    interviewer = Interviewer(knowledge)
    session = (
        Session(date(2024, 5, 31))
        .answered("counterparts", ("regency_city_same_province",))
        .answered("bordering", "yes")
        .answered("region_count", 2)
    )

    wider = ("regency_city_same_province", "own_province", "other_province")
    changed, dropped = interviewer.changed(session, "counterparts", wider)

    assert ("region_count",) == dropped
    assert {"counterparts": wider, "bordering": "yes"} == changed.given


def test_going_back_keeps_later_answers_and_leads_on_again(knowledge: Knowledge) -> None:
    kept: list[Saved] = []
    interview = Interview(Interviewer(knowledge), Session(date(2024, 5, 31)), "try", kept.append)
    interview.answer(("regency_city_same_province",))
    second = interview.question
    interview.answer("regency")

    assert interview.back()
    assert second == interview.question
    assert interview.back()
    assert "counterparts" == interview.question
    assert not interview.back()
    interview.stay()
    assert interview.question not in interview.session.given
    assert 2 == len(kept)


def test_every_answer_is_kept_before_the_next_question(knowledge: Knowledge) -> None:
    kept: list[Saved] = []
    interview = Interview(Interviewer(knowledge), Session(date(2024, 5, 31)), "try", kept.append)
    for expected in range(1, 4):
        interview.answer(UNKNOWN)

        assert expected == len(kept)
        assert interview.session == kept[-1].session


def test_why_names_what_an_answer_would_rule_out_and_the_article(knowledge: Knowledge) -> None:
    interviewer, turn = _interviewed(knowledge, "kartamantul")
    before = interviewer.turn(turn.session.without("budgeted"))

    why = interviewer.why(before, "budgeted")

    assert ("dprd_approval",) == why.conclusions
    assert "pp50-2007:9" in why.cites
    gone = {effect.answer: effect.goes for effect in why.effects}
    assert {"yes": ("required",), "no": ("not_required",)} == gone


def test_an_entailment_that_follows_another_says_what_one_from_scratch_says(knowledge: Knowledge) -> None:
    day = knowledge.on(date(2024, 5, 31))
    names = tuple(knowledge.library.conclusions)
    drawn = random.Random(5)  # noqa: S311
    for _ in range(20):
        row = tuple(drawn.choice(domain.cells) for domain in day.program.domains)
        if day.generated.contradictions(row):
            continue
        known: dict[str, int] = {}
        last: Entailment | None = None
        for domain, code in drawn.sample(list(zip(day.program.domains, row, strict=True)), 12):
            known = {**known, domain.id: code}
            last = Entailment(knowledge.library, day, known, last)
            fresh = Entailment(knowledge.library, day, known)
            for name in names:
                assert set(fresh.depends_on(name)) == set(last.depends_on(name)), name
                assert fresh.range(name) == last.range(name)
