"""A case that tells two rule bases apart, written as what it changes of a scenario."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from advisor.inference.program import Row
from advisor.knowledge_base import Knowledge
from advisor.verify.mutation.full_trial import FullScenario
from advisor.verify.mutation.outcome import TellingCase, ToldFact
from advisor.verify.proof.full_case import followed, values_in


def telling_case(
    original: Knowledge, changed: Knowledge, day: date, row: Row, scenarios: Sequence[FullScenario]
) -> TellingCase:
    """Return the case of a day and answers, based on the scenario from which it differs least."""
    domains = original.rulebase.domains
    nearest = min(scenarios, key=lambda s: _distance(s.row, row, day == s.case.as_of), default=None)
    answers = {
        domain.id: domain.decode(row[index])
        for index, domain in enumerate(domains)
        if nearest is None or nearest.row[index] != row[index]
    }
    based_on = nearest.scenario.id if nearest is not None else ""
    return TellingCase(day, based_on, answers, tuple(_differences(original, changed, day, row)))


def _distance(one: Row, other: Row, same_day: bool) -> tuple[int, bool]:
    return sum(a != b for a, b in zip(one, other, strict=True)), not same_day


def _differences(original: Knowledge, changed: Knowledge, day: date, row: Row) -> Iterator[ToldFact]:
    """Yield each shown fact that differs, with its values before and after."""
    before, after = followed(original, day, row), followed(changed, day, row)
    for fact in original.library.shown:
        old, new = values_in(original, before, fact), values_in(original, after, fact)
        if old != new:
            yield ToldFact(fact, old, new)
