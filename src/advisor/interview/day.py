"""The day of signing, as a person writes it in an interview."""

from __future__ import annotations

from datetime import date

from advisor.inference.case import CaseReader
from advisor.knowledge_base import Knowledge
from advisor.problem import AnswersError, Problem, place_of
from advisor.understanding.day import read_day
from advisor.understanding.reading import quoted


def covered_day(text: str, knowledge: Knowledge) -> date:
    """Return the day that `text` names; see `advisor.understanding.day`.

    Raises `AnswersError` where it is no day, or one before the law that the knowledge base covers.
    """
    day = read_day(text)
    if day is None:
        raise AnswersError([Problem(place_of("as_of"), "interview.not_a_day", {"given": quoted(text)})])
    reader = CaseReader(knowledge.library, knowledge.rulebase)
    return reader.data({"as_of": day, "answers": {}}).as_of
