"""Cardinalities: every reader counts alike, however many there are, in whatever a count stands."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.explain.how import how
from advisor.explain.proof_tree import Fired, Given
from advisor.explain.target import Target
from advisor.explain.why_not import why_not
from advisor.inference.case import Case, CaseReader
from advisor.inference.cnf import Cnf, denied
from advisor.inference.counting import where_enough
from advisor.inference.day import Day
from advisor.inference.domain import Code
from advisor.inference.encoding import Encoding
from advisor.inference.formula import (
    AllOf,
    AnyOf,
    Atom,
    Formula,
    Literal,
    at_least,
    holds,
    literals,
    more_of,
    negation,
    resolved,
)
from advisor.inference.generated import GeneratedProgram
from advisor.inference.program import Row
from advisor.inference.solver import Solver
from advisor.knowledge_base import Knowledge
from advisor.reasoning.confirmation import confirmed
from conftest import DAYS
from hostile import add_conclusion, add_facts, add_questions, add_rules, choices, flag, rule
from knowledge_copy import Copy

ATOMS: tuple[Atom, ...] = tuple((name, "yes") for name in "abcd")
WORLDS = [dict(zip(ATOMS, truths, strict=True)) for truths in product((False, True), repeat=len(ATOMS))]

LITERALS = st.builds(Literal, st.sampled_from(ATOMS), st.booleans())
FORMULAS: st.SearchStrategy[Formula] = st.recursive(
    LITERALS,
    lambda inner: st.one_of(
        st.builds(at_least, st.integers(-1, 6), st.lists(inner, max_size=5)),
        st.builds(more_of, st.lists(inner, max_size=3), st.lists(inner, max_size=3)),
    ),
    max_leaves=12,
)


@settings(max_examples=50)
@given(formula=FORMULAS)
def test_a_negation_holds_where_the_formula_does_not(formula: Formula) -> None:
    for world in WORLDS:
        assert holds(formula, world.__getitem__) is not holds(negation(formula), world.__getitem__)


@settings(max_examples=50)
@given(enough=st.integers(-1, 6), parts=st.lists(FORMULAS, max_size=5), few=st.lists(FORMULAS, max_size=3))
def test_a_count_holds_where_so_many_parts_do(enough: int, parts: list[Formula], few: list[Formula]) -> None:
    for world in WORLDS:
        there, others = (sum(holds(part, world.__getitem__) for part in listed) for listed in (parts, few))

        assert (there >= enough) is holds(at_least(enough, parts), world.__getitem__)
        assert (there > others) is holds(more_of(parts, few), world.__getitem__)


@settings(max_examples=50)
@given(formula=FORMULAS, known=st.dictionaries(st.sampled_from(ATOMS), st.booleans()))
def test_a_formula_of_which_some_atoms_are_known_means_the_same_for_the_others(
    formula: Formula, known: dict[Atom, bool]
) -> None:
    rest = resolved(formula, known.get)

    assert known.keys().isdisjoint(literal.atom for literal in literals(rest))
    for world in WORLDS:
        if known.items() <= world.items():
            assert holds(formula, world.__getitem__) is holds(rest, world.__getitem__)


@given(enough=st.integers(0, 6), columns=st.lists(st.integers(0, 255), max_size=5))
def test_side_by_side_a_count_is_that_of_each_case(enough: int, columns: list[int]) -> None:
    found = where_enough(enough, columns, 255)

    assert [sum(column >> case & 1 for column in columns) >= enough for case in range(8)] == [
        bool(found >> case & 1) for case in range(8)
    ]


@settings(max_examples=25)
@given(enough=st.integers(0, 7), signs=st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=6))
def test_the_solver_gives_a_count_exactly_one_truth_for_all_answers(
    enough: int, signs: list[tuple[int, bool]]
) -> None:
    cnf = Cnf()
    atoms = [cnf.new() for _ in range(4)]
    counted = cnf.at_least(enough, [atoms[i] if positive else denied(atoms[i]) for i, positive in signs])
    solver = Solver(cnf)
    for truths in product((False, True), repeat=4):
        world = [atom if true else denied(atom) for atom, true in zip(atoms, truths, strict=True)]
        true = sum(truths[i] is positive for i, positive in signs) >= enough

        assert true is solver.satisfiable([*world, counted])
        assert true is not solver.satisfiable([*world, denied(counted)])


# -- in rules -----------------------------------------------------------------------------------------------

OPTIONS = [f"o{number}" for number in range(5)]
MANY = [f"m{number}" for number in range(300)]


@pytest.fixture(scope="module")
def counting(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """Knowledge that counts options in conditions of every kind, and some of them very many."""
    copy = Copy.made(tmp_path_factory.mktemp("counting"))
    add_questions(copy, [choices("few", OPTIONS), choices("very_many", MANY), choices("as_many", MANY)])
    add_facts(copy, map(flag, ("two", "not_two", "once", "nested", "half", "nearly", "every")))
    add_conclusion(copy, "counted", "enough")
    two, three = ({"few": {"count": count, "of": OPTIONS}} for count in (2, 3))
    every = [{name: option} for name in ("as_many", "very_many") for option in reversed(MANY)]
    nested = {"any": [{"all": [three, {"two": True}]}, {"not": {"any": [three, {"two": True}]}}]}
    add_rules(
        copy,
        [
            rule("two", two, {"two": True}),
            rule("not_two", {"not": two}, {"not_two": True}),
            rule("once", {"few": {"count": 2, "of": ["o0", "o0", "o1"]}}, {"once": True}),
            rule("nested", nested, {"nested": True}),
            rule("half", {"very_many": {"count": 20, "of": MANY[:40]}}, {"half": True}),
            rule("nearly", {"very_many": {"count": 150, "of": MANY[:151]}}, {"nearly": True}),
            rule("every", {"all": every}, {"every": True}),
            rule("enough", three, {"counted": "enough"}),
        ],
    )
    return copy.load()


@pytest.fixture(scope="module")
def encoding(counting: Knowledge) -> Encoding:
    """The rules of a day for the solver; answers may contradict each other."""
    return Encoding(counting.on(DAYS[-1]).program, Cnf(), exclusions=False)


def _row(day: Day, **codes: int) -> Row:
    """Return the first answer to every question but those with these codes."""
    return tuple(
        Code(codes[domain.id]) if domain.id in codes else domain.cells[0] for domain in day.program.domains
    )


def _holding(day: Day, encoding: Encoding, row: Row) -> set[str]:
    """Return the flags that hold by experta, which is held against the generated program, and by SAT."""
    by_rules = {name for name, values in confirmed(day, row).facts.items() if values == ("yes",)}
    known = encoding.answers({domain.id: code for domain, code in zip(day.program.domains, row, strict=True)})
    flags = {name: encoding.atom((name, "yes")) for name, fact in day.program.facts.items() if fact.kind == "flag"}
    truths = [literal if name in by_rules else denied(literal) for name, literal in flags.items()]
    assert encoding.solver.satisfiable([*known, *truths])
    return by_rules


@pytest.mark.parametrize("few", [0, 1, 3, 5, 7, 11, 19, 24, 26, 31])
def test_options_and_what_follows_from_a_count_are_counted_alike_by_every_reader(
    few: int, counting: Knowledge, encoding: Encoding
) -> None:
    number = few.bit_count()
    expected = {"two": number >= 2, "not_two": number < 2, "once": few & 3 == 3, "nested": number != 2}

    day = counting.on(DAYS[-1])
    found = _holding(day, encoding, _row(day, few=few, very_many=0, as_many=0))

    assert expected == {name: name in found for name in expected}


@pytest.mark.parametrize("number", [0, 19, 20, 149, 150, 299, 300])
def test_no_number_is_too_large_to_count(number: int, counting: Knowledge, encoding: Encoding) -> None:
    expected = {"half": number >= 20, "nearly": number >= 150, "every": number == 300}

    day = counting.on(DAYS[-1])
    found = _holding(day, encoding, _row(day, few=0, very_many=(1 << number) - 1, as_many=(1 << 300) - 1))

    assert expected == {name: name in found for name in expected}


def test_a_condition_of_very_many_parts_is_compiled(counting: Knowledge) -> None:
    day = counting.on(DAYS[-1])
    rule = day.program.rules[0]
    asked = tuple(Literal((domain.id, value)) for domain in day.program.domains for _, value in domain.atoms)
    parts = (*asked, *map(negation, asked)) * 3
    rules = (replace(rule, id="all", body=AllOf(parts)), replace(rule, id="any", body=AnyOf(parts)))
    program = replace(day.program, rules=rules)

    assert len(parts) > 4000
    assert (0, 1) == GeneratedProgram(program).evaluate_row(_row(day, few=0, very_many=0, as_many=0))[0]


def _case(counting: Knowledge, few: list[str]) -> Case:
    study = counting.library.cases["kartamantul"]
    answers = {name: list(value) if isinstance(value, tuple) else value for name, value in study.answers.items()}
    reader = CaseReader(counting.library, counting.rulebase)
    return reader.data({"as_of": study.as_of, "answers": {**answers, "few": few}})


def test_as_many_options_explain_a_count_as_are_enough(counting: Knowledge) -> None:
    (fired,) = how(counting, _case(counting, OPTIONS[1:]), "counted").tree

    assert isinstance(fired, Fired)
    assert [("few", "includes", (option,)) for option in OPTIONS[1:4]] == [
        (given.question, given.relation, given.values) for given in fired.because if isinstance(given, Given)
    ]


def test_as_many_options_are_named_that_a_count_lacks(counting: Knowledge) -> None:
    found = why_not(counting, _case(counting, ["o1"]), Target("counted", "enough"))

    assert [["o0", "o2"]] == [[obstacle.needs.fact[1] for obstacle in way.obstacles] for way in found.ways]
    assert found.reach is not None
    assert {3} == {len(change.set["few"]) for change in found.reach.changes if isinstance(change.set["few"], tuple)}
