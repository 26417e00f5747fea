"""Laws that hold for every case with open answers."""

from __future__ import annotations

import random
from datetime import date

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from advisor.advice.advice import Advice, Circumstance, Conclusion, Value
from advisor.advice.advising import advise
from advisor.advice.conclusions import conclude
from advisor.inference.case import Case
from advisor.inference.domain import Domain
from advisor.knowledge_base import Knowledge
from conftest import DAYS
from rows import SEEDS, drawn_part


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
    """Return the elements that a list-valued conclusion is known to have."""
    if conclusion.possible is None:
        return set(conclusion.certain)
    lists = [set(value) for value in conclusion.possible if isinstance(value, tuple)]
    return set.intersection(*lists) if lists else set()


@settings(max_examples=40)
@given(seed=SEEDS, as_of=st.sampled_from(DAYS))
def test_circumstances_are_enough_for_their_outcome(seed: int, as_of: date, knowledge: Knowledge) -> None:
    known = drawn_part(seed, knowledge.on(as_of))
    advice = advise(knowledge, _case(knowledge, as_of, known))
    domains = {domain.id: domain for domain in knowledge.rulebase.domains}
    for conclusion in advice.conclusions.values():
        for outcome in conclusion.outcomes[:3]:
            assert outcome.when.sets, (conclusion.id, outcome.value)
            for circumstances in outcome.when.sets[:1]:
                more = _answered(known, circumstances, domains)
                if more is not None:
                    found = conclude(knowledge, _case(knowledge, as_of, more))[conclusion.id]
                    assert found.reason is not None or outcome.value in _named(found), (
                        conclusion.id,
                        outcome.value,
                    )


def _answered(
    known: dict[str, int], circumstances: tuple[Circumstance, ...], domains: dict[str, Domain]
) -> dict[str, int] | None:
    """Return the answers with circumstances added that name a whole answer; None where one does not."""
    more = dict(known)
    for part in circumstances:
        if part.relation != "is":
            return None
        more[part.question] = domains[part.question].encode(part.values[0])
    return more


def _named(conclusion: Conclusion) -> set[str]:
    """Return what a settled conclusion says, element by element."""
    if isinstance(conclusion.value, bool):
        return {"yes" if conclusion.value else "no"}
    if isinstance(conclusion.value, str):
        return {conclusion.value}
    return _always(conclusion)


@settings(max_examples=25)
@given(seed=SEEDS, as_of=st.sampled_from(DAYS))
def test_the_same_answers_always_give_the_same_advice(seed: int, as_of: date, knowledge: Knowledge) -> None:
    case = _case(knowledge, as_of, drawn_part(seed, knowledge.on(as_of)))

    def advice() -> Advice:
        return advise(knowledge, case)

    assert advice() == advice()


@settings(max_examples=25)
@given(seed=SEEDS, as_of=st.sampled_from(DAYS))
def test_advice_and_bulk_conclusions_say_the_same(seed: int, as_of: date, knowledge: Knowledge) -> None:
    case = _case(knowledge, as_of, drawn_part(seed, knowledge.on(as_of)))

    bare = conclude(knowledge, case)
    full = advise(knowledge, case).conclusions

    for name, conclusion in bare.items():
        found = full[name]
        assert (conclusion.value, conclusion.possible, conclusion.depends_on, conclusion.contested) == (
            found.value,
            found.possible,
            found.depends_on,
            found.contested,
        )
        assert (conclusion.certain, conclusion.uncertain) == (found.certain, found.uncertain)


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
