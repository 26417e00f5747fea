"""The day of signing, as a person writes it."""

from __future__ import annotations

from datetime import date

from advisor.inference.case import CaseReader, written_day
from advisor.knowledge_base import Knowledge
from advisor.problem import AnswersError, Problem, place_of


def read_day(text: str, knowledge: Knowledge) -> date:
    """Return the day that `text` (YYYY-MM-DD) says.

    Raises `AnswersError` where it is no day, or one before the law that the knowledge base covers.
    """
    if written_day(text) is None:
        raise AnswersError([Problem(place_of("as_of"), "interview.not_a_day", {"given": text})])
    reader = CaseReader(knowledge.library, knowledge.rulebase)
    return reader.data({"as_of": text, "answers": {}}).as_of
