"""What `advisor check` finds is proved: examples show their findings, and drawn answers never disprove one."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import reduce
from operator import or_

import pytest

from advisor.advice.conclusions import conclude
from advisor.inference.addressees import read_addressees
from advisor.inference.bit_parallel import Table, evaluated
from advisor.inference.case import CaseReader
from advisor.inference.cnf import denied
from advisor.inference.condition import formula_of
from advisor.inference.day import Day
from advisor.inference.firing import Result
from advisor.inference.program import Row
from advisor.knowledge_base import Knowledge
from advisor.problem import ContradictionError, KnowledgeError
from advisor.verify.check.check import Check
from advisor.verify.check.files import Files
from advisor.verify.check.finding import Finding
from advisor.verify.proof.days import Days
from advisor.verify.proof.example import Example
from broken_knowledge import NAMES, Break, described
from receipts import FOLDERS
from rows import drawn_answers

pytestmark = pytest.mark.knowledge

SHOWING = ("gap", "conflict", "duplicate", "subsumed", "outdated", "lapsed", "addressee")
"""The kinds of findings of which there are examples."""


def _with_examples() -> Iterator[str]:
    for name in NAMES:
        if any(finding["kind"] in SHOWING for finding in described(name)["findings"]):
            yield name


def _completions(day: Day, codes: dict[str, int], count: int = 200) -> Iterator[Row]:
    """Yield random completions of some answers that contradict nothing."""
    domains = day.program.domains
    for seed in range(count):
        drawn = zip(domains, drawn_answers(seed, day), strict=True)
        row = tuple(codes.get(domain.id, code) for domain, code in drawn)
        if not day.generated.contradictions(row):
            yield row


def _sources(result: Result) -> set[str]:
    """Return the rules that fired, as their authors wrote them."""
    return {rule.rpartition("/")[0] or rule for rule in result.fired}


def _shows(finding: Finding, knowledge: Knowledge, as_of: date, row: Row) -> bool:
    """Whether what follows from some answers is what a finding is about."""
    result = knowledge.on(as_of).generated.run(row)
    if finding.kind == "gap":
        return result.holds(("admissible", "yes")) and not result.values(finding.subject)
    if finding.key == "check.outdated.text":
        table, _, value = finding.subject.partition(".")
        facts = [fact.id for fact in knowledge.library.all_facts.values() if fact.table == table]
        return any(result.holds((fact, value)) for fact in facts)
    if finding.kind == "lapsed":
        rules = [r for r in knowledge.rulebase.by_source[finding.subject] if r.id in result.fired]
        after = knowledge.on(as_of + timedelta(days=1)).generated.run(row)
        return bool(rules) and not any(after.holds(head) for rule in rules for head in rule.heads)
    return {*finding.subject.split("+"), *(other.name for other in finding.others)} <= _sources(result)


def _all_show(finding: Finding, knowledge: Knowledge, files: Files, rows: list[Row]) -> bool:
    """Whether each of some full answers shows what a finding is about, on the day of its example."""
    assert finding.example is not None
    as_of = finding.example.as_of
    if finding.kind != "addressee":
        return all(_shows(finding, knowledge, as_of, row) for row in rows)
    source, _, citation = finding.subject.partition("/")
    condition = read_addressees(knowledge.library, (d for d in files.kbase if "articles" in d.data), [])[citation]
    domains = knowledge.rulebase.domains
    columns = evaluated(knowledge.rulebase, Table(knowledge.library, domains, [(as_of, row) for row in rows]))
    fired = reduce(or_, (columns.rules[rule.id] for rule in knowledge.rulebase.by_source[source]))
    return fired & ~columns.formula(formula_of(condition)) == columns.table.everywhere


@pytest.mark.parametrize("name", list(_with_examples()))
def test_whatever_else_is_answered_an_example_shows_its_finding(name: str, broken: Break) -> None:
    for finding in broken(name).found:
        example = finding.example
        assert example is not None
        knowledge = broken(name).knowledge
        reader = CaseReader(knowledge.library, knowledge.rulebase)
        if finding.key == "check.outdated.contradiction":
            with pytest.raises(ContradictionError):
                reader.data(example.data)
            continue
        case = reader.data(example.data)
        if finding.subject == knowledge.library.roles.era:  # the calendar alone decides
            (stretch,) = (s for s in Days(knowledge).every if s.first == example.as_of)
            assert {} == example.answers
            assert (0 if finding.kind == "gap" else 2) == len(stretch.eras)
            continue
        day = knowledge.on(case.as_of)
        completions = list(_completions(day, dict(case.codes)))
        assert len(completions) > 10
        assert _all_show(finding, knowledge, Files.read(*broken(name).folders), completions)


def test_no_answer_of_an_example_can_be_left_out(broken: Break) -> None:
    (finding,) = broken("gap").found
    knowledge = broken("gap").knowledge
    assert finding.example is not None
    case = CaseReader(knowledge.library, knowledge.rulebase).data(finding.example.data)
    encoding = knowledge.on(case.as_of).encoding()

    assert len(case.codes) > 3
    values = [encoding.atom(("funding_scheme", value)) for value in knowledge.library.values("funding_scheme")]
    otherwise = encoding.cnf.any_of([denied(encoding.atom(("admissible", "yes"))), *values])
    assert not encoding.solver.satisfiable([*encoding.answers(case.codes), otherwise])
    for question in case.codes:
        fewer = {name: code for name, code in case.codes.items() if name != question}
        assert encoding.solver.satisfiable([*encoding.answers(fewer), otherwise]), question


def test_the_advice_on_the_example_of_a_gap_or_conflict_is_refused_for_it(broken: Break) -> None:
    for name, key in (("gap", "knowledge.gap"), ("conflict", "knowledge.conflict")):
        (finding,) = broken(name).found
        knowledge = broken(name).knowledge
        assert finding.example is not None
        case = CaseReader(knowledge.library, knowledge.rulebase).data(finding.example.data)

        with pytest.raises(KnowledgeError) as caught:
            conclude(knowledge, case)

        assert [key] == [problem.key for problem in caught.value.problems]


def test_kinds_that_are_about_cases_have_examples_and_no_others_do(shipped: Check, broken: Break) -> None:
    findings = [marked.finding for marked in shipped.marked]
    findings += [finding for name in _with_examples() for finding in broken(name).found]

    assert set(SHOWING) == {finding.kind for finding in findings if finding.example is not None}
    assert all(finding.example for finding in findings if finding.kind in SHOWING)


def test_an_example_is_an_answers_file(broken: Break) -> None:
    copy = broken("gap")
    (finding,) = copy.found

    assert isinstance(finding.example, Example)
    reader = CaseReader(copy.knowledge.library, copy.knowledge.rulebase)
    case = reader.text(finding.example.text.encode(), "example.yaml")
    assert (finding.example.as_of, finding.example.answers) == (case.as_of, case.answers)


def _drawn(knowledge: Knowledge, count: int) -> Iterator[tuple[Day, Row]]:
    """Yield drawn answers on every stretch of days, the newest first."""
    for first, _ in reversed(knowledge.stretches()):
        day = knowledge.on(first)
        for row in _completions(day, {}, count):
            yield day, row


def _admissible_values(knowledge: Knowledge, result: Result) -> dict[str, tuple[str, ...]]:
    """Return what is shown of a result."""
    gate = knowledge.library.roles.gate
    if not result.holds((gate, "yes")):
        return {gate: result.values(gate)}
    return {fact: result.values(fact) for fact in knowledge.library.shown}


def test_drawn_answers_give_every_value_once_and_never_one_that_is_unreached(
    knowledge: Knowledge, shipped: Check
) -> None:
    single = [c.id for c in knowledge.library.conclusions.values() if c.kind == "one"]
    never = {tuple(m.finding.subject.split("=")) for m in shipped.marked if m.finding.kind == "unreached"}
    assert 5 == len(never)

    for day, row in _drawn(knowledge, 30):
        result = day.generated.run(row)
        assert not any(result.holds((fact, value)) for fact, value in never)
        if result.holds((knowledge.library.roles.gate, "yes")):
            assert [1] * len(single) == [len(result.values(name)) for name in single]


def test_drawn_answers_never_fire_a_rule_that_is_called_dead(broken: Break) -> None:
    knowledge = broken("dead").knowledge
    dead = {finding.subject for finding in broken("dead").found} & knowledge.rulebase.by_source.keys()
    assert 4 == len(dead)

    for day, row in _drawn(knowledge, 30):
        assert dead.isdisjoint(day.generated.run(row).fired)


def test_drawn_answers_never_fire_a_subsumed_rule_alone(knowledge: Knowledge, shipped: Check) -> None:
    subsumed = [marked.finding for marked in shipped.marked if marked.finding.kind == "subsumed"]
    assert 2 == len(subsumed)

    for day, row in _drawn(knowledge, 60):
        fired = day.generated.run(row).fired
        assert all(finding.subject not in fired or finding.others[0].name in fired for finding in subsumed)


def test_examples_of_the_exceptions_show_them_too(knowledge: Knowledge, shipped: Check) -> None:
    reader, files = CaseReader(knowledge.library, knowledge.rulebase), Files.read(*FOLDERS)
    showing = [marked.finding for marked in shipped.marked if marked.finding.kind in SHOWING]
    assert {"addressee", "lapsed", "subsumed"} <= {finding.kind for finding in showing}

    for finding in showing:
        assert finding.example is not None
        case = reader.data(finding.example.data)
        day = knowledge.on(case.as_of)
        assert _all_show(finding, knowledge, files, list(_completions(day, dict(case.codes), 20)))


def test_drawn_answers_show_the_same_whatever_option_without_effect_is_chosen(
    knowledge: Knowledge, shipped: Check
) -> None:
    options = [m.finding for m in shipped.marked if m.finding.kind == "unread" and "=" in m.finding.subject]
    pick = random.Random(1)  # noqa: S311
    compared = 0

    for day, row in _drawn(knowledge, 30):
        finding = pick.choice(options)
        question, option = finding.subject.split("=")
        index = day.program.position[question]
        domain = day.program.domains[index]
        bit = domain.bits[option]
        if domain.question.type == "choices":
            pair = [row[index] | 1 << bit, row[index] & ~(1 << bit)]
        else:
            pair = [bit, domain.bits[pick.choice(finding.others).name.split("=")[1]]]
        rows = [(*row[:index], code, *row[index + 1 :]) for code in pair]
        if not any(day.generated.contradictions(each) for each in rows):
            one, other = (_admissible_values(knowledge, day.generated.run(each)) for each in rows)
            assert one == other, finding.subject
            compared += 1
    assert compared > 300
