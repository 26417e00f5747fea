"""The three readers of the rule base say the same."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from itertools import count, product

import pytest
from hypothesis import assume, given, settings

from advisor.advice.advice import Conclusion
from advisor.advice.conclusions import conclude
from advisor.inference.case import Case
from advisor.inference.cnf import denied
from advisor.inference.day import Day
from advisor.inference.domain import Domain
from advisor.inference.program import Row
from advisor.knowledge_base import Knowledge
from advisor.problem import DisagreementError
from advisor.reasoning.confirmation import confirmed
from conftest import DAYS
from rows import SEEDS, drawn_answers, drawn_row

SMALL = 64
PARTS = [0, *(pytest.param(part, marks=pytest.mark.heavy) for part in range(1, 6))]
"""How often the same is tried with other answers drawn, on each of the days."""


@pytest.mark.parametrize("_part", PARTS)
@settings(max_examples=14)
@given(seed=SEEDS)
def test_experta_and_generated_python_agree_in_every_conclusion_and_every_firing(
    seed: int, day: Day, _part: int
) -> None:
    row = drawn_row(seed, day)

    assert day.generated.run(row) == confirmed(day, row)


def test_a_firing_that_stands_on_another_fact_is_a_disagreement(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = knowledge.on(DAYS[-1])
    row = next(filter(lambda row: not day.generated.contradictions(row), (drawn_answers(s, day) for s in count())))
    right = day.generated.trace(row)
    told = next(firing for firing in right.firings if firing.matched)
    wrong = tuple(replace(f, matched=()) if f is told else f for f in right.firings)
    monkeypatch.setattr(type(day.generated), "trace", lambda _, __: replace(right, firings=wrong))

    with pytest.raises(DisagreementError) as raised:
        confirmed(day, row)

    assert ((), (told.rule,)) == (raised.value.facts, raised.value.rules)


@settings(max_examples=16)
@given(seed=SEEDS)
def test_sat_finds_for_a_full_row_exactly_what_generated_python_concludes(seed: int, day: Day) -> None:
    row = drawn_answers(seed, day)
    contradictory = bool(day.generated.contradictions(row))
    bodies, truths = day.generated.evaluate_row(row)
    encoding = day.encoding()
    known = encoding.answers({domain.id: code for domain, code in zip(day.program.domains, row, strict=True)})

    assert contradictory is not encoding.solver.satisfiable(known)
    if not contradictory:
        literals = [encoding.atom(atom) for atom in day.program.producers]
        literals += [encoding.fires(rule.id) for rule in day.program.rules]
        expected = [lit if true else denied(lit) for lit, true in zip(literals, (*truths, *bodies), strict=True)]
        assert encoding.solver.satisfiable([*known, *expected])


@pytest.mark.parametrize("_part", PARTS)
@pytest.mark.parametrize("as_of", DAYS, ids=str)
@settings(max_examples=4)
@given(seed=SEEDS)
def test_possible_and_depends_on_equal_a_brute_force_enumeration(
    seed: int, as_of: date, knowledge: Knowledge, _part: int
) -> None:
    day = knowledge.on(as_of)
    program = day.program
    row = drawn_row(seed, day)
    few = [domain for domain in program.domains if len(domain.cells) <= SMALL]
    left_open = random.Random(seed).sample(few, 4)  # noqa: S311
    while _size(left_open) > 3000:
        left_open.pop()
    known = {
        domain.id: code
        for domain, code in zip(program.domains, row, strict=True)
        if all(domain.id != other.id for other in left_open)
    }
    completions = [r for r in _completions(day, row, left_open) if not day.generated.contradictions(r)]
    assume(completions)
    answers = {name: day.program.domains[program.position[name]].decode(code) for name, code in known.items()}

    found = conclude(knowledge, Case(as_of, answers, known))

    results = {r: day.generated.run(r) for r in completions}
    gate = knowledge.library.roles.gate
    for name, conclusion in found.items():
        scope = [r for r in completions if name == gate or results[r].holds((gate, "yes"))]
        values = {r: results[r].values(name) for r in scope}
        assert _possible(conclusion) == set(values.values()) or conclusion.possible is None
        if conclusion.possible is None:
            assert set(conclusion.certain) == set.intersection(*(set(v) for v in values.values()))
            everywhere = set.union(*(set(v) for v in values.values()))
            assert set(conclusion.uncertain) == everywhere - set(conclusion.certain)
        assert set(conclusion.depends_on) == _depends(day, values, left_open)
        contested = {(name in results[r].values("contested")) for r in scope}
        assert conclusion.contested is (contested.pop() if len(contested) == 1 else None)


def _size(domains: list[Domain]) -> int:
    size = 1
    for domain in domains:
        size *= len(domain.cells)
    return size


def _completions(day: Day, row: Row, left_open: list[Domain]) -> list[Row]:
    found = []
    for choice in product(*(domain.cells for domain in left_open)):
        full = list(row)
        for domain, code in zip(left_open, choice, strict=True):
            full[day.program.position[domain.id]] = code
        found.append(tuple(full))
    return found


def _possible(conclusion: Conclusion) -> set[tuple[str, ...]]:
    def plain(value: object) -> tuple[str, ...]:
        if isinstance(value, bool):
            return ("yes",) if value else ("no",)
        return value if isinstance(value, tuple) else (str(value),)

    return {plain(value) for value in conclusion.possible or ()}


def _depends(day: Day, values: dict[Row, tuple[str, ...]], left_open: list[Domain]) -> set[str]:
    """Return the open questions that alone can change the value, by comparing every pair."""
    found = set()
    for domain in left_open:
        position = day.program.position[domain.id]
        by_rest: dict[Row, set[tuple[str, ...]]] = {}
        for row, value in values.items():
            by_rest.setdefault((*row[:position], *row[position + 1 :]), set()).add(value)
        if any(len(several) > 1 for several in by_rest.values()):
            found.add(domain.id)
    return found


def test_hundreds_of_random_rows_a_day_give_every_conclusion_exactly_one_value(
    day: Day, knowledge: Knowledge
) -> None:
    drawn = random.Random(1)  # noqa: S311
    single = [f for f in knowledge.library.conclusions.values() if f.kind == "one"]
    compiled = day.generated
    for _ in range(500):
        row = tuple(drawn.choice(domain.cells) for domain in day.program.domains)
        if compiled.contradictions(row):
            continue
        result = compiled.run(row)
        for conclusion in single:
            if conclusion.id == "admissible" or result.holds(("admissible", "yes")):
                assert len(result.values(conclusion.id)) == 1, (conclusion.id, row)
