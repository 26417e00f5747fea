"""Laws that hold for every case with open answers."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from advisor.advice.advice import Advice, Conclusion, Reason, Value
from advisor.advice.advising import advise
from advisor.advice.conclusions import conclude
from advisor.inference.case import Case
from advisor.inference.cnf import Lit, denied
from advisor.inference.encoding import Encoding
from advisor.knowledge_base import Knowledge
from advisor.reasoning.circumstance import Circumstance
from conftest import DAYS
from receipts import receipt_of
from rows import SEEDS, drawn_answers, drawn_part

pytestmark = pytest.mark.knowledge


def _case(knowledge: Knowledge, as_of: date, codes: dict[str, int]) -> Case:
    domains = {domain.id: domain for domain in knowledge.rulebase.domains}
    return Case(as_of, {name: domains[name].decode(code) for name, code in codes.items()}, codes)


@settings(max_examples=40)
@given(seed=SEEDS, as_of=st.sampled_from(DAYS))
def test_one_more_answer_never_makes_more_possible(seed: int, as_of: date, knowledge: Knowledge) -> None:
    known = drawn_part(seed, knowledge.on(as_of))
    assume(known)
    dropped = random.Random(seed).choice(list(known))  # noqa: S311
    less = {name: code for name, code in known.items() if name != dropped}

    before, after = (conclude(knowledge, _case(knowledge, as_of, codes)) for codes in (less, known))

    for name, conclusion in after.items():
        if conclusion.reason is None:
            assert _values(conclusion) <= _values(before[name]) or before[name].possible is None
            assert set(before[name].certain) <= _always(conclusion)


def _values(conclusion: Conclusion) -> set[Value]:
    return set(conclusion.possible or ())


def _always(conclusion: Conclusion) -> set[str]:
    """Return the value, or the elements of a list, that a conclusion is known to have."""
    if conclusion.possible is None:
        return set(conclusion.certain)
    values = [set(value) if isinstance(value, tuple) else {_word(value)} for value in conclusion.possible]
    return set.intersection(*values) if values else set()


def _word(value: Value) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


@dataclass(frozen=True)
class Advised:
    """A case with open answers, and what is advised on it."""

    case: Case
    advice: Advice


def _drawn(knowledge: Knowledge, seed: int) -> Case:
    as_of, drawn = DAYS[seed % len(DAYS)], random.Random(seed)  # noqa: S311
    day = knowledge.on(as_of)
    while day.generated.contradictions(row := drawn_answers(drawn.randrange(2**32), day)):
        pass
    share = drawn.random()
    domains = zip(day.program.domains, row, strict=True)
    return _case(knowledge, as_of, {domain.id: code for domain, code in domains if drawn.random() < share})


@pytest.fixture(
    scope="module",
    params=[range(16), pytest.param(range(16, 230), marks=pytest.mark.heavy)],
    ids=["16 cases", "214 cases"],
)
def advised(request: pytest.FixtureRequest, knowledge: Knowledge) -> list[Advised]:
    """Advices on random cases."""
    cases = (_drawn(knowledge, seed) for seed in request.param)
    return [Advised(case, advise(knowledge, case)) for case in cases]


def test_circumstances_are_enough_for_their_outcome_and_none_can_be_spared(
    advised: list[Advised], knowledge: Knowledge
) -> None:
    for one in advised:
        encoding, gate = knowledge.on(one.case.as_of).encoding(), knowledge.library.roles.gate
        for conclusion in one.advice.conclusions.values():
            scope = [] if conclusion.id == gate else [encoding.atom((gate, "yes"))]
            inside = [*encoding.answers(one.case.codes), *scope]
            for outcome in conclusion.outcomes[:3]:
                fails = [*inside, denied(encoding.atom((conclusion.id, outcome.value)))]
                assert outcome.when, (conclusion.id, outcome.value)
                for circumstances in outcome.when:
                    _assert_smallest(encoding, fails, circumstances)


def _assert_smallest(encoding: Encoding, fails: list[Lit], circumstances: Iterable[Circumstance]) -> None:
    """All of them keep a conclusion from failing, and without any one of them it can."""
    given = [_literals(encoding, part) for part in circumstances]
    assert not encoding.solver.satisfiable([*fails, *chain(*given)]), circumstances
    for spared in given:
        rest = [literal for part in given if part is not spared for literal in part]
        assert encoding.solver.satisfiable([*fails, *rest]), circumstances


def _literals(encoding: Encoding, part: Circumstance) -> list[Lit]:
    """Return what a circumstance says, as literals; written anew here, so that it is no mirror of the program."""
    question, relation, values = part.question, part.relation, part.values
    if relation == "is":
        domain = encoding.program.domain(question)
        literals = encoding.answer(question, domain.encode(values[0]))
        return [lit for lit in literals if lit > 0] if domain.question.type == "choice" else list(literals)
    if relation in ("over", "at_most"):
        above = encoding.atom((question, f">{values[0]}"))
        return [above if relation == "over" else denied(above)]
    chosen = [encoding.atom((question, value)) for value in values]
    return chosen if relation == "includes" else [denied(literal) for literal in chosen]


def test_the_same_answers_give_the_same_advice_again(advised: list[Advised], knowledge: Knowledge) -> None:
    for one in advised[::5]:
        assert one.advice == advise(knowledge, one.case)


def test_reasons_name_given_answers_alone(advised: list[Advised]) -> None:
    for one in advised:
        for reason in _reasons(one.advice):
            assert reason.facts.items() <= one.case.answers.items(), reason.rule


def test_the_legal_basis_names_every_article_of_a_reason_and_is_the_same_in_the_receipt(
    advised: list[Advised], knowledge: Knowledge
) -> None:
    for index, one in enumerate(advised):
        basis = [article.article for article in one.advice.legal_basis]
        reasons = (
            reason
            for conclusion in one.advice.conclusions.values()
            for reason in (*conclusion.because, *chain(*(outcome.because for outcome in conclusion.outcomes)))
        )
        cited = {article for reason in reasons for article in reason.cites}
        law = {article for article in cited if knowledge.library.instrument_of(article).rank != "study"}

        assert law <= set(basis)
        if index % 4:
            continue
        receipt = receipt_of(knowledge, one.case)
        assert basis == [article["article"] for article in receipt.advice["legal_basis"]]


def test_a_reason_of_a_settled_conclusion_holds_in_every_completion_or_is_one_of_several(
    advised: list[Advised], knowledge: Knowledge
) -> None:
    for one in advised:
        encoding, gate = knowledge.on(one.case.as_of).encoding(), knowledge.library.roles.gate
        for conclusion in one.advice.conclusions.values():
            scope = [] if conclusion.id == gate else [encoding.atom((gate, "yes"))]
            inside = [*encoding.answers(one.case.codes), *scope]
            fires = {reason.rule: encoding.fires(reason.rule) for reason in conclusion.because}
            for reason in conclusion.because:
                if not reason.alternative:
                    assert not encoding.solver.satisfiable([*inside, denied(fires[reason.rule])]), reason.rule
            several = [fires[reason.rule] for reason in conclusion.because if reason.alternative]
            assert not several or not encoding.solver.satisfiable([*inside, *map(denied, several)]), conclusion.id


def _reasons(advice: Advice) -> Iterator[Reason]:
    """Yield every reason of an advice."""
    other = () if advice.other_regime is None else (advice.other_regime.conclusion,)
    for conclusion in (*advice.conclusions.values(), *other):
        yield from conclusion.because
        for outcome in (*conclusion.outcomes, *filter(None, [conclusion.contested_when])):
            yield from outcome.because
    for item in (*advice.steps, *advice.documents, *advice.notices):
        yield from item.because


def test_where_no_rule_alone_makes_a_conclusion_certain_the_rules_are_shown_as_alternatives(
    knowledge: Knowledge,
) -> None:
    # An unlawful object bars a cooperation with regions (PP 28/2018 Article 4(4)) and with third parties
    # (Article 16(4)): whoever the partners are, it is inadmissible, though not always by the same article.
    advice = advise(knowledge, {"as_of": "2026-01-01", "answers": {"lawful_object": "no"}})

    admissible = advice.conclusions["admissible"]
    assert admissible.value is False
    assert all(reason.alternative and reason.direct for reason in admissible.because)
    assert {"pp28-2018:4-4", "pp28-2018:16-4"} <= {c for reason in admissible.because for c in reason.cites}


def test_reasons_name_the_number_that_was_given(knowledge: Knowledge) -> None:
    # More than two regions make long-lasting works need staff (the study, p. 10): 306 and 3 are the same to rules.
    answers = {
        "initiator": "regency", "counterparts": ["regency_city_same_province"], "region_count": 306,
        "activities": ["operate_service"], "duration": "permanent",
    }  # fmt: skip

    advice = advise(knowledge, {"as_of": "2013-06-01", "answers": answers})

    told = {
        reason.facts["region_count"]
        for conclusion in advice.conclusions.values()
        for reason in (*conclusion.because, *(r for outcome in conclusion.outcomes for r in outcome.because))
        if "region_count" in reason.facts
    }
    assert {306} == told


def test_the_same_answers_give_the_same_advice_in_every_process() -> None:
    # Sets of words come in another order in every process; nothing that is told may depend on it.
    program = (
        "import json; from advisor import advice_data, advise, load_knowledge;"
        "answers = {'initiator': 'city', 'counterparts': ['regency_city_same_province'], 'burdens_budget': 'yes'};"
        "advice = advise(load_knowledge(), {'as_of': '2026-01-01', 'answers': answers});"
        "print(json.dumps(advice_data(advice, 'id')))"
    )

    told = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert 1 == len(told)
