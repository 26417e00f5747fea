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
from advisor.interview.turn import Stage, Turn
from advisor.knowledge_base import Knowledge
from advisor.reasoning.entailment import Entailment
from advisor.understanding.reading import UNKNOWN, Answer
from conftest import DAYS
from pairs import differing_pair

pytestmark = pytest.mark.knowledge

PEOPLE = 2000
GROUPS = 20
"""So few that in each of them the mean says something."""

MEAN, MOST = 9.8 + 3, 24 + 3
"""How many questions a headline may need: what random people needed before the hints came, and three more."""

CASES = ("kartamantul", "barlingmascakeb", "wonosobo", "kedungsepur", "kunci-bersama")
FIRST = ("initiator", "sector", "activities", "operating_party", "counterparts")
DPRD_BURDENS = ("charges_users", "burdens_budget", "burdens_public", "budgeted")


class Person:
    """Somebody who answers at random, one question in seven (or as many as stated) with "tidak tahu"."""

    def __init__(self, seed: int, unknown: float = 1 / 7) -> None:
        self.drawn = random.Random(seed)  # noqa: S311
        self.unknown = unknown

    def answer(self, interviewer: Interviewer, session: Session, domain: Domain) -> Answer:
        if self.drawn.random() < self.unknown:
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
    for name in turn.touches[question]:
        pair = differing_pair(day, codes, {question}, name, gate)
        if pair is not None:
            one, other = (day.generated.run(row) for row in pair)
            if one.values(name) != other.values(name):
                return
    pytest.fail(question)


def _assert_nothing_can_change(interviewer: Interviewer, turn: Turn) -> None:
    """At the stop line no completion of the questions that were not asked changes a conclusion, or a detail."""
    day = interviewer.knowledge.on(turn.session.as_of)
    codes = interviewer.case(turn.session).codes
    gate = interviewer.library.roles.gate
    free = [question for question in interviewer.domains if question not in turn.session.given]
    for name in (*turn.conclusions, *interviewer.details):
        assert differing_pair(day, codes, free, name, gate) is None, name


def _asked_at_random(interviewer: Interviewer, person: Person, day: date) -> Turn:
    """Return the turn at which the headline of a person stands."""
    turn = interviewer.turn(Session(day))
    while turn.question is not None:
        answer = person.answer(interviewer, turn.session, interviewer.domains[turn.question])
        turn = interviewer.turn(turn.session.answered(turn.question, answer))
    return turn


@pytest.mark.heavy
@pytest.mark.parametrize("group", range(GROUPS))
def test_simulated_people_are_asked_little_only_what_matters_and_stop_where_nothing_does(
    group: int, knowledge: Knowledge
) -> None:
    counts = []
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
        counts.append(len(turn.session.given))

    assert sum(counts) / len(counts) <= MEAN
    assert max(counts) <= MOST


def _interviewed(knowledge: Knowledge, name: str, stage: Stage = "headline") -> tuple[Interviewer, Turn]:
    """Return the interview of a study case at its stop line; what the study does not say is not known."""
    case = knowledge.library.cases[name]
    interviewer = Interviewer(knowledge)
    turn = interviewer.turn(Session(case.as_of), stage)
    while turn.question is not None:
        raw = case.answers.get(turn.question, UNKNOWN)
        answer: Answer = ("yes" if raw else "no") if isinstance(raw, bool) else raw
        turn = interviewer.turn(turn.session.answered(turn.question, answer), stage)
    return interviewer, turn


@pytest.mark.parametrize("name", CASES)
def test_the_cases_of_the_study_need_at_most_half_of_the_questions(name: str, knowledge: Knowledge) -> None:
    interviewer, turn = _interviewed(knowledge, name)

    assert len(turn.session.given) <= len(interviewer.domains) // 2 <= MOST


@pytest.mark.parametrize("name", CASES)
def test_at_the_end_of_the_headline_nothing_can_change_it_or_the_legal_basis(
    name: str, knowledge: Knowledge
) -> None:
    interviewer, turn = _interviewed(knowledge, name)

    assert ("basis",) == interviewer.details
    _assert_nothing_can_change(interviewer, turn)


@pytest.mark.parametrize("seed", [1, 7, 11])
def test_where_everything_that_is_asked_is_known_the_legal_basis_is_known_with_the_headline(
    seed: int, knowledge: Knowledge
) -> None:
    interviewer = Interviewer(knowledge)
    turn = _asked_at_random(interviewer, Person(seed, unknown=0), date(2026, 1, 1))
    day = knowledge.on(turn.session.as_of)
    entailment = Entailment(knowledge.library, day, interviewer.case(turn.session).codes)

    assert turn.conclusions["admissible"].value
    assert {True} == set(entailment.elements("basis").values())
    assert () == entailment.depends_on("basis")


def test_the_first_questions_are_who_starts_it_in_which_field_what_for_and_with_whom(knowledge: Knowledge) -> None:
    interviewer = Interviewer(knowledge)
    given: dict[str, Answer] = {"activities": ("operate_service",)}
    turn = interviewer.turn(Session(date(2026, 1, 1)))
    while len(turn.session.given) < len(FIRST):
        question = str(turn.question)
        answer = given.get(question, interviewer.offer(turn.session, question).options[0])
        turn = interviewer.turn(turn.session.answered(question, answer))

    assert FIRST == tuple(turn.session.given)


def test_questions_are_asked_in_the_order_in_which_the_knowledge_has_them(knowledge: Knowledge) -> None:
    order = list(knowledge.library.questions)
    interviewer, turn = _interviewed(knowledge, "kartamantul", "diagnosis")
    given = list(turn.session.given)

    assert sorted(given, key=order.index) == given
    for count in (0, 4, 20):
        asking = interviewer.turn(turn.session.without(*given[count:]), "diagnosis").asking
        assert asking
        assert sorted(asking, key=order.index) == list(asking)


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
    first = interview.question
    interview.answer("regency")
    second = interview.question
    interview.answer("solid_waste")

    assert interview.back()
    assert second == interview.question
    assert interview.back()
    assert first == interview.question
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


def test_why_cites_the_law_also_where_a_judgement_stands_between_it_and_the_question(knowledge: Knowledge) -> None:
    interviewer = Interviewer(knowledge)
    region = Session(date(2026, 1, 1), {"initiator": "regency", "counterparts": ("regency_city_same_province",)})

    cites = {question: interviewer.why(interviewer.turn(region), question).cites for question in DPRD_BURDENS}

    assert all("pp28-2018:6-2" in cited for cited in cites.values()), cites
    assert all(cited == tuple(dict.fromkeys(cited)) for cited in cites.values())


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
