"""A case that tells two rule bases apart, written as what it changes of a scenario."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from advisor.inference.bit_parallel import Table, evaluated
from advisor.inference.program import Row
from advisor.knowledge_base import Knowledge
from advisor.verify.mutation.full_trial import FullScenario
from advisor.verify.mutation.outcome import TellingCase, ToldFact


def telling_case(
    original: Knowledge, changed: Knowledge, day: date, row: Row, scenarios: Sequence[FullScenario]
) -> TellingCase:
    """Return the case of a day and answers, based on the scenario from which it differs least."""
    domains = original.rulebase.domains
    nearest = min(scenarios, key=lambda s: _distance(s.row, row, day == s.case.as_of), default=None)
    answers: dict[str, Any] = {}
    for index, domain in enumerate(domains):
        if nearest is None or nearest.row[index] != row[index]:
            answer = domain.decode(row[index])
            answers[domain.id] = list(answer) if isinstance(answer, tuple) else answer
    based_on = nearest.scenario.id if nearest is not None else ""
    return TellingCase(day, based_on, answers, tuple(_differences(original, changed, day, row)))


def _distance(one: Row, other: Row, same_day: bool) -> tuple[int, bool]:
    return sum(a != b for a, b in zip(one, other, strict=True)), not same_day


def _differences(original: Knowledge, changed: Knowledge, day: date, row: Row) -> Iterator[ToldFact]:
    """Yield each shown fact that differs, with its values before and after."""
    before = evaluated(original.rulebase, Table(original.library, original.rulebase.domains, [(day, row)]))
    after = evaluated(changed.rulebase, Table(changed.library, original.rulebase.domains, [(day, row)]))
    for fact in original.library.shown:
        values = original.library.values(fact)
        old = tuple(value for value in values if before.atom((fact, value)))
        new = tuple(value for value in values if after.atom((fact, value)))
        if old != new:
            yield ToldFact(fact, old, new)
