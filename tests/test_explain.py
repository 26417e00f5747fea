"""Explanations: what they name decides, what they change changes, and what they call smallest is smallest."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from advisor.explain.barrier import Barrier
from advisor.explain.derivation import Absent, Either, Given, Node, Step, Supposed, steps_up
from advisor.explain.reach import Reach, reach
from advisor.explain.situation import Situation

from advisor.advice.advising import advise
from advisor.advice.conclusions import conclude
from advisor.explain.compare import compare
from advisor.explain.how import How, how
from advisor.explain.target import Target, read_target
from advisor.explain.what_if import read_changes, what_if
from advisor.explain.why_not import WhyNot, why_not
from advisor.inference.case import Case, CaseReader
from advisor.inference.domain import Answer
from advisor.knowledge_base import Knowledge
from advisor.problem import AnswersError
from conftest import DAYS
from rows import drawn_answers

CASES = 1000
GROUPS = 40


def _random(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311


def _drawn(seed: int, knowledge: Knowledge) -> Case:
    """Return a case with random answers, of which up to a third are left open."""
    as_of = DAYS[seed % len(DAYS)]
    day = knowledge.on(as_of)
    for attempt in itertools.count():
        row = drawn_answers(seed + attempt * CASES, day)
        if not day.generated.contradictions(row):
            break
    drawn = _random(seed)
    open_share = drawn.choice((0, 0, 0.1, 0.3))
    pairs = zip(day.program.domains, row, strict=True)
    known = [(domain, code) for domain, code in pairs if drawn.random() >= open_share]
    answers = {domain.id: domain.decode(code) for domain, code in known}
    return Case(as_of, answers, {domain.id: code for domain, code in known})


def _study_case(knowledge: Knowledge, name: str) -> Case:
    case = knowledge.library.cases[name]
    return _case(knowledge, {"as_of": case.as_of, "answers": _listed(case.answers)})


def _case(knowledge: Knowledge, data: Any) -> Case:
    return CaseReader(knowledge.library, knowledge.rulebase).data(data)


def _listed(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {q: list(a) if isinstance(a, tuple) else a for q, a in answers.items()}


def _changed(knowledge: Knowledge, case: Case, answers: Mapping[str, Answer]) -> Case:
    return _case(knowledge, {"as_of": case.as_of, "answers": _listed({**case.answers, **answers})})


def _targets(knowledge: Knowledge) -> list[Target]:
    names = knowledge.library.conclusions
    return [Target(name, value) for name in names for value in knowledge.library.values(name)]


def _has(knowledge: Knowledge, case: Case, target: Target) -> bool:
    """Whether a target certainly comes out."""
    found = conclude(knowledge, case)[target.conclusion]
    if target.conclusion == knowledge.library.conclusion_file.gate:
        return found.value is (target.value == "yes")
    if found.possible is None:
        return target.value in found.certain
    values = [value if isinstance(value, tuple) else (value,) for value in found.possible]
    return bool(values) and all(target.value in value for value in values)


# -- reach --------------------------------------------------------------------------------------------------


def _can_reach_with(situation: Situation, target: Target, questions: tuple[str, ...]) -> bool:
    """Whether other answers to these questions alone can reach a target (for a case that is answered in full)."""
    kept = {q: code for q, code in situation.case.codes.items() if q not in questions}
    literal = situation.sat.literal(target.atom)
    return situation.sat.completion(kept, [*situation.scope(target.conclusion), literal]) is not None


def _assert_reached(knowledge: Knowledge, case: Case, found: Reach) -> None:
    for change in found.changes:
        assert len(change.answers) == found.size
        assert _has(knowledge, _changed(knowledge, case, change.answers), found.target)
        controls = {knowledge.library.questions[question].control for question in change.answers}
        assert change.controllable is ("given" not in controls)
    order = [change.controllable for change in found.changes]
    assert sorted(order, reverse=True) == order
    assert len(set(map(repr, found.changes))) == len(found.changes)


def _assert_nothing_smaller(knowledge: Knowledge, case: Case, found: Reach) -> None:
    """Brute force: no set of up to two questions that is smaller than what was found reaches the target."""
    situation = Situation(knowledge, case)
    size = len(case.codes) + 1 if found.size is None else found.size
    for fewer in range(min(size, 3)):
        for questions in itertools.combinations(case.codes, fewer):
            assert not _can_reach_with(situation, found.target, questions), questions


@pytest.mark.heavy
@pytest.mark.parametrize("group", range(GROUPS))
def test_a_change_that_is_named_reaches_the_target_and_nothing_smaller_does(
    group: int, knowledge: Knowledge
) -> None:
    for seed in range(group, CASES, GROUPS):
        case = _drawn(seed, knowledge)
        target = _random(seed).choice(_targets(knowledge))

        found = reach(knowledge, case, target)

        _assert_reached(knowledge, case, found)
        if len(case.codes) == len(knowledge.library.questions):
            _assert_nothing_smaller(knowledge, case, found)
        if found.size is None:
            assert found.barriers
            assert not Situation(knowledge, case).possible(target.atom, target.conclusion, {})


@pytest.mark.parametrize("name", ["kartamantul", "kunci-bersama"])
def test_every_value_of_every_conclusion_is_reached_from_a_study_case_or_proved_impossible(
    name: str, knowledge: Knowledge
) -> None:
    case = _study_case(knowledge, name)
    for target in _targets(knowledge):
        found = reach(knowledge, case, target, most=3)

        _assert_reached(knowledge, case, found)
        assert (found.size is None) is bool(found.barriers)


def test_kartamantul_needs_a_formula_and_a_budget_of_its_own_to_become_a_body(knowledge: Knowledge) -> None:
    # PP 50/2007 Article 24 and the study: a body needs an agreed formula; its own budget is what a body adds.
    found = reach(
        knowledge, _study_case(knowledge, "kartamantul"), Target("institutional_form", "cooperation_body")
    )

    (change,) = found.changes
    assert {"cost_sharing", "institution_needs"} == set(change.answers)
    assert "own_budget_line" in change.answers["institution_needs"]  # type: ignore[operator]
    assert "formula_agreed" == change.answers["cost_sharing"]
    assert (2, True) == (found.size, change.controllable)


def test_what_already_holds_needs_no_change(knowledge: Knowledge) -> None:
    found = reach(knowledge, _study_case(knowledge, "kartamantul"), Target("funding_scheme", "routine_dues"))

    assert (0, [{}]) == (found.size, [dict(change.answers) for change in found.changes])


def test_the_body_that_the_law_of_today_does_not_know_is_impossible_and_the_law_is_named(
    knowledge: Knowledge,
) -> None:
    case = _case(knowledge, {"as_of": "2026-01-01", "answers": {}})

    found = reach(knowledge, case, Target("institutional_form", "cooperation_body"))

    articles = {article for barrier in _all_barriers(found.barriers) for article in barrier.articles}
    assert found.size is None
    assert "pp50-2007:24-1" in articles


def _all_barriers(barriers: tuple[Barrier, ...]) -> Iterator[Barrier]:
    for barrier in barriers:
        yield barrier
        yield from _all_barriers(barrier.below)


# -- what if ------------------------------------------------------------------------------------------------


@pytest.mark.heavy
@pytest.mark.parametrize("group", range(GROUPS))
def test_what_if_says_what_the_advice_says_on_the_changed_answers(group: int, knowledge: Knowledge) -> None:
    for seed in range(group, CASES, GROUPS):
        case, other = _drawn(seed, knowledge), _drawn(seed + CASES, knowledge)
        drawn = _random(seed)
        changes = {q: other.answers[q] for q in drawn.sample(sorted(other.answers), min(3, len(other.answers)))}
        try:
            expected = conclude(knowledge, _changed(knowledge, case, changes))
        except AnswersError:
            with pytest.raises(AnswersError):
                what_if(knowledge, case, _listed(changes))
            continue

        told = what_if(knowledge, case, _listed(changes))

        before = conclude(knowledge, case)
        assert before == conclude(knowledge, case)
        assert {n for n in expected if expected[n] != before[n]} == {d.after.id for d in told.differences}
        assert {conclusion.id: conclusion for conclusion in told.same} == {
            name: expected[name] for name in expected if expected[name] == before[name]
        }


@pytest.mark.parametrize("name", ["kartamantul", "wonosobo"])
def test_each_difference_carries_the_reasons_of_the_whole_advice(name: str, knowledge: Knowledge) -> None:
    case = _study_case(knowledge, name)

    told = what_if(knowledge, case, {"cost_sharing": "formula_agreed", "activities": ["operate_service"]})

    whole = advise(knowledge, told.after)
    assert told.differences
    for difference in told.differences:
        expected = whole.conclusions[difference.after.id]
        assert expected.value == difference.after.value
        if not expected.open:
            assert {reason.rule for reason in expected.because} == {r.rule for r in difference.after.because}


def test_an_answer_can_be_taken_back(knowledge: Knowledge) -> None:
    case = _study_case(knowledge, "kartamantul")

    told = what_if(knowledge, case, read_changes(["cost_sharing=unknown"], knowledge))

    assert {"cost_sharing": (case.answers["cost_sharing"], None)} == told.changed
    assert "cost_sharing" not in told.after.answers


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("sector=roads", {"sector": "roads"}),
        ("region_count=4", {"region_count": 4}),
        ("activities=build_facility,operate_service", {"activities": ["build_facility", "operate_service"]}),
        ("activities=[]", {"activities": []}),
        ("burdens_budget = yes", {"burdens_budget": "yes"}),
        ("sector=unknown", {"sector": "unknown"}),
    ],
)
def test_a_change_is_read_as_it_is_written(word: str, expected: dict[str, Any], knowledge: Knowledge) -> None:
    assert expected == read_changes([word], knowledge)


@pytest.mark.parametrize("word", ["sector", "sector=", "=roads", "sectr=roads"])
def test_a_change_that_cannot_be_read_is_refused(word: str, knowledge: Knowledge) -> None:
    with pytest.raises(AnswersError):
        read_changes([word], knowledge)


# -- how ----------------------------------------------------------------------------------------------------


def _assert_settling(knowledge: Knowledge, case: Case, told: How) -> None:
    """The answers alone, with the rest unknown, still settle the conclusion, and without any one they do not."""
    name, value = told.conclusion.id, told.conclusion.value
    situation = Situation(knowledge, case)
    alone = situation.of({question: case.codes[question] for question in told.answers})
    assert alone.range(name).settled == situation.inquiry.range(name).settled
    for question in told.answers:
        fewer = situation.of({q: case.codes[q] for q in told.answers if q != question})
        assert fewer.range(name).settled is None, (name, value, question)


def _assert_grounded(knowledge: Knowledge, case: Case, told: How) -> None:
    """Every rule of the tree fires whenever the answers are these, and every leaf is one of the answers."""
    situation = Situation(knowledge, case)
    codes = {question: case.codes[question] for question in told.answers}
    scope = situation.scope(told.conclusion.id)
    for step in steps_up(told.tree):
        literal = situation.sat.rule(step.rule)
        assert situation.sat.completion(codes, [*scope, -literal]) is None, step.rule
    named = {question for node in (*told.tree, *told.left_out) for question in _leaves(node)}
    assert named <= set(told.answers)


def _leaves(node: Node) -> Iterator[str]:
    match node:
        case Given():
            yield node.part.question
        case Absent() | Either():
            yield from (part.question for part in node.because)
        case Step():
            for below in node.because:
                yield from _leaves(below)
        case Supposed():
            return


@pytest.mark.heavy
@pytest.mark.parametrize("group", range(GROUPS))
def test_how_names_the_answers_that_settle_a_conclusion_and_no_other(group: int, knowledge: Knowledge) -> None:
    names = list(knowledge.library.conclusions)
    for seed in range(group, CASES, GROUPS):
        case = _drawn(seed, knowledge)

        told = how(knowledge, case, _random(seed).choice(names))

        if not told.conclusion.open:
            _assert_settling(knowledge, case, told)
            _assert_grounded(knowledge, case, told)


def test_steps_come_from_the_answers_up(knowledge: Knowledge) -> None:
    told = how(knowledge, _study_case(knowledge, "kartamantul"), "institutional_form")

    steps = steps_up(told.tree)
    place = {step.rule: index for index, step in enumerate(steps)}
    assert ("institutional_form", "joint_secretariat") in steps[-1].concluded
    for step in steps:
        below = [node.rule for node in step.because if isinstance(node, Step) and not node.again]
        assert all(place[rule] < place[step.rule] for rule in below)


def test_where_the_cooperation_is_inadmissible_that_is_what_is_explained(knowledge: Knowledge) -> None:
    case = _case(knowledge, {"as_of": "2024-05-31", "answers": {"initiator": "city", "lawful_object": "no",
                 "counterparts": ["regency_city_same_province"]}})  # fmt: skip

    told = how(knowledge, case, "funding_scheme")

    assert ("funding_scheme", "admissible", False) == (told.asked, told.conclusion.id, told.conclusion.value)
    assert {"counterparts", "lawful_object"} >= set(told.answers) >= {"lawful_object"}


# -- why not ------------------------------------------------------------------------------------------------


def _assert_a_cure_works(knowledge: Knowledge, case: Case, told: WhyNot) -> None:
    """Of every value that is excluded an obstacle can be removed, and is then gone."""
    cured = 0
    for obstacle in (obstacle for way in told.ways for obstacle in way.obstacles):
        if obstacle.cure is None:
            continue
        after = why_not(knowledge, _changed(knowledge, case, obstacle.cure.answers), told.target)
        assert obstacle.literal not in [o.literal for way in after.ways for o in way.obstacles]
        cured += 1
    assert cured, told.target


def _assert_explained(knowledge: Knowledge, case: Case, told: WhyNot) -> None:
    match told.verdict:
        case "is":
            assert _has(knowledge, case, told.target)
        case "possible":
            assert told.when is not None
        case "excluded" | "inadmissible":
            _assert_a_cure_works(knowledge, case, told)
        case "impossible":
            assert told.barriers
            if told.stretch is not None:
                day, last = told.stretch
                for on in {day, last or day}:
                    moved = Situation(knowledge, Case(on, {}, {}))
                    assert moved.possible(told.target.atom, told.target.conclusion)


@pytest.mark.heavy
@pytest.mark.parametrize("group", range(GROUPS))
def test_why_not_names_an_obstacle_that_goes_when_it_is_cured(group: int, knowledge: Knowledge) -> None:
    for seed in range(group, CASES, GROUPS):
        case = _drawn(seed, knowledge)

        told = why_not(knowledge, case, _random(seed).choice(_targets(knowledge)))

        _assert_explained(knowledge, case, told)


@pytest.mark.heavy
@pytest.mark.parametrize("name", ["barlingmascakeb", "kartamantul", "kedungsepur", "kunci-bersama", "wonosobo"])
def test_why_not_explains_every_value_of_every_conclusion_of_a_study_case(name: str, knowledge: Knowledge) -> None:
    case = _study_case(knowledge, name)
    for target in _targets(knowledge):
        _assert_explained(knowledge, case, why_not(knowledge, case, target))


def test_a_body_loses_to_the_secretariat_in_a_duel(knowledge: Knowledge) -> None:
    case = _study_case(knowledge, "kartamantul")

    told = why_not(knowledge, case, Target("institutional_form", "cooperation_body"))

    assert told.duel is not None
    assert ("joint_secretariat", "cooperation_body") == (told.duel.chosen, told.duel.asked)
    lost = [fought.name for fought in told.duel.rounds if fought.asked is False]
    assert ["cost_sharing_formula"] == lost


def test_what_the_law_of_a_later_day_brings_is_dated(knowledge: Knowledge) -> None:
    # UU 23/2014 (in force on 2014-10-02) brings the mandatory kind.
    case = _study_case(knowledge, "kartamantul")

    told = why_not(knowledge, case, Target("kinds", "inter_regional_mandatory"))

    assert ("impossible", "2014-10-02") == (told.verdict, str(told.stretch and told.stretch[0]))
    assert told.stretch is not None
    assert told.stretch[1] is None


# -- compare ------------------------------------------------------------------------------------------------


def test_a_difference_matters_exactly_where_it_can_change_something_among_the_views(knowledge: Knowledge) -> None:
    day = knowledge.on(DAYS[-1])
    for seed in range(12):
        first = drawn_answers(seed * 7, day)
        second = drawn_answers(seed * 7 + 1, day)
        drawn = _random(seed)
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


def test_the_day_of_signing_can_be_the_difference_that_matters(knowledge: Knowledge) -> None:
    answers = {"counterparts": ["regency_city_same_province"], "initiator": "city"}
    cases = [_case(knowledge, {"as_of": day, "answers": answers}) for day in ("2013-06-01", "2026-01-01")]

    told = compare(knowledge, cases, ["old", "new"])

    assert "kinds" in told.day_matters
    assert not any(row.differs for row in told.answers)


# -- what is asked about ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["institutional_form", "institutional_form=", "=x", "institutional_fom=cooperation_body", "operator=nobody"],
)
def test_a_target_that_does_not_exist_is_refused(text: str, knowledge: Knowledge) -> None:
    with pytest.raises(AnswersError):
        read_target(text, knowledge.library)


@pytest.mark.parametrize(("word", "value"), [("ya", "yes"), ("NO", "no"), ("tidak", "no")])
def test_yes_and_no_are_understood_in_both_languages(word: str, value: str, knowledge: Knowledge) -> None:
    assert Target("admissible", value) == read_target(f"admissible={word}", knowledge.library)
