"""Knowledge that is written to do harm is refused with its place and the bound, or does none."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from advisor.explain.minimal_changes import minimal_changes
from advisor.explain.target import Target
from advisor.explain.why_not import why_not
from advisor.inference.case import CaseReader
from advisor.inference.rulebase_reader import RuleBaseReader
from advisor.inference.size import MOST_STEPS, MOST_TESTS, MOST_TESTS_OVER_TIME
from advisor.knowledge import document
from advisor.knowledge.library_reader import MOST_OPTIONS, MOST_QUESTIONS
from advisor.knowledge.shape import MOST_LISTED
from advisor.knowledge.words import Words
from advisor.knowledge_base import Knowledge
from advisor.problem import LONGEST_NAME, MOST_FINDINGS, InputError, Problem, nearest
from advisor.reasoning.derivation import Derivation
from advisor.reasoning.entailment import entailment_of
from advisor.snapshot import Snapshot
from advisor.text import MOST_CHARACTERS
from hostile import Entry, add_conclusion, add_facts, add_questions, add_rules, choices, flag, rule
from knowledge_copy import Copy, assert_told

# -- files --------------------------------------------------------------------------------------------------


def test_a_file_of_more_values_than_any_needs_is_refused_where_they_are_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(document, "MAX_PARTS", 1000)

    with pytest.raises(InputError) as raised:
        document.parse_document(b"[" + b"\n[]," * 1001 + b"]", Path("a.yaml"))

    (problem,) = raised.value.problems
    assert ("yaml.too_many", 1001) == (problem.key, problem.place.line)
    assert_told(problem)


ROADS = {"sector": "roads"}
TALK = {"needs": "talk"}
TOO_LONG: dict[str, tuple[Entry, int]] = {
    "text": (
        {**rule("long", ROADS, TALK), "because": {"id": "a" * (MOST_CHARACTERS + 1), "en": "b"}},
        MOST_CHARACTERS,
    ),
    "id": (rule("r" * LONGEST_NAME, ROADS, TALK), LONGEST_NAME),
}


@pytest.mark.parametrize("kind", TOO_LONG)
def test_what_is_longer_than_it_may_be_is_found_at_its_place(kind: str, empty: Copy, knowledge: Knowledge) -> None:
    long, most = TOO_LONG[kind]
    add_rules(empty, [long])

    (problem,) = _rule_problems(empty, knowledge)

    assert ("value.too_long", str(most), 2) == (problem.key, problem.values["most"], problem.place.line)
    assert_told(problem)


@pytest.fixture
def empty(tmp_path: Path) -> Copy:
    """A folder of rules without any."""
    (tmp_path / "rules").mkdir()
    return Copy(tmp_path)


def _rule_problems(copy: Copy, knowledge: Knowledge) -> list[Problem]:
    """Read the rules alone, for a library that is sound."""
    reader = RuleBaseReader(Snapshot.of(copy.path("rules")), knowledge.library)
    assert reader.read() is None
    return reader.problems


# -- questions ----------------------------------------------------------------------------------------------


def _options(number: int) -> list[str]:
    return [f"o{index}" for index in range(number)]


@pytest.mark.parametrize(
    ("questions", "key", "values"),
    [
        pytest.param(
            [choices("many", _options(MOST_LISTED + 1))],
            "value.too_many",
            {"name": "options", "most": str(MOST_LISTED)},
            id="options of one question",
        ),
        pytest.param(
            [choices(f"q{number}", _options(2)) for number in range(MOST_QUESTIONS)],
            "question.too_many",
            {"questions": str(MOST_QUESTIONS)},
            id="questions",
        ),
        pytest.param(
            [choices(f"q{number}", _options(MOST_LISTED)) for number in range(-(-MOST_OPTIONS // MOST_LISTED))],
            "question.too_many",
            {"options": str(MOST_OPTIONS)},
            id="options of all questions",
        ),
    ],
)
def test_more_questions_or_options_than_anybody_answers_are_refused(
    questions: list[Entry], key: str, values: dict[str, str], copy: Copy
) -> None:
    add_questions(copy, questions)

    (problem,) = copy.problems()

    assert key == problem.key
    assert values.items() <= problem.values.items()
    assert str(copy.path("kbase/questions/90-extra.yaml")) == problem.place.file
    assert_told(problem)


# -- rules --------------------------------------------------------------------------------------------------


def test_rules_that_are_too_much_once_they_are_spelt_out_are_refused(empty: Copy, knowledge: Knowledge) -> None:
    documents = len(knowledge.library.values("documents"))
    copies = MOST_TESTS // (3 * documents) + 2
    add_rules(empty, [rule(f"r{index}", ROADS, {"documents": {"from": "documents"}}) for index in range(copies)])

    (problem,) = _rule_problems(empty, knowledge)

    last = MOST_TESTS // (3 * documents)
    assert ("rules.too_large", f"extra.r{last}") == (problem.key, problem.values["name"])
    assert (str(MOST_TESTS), last + 2) == (problem.values["most"], problem.place.line)
    assert_told(problem)


def test_conditions_that_are_too_many_are_found_where_they_are(empty: Copy, knowledge: Knowledge) -> None:
    basis = {"basis": {"empty": True}}
    each = len(knowledge.library.values("basis"))
    full = MOST_TESTS // each + 1
    add_rules(empty, [rule(f"r{number}", basis, TALK) for number in range(full + 40)])

    (problem,) = _rule_problems(empty, knowledge)

    assert ("rules.too_large", full + 2) == (problem.key, problem.place.line)
    assert_told(problem)


def test_a_policy_of_very_many_rules_is_refused_at_the_one_that_is_too_much(
    empty: Copy, knowledge: Knowledge
) -> None:
    rules = [rule(f"r{number}", ROADS, {"era": "A"}) for number in range(400)]
    add_rules(empty, rules, first=["era"])

    (problem,) = _rule_problems(empty, knowledge)

    assert "rules.too_large" == problem.key
    assert 300 < problem.place.line < 330
    assert_told(problem)


def test_a_chain_of_rules_that_is_too_long_to_be_followed_is_refused(copy: Copy) -> None:
    _chain(copy, MOST_STEPS)

    (problem,) = copy.problems()

    assert ("rules.too_deep", "extra.end") == (problem.key, problem.values["name"])
    assert MOST_STEPS + 2 == problem.place.line
    assert_told(problem)


def test_a_chain_that_is_just_not_too_long_is_explained(copy: Copy) -> None:
    _chain(copy, MOST_STEPS - 2)
    knowledge = copy.load()
    reader = CaseReader(knowledge.library, knowledge.rulebase)
    answers = ({"as_of": "2024-05-31", "answers": {"sector": name}} for name in ("roads", "health"))
    case, other = map(reader.data, answers)
    target = Target("counted", "enough")

    derivation = Derivation(entailment_of(knowledge, case), ())
    speakers = list(derivation.behind([target.atom]))

    assert MOST_STEPS - 1 == len([speaker for speaker in speakers if speaker.rule.id.startswith("extra.")])
    assert {"sector"} == derivation.questions(speakers[0].rule)
    assert why_not(knowledge, other, target).ways
    assert minimal_changes(knowledge, other, target).size


def test_rules_that_are_too_much_for_all_the_days_are_refused_with_the_largest_named(copy: Copy) -> None:
    options = _options(MOST_LISTED)
    add_questions(copy, [choices("many", options)])
    add_rules(copy, [rule("small", ROADS, TALK), rule("large", {"many": {"count": 150, "of": options}}, TALK)])

    (problem,) = copy.problems()

    assert ("rules.too_large_over_time", "extra.large") == (problem.key, problem.values["name"])
    assert (str(MOST_TESTS_OVER_TIME), 3) == (problem.values["most"], problem.place.line)
    assert_told(problem)


def _chain(copy: Copy, length: int) -> None:
    """Add rules of which each stands on the one before, and a conclusion at the end."""
    names = [f"c{number}" for number in range(length)]
    add_facts(copy, map(flag, names))
    add_conclusion(copy, "counted", "enough")
    add_rules(
        copy,
        [
            rule("begin", ROADS, {names[0]: True}),
            *(rule(after, {before: True}, {after: True}) for before, after in pairwise(names)),
            rule("end", {names[-1]: True}, {"counted": "enough"}),
        ],
    )


# -- findings -----------------------------------------------------------------------------------------------


def test_of_very_many_mistakes_so_many_are_looked_for_as_anybody_mends(empty: Copy, knowledge: Knowledge) -> None:
    add_rules(
        empty, [rule(f"r{number}", {f"sectr{number}": "roads"}, TALK) for number in range(MOST_FINDINGS + 50)]
    )

    assert MOST_FINDINGS == len(_rule_problems(empty, knowledge))


def test_for_what_is_no_name_at_all_none_is_proposed() -> None:
    assert "sector" == nearest("sectr", ["sector"])
    assert "" == nearest("sector" * 50_000, ["sector" * 50_000 + "s"])


def test_words_are_not_written_out_by_whoever_reports_one_of_them() -> None:
    assert len(repr(Words([f"word{number}" for number in range(1000)], "name.unknown"))) < 200
