"""The teaching mode: what a lesson claims, own cases, plain mode through a pipe, and the whole screen."""

from __future__ import annotations

import io
import os
import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from inspect import getclosurevars
from pathlib import Path
from typing import Any

import pexpect
import pytest
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from advisor import cli
from advisor.advice.advice import Conclusion
from advisor.advice.advising import advise
from advisor.commands import common
from advisor.inference.case import Case, CaseReader
from advisor.inference.domain import Answer
from advisor.inference.formula import FALSE, AnyOf, Atom, Formula, Literal, resolved
from advisor.inference.ground import GroundRule
from advisor.inference.program import Program, Row
from advisor.knowledge_base import Day, Knowledge
from advisor.problem import AnswersError, ContradictionError
from advisor.report.wording import Wording
from advisor.teach.case_file import TaughtCaseReader
from advisor.teach.comparison import compare
from advisor.teach.lecture import Lecture
from advisor.teach.lesson import Lesson
from advisor.teach.step import Step
from advisor.teach.taught_case import TaughtCase
from advisor.teach.teacher import Teacher
from advisor.terminal.teach_plain import PlainLesson
from advisor.terminal.teach_screen import TeachScreen
from advisor.text import LANGUAGES, Language
from rows import drawn_answers
from terminal import CONTROL_C, ENTER, ESCAPE, LEFT, Terminal

CASES = ("barlingmascakeb", "kartamantul", "kedungsepur", "kunci-bersama", "wonosobo")
SEEDS = range(6)
DAYS = (date(2009, 5, 22), date(2016, 1, 1), date(2024, 5, 31))
GUIDE = Path(__file__).parents[1] / "docs" / "mengajar.md"
TAB, RIGHT, UP = "\t", "\x1b[C", "\x1b[A"
CASE_KINDS = [*CASES, *SEEDS]


def _day(seed: int) -> date:
    return DAYS[seed % len(DAYS)]


def _library_case(knowledge: Knowledge, name: str) -> TaughtCase:
    return TaughtCaseReader(knowledge).of_library(knowledge.library.cases[name])


def _drawn_case(knowledge: Knowledge, seed: int) -> TaughtCase:
    """Return part of a full set of answers; for odd seeds of answers by which the cooperation is admissible."""
    day, drawn = knowledge.on(_day(seed)), random.Random(seed)  # noqa: S311
    compiled, gate = day.readers.compiled, day.readers.compiled.index[("admissible", "yes")]
    while True:
        row = drawn_answers(drawn.randrange(2**32), day)
        if not compiled.contradictions(row) and (seed % 2 == 0 or compiled.evaluate(row)[1][gate]):
            break
    share = drawn.random()
    codes = {d.id: code for d, code in zip(day.program.domains, row, strict=True) if drawn.random() < share}
    return TaughtCase(str(seed), _case(day, _day(seed), codes))


def _case(day: Day, as_of: date, codes: dict[str, int]) -> Case:
    program = day.program
    return Case(as_of, {q: program.domains[program.position[q]].decode(code) for q, code in codes.items()}, codes)


_LESSONS: dict[str | int, Lesson] = {}
"""Lessons on the cases of the library and on drawn ones; each is made once."""


def _lesson(knowledge: Knowledge, kind: str | int) -> Lesson:
    if kind not in _LESSONS:
        taught = _library_case(knowledge, kind) if isinstance(kind, str) else _drawn_case(knowledge, kind)
        _LESSONS[kind] = Teacher(knowledge).lesson(taught)
    return _LESSONS[kind]


@pytest.fixture
def lesson(request: pytest.FixtureRequest, knowledge: Knowledge) -> Lesson:
    """The lesson on a case of the library (by its name), or on a drawn one (by its seed)."""
    return _lesson(knowledge, request.param)


@pytest.fixture
def kartamantul(knowledge: Knowledge) -> Lesson:
    """The lesson on KARTAMANTUL."""
    return _lesson(knowledge, "kartamantul")


every_case = pytest.mark.parametrize("lesson", CASE_KINDS, indirect=True, ids=str)
every_library_case = pytest.mark.parametrize("lesson", CASES, indirect=True)


def _with_rules(lesson: Lesson) -> list[Step]:
    return [step for step in lesson.steps if step.sayings]


def _completions(day: Day, lesson: Lesson, count: int) -> Iterator[tuple[Row, frozenset[str], dict[Atom, bool]]]:
    """Yield completions, drawn at random, with the rules that fire in them and the truth of every fact."""
    compiled, known = day.readers.compiled, lesson.taught.case.codes
    drawn = random.Random(7)  # noqa: S311
    for _ in range(count):
        open_row = drawn_answers(drawn.randrange(2**32), day)
        row = tuple(known.get(d.id, code) for d, code in zip(day.program.domains, open_row, strict=True))
        if compiled.contradictions(row):
            continue
        bodies, truths = compiled.evaluate(row)
        facts = dict(zip(compiled.atoms, truths, strict=True))
        if facts[("admissible", "yes")] or not lesson.admissible:
            fired = frozenset(rule for rule, body in zip(compiled.rule_ids, bodies, strict=True) if body)
            yield row, fired, facts


# -- what a lesson claims -----------------------------------------------------------------------------------


@every_case
def test_the_rule_of_each_step_fires_in_every_admissible_completion(lesson: Lesson, knowledge: Knowledge) -> None:
    day = knowledge.on(lesson.taught.case.as_of)
    sat = day.readers.sat.fresh()
    scope = [sat.literal(("admissible", "yes"))] if lesson.admissible else []

    for step in _with_rules(lesson):
        # What is said of the gate itself holds in every completion, admissible or not.
        where = [] if "admissible" in dict(step.out) else scope
        without = [-sat.rule(saying.rule) for saying in step.sayings]
        assert sat.completion(lesson.taught.case.codes, [*where, *without]) is None, step.sayings


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
    day = knowledge.on(_day(seed))
    gate = day.readers.compiled.index[("admissible", "yes")]
    drawn = random.Random(seed)  # noqa: S311
    while True:
        row = drawn_answers(drawn.randrange(2**32), day)
        if not day.readers.compiled.contradictions(row) and day.readers.compiled.evaluate(row)[1][gate]:
            break
    codes = {domain.id: code for domain, code in zip(day.program.domains, row, strict=True)}
    lesson = Teacher(knowledge).lesson(TaughtCase("full", _case(day, _day(seed), codes)))
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


def test_a_ranking_names_every_candidate_and_what_it_misses(kartamantul: Lesson) -> None:
    step = next(step for step in kartamantul.steps if step.name == "target_form")
    candidates = {candidate.value: candidate for candidate in step.candidates}

    assert ["joint_secretariat"] == [value for value, c in candidates.items() if c.kind == "chosen"]
    assert ("mediate", "staff", "raise_funds") == candidates["coordination_team"].misses
    assert candidates["cooperation_body"].even
    assert 6 == len(candidates["joint_secretariat"].covers)
    # All that was weighed is a fact in, not only what speaks for the one that was chosen.
    weighed = next(fact for fact in step.facts_in if fact.name == "available")
    assert set(candidates) == set(weighed.values)


def test_a_policy_names_the_rules_before_and_after_the_one_that_speaks(kartamantul: Lesson) -> None:
    step = next(step for step in kartamantul.steps if step.name == "funding_scheme")
    kinds = {candidate.value: candidate.kind for candidate in step.candidates}
    lack = next(c.lack for c in step.candidates if c.value == "capital_participation")

    assert {"earlier"} == {kinds[v] for v in ("private_investment", "service_payment", "cost_sharing_formula")}
    assert "later" == kinds["agency_budgets"]
    assert [("operator", ("joint_enterprise",))] == [(need.name, need.values) for need in lack]


def test_a_silent_helper_stands_in_the_step_that_it_serves(kartamantul: Lesson) -> None:
    step = next(step for step in kartamantul.steps if step.name == "institutional_form")

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
    kartamantul: Lesson, knowledge: Knowledge
) -> None:
    lesson = Teacher(knowledge).toggled(kartamantul, "within_authority", "no")

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
    before = Teacher(knowledge).lesson(_library_case(knowledge, name))
    after = Teacher(knowledge).toggled(before, question, answer)

    assert after.taught.case.answers.get(question) == answer
    _same_as_advice(after, knowledge)
    changed = {compared.after.id for compared in compare(before, after).changed}
    for conclusion in before.conclusions:
        same = before.conclusions[conclusion].possible == after.conclusions[conclusion].possible
        assert same or conclusion in changed


def test_a_comparison_marks_what_changed_and_says_by_which_rule(kartamantul: Lesson, knowledge: Knowledge) -> None:
    comparison = compare(kartamantul, Teacher(knowledge).toggled(kartamantul, "duration", "up_to_one_year"))
    funding = next(one for one in comparison.changed if one.after.id == "funding_scheme")

    assert ("routine_dues", "agency_budgets") == (funding.before.value, funding.after.value)
    assert ["funding.agency-budgets"] == [saying.rule for saying in funding.because]
    assert "funding.routine-dues" in comparison.ends
    assert 14 == len(comparison.changed) + len(comparison.same)


def test_an_answer_that_contradicts_the_others_is_refused(kartamantul: Lesson, knowledge: Knowledge) -> None:
    with pytest.raises(ContradictionError, match="includes the initiator"):
        Teacher(knowledge).toggled(kartamantul, "region_count", 1)


def test_an_answer_changed_and_changed_back_gives_the_same_lesson(
    kartamantul: Lesson, knowledge: Knowledge
) -> None:
    teacher = Teacher(knowledge)
    there = teacher.toggled(kartamantul, "duration", "one_off")
    back = teacher.toggled(there, "duration", "permanent")

    assert kartamantul.steps == back.steps
    assert not compare(kartamantul, back).changed


# -- where a trainer stands ---------------------------------------------------------------------------------


def test_a_lesson_goes_from_the_facts_through_question_and_outcome_to_the_result(kartamantul: Lesson) -> None:
    lecture, pages = Lecture(kartamantul), []
    while lecture.page != "result":
        pages.append(lecture.page)
        lecture = lecture.next()

    assert ["facts", "ask", "shown", "ask"] == pages[:4]
    assert 1 + 2 * len(kartamantul.steps) == len(pages)
    assert lecture == lecture.next()
    assert lecture.place - 1 == lecture.back().place


def test_the_next_decision_is_another_one_and_never_background(kartamantul: Lesson) -> None:
    lecture = Lecture(kartamantul)
    while (after := lecture.next_decision()).step is not None:
        assert after.step is not None
        assert not after.step.background
        assert lecture.step is None or after.step.decision != lecture.step.decision
        assert after.place > lecture.place
        lecture = after

    assert "result" == lecture.next_decision().page


def test_the_main_conclusions_are_gone_through_one_by_one(kartamantul: Lesson, knowledge: Knowledge) -> None:
    lecture, names = Lecture(kartamantul), []
    while (lecture := lecture.next_conclusion()).step is not None:
        names.append(lecture.step.name)

    assert {n for n, c in knowledge.library.conclusions.items() if c.headline} == set(names)
    assert len(names) == len(set(names))


def test_a_changed_lesson_goes_on_at_the_same_step(kartamantul: Lesson, knowledge: Knowledge) -> None:
    step = kartamantul.step_of("target_form")
    assert step is not None
    after = Lecture(kartamantul).at_step(step.number).next().taught(
        Teacher(knowledge).toggled(kartamantul, "duration", "up_to_one_year")
    )  # fmt: skip

    assert "shown" == after.page
    assert after.step is not None
    assert "target_form" == after.step.name


# -- own cases ----------------------------------------------------------------------------------------------


def _example() -> str:
    """Return the case file that the guide shows."""
    found = re.search(r"```yaml\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    assert found is not None
    return found.group(1)


def _file(folder: Path, text: str, name: str = "case.yaml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_the_case_file_of_the_guide_is_taught(tmp_path: Path, knowledge: Knowledge) -> None:
    taught = TaughtCaseReader(knowledge).of_file(_file(tmp_path, _example()))
    lesson = Teacher(knowledge).lesson(taught)

    assert taught.study is not None
    assert "TPA DUA KABUPATEN" == taught.study.name
    assert "required" == lesson.conclusions["dprd_approval"].value
    assert ["budgeted", "cost_sharing"] == [given.question for given in lesson.facts if given.reading is not None]


def test_an_answers_file_is_taught_without_a_record(tmp_path: Path, knowledge: Knowledge) -> None:
    text = "as_of: 2024-05-31\ntitle: TPA bersama\nanswers:\n  initiator: regency\n  sector: roads\n"
    taught = TaughtCaseReader(knowledge).of_file(_file(tmp_path, text), date(2013, 6, 1))
    target = io.StringIO()
    wording = Wording(knowledge.library, "id")
    teacher = Teacher(knowledge)
    PlainLesson(teacher, teacher.lesson(taught), wording, io.StringIO("hasil\n"), target).run()

    assert taught.study is None
    assert date(2013, 6, 1) == taught.case.as_of
    assert "TPA bersama" in target.getvalue()
    assert "tidak ada catatan tentang apa yang terjadi" in target.getvalue()


BROKEN: list[tuple[str, str, list[str]]] = [
    ("cites: \\[prasetya-2013:13\\]\n$", "cites: [prasetya-2013:99]\n", ["citation.unknown"]),
    ("cites: \\[pp28-2018:6-2\\]", "cites: [pp28-2018:6-22]", ["citation.unknown"]),
    ("  budgeted: no\n", "", ["reading.without_answer"]),
    ("sector: solid_waste", "sector: solid_wast", ["answers.unknown_option"]),
    ("region_count: 2", "region_count: 1", ["answers.contradiction"]),
    ("lesson:\n", "leson:\n", ["key.missing", "key.unknown"]),
    ("name: TPA DUA KABUPATEN", "name: [TPA]", ["value.text"]),
    ("as_of: 2024-03-01", "as_of: 1999-01-01", ["answers.not_covered"]),
    ("strengths:\n", "strengths: *all\n", ["yaml.alias"]),
    ("  initiator: regency", "  initiator: regency\n  initiator: city", ["yaml.duplicate_key"]),
]


@pytest.mark.parametrize(("old", "new", "keys"), BROKEN, ids=lambda part: part[0] if isinstance(part, list) else "")
def test_what_is_wrong_with_a_case_file_is_said_with_line_and_column(
    old: str, new: str, keys: list[str], tmp_path: Path, knowledge: Knowledge
) -> None:
    broken, count = re.subn(old, new, _example(), count=1)
    assert 1 == count
    path = _file(tmp_path, broken)

    with pytest.raises(AnswersError) as refused:
        TaughtCaseReader(knowledge).of_file(path)

    assert keys == sorted(problem.key for problem in refused.value.problems)
    assert all(problem.place.line > 0 and problem.place.column > 0 for problem in refused.value.problems)


def test_every_finding_is_said_at_once(tmp_path: Path, knowledge: Knowledge) -> None:
    broken = _example().replace("sector: solid_waste", "sector: wast").replace("prasetya-2013:13", "prasetya:13")

    with pytest.raises(AnswersError) as refused:
        TaughtCaseReader(knowledge).of_file(_file(tmp_path, broken))

    assert 3 == len(refused.value.problems)


@pytest.fixture
def loaded(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands use the knowledge that is loaded already, and read no input."""
    monkeypatch.setattr(common, "kept_knowledge", lambda kbase, rules: knowledge)
    monkeypatch.setattr(sys, "stdin", io.StringIO())


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_broken_case_file_has_status_2_and_names_the_place(
    language: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    _file(tmp_path, _example().replace("sector: solid_waste", "sector: solid_wast"), "own.yaml")

    assert common.UNUSABLE == cli.main(["teach", "own.yaml", "--lang", language])
    line = _example().splitlines().index("  sector: solid_waste") + 1
    assert capsys.readouterr().err.startswith(f"own.yaml:{line}:11: ")


@pytest.mark.usefixtures("loaded")
def test_an_unknown_case_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert common.UNUSABLE == cli.main(["teach", "kartamantull"])
    assert 'maksudnya "kartamantul"?' in capsys.readouterr().err


@pytest.mark.usefixtures("loaded")
def test_a_file_that_is_not_there_is_said_to_be_unreadable(capsys: pytest.CaptureFixture[str]) -> None:
    assert common.UNUSABLE == cli.main(["teach", "nowhere.yaml"])
    assert "nowhere.yaml: berkas tidak dapat dibaca" in capsys.readouterr().err


@pytest.mark.usefixtures("loaded")
def test_without_a_case_the_cases_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert common.DONE == cli.main(["teach"])
    text = capsys.readouterr().out

    assert all(f"  {name} – " in text for name in CASES)
    assert "advisor teach barlingmascakeb" in text


@pytest.mark.usefixtures("loaded")
def test_a_case_is_taught_under_the_law_of_another_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert common.DONE == cli.main(["teach", "KARTAMANTUL", "--as-of", "2024-05-31"])

    assert "Hari penandatanganan: 31 Mei 2024" in capsys.readouterr().out


# -- plain mode ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_of_kartamantul_over_a_pipe(
    language: Language, kartamantul: Lesson, knowledge: Knowledge
) -> None:
    words = {"id": ("lanjut", "keluar"), "en": ("next", "quit")}[language]
    lines = [words[0]] * (2 * len(kartamantul.steps) + 1)
    done = subprocess.run(
        [sys.executable, "-m", "advisor", "teach", "kartamantul", "--lang", language],
        input="\n".join([*lines, words[1]]),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )
    text = done.stdout

    assert (0, "") == (done.returncode, done.stderr)
    study = kartamantul.taught.study
    assert study is not None
    assert all(reading.text.in_language(language) in text for reading in study.reading.values())
    assert all(s.text.in_language(language) in text for step in kartamantul.steps for s in step.sayings)
    assert study.outcome.in_language(language) in text
    assert study.lesson.in_language(language) in text
    questions = [c.question.in_language(language) for c in knowledge.library.conclusions.values()]
    assert all(question in text for question in questions)
    # What is asked comes before what comes out.
    approval = {rule.id for rule in knowledge.rulebase.rules if "dprd_approval" in dict(rule.heads)}
    said = next(s for step in kartamantul.steps for s in step.sayings if s.rule in approval)
    assert text.index(questions[2]) < text.index(said.text.in_language(language))


def _talk(knowledge: Knowledge, lesson: Lesson, *lines: str, language: Language = "id") -> str:
    target = io.StringIO()
    wording = Wording(knowledge.library, language, lesson.taught.case.as_of)
    source = io.StringIO("".join(f"{line}\n" for line in lines))
    PlainLesson(Teacher(knowledge), lesson, wording, source, target).run()
    return target.getvalue()


def test_back_shows_the_page_before_and_stops_at_the_beginning(kartamantul: Lesson, knowledge: Knowledge) -> None:
    text = _talk(knowledge, kartamantul, "", "kembali", "kembali", "back")

    assert 2 == text.count("Fakta kasus ini")
    assert 2 == text.count("Ini awal pelajaran.")


def test_words_that_are_not_known_are_named(kartamantul: Lesson, knowledge: Knowledge) -> None:
    text = _talk(knowledge, kartamantul, "loncat")

    assert '"loncat" tidak dikenal di sini.' in text


def test_an_answer_is_changed_line_by_line(kartamantul: Lesson, knowledge: Knowledge) -> None:
    number = list(kartamantul.taught.case.answers).index("duration") + 1
    text = _talk(knowledge, kartamantul, f"change {number}", "2", "yes", "change", "0", "quit", language="en")

    assert "Funding scheme: before routine dues; now agencies' own budgets" in text
    assert "Operator: still no service is run" in text
    assert "The lesson goes on with Duration: Up to one year." in text
    assert "The answers of the case are used again." in text


def test_a_contradiction_is_refused_with_its_sentence_line_by_line(
    kartamantul: Lesson, knowledge: Knowledge
) -> None:
    number = list(kartamantul.taught.case.answers).index("region_count") + 1
    text = _talk(knowledge, kartamantul, f"ubah {number}", "1", "keluar")

    assert "Jawaban ini tidak dapat diambil (Mitra kerja sama, Jumlah daerah). Jumlah daerah dihitung" in text


@every_library_case
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_every_case_can_be_written(lesson: Lesson, language: Language, knowledge: Knowledge) -> None:
    pages = [""] * (2 * len(lesson.steps) + 1)
    text = _talk(knowledge, lesson, *pages, "hasil", "fakta", language=language)

    assert all(f" {step.number} " in text for step in lesson.steps)
    assert not re.search(r"\{\w*\}", text)


@pytest.mark.parametrize("lesson", SEEDS, indirect=True)
def test_every_page_of_a_drawn_case_can_be_written(lesson: Lesson, knowledge: Knowledge) -> None:
    text = _talk(knowledge, lesson, *[""] * (2 * len(lesson.steps) + 1))

    assert "Ini akhir pelajaran" in text


# -- the whole screen, through prompt_toolkit's pipe --------------------------------------------------------


class _Sized(DummyOutput):
    """An output of a stated size."""

    def __init__(self, columns: int, rows: int) -> None:
        super().__init__()
        self.size = Size(rows=rows, columns=columns)

    def get_size(self) -> Size:
        """Return the size."""
        return self.size


def _typed(knowledge: Knowledge, lesson: Lesson, keys: str, size: tuple[int, int] = (80, 24)) -> TeachScreen:
    """Return the screen after these keys."""
    with create_pipe_input() as pipe:
        pipe.send_text(keys + CONTROL_C)
        screen = TeachScreen(
            Teacher(knowledge), lesson, Wording(knowledge.library, "id", date(2013, 6, 1)), pipe, _Sized(*size)
        )
        screen.run()
    return screen


def test_enter_and_right_go_on_and_left_goes_back(kartamantul: Lesson, knowledge: Knowledge) -> None:
    assert 3 == _typed(knowledge, kartamantul, ENTER + RIGHT + ENTER).lecture.place
    assert 1 == _typed(knowledge, kartamantul, ENTER + ENTER + LEFT).lecture.place
    assert 0 == _typed(knowledge, kartamantul, LEFT).lecture.place


def test_tab_goes_to_another_decision_past_the_background(kartamantul: Lesson, knowledge: Knowledge) -> None:
    step = _typed(knowledge, kartamantul, ENTER + TAB).lecture.step

    assert step is not None
    assert not step.background


def test_an_answer_is_changed_and_the_lesson_goes_on_with_it(kartamantul: Lesson, knowledge: Knowledge) -> None:
    number = str(list(kartamantul.taught.case.answers).index("duration") + 1)
    screen = _typed(knowledge, kartamantul, "t" + number + ENTER + "2" + ENTER + ENTER)

    assert screen.changed
    assert "up_to_one_year" == screen.lecture.lesson.taught.case.answers["duration"]

    restored = _typed(knowledge, kartamantul, "t" + number + ENTER + "2" + ENTER + ENTER + "t" + UP + ENTER)
    assert not restored.changed


def test_escape_leaves_everything_as_it_was(kartamantul: Lesson, knowledge: Knowledge) -> None:
    screen = _typed(knowledge, kartamantul, ENTER + "t" + ENTER)
    assert screen.overlay is not None

    screen.overlay.key("escape", "")
    assert screen.overlay is None
    assert 1 == screen.lecture.place
    assert not screen.changed


def test_a_contradiction_is_refused_with_its_sentence_on_the_screen(
    kartamantul: Lesson, knowledge: Knowledge
) -> None:
    number = str(list(kartamantul.taught.case.answers).index("region_count") + 1)
    screen = _typed(knowledge, kartamantul, "t" + number + ENTER + "1" + ENTER)

    assert "Jawaban ini tidak dapat diambil (Mitra kerja sama, Jumlah daerah)" in screen.message
    assert not screen.changed


@pytest.mark.parametrize("size", [(40, 10), (80, 24), (109, 30), (110, 30), (220, 60)], ids=str)
def test_every_line_fits_every_size(size: tuple[int, int], kartamantul: Lesson, knowledge: Knowledge) -> None:
    screen = TeachScreen(Teacher(knowledge), kartamantul, Wording(knowledge.library, "id"), target=_Sized(*size))
    for place in (0, 1, 2, 98, 124, screen.lecture.last):
        screen.lecture = Lecture(kartamantul, place)
        body = "".join(fragment[1] for fragment in screen._body()).split("\n")
        assert len(body) <= screen._height
        assert all(len(line) <= size[0] for line in body)


def test_everything_on_a_page_can_be_scrolled_to(kartamantul: Lesson, knowledge: Knowledge) -> None:
    screen = TeachScreen(Teacher(knowledge), kartamantul, Wording(knowledge.library, "id"), target=_Sized(80, 24))
    seen: set[str] = set()
    for _ in range(400):
        seen |= set("".join(fragment[1] for fragment in screen._body()).split("\n"))
        screen._key("down", "")
    drawn = ["".join(text for _, text in line) for line in screen._drawn()]

    assert set(drawn) <= seen


# -- the real program in a pseudo-terminal ------------------------------------------------------------------


@pytest.fixture
def terminals() -> Iterator[list[Terminal]]:
    """Terminals that are closed at the end."""
    opened: list[Terminal] = []
    yield opened
    for terminal in opened:
        terminal.child.close(force=True)


def test_kartamantul_in_a_terminal_of_80_by_24(tmp_path: Path, terminals: list[Terminal]) -> None:
    terminal = Terminal(tmp_path, ["teach", "kartamantul"], columns=80, rows=24)
    terminals.append(terminal)
    terminal.wait("Fakta kasus ini")
    terminal.type(ENTER)
    terminal.wait("APA YANG ANDA PERKIRAKAN?")
    terminal.type(ENTER)
    terminal.wait("FAKTA KELUAR")
    terminal.type("sss")
    terminal.wait("Siapa yang menjalankan layanan?")
    terminal.type("t")
    terminal.wait("Jawaban mana yang diubah?")
    terminal.type("jangka" + ENTER)
    terminal.wait("Berapa lama kerja sama")
    terminal.type("2" + ENTER)
    text = terminal.wait("2 dari 14 simpulan berubah")
    assert "≠ Skema pendanaan │ ≠ Skema pendanaan iuran rutin │ anggaran perangkat daerah" in text
    terminal.type(ESCAPE)
    terminal.wait("Siapa yang menjalankan layanan?")
    terminal.type("r")
    terminal.wait("MENURUT CATATAN KASUS")
    terminal.type("\x1b[F")
    terminal.wait("Untuk dibahas")
    terminal.type("q")
    terminal.child.expect(pexpect.EOF, timeout=20)


def test_nothing_is_lost_when_the_terminal_changes_its_size(tmp_path: Path, terminals: list[Terminal]) -> None:
    terminal = Terminal(tmp_path, ["teach", "kartamantul", "--lang", "en"], columns=140, rows=36)
    terminals.append(terminal)
    terminal.wait("The facts of this case")
    terminal.type("ss" + ENTER)
    terminal.wait("Conclusions so far")
    step = re.search(r"step \d+ of \d+", terminal.text)
    assert step is not None
    terminal.resize(80, 24)
    terminal.wait(lambda text: "DPRD approval: not required" in text and "Conclusions so far" not in text)
    assert step.group() in terminal.text
    terminal.resize(140, 36)
    terminal.wait(lambda text: "DPRD approval: not required" in text and "Conclusions so far" in text)
    terminal.type(CONTROL_C)
    terminal.child.expect(pexpect.EOF, timeout=20)
