"""Answers drawn at random, from none to all of them, on days of every regime: the same for the same number."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from advisor.inference.case import Case, CaseReader
from advisor.knowledge.question import Question
from advisor.knowledge_base import Knowledge
from advisor.problem import AnswersError

FIRST, LAST = date(2007, 8, 22), date(2027, 12, 31)


def drawn_cases(knowledge: Knowledge, count: int, seed: int) -> Iterator[Case]:
    """Yield cases whose answers do not contradict each other."""
    reader = CaseReader(knowledge.library, knowledge.rulebase)
    chance = random.Random(seed)  # noqa: S311
    while count:
        try:
            case = reader.data(_drawn(knowledge, chance))
        except AnswersError:
            continue
        count -= 1
        yield case


def _drawn(knowledge: Knowledge, chance: random.Random) -> dict[str, Any]:
    share = chance.choice((0.0, 0.2, 0.5, 0.8, 1.0, 1.0))
    questions = [q for q in knowledge.library.questions.values() if chance.random() < share]
    day = FIRST + timedelta(chance.randrange((LAST - FIRST).days))
    return {"as_of": day, "answers": {question.id: _answer(question, chance) for question in questions}}


def _answer(question: Question, chance: random.Random) -> Any:
    # What bars a cooperation is drawn seldom: most advice is on what can go ahead.
    if question.id in ("lawful_object", "within_authority", "in_development_plan", "foreign_conditions_met"):
        return "no" if chance.random() < 0.08 else "yes"
    match question.type:
        case "number":
            low, high = question.bounds
            return chance.randint(low, min(high, 12))
        case "choices":
            options = list(question.option_ids)
            return sorted(chance.sample(options, chance.randint(0, min(4, len(options)))), key=options.index)
        case _:
            return chance.choice(question.option_ids)
