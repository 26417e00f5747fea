"""What fires in all, some or no completions of a case is what plain enumeration of them says."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from advisor.inference.case import CaseReader
from advisor.knowledge_base import Knowledge
from advisor.reasoning.completions import EVERYWHERE
from advisor.reasoning.entailment import entailment_of
from receipts import plain_case


def _completions(
    knowledge: Knowledge, data: dict[str, Any], left_open: tuple[str, ...]
) -> Iterator[frozenset[str]]:
    """Yield the rules that fire in each completion of a full case without some of its answers."""
    day = knowledge.on(data["as_of"])
    reader = CaseReader(knowledge.library, knowledge.rulebase)
    for values in product(*(knowledge.library.questions[question].option_ids for question in left_open)):
        answers = data["answers"] | dict(zip(left_open, values, strict=True))
        codes = reader.data(data | {"answers": answers}).codes
        result = day.generated.run(tuple(codes[domain.id] for domain in day.program.domains))
        yield frozenset(rule for rule in result.fired if not rule.endswith("/fits"))


def test_a_rule_fires_always_sometimes_or_never_as_all_completions_together_say(knowledge: Knowledge) -> None:
    left_open = ("sector", "burdens_budget", "coordination")
    data = plain_case()
    known = {q: a for q, a in data["answers"].items() if q not in left_open}
    fired = list(_completions(knowledge, data, left_open))
    case = CaseReader(knowledge.library, knowledge.rulebase).data(data | {"answers": known})
    truth = entailment_of(knowledge, case).completions(EVERYWHERE)

    always, somewhere = frozenset.intersection(*fired), frozenset.union(*fired)

    assert len(fired) > 20
    for rule in knowledge.rulebase.rules:
        if not rule.only_fits:
            expected = True if rule.id in always else None if rule.id in somewhere else False
            assert expected is truth.fires(rule), rule.id
