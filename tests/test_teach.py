"""The teaching mode: what a lesson claims, what changes in it with an answer, and where a trainer stands."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date
from inspect import getclosurevars
from typing import Any

import pytest

from advisor.advice.advice import Conclusion
from advisor.advice.advising import advise
from advisor.inference.case import CaseReader
from advisor.inference.cnf import denied
from advisor.inference.day import Day
from advisor.inference.formula import FALSE, AnyOf, Atom, Formula, Literal, resolved
from advisor.inference.ground import GroundRule
from advisor.inference.program import Program, Row
from advisor.knowledge_base import Knowledge
from advisor.problem import ContradictionError
from advisor.teach.comparison import compare
from advisor.teach.lecture import Lecture
from advisor.teach.lesson import Lesson
from advisor.teach.step import Step
from advisor.teach.taught_case import TaughtCase
from advisor.teach.teacher import Teacher
from advisor.understanding.reading import Answer
from lessons import case_on, day_of, every_case, every_library_case, library_case
from rows import drawn_answers

pytestmark = pytest.mark.knowledge


def _with_rules(lesson: Lesson) -> list[Step]:
    return [step for step in lesson.steps if step.sayings]


def _completions(day: Day, lesson: Lesson, count: int) -> Iterator[tuple[Row, frozenset[str], dict[Atom, bool]]]:
    """Yield completions, drawn at random, with the rules that fire in them and the truth of every fact."""
    compiled, known = day.generated, lesson.taught.case.codes
    drawn = random.Random(7)  # noqa: S311
    for _ in range(count):
        open_row = drawn_answers(drawn.randrange(2**32), day)
        row = tuple(known.get(d.id, code) for d, code in zip(day.program.domains, open_row, strict=True))
        if compiled.contradictions(row):
            continue
        bodies, truths = compiled.evaluate_row(row)
        facts = dict(zip(compiled.atoms, truths, strict=True))
        if facts[("admissible", "yes")] or not lesson.admissible:
            fired = frozenset(rule for rule, body in zip(compiled.rule_ids, bodies, strict=True) if body)
            yield row, fired, facts


# -- what a lesson claims -----------------------------------------------------------------------------------


@every_case
def test_the_rule_of_each_step_fires_in_every_admissible_completion(lesson: Lesson, knowledge: Knowledge) -> None:
    day = knowledge.on(lesson.taught.case.as_of)
    encoding = day.encoding()
    known = encoding.answers(lesson.taught.case.codes)
    scope = [encoding.atom(("admissible", "yes"))] if lesson.admissible else []

    for step in _with_rules(lesson):
        # What is said of the gate itself holds in every completion, admissible or not.
        where = [] if "admissible" in dict(step.out) else scope
        without = [denied(encoding.fires(saying.rule)) for saying in step.sayings]
        assert not encoding.solver.satisfiable([*known, *where, *without]), step.sayings


@every_case
def test_drawn_completions_agree_with_every_step(lesson: Lesson, knowledge: Knowledge) -> None:
    day = knowledge.on(lesson.taught.case.as_of)

    for _, fired, facts in _completions(day, lesson, 40):
        for step in _with_rules(lesson):
            assert any(saying.rule in fired for saying in step.sayings)
            assert all(facts[atom] for atom in step.out)
        for step in lesson.steps:
            assert not any(facts.get((a.name, v)) for a in step.absent for v in a.values)


@every_case
def test_every_fact_in_is_an_answer_or_the_fact_out_of_an_earlier_step(lesson: Lesson) -> None:
    answers = lesson.taught.case.answers
    out: dict[Atom, int] = {}

    for step in lesson.steps:
        for fact in step.facts_in:
            if not fact.steps:
                given = answers[fact.name]
                assert set(fact.values) <= (set(given) if isinstance(given, tuple) else {str(given)})
                continue
            assert all(out[(fact.name, value)] in fact.steps for value in fact.values)
            assert all(number < step.number for number in fact.steps)
        for atom in step.out:
            out.setdefault(atom, step.number)


@every_case
def test_steps_are_numbered_and_grouped_without_one_left_out(lesson: Lesson) -> None:
    numbers = list(range(1, len(lesson.steps) + 1))

    assert numbers == [step.number for step in lesson.steps]
    assert numbers == sorted(number for group in lesson.groups for number in group.steps)


@every_library_case
def test_steps_come_in_the_order_of_the_engine(lesson: Lesson, knowledge: Knowledge) -> None:
    """The order is that of one completion, and so of every other for the rules that fire in all of them."""
    day = knowledge.on(lesson.taught.case.as_of)
    row = next(row for row, _, _ in _completions(day, lesson, 200))
    order = [firing.rule for firing in day.experta.run(row).firings]
    fired = [step.sayings[0].rule for step in lesson.steps if step.kind == "fires"]

    assert fired == [rule for rule in order if rule in set(fired)]


@every_case
def test_every_settled_conclusion_is_the_fact_out_of_a_step_or_a_stated_default(lesson: Lesson) -> None:
    out = {atom for step in lesson.steps for atom in step.out}
    defaults = {step.name for step in lesson.steps if step.kind == "none"}
    open_ones = {step.name: step.conclusion for step in lesson.steps if step.kind == "open"}

    for name, conclusion in lesson.conclusions.items():
        if conclusion.reason is not None:
            assert not any(step.name == name for step in lesson.steps)
        elif conclusion.open:
            assert conclusion == open_ones[name]
            assert conclusion.depends_on
        elif conclusion.value in ((), False) and name != "admissible":
            assert name in defaults
        else:
            assert {(name, value) for value in _values(conclusion)} == {atom for atom in out if atom[0] == name}


def _values(conclusion: Conclusion) -> tuple[str, ...]:
    if isinstance(conclusion.value, bool):
        return ("yes" if conclusion.value else "no",)
    return conclusion.value if isinstance(conclusion.value, tuple) else (str(conclusion.value),)


@every_library_case
def test_the_conclusions_are_those_of_the_advice(lesson: Lesson, knowledge: Knowledge) -> None:
    _same_as_advice(lesson, knowledge)


def _same_as_advice(lesson: Lesson, knowledge: Knowledge) -> None:
    advice = advise(knowledge, lesson.taught.case)
    for name, conclusion in advice.conclusions.items():
        taught = lesson.conclusions[name]
        assert (conclusion.value, conclusion.possible) == (taught.value, taught.possible)
        assert (conclusion.certain, conclusion.uncertain) == (taught.certain, taught.uncertain)
        assert (conclusion.depends_on, conclusion.contested) == (taught.depends_on, taught.contested)
        assert conclusion.reason == taught.reason


# -- the agenda ---------------------------------------------------------------------------------------------


@every_case
def test_the_agenda_begins_with_the_rule_that_fires_and_holds_only_rules_whose_facts_are_there(
    lesson: Lesson, knowledge: Knowledge
) -> None:
    program = knowledge.on(lesson.taught.case.as_of).program
    drawn = list(_completions(knowledge.on(lesson.taught.case.as_of), lesson, 12))

    for step in _with_rules(lesson):
        assert step.agenda[0].rule in {saying.rule for saying in step.sayings}
        for ready in step.agenda[1:]:
            rule = program.by_id[ready.rule]
            for row, _, facts in drawn:
                now = _at_the_moment(program, lesson, step, row, facts)
                assert resolved(rule.body, now) != FALSE, (step.number, rule.id)


def _at_the_moment(
    program: Program, lesson: Lesson, step: Step, row: Row, facts: dict[Atom, bool]
) -> Callable[[Atom], bool | None]:
    """Return the truth of each atom when a step is about to be taken.

    Of a fact that no step speaks of (silent rules conclude it) only what it comes to is known; where it comes to
    be true it may be there already or not, which is None.
    """
    out = {atom for earlier in lesson.steps[: step.number - 1] for atom in earlier.out}
    spoken = {atom for other in lesson.steps for atom in other.out}

    def truth(atom: Atom) -> bool | None:
        if program.is_question(atom):
            return program.answer_holds(atom, row)
        if atom in spoken:
            return atom in out
        return None if facts.get(atom) else False

    return truth


@pytest.mark.parametrize("seed", range(4))
def test_the_agenda_is_the_one_of_the_engine(
    seed: int, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = knowledge.on(day_of(seed))
    gate = day.generated.atoms.index(("admissible", "yes"))
    drawn = random.Random(seed)  # noqa: S311
    while True:
        row = drawn_answers(drawn.randrange(2**32), day)
        if not day.generated.contradictions(row) and day.generated.evaluate_row(row)[1][gate]:
            break
    codes = {domain.id: code for domain, code in zip(day.program.domains, row, strict=True)}
    lesson = Teacher(knowledge).lesson(TaughtCase("full", case_on(day, day_of(seed), codes)))
    agendas = _agendas_of_the_engine(day, row, monkeypatch)

    for step in _with_rules(lesson):
        mine, its = [ready.rule for ready in step.agenda], agendas[step.sayings[0].rule]
        assert mine[0] == its[0]
        assert set(its) <= set(mine)
        # The engine has rules with a disjunction wait for a helper of its own, which here counts as ready.
        assert all(_has_disjunction(day.program.by_id[rule]) for rule in set(mine) - set(its))


def _agendas_of_the_engine(day: Day, row: Row, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """Return, for each rule that fires, the rules on experta's agenda at that moment that have not fired yet."""
    found: dict[str, list[str]] = {}
    day.experta.run(row)
    agenda_class = type(day.experta._engine.agenda)
    take = agenda_class.get_next

    def looked_at(agenda: Any) -> Any:
        waiting = [_plan(activation) for activation in reversed(agenda.activations)]
        rules = [rule for rule in dict.fromkeys(waiting) if rule in day.program.by_id and rule not in found]
        if rules and waiting[0] == rules[0]:
            found[rules[0]] = rules
        return take(agenda)

    monkeypatch.setattr(agenda_class, "get_next", looked_at)
    day.experta.run(row)
    return found


def _plan(activation: Any) -> str:
    name: str = getclosurevars(activation.rule._wrapped).nonlocals["plan"].id
    return name


def _has_disjunction(rule: GroundRule) -> bool:
    def within(formula: Formula) -> bool:
        if isinstance(formula, Literal):
            return False
        return isinstance(formula, AnyOf) or any(within(part) for part in formula.parts)

    return within(rule.body)


# -- what was passed over, and what is asked ----------------------------------------------------------------


def test_a_ranking_names_every_candidate_and_what_it_misses(kartamantul_lesson: Lesson) -> None:
    step = next(step for step in kartamantul_lesson.steps if step.name == "target_form")
    candidates = {candidate.value: candidate for candidate in step.candidates}

    assert ["joint_secretariat"] == [value for value, c in candidates.items() if c.kind == "chosen"]
    assert ("mediate", "staff", "raise_funds") == candidates["coordination_team"].misses
    assert candidates["cooperation_body"].even
    assert 6 == len(candidates["joint_secretariat"].covers)
    # All that was weighed is a fact in, not only what speaks for the one that was chosen.
    weighed = next(fact for fact in step.facts_in if fact.name == "available")
    assert set(candidates) == set(weighed.values)


def test_a_policy_names_the_rules_before_and_after_the_one_that_speaks(kartamantul_lesson: Lesson) -> None:
    step = next(step for step in kartamantul_lesson.steps if step.name == "funding_scheme")
    kinds = {candidate.value: candidate.kind for candidate in step.candidates}
    lack = next(c.lack for c in step.candidates if c.value == "capital_participation")

    assert {"earlier"} == {kinds[v] for v in ("private_investment", "service_payment", "cost_sharing_formula")}
    assert "later" == kinds["agency_budgets"]
    assert [("operator", ("joint_enterprise",))] == [(need.name, need.values) for need in lack]


def test_a_silent_helper_stands_in_the_step_that_it_serves(kartamantul_lesson: Lesson) -> None:
    step = next(step for step in kartamantul_lesson.steps if step.name == "institutional_form")

    assert ["target-ready.secretariat"] == [helper.rule for helper in step.helpers]
    assert {"target_form", "may_start"} == {fact.name for fact in step.facts_in}


@every_case
def test_no_internal_fact_is_taught(lesson: Lesson, knowledge: Knowledge) -> None:
    known = {*knowledge.library.all_facts, *knowledge.library.questions}

    for step in lesson.steps:
        names = [step.name, *dict(step.out), *(f.name for f in step.facts_in), *(a.name for a in step.absent)]
        needs = [need.name for absent in step.absent for lack in absent.lacks for need in lack]
        needs += [need.name for candidate in step.candidates for need in candidate.lack]
        assert set() == {*names, *needs, *(ready.name for ready in step.agenda)} - known


@every_case
def test_what_comes_out_is_among_what_can_be_expected(lesson: Lesson, knowledge: Knowledge) -> None:
    for step in lesson.steps:
        assert bool(step.expected) == (step.name in knowledge.library.conclusions)
        assert all(value in step.expected for name, value in step.out if name == step.name and step.expected)


def test_a_fact_that_is_certain_by_one_of_several_rules_is_taught_as_such(knowledge: Knowledge) -> None:
    # An unlawful object stands in the way whoever the partner is; by which rule depends on the partner.
    answers = {"initiator": "city", "lawful_object": "no"}
    case = CaseReader(knowledge.library, knowledge.rulebase).data({"as_of": date(2024, 5, 31), "answers": answers})
    lesson = Teacher(knowledge).lesson(TaughtCase("unlawful", case))
    step = next(step for step in lesson.steps if step.kind == "either" and step.name == "obstacle")

    assert len(step.sayings) > 1
    assert ("counterparts",) == step.whatever


def test_of_a_cooperation_that_is_never_admissible_only_the_reason_is_taught(
    kartamantul_lesson: Lesson, knowledge: Knowledge
) -> None:
    lesson = Teacher(knowledge).toggled(kartamantul_lesson, "within_authority", "no")

    assert not lesson.admissible
    assert ("admissible", "no") in {atom for step in lesson.steps for atom in step.out}
    assert set() == {"funding_scheme", "documents", "strengths"} & {step.name for step in lesson.steps}


# -- changed answers ----------------------------------------------------------------------------------------

CHANGES: list[tuple[str, str, Answer | None]] = [
    ("kartamantul", "duration", "up_to_one_year"),
    ("kartamantul", "budgeted", None),
    ("kartamantul", "activities", ("plan_jointly", "operate_service")),
    ("kartamantul", "in_development_plan", "yes"),
    ("kunci-bersama", "shared_need_stated", "yes"),
]


@pytest.mark.parametrize(("name", "question", "answer"), CHANGES)
def test_a_changed_answer_gives_what_the_advice_says_of_it(
    name: str, question: str, answer: Answer | None, knowledge: Knowledge
) -> None:
    before = Teacher(knowledge).lesson(library_case(knowledge, name))
    after = Teacher(knowledge).toggled(before, question, answer)

    assert after.taught.case.answers.get(question) == answer
    _same_as_advice(after, knowledge)
    changed = {compared.after.id for compared in compare(before, after).changed}
    for conclusion in before.conclusions:
        same = before.conclusions[conclusion].possible == after.conclusions[conclusion].possible
        assert same or conclusion in changed


def test_a_comparison_marks_what_changed_and_says_by_which_rule(
    kartamantul_lesson: Lesson, knowledge: Knowledge
) -> None:
    comparison = compare(
        kartamantul_lesson, Teacher(knowledge).toggled(kartamantul_lesson, "duration", "up_to_one_year")
    )
    funding = next(one for one in comparison.changed if one.after.id == "funding_scheme")

    assert ("routine_dues", "agency_budgets") == (funding.before.value, funding.after.value)
    assert ["funding.agency-budgets"] == [saying.rule for saying in funding.because]
    assert "funding.routine-dues" in comparison.ends
    compared = [one.after.id for one in (*comparison.changed, *comparison.same)]
    assert sorted(knowledge.library.conclusions) == sorted(compared)


def test_an_answer_that_contradicts_the_others_is_refused(kartamantul_lesson: Lesson, knowledge: Knowledge) -> None:
    with pytest.raises(ContradictionError, match="includes the initiator"):
        Teacher(knowledge).toggled(kartamantul_lesson, "region_count", 1)


def test_an_answer_changed_and_changed_back_gives_the_same_lesson(
    kartamantul_lesson: Lesson, knowledge: Knowledge
) -> None:
    teacher = Teacher(knowledge)
    there = teacher.toggled(kartamantul_lesson, "duration", "one_off")
    back = teacher.toggled(there, "duration", "permanent")

    assert kartamantul_lesson.steps == back.steps
    assert not compare(kartamantul_lesson, back).changed


# -- where a trainer stands ---------------------------------------------------------------------------------


def test_a_lesson_goes_from_the_facts_through_question_and_outcome_to_the_result(
    kartamantul_lesson: Lesson,
) -> None:
    lecture, pages = Lecture(kartamantul_lesson), []
    while lecture.page != "result":
        pages.append(lecture.page)
        lecture = lecture.next()

    assert ["facts", "ask", "shown", "ask"] == pages[:4]
    assert 1 + 2 * len(kartamantul_lesson.steps) == len(pages)
    assert lecture == lecture.next()
    assert lecture.place - 1 == lecture.back().place


def test_the_next_decision_is_another_one_and_never_background(kartamantul_lesson: Lesson) -> None:
    lecture = Lecture(kartamantul_lesson)
    while (after := lecture.next_decision()).step is not None:
        assert after.step is not None
        assert not after.step.background
        assert lecture.step is None or after.step.decision != lecture.step.decision
        assert after.place > lecture.place
        lecture = after

    assert "result" == lecture.next_decision().page


def test_the_main_conclusions_are_gone_through_one_by_one(kartamantul_lesson: Lesson, knowledge: Knowledge) -> None:
    lecture, names = Lecture(kartamantul_lesson), []
    while (lecture := lecture.next_conclusion()).step is not None:
        names.append(lecture.step.name)

    assert {n for n, c in knowledge.library.conclusions.items() if c.headline} == set(names)
    assert len(names) == len(set(names))


def test_a_changed_lesson_goes_on_at_the_same_step(kartamantul_lesson: Lesson, knowledge: Knowledge) -> None:
    step = kartamantul_lesson.step_of("target_form")
    assert step is not None
    after = Lecture(kartamantul_lesson).at_step(step.number).next().taught(
        Teacher(knowledge).toggled(kartamantul_lesson, "duration", "up_to_one_year")
    )  # fmt: skip

    assert "shown" == after.page
    assert after.step is not None
    assert "target_form" == after.step.name
