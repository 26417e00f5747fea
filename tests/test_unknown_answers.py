"""Laws that hold for every case with open answers."""

from __future__ import annotations

from datetime import date

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from advisor.advice.advice import Advice, Conclusion, Value
from advisor.advice.advising import advise
from advisor.advice.case import Case
from advisor.advice.conclusions import conclude
from advisor.inference.inquiry import Inquiry
from advisor.knowledge_base import Knowledge
from conftest import DAYS
from rows import rows


def _case(knowledge: Knowledge, as_of: date, codes: dict[str, int]) -> Case:
    domains = {domain.id: domain for domain in knowledge.rulebase.domains}
    return Case(as_of, {name: domains[name].decode(code) for name, code in codes.items()}, codes)


def partial(data: st.DataObject, knowledge: Knowledge, as_of: date) -> dict[str, int]:
    """Draw a random part of a random full set of answers."""
    program = knowledge.on(as_of).program
    row = data.draw(rows(program))
    assume(not knowledge.on(as_of).readers.compiled.contradictions(row))
    kept = data.draw(st.lists(st.booleans(), min_size=len(row), max_size=len(row)))
    return {d.id: code for d, code, keep in zip(program.domains, row, kept, strict=True) if keep}


@settings(max_examples=40)
@given(data=st.data(), as_of=st.sampled_from(DAYS))
def test_one_more_answer_never_makes_more_possible(data: st.DataObject, as_of: date, knowledge: Knowledge) -> None:
    known = partial(data, knowledge, as_of)
    assume(known)
    dropped = data.draw(st.sampled_from(list(known)))
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
@given(data=st.data(), as_of=st.sampled_from(DAYS))
def test_circumstances_are_enough_for_their_outcome(data: st.DataObject, as_of: date, knowledge: Knowledge) -> None:
    known = partial(data, knowledge, as_of)
    advice = advise(knowledge, _case(knowledge, as_of, known))
    gate = knowledge.library.conclusion_file.gate
    inquiry = Inquiry(knowledge.on(as_of).readers, known, gate, [])
    for conclusion in advice.conclusions.values():
        for outcome in conclusion.outcomes:
            assert outcome.when, (conclusion.id, outcome.value)
            for circumstances in outcome.when:
                named = {part.question for part in circumstances}
                assert named
                assert named <= set(inquiry.open)


@settings(max_examples=25)
@given(data=st.data(), as_of=st.sampled_from(DAYS))
def test_the_same_answers_always_give_the_same_advice(
    data: st.DataObject, as_of: date, knowledge: Knowledge
) -> None:
    case = _case(knowledge, as_of, partial(data, knowledge, as_of))

    def advice() -> Advice:
        return advise(knowledge, case)

    assert advice() == advice()


@settings(max_examples=25)
@given(data=st.data(), as_of=st.sampled_from(DAYS))
def test_advice_and_bulk_conclusions_say_the_same(data: st.DataObject, as_of: date, knowledge: Knowledge) -> None:
    case = _case(knowledge, as_of, partial(data, knowledge, as_of))

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
