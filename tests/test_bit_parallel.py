"""Many cases at once come out as each of them alone."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from advisor.inference import condition as conditions
from advisor.inference.bit_parallel import Columns, Table, evaluated, places
from advisor.inference.program import Row
from advisor.knowledge_base import Knowledge
from rows import drawn_answers, where_holds

CASES = 400


@pytest.fixture(scope="module")
def cases(knowledge: Knowledge) -> list[tuple[date, Row]]:
    """Random answers, contradictory ones among them, on random days of the law."""
    drawn = random.Random(1)  # noqa: S311
    days = [first for first, _ in knowledge.stretches()]
    return [(day, drawn_answers(seed, knowledge.on(day))) for seed in range(CASES) for day in [drawn.choice(days)]]


@pytest.fixture(scope="module")
def columns(knowledge: Knowledge, cases: list[tuple[date, Row]]) -> Columns:
    return evaluated(knowledge.rulebase, Table(knowledge.library, knowledge.rulebase.domains, cases))


def _at(columns: Iterable[tuple[object, int]], index: int) -> set[object]:
    return {name for name, column in columns if column >> index & 1}


def test_every_rule_fires_in_the_cases_in_which_generated_python_fires_it(
    knowledge: Knowledge, cases: list[tuple[date, Row]], columns: Columns
) -> None:
    for index, (day, row) in enumerate(cases):
        expected = knowledge.on(day).generated.run(row).fired

        assert expected == _at(columns.rules.items(), index)


def test_every_fact_holds_in_the_cases_in_which_generated_python_concludes_it(
    knowledge: Knowledge, cases: list[tuple[date, Row]], columns: Columns
) -> None:
    known = knowledge.library.all_facts
    for index, (day, row) in enumerate(cases):
        facts = knowledge.on(day).generated.run(row).facts
        expected = {(fact, value) for fact, values in facts.items() for value in values}

        assert expected == {atom for atom in _at(columns.derived.items(), index) if atom[0] in known}


def test_contradictions_are_found_in_the_cases_in_which_generated_python_finds_them(
    knowledge: Knowledge, cases: list[tuple[date, Row]], columns: Columns
) -> None:
    found = [columns.formula(exclusion.formula) for exclusion in knowledge.rulebase.exclusions]

    for index, (day, row) in enumerate(cases):
        expected = set(knowledge.on(day).generated.contradictions(row))

        assert expected == {number for number, column in enumerate(found) if column >> index & 1}


def test_a_condition_holds_where_its_formula_does_and_a_test_of_it_can_be_supposed(
    knowledge: Knowledge, columns: Columns
) -> None:
    everywhere = columns.table.everywhere
    supposed = 0
    for decision in knowledge.rulebase.sources:
        for rule in decision.rules:
            held = where_holds(columns, rule.condition)
            for test in conditions.tests_of(rule.condition):
                with_it = where_holds(columns, rule.condition, test, everywhere)
                without = where_holds(columns, rule.condition, test, 0)
                own = columns.formula(test.formula)
                supposed += with_it != without

                assert held == (with_it & own) | (without & (everywhere ^ own))
    assert supposed > 500


def test_places_are_the_numbers_of_the_cases() -> None:
    assert [0, 3, 64, 200] == list(places(1 | 1 << 3 | 1 << 64 | 1 << 200))
    assert [] == list(places(0))


def test_another_library_changes_the_days_alone(knowledge: Knowledge, columns: Columns) -> None:
    library = knowledge.library
    instrument = library.instruments["pp28-2018"]
    later = replace(instrument, in_force=date(2030, 1, 1))
    changed = replace(library, instruments={**library.instruments, "pp28-2018": later})

    table = columns.table.under(changed)

    assert columns.table.column(("sector", "roads")) == table.column(("sector", "roads"))
    assert columns.table.column(("in_force", "pp28-2018")) != 0
    assert 0 == table.column(("in_force", "pp28-2018"))
