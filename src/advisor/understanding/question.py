"""Questions: which question a text names."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.knowledge.question import Question
from advisor.understanding.options import read_option
from advisor.understanding.reading import Choice, Reading


def read_question(text: str, questions: Sequence[Question]) -> Reading:
    """Return which question a text names: by its id, by its short name in either language, or a beginning of it."""
    return read_option(text, [Choice(question.id, question.short) for question in questions], reserved=False)
